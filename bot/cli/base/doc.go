// Package base is what all commands share: one run of the program with its
// flags, settings and output, and the report, index, versions and library that
// the settings name. A command that only looks makes no files.
package base
