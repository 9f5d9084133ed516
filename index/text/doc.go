// Package text cuts Chinese text into words and finds documents by them. It is
// the only importer of gojieba and of Bleve, and nothing it exports mentions
// either.
//
// [Cutter] is gojieba with the names of one report kept whole; [Store] is Bleve
// in memory, by words and by pairs of characters.
package text
