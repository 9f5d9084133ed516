// Package zh is the one kit for Chinese text: what is compared as the same
// ([Fold], [Simplify]), and which of many words a text begins with ([Trie]).
// It knows nothing of reports.
package zh
