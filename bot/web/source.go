package web

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// ErrNoReport says that there is no such report.
var ErrNoReport = errors.New("no such report")

// A Library is the reports that the pages show. Its methods are safe for
// concurrent use.
type Library interface {
	// Reports lists the reports that answer: the default one first, then by
	// year, newest first, and by name.
	Reports(ctx context.Context) ([]object.Report, error)
	// Book is what is in a report, by its name (2024/天津); "" is the default
	// one. It returns ErrNoReport if there is none.
	Book(ctx context.Context, name string) (*Book, error)
	// Kept is how the targets of the report before name came out, as name's
	// report tells; ErrNoReport if there is none before it.
	Kept(ctx context.Context, name string) (*Keeping, error)
	// Topics are the subjects that lists can be filtered by.
	Topics() []string
	InTopic(topic, text string) bool
	// Examples are questions that the default report answers.
	Examples(l chat.Lang) []string
}

// An Asker answers questions. Its methods are safe for concurrent use.
type Asker interface {
	// Ask is the reply that a chat would get.
	Ask(ctx context.Context, q Question) (Answer, error)
	// Find is the same as data, as `ask --json` prints it.
	Find(ctx context.Context, q Question) (object.Answer, error)
	// Ready says why questions cannot be answered yet; nil if they can.
	Ready() error
}

// A Question is what somebody asks on a page or of the API.
type Question struct {
	Text   string
	Before []string // the questions that it may follow on, oldest first
	Press  []string // buttons pressed under the answer, in their order
	Lang   chat.Lang
	Report string // of the API: answer from this one; "" finds out which is meant
	Chat   string // of the API: questions of one chat follow on each other; "" stands alone
	From   string // tells people apart for the statistics; never an address as it is
}

// An Answer is the reply to a Question.
type Answer struct {
	chat.Reply
	// Asked are the question and those that it follows on, oldest first.
	Asked []string
}

// A Quoted is where a quote stands.
type Quoted struct {
	Report  string
	Passage string // "p57"; "" if in none
	corpus.Span
}

// A Book is a report with what is in it.
type Book struct {
	object.Report
	Text        *corpus.Report
	Figures     []object.Figure     // as Text.Figures
	Commitments []object.Commitment // as Text.Commitments
	Pairs       []object.Pair
}

// Link returns the path of where s stands in the book.
func (b *Book) Link(s corpus.Span) string {
	id := ""
	if i := b.Text.PassageAt(s.Start); i >= 0 {
		id = b.Text.Passages[i].ID
	}
	return placeOf(Quoted{b.Name, id, s})
}

// placeOf returns the path of the page that shows q, and marks it.
func placeOf(q Quoted) string {
	path := "/r/" + q.Report
	if q.Len() > 0 {
		path = view.Address(path, map[string][]string{"m": {span(q.Span)}})
	} else {
		path = view.Address(path)
	}
	if q.Passage != "" {
		path += "#" + q.Passage
	}
	return path
}

func span(s corpus.Span) string { return strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) }

// A Keeping is the targets of one report held against the next.
type Keeping struct {
	Old, New *Book
	Rows     []object.Kept
}

// A Sheet is a table as a spreadsheet.
type Sheet struct {
	Title   string
	Head    []string // lines above the table: source, filter
	Columns []string
	Rows    [][]string
}

// Sheets writes spreadsheets.
type Sheets interface {
	WriteSheet(w io.Writer, s Sheet) error
}

// A Desk is what admins do. who is the name that they signed in with; it stands
// in the audit trail. What an admin can mend (a file that is no report, a
// version gone) comes as a *Refusal.
type Desk interface {
	Versions(ctx context.Context) ([]Version, error)
	// Import keeps a text and shows what it would change; it goes live only by
	// Activate.
	Import(ctx context.Context, who, name string, data []byte, l chat.Lang) (Preview, error)
	Preview(ctx context.Context, who, id string, l chat.Lang) (Preview, error)
	// Activate makes a version live; from is the version believed live: if
	// another is by now, nothing changes.
	Activate(ctx context.Context, who, id, from string, l chat.Lang) error
	Rollback(ctx context.Context, who, id, from string, l chat.Lang) error
	Discard(ctx context.Context, who, id string, l chat.Lang) error
	Missed(ctx context.Context, days int) ([]Missed, error)
	Words(ctx context.Context) ([]string, error)
	AddWord(ctx context.Context, who, say, means string, l chat.Lang) error
	RemoveWord(ctx context.Context, who, say string, l chat.Lang) error
	Use(ctx context.Context, days int) ([]Day, error)
	Audit(ctx context.Context, l chat.Lang) ([]Deed, error)
}

// A Refusal is what an admin can mend, in their language.
type Refusal struct {
	Text    string
	Version string // to look at again before they decide anew; "" is none
}

func (r *Refusal) Error() string { return r.Text }

// A Version is a text that is kept.
type Version struct {
	ID, Title, Report, Who string
	When                   time.Time
	Active                 bool // answers where no place is named
	Serves                 bool // answers for its report
	Before                 bool // the one to go back to
}

// A Preview is what a version would change.
type Preview struct {
	Version, Active string // ids
	Live            bool   // it is live
	Reply           chat.Reply
}

// A Missed is a question that people did not get an answer to.
type Missed struct {
	Words    string // what the questions have in common
	Question string // the most frequent
	Times    int
	People   int
}

// A Day is how much was asked on a day.
type Day struct {
	Date            string
	Asked, Answered int
}

// A Deed is an entry of the audit trail.
type Deed struct {
	When                       time.Time
	Who, What, Version, Detail string
}
