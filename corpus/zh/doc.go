// Package zh is the one kit for Chinese text: what is compared as the same
// ([Fold], [Simplify]), which of many words a text begins with ([Trie], [Words]),
// what kind a character is, years.
// It knows nothing of reports.
package zh
