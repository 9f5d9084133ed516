//go:build race

package telegram

// The race detector makes everything about ten times as dear.
func init() { slow = true }
