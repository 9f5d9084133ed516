// Package render makes the best of a reply for a transport that cannot show all
// of it: as plain text or Markdown, within a limit, with numbered choices in the
// place of buttons. What all transports need to show blocks is here too.
package render

import "jinwen/handlers/chat"

// Prefix returns what stands before a block's text, with and without markup.
func Prefix(kind chat.BlockKind) string {
	switch kind {
	case chat.Place:
		return "—— "
	case chat.Item:
		return "• "
	}
	return ""
}
