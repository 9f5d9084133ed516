// Package extract reads the text of a government work report into a
// [corpus.Report]. [Parse] takes a file, [ParseText] a text that is at hand.
//
// The text is walked a few times, each time with more known about it:
//
//   - layout.go tells title, salutation, body, glossary, appendix and what a page
//     adds apart (furniture.txt);
//   - outline.go builds the tree of headings, by the forms in heading.go;
//   - year.go and identity.go find out which report it is;
//   - zone.go and vote.go say of every paragraph for what and of when it speaks;
//   - passage.go cuts what is retrieved, package figures finds the figures and
//     pairs, commitment.go the commitments;
//   - doubt.go says what of all that is unsure.
//
// No rule names a sentence, an offset or a number of one report. Nothing here
// takes longer than about linear in the length of the text.
package extract
