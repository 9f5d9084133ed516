package reply

import (
	"strings"
	"unicode/utf16"

	"jinwen/corpus"
)

// MaxData is how much a button carries, in bytes (Bot API,
// InlineKeyboardButton.callback_data).
const MaxData = 64

// ActSection is the action of a button that opens a section: section, page.
const ActSection = "sect"

// Data returns what a button carries; r is nil if it works in any version. It
// panics if the arguments do not fit: they are ids and numbers of our own.
func Data(act string, r *corpus.Report, args ...string) string {
	version := "-"
	if r != nil {
		version = r.ID
	}
	s := strings.Join(append([]string{act, version}, args...), ":")
	if len(s) > MaxData {
		panic("reply: button data over 64 bytes: " + act)
	}
	return s
}

// Units counts s as Telegram does, in UTF-16.
func Units(s string) int {
	n := 0
	for _, c := range s {
		n += utf16.RuneLen(c)
	}
	return n
}
