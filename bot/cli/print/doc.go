// Package print is standard output: buffered, coloured and wrapped on a
// terminal, one line a row or one JSON object a line elsewhere.
package print
