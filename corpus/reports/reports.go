// Package reports holds the reports that ship with the program.
package reports

import _ "embed"

// Tianjin2024 is the report of the Tianjin government of January 2024.
//
//go:embed tianjin-2024.txt
var Tianjin2024 []byte
