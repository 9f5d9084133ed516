package handlers

import (
	"slices"
	"strings"

	"jinwen/handlers/chat"
)

// maxQuestion is how much of a message is read as a question, in characters.
// Longer ones are read up to there: nobody types more, and pasted documents
// are not questions.
const maxQuestion = 1000

// clean returns m with texts that can be read: valid UTF-8, no NUL or other
// control characters (gojieba stops at a NUL and gives nothing for a text with
// one invalid byte).
func clean(m chat.Message) chat.Message {
	m.Text = cleanText(m.Text)
	m.Args = strings.TrimSpace(cleanText(m.Args))
	m.ReplyText = cleanText(m.ReplyText)
	m.Quote = cleanText(m.Quote)
	m.Command = strings.ToLower(m.Command)
	for i, s := range m.Before {
		if i == 0 {
			m.Before = slices.Clone(m.Before) // the caller's
		}
		m.Before[i] = cleanText(s)
	}
	return m
}

// cleanText returns what was written without what steers or hides, up to maxQuestion.
func cleanText(s string) string {
	s = chat.Clean(strings.ReplaceAll(strings.ReplaceAll(s, "\r", "\n"), "\ufffd", ""))
	n := 0
	for i := range s {
		if n == maxQuestion {
			return s[:i]
		}
		n++
	}
	return s
}
