//go:build race

package bot

// The race detector makes everything about ten times as dear.
func init() { slow = true }
