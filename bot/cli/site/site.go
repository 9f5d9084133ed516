// Package site gives the web page what it shows: questions go to the handlers,
// reports come from the library, spreadsheets from package sheet, and what
// admins do goes to the same rooms as in chat. It is the only place that knows
// both package web and those.
package site

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"jinwen/bot/object"
	"jinwen/bot/web"
	"jinwen/corpus"
	"jinwen/corpus/kept"
	"jinwen/handlers"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/handlers/reply"
	"jinwen/handlers/sheet"
)

// Options are the settings of New.
type Options struct {
	Live     handlers.Source
	Library  *admin.Library // nil: one report that nobody changes
	Topics   handlers.Topics
	Recorder handlers.Recorder // nil records nothing
	Asked    *questions.Log    // nil has no statistics
	Salt     []byte
	Timeout  time.Duration // of a question; 0 is the handlers' own
	FontFile string
	Logger   *slog.Logger
	Clock    func() time.Time
}

// A Site is what the page shows. It is safe for concurrent use.
type Site struct {
	opt  Options
	bot  *handlers.Bot
	talk talks

	mu    sync.Mutex
	books map[string]*web.Book // by version
	order []string             // of books, the last used last
}

// New returns a Site.
func New(opt Options) *Site {
	s := &Site{opt: opt, books: make(map[string]*web.Book)}
	if s.opt.Logger == nil {
		s.opt.Logger = slog.New(slog.DiscardHandler)
	}
	if s.opt.Clock == nil {
		s.opt.Clock = time.Now
	}
	s.bot = handlers.New(opt.Live, newStore(), handlers.Options{
		Topics: opt.Topics, Recorder: opt.Recorder, Logger: opt.Logger, Salt: opt.Salt, FontFile: opt.FontFile,
		QuestionTimeout: opt.Timeout, Clock: opt.Clock,
	})
	return s
}

// Reports lists the reports that answer.
func (s *Site) Reports(ctx context.Context) ([]object.Report, error) {
	home := s.opt.Live.Report()
	if home == nil {
		return nil, nil
	}
	first := object.ReportOf(home)
	first.Home = true
	out := []object.Report{first}
	if s.opt.Library == nil {
		return out, nil
	}
	for _, r := range s.opt.Library.Store().Reports() {
		v := r.Serving
		if v.ID == "" || r.Name == first.Name {
			continue
		}
		out = append(out, object.Report{
			Name: r.Name, Title: v.Title, Place: v.Place, Year: v.Year, Version: v.ID,
			Chars: v.Counts.Chars, Passages: v.Counts.Passages, Figures: v.Counts.Figures, Commitments: v.Counts.Commitments,
		})
	}
	slices.SortStableFunc(out[1:], func(a, b object.Report) int { return b.Year - a.Year })
	return out, nil
}

// maxBooks is how many reports are kept ready to show.
const maxBooks = 64

// Book returns what is in a report.
func (s *Site) Book(ctx context.Context, name string) (*web.Book, error) {
	home := s.opt.Live.Report()
	if home == nil {
		return nil, web.ErrNoReport
	}
	if name == "" || name == corpus.ReportName(home.Year, home.Place) {
		b := *s.book(home) // the one that is kept is everybody's
		b.Home = true
		return &b, nil
	}
	if s.opt.Library == nil {
		return nil, web.ErrNoReport
	}
	for _, r := range s.opt.Library.Store().Reports() {
		if r.Name == name && r.Serving.ID != "" {
			return s.stored(r.Serving.ID)
		}
	}
	return nil, web.ErrNoReport
}

// stored returns the book of a version of the store.
func (s *Site) stored(id string) (*web.Book, error) {
	if b := s.ready(id); b != nil {
		return b, nil
	}
	r, err := s.opt.Library.Store().Report(id)
	if err != nil {
		return nil, err
	}
	return s.book(r), nil
}

func (s *Site) ready(id string) *web.Book {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books[id]
	if b != nil {
		i := slices.Index(s.order, id)
		s.order = append(slices.Delete(s.order, i, i+1), id)
	}
	return b
}

