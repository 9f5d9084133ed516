// Package texts is what users read, in three languages, and the words by which
// the bot knows what a message asks of it: texts.go names every text, a file
// for each language says it.
package texts
