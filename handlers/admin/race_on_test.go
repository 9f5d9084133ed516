//go:build race

package admin

func init() { slow = 10 }