// book returns what is in r.
func (s *Site) book(r *corpus.Report) *web.Book {
	if b := s.ready(r.ID); b != nil {
		return b
	}
	b := &web.Book{Report: object.ReportOf(r), Text: r}
	for i := range r.Figures {
		f := object.FigureOf(r, i)
		f.Clause = r.Quote(r.FigureClause(i))
		f.Figure.Clause = r.FigureClause(i)
		f.Name, f.Shown = reply.FigureName(r, &r.Figures[i]), reply.FigureValue(r, &r.Figures[i])
		if f.Number < 0 && f.Name == f.Indicator {
			f.Shown = "−" + f.Shown
		}
		b.Figures = append(b.Figures, f)
	}
	for i := range r.Commitments {
		b.Commitments = append(b.Commitments, object.CommitmentOf(r, i))
	}
	for _, p := range r.Pairs {
		b.Pairs = append(b.Pairs, object.Pair{
			Report: b.Name, Indicator: p.Indicator, Actual: b.Figures[p.Actual], Target: b.Figures[p.Target],
			Difference: p.Difference, Span: r.Figures[p.Target].Span,
		})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.books[r.ID]; old != nil {
		return old
	}
	s.books[r.ID] = b
	s.order = append(s.order, r.ID)
	if len(s.order) > maxBooks {
		delete(s.books, s.order[0])
		s.order = s.order[1:]
	}
	return b
}

// Kept returns how the targets of the report before name came out.
func (s *Site) Kept(ctx context.Context, name string) (*web.Keeping, error) {
	list, err := s.Reports(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(r object.Report) bool { return r.Name == name })
	if i < 0 {
		return nil, web.ErrNoReport
	}
	j := slices.IndexFunc(list, func(r object.Report) bool {
		return r.Year == list[i].Year-1 && corpus.ShortPlace(r.Place) == corpus.ShortPlace(list[i].Place)
	})
	if j < 0 {
		return nil, web.ErrNoReport
	}
	k := new(web.Keeping)
	if k.New, err = s.Book(ctx, list[i].Name); err != nil {
		return nil, err
	}
	if k.Old, err = s.Book(ctx, list[j].Name); err != nil {
		return nil, err
	}
	for _, it := range kept.Compare(k.Old.Text, k.New.Text) {
		row := object.Kept{Indicator: k.Old.Figures[it.Target].Name, Target: placed(k.Old, it.Target), Verdict: string(it.Verdict)}
		if it.Result >= 0 {
			p := placed(k.New, it.Result)
			row.Result = &p
		}
		k.Rows = append(k.Rows, row)
	}
	return k, nil
}

func placed(b *web.Book, figure int) object.Place {
	f := &b.Figures[figure]
	return object.Place{Report: b.Name, Text: f.Clause, Value: f.Shown, Span: f.Figure.Clause}
}

// Topics returns the subjects of the lexicon.
func (s *Site) Topics() []string {
	if s.opt.Topics == nil {
		return nil
	}
	return s.opt.Topics.Topics()
}

// InTopic reports whether text is about the topic.
func (s *Site) InTopic(topic, text string) bool {
	return s.opt.Topics != nil && s.opt.Topics.InTopic(topic, text)
}

// Examples returns questions that the default report answers.
func (s *Site) Examples(l chat.Lang) []string { return reply.Examples(s.opt.Live.Report(), l) }

// WriteSheet writes a spreadsheet.
func (s *Site) WriteSheet(w io.Writer, x web.Sheet) error {
	return sheet.WriteTable(w, sheet.Table{Title: x.Title, Head: x.Head, Columns: x.Columns, Rows: x.Rows})
}

// Ready says why questions cannot be answered yet.
func (s *Site) Ready() error {
	if s.opt.Live.Report() == nil {
		return errors.New("no report is live yet")
	}
	return nil
}

var (
	_ web.Library = (*Site)(nil)
	_ web.Asker   = (*Site)(nil)
	_ web.Sheets  = (*Site)(nil)
	_ web.Desk    = (*Site)(nil)
)
