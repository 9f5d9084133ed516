package admin

import (
	"errors"
	"fmt"
	"time"

	"jinwen/corpus/version"
	"jinwen/handlers/chat"
)

// What a screen for admins needs of the words of the chat.

// Show returns what p is and what it would change, as a chat shows it.
func Show(p *Preview, l chat.Lang) chat.Reply { return preview(l, p) }

// ActionName returns what was done, in l.
func ActionName(a version.Action, l chat.Lang) string {
	if text, ok := in(l).Actions[a]; ok {
		return text
	}
	return string(a)
}

// Tell returns what to tell an admin about err, times as in loc; false if it
// is nothing that they can mend.
func Tell(err error, l chat.Lang, loc *time.Location) (string, bool) {
	clock := func(t time.Time) string { return t.In(loc).Format("01-02 15:04") }
	var busy *BusyError
	if errors.As(err, &busy) {
		return fmt.Sprintf(in(l).Busy, busy.Job.Who, clock(busy.Job.Since), in(l).Actions[busy.Job.What]), true
	}
	var conflict *version.ConflictError
	if errors.As(err, &conflict) {
		last := conflict.Last
		return fmt.Sprintf(in(l).Conflict, last.Who, clock(last.Time), ActionName(last.Action, l), shortID(last.Version)), true
	}
	return Explain(err, l)
}

// FileName returns a sender's name of a file as it may be shown and kept.
func FileName(s string) string { return fileName(s) }
