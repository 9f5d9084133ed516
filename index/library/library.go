// Package library answers from many reports: it finds out which report a
// question means and asks that one's index, or puts together what several say.
//
// A question without a place is of the home place, one without a year of the
// newest report of its place. Nothing is composed: a figure stands in the
// answer under the place and the year of the report that it is quoted from,
// and what the library does not have it says it does not have.
//
// With one report a Library is that report's index. Start reading with
// [Library.Ask], read.go (what is asked) and across.go (what is put together).
package library

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"jinwen/corpus"
	"jinwen/index"
	"jinwen/index/question"
)

// Options are the settings of New.
type Options struct {
	// Build makes the index of a report, with the lexicon in use.
	Build func(*corpus.Report) (*index.Index, error)
	// Reports and Indexes are how many of each are held besides the home
	// place's newest; 0 means 24 and 8.
	Reports, Indexes int
	// Ahead reads the figures of all reports beside the first questions, so that
	// none of them waits for it: some 2 ms a report.
	Ahead bool
}

// A Library answers questions from the reports of a Source. It is safe for
// concurrent use.
type Library struct {
	source  Source
	live    *index.Live
	shelf   *shelf
	facts   facts
	catalog atomic.Pointer[catalog]
	refresh sync.Mutex
	ahead   sync.WaitGroup // of readAhead, which runs after a Refresh if reads
	reads   bool
	closed  chan struct{}
}

// New returns a Library over the reports of source. live has the index of the
// report that a question without a place and a year means; whoever keeps it
// current calls Refresh when the reports of source change.
func New(source Source, live *index.Live, opt Options) *Library {
	r := room{reports: opt.Reports, indexes: opt.Indexes}
	if r.reports == 0 {
		r.reports = 24
	}
	if r.indexes == 0 {
		r.indexes = 8
	}
	l := &Library{source: source, live: live, shelf: newShelf(source, live, opt.Build, r)}
	l.facts.of = make(map[string][]fact)
	l.closed = make(chan struct{})
	l.reads = opt.Ahead
	l.Refresh()
	return l
}

// readAhead reads the figures of all reports, until l is closed. A report that
// cannot be read is an error of the question that asks for it.
func (l *Library) readAhead() {
	c := l.catalog.Load()
	if len(c.members) < 2 {
		return
	}
	for i := range c.members {
		select {
		case <-l.closed:
			return
		default:
		}
		l.read(&c.members[i])
	}
}

// Refresh takes note of what reports there are now. Questions in flight end
// with those that there were.
func (l *Library) Refresh() {
	l.refresh.Lock()
	defer l.refresh.Unlock()
	c := newCatalog(l.source.Reports())
	l.catalog.Store(c)
	l.facts.keep(c)
	if l.reads {
		l.ahead.Go(l.readAhead)
	}
}

// Relearn lets go of what was built with another lexicon.
func (l *Library) Relearn() { l.shelf.drop() }

// Close lets go of the indexes that l has built; not of the one in its Live.
func (l *Library) Close() error {
	l.refresh.Lock()
	close(l.closed)
	l.reads = false
	l.refresh.Unlock()
	l.ahead.Wait()
	l.shelf.drop()
	return nil
}

// Report returns the report that a question without a place and a year means.
func (l *Library) Report() *corpus.Report { return l.live.Report() }

// Ask answers query from the report or the reports that it means. The errors
// are those of index.Index.Ask, and that of a report that cannot be read.
func (l *Library) Ask(ctx context.Context, query index.Query) (*index.Answer, error) {
	c := l.catalog.Load()
	home := l.live.Report()
	if len(c.members) < 2 || home == nil {
		return l.live.Ask(ctx, query)
	}
	q := query.Asked
	if q == nil {
		q = inherit(question.Read(query.Text, query.Before), query.Before)
	}
	query.Asked = q
	if q.Ask == question.Talk {
		return l.live.Ask(ctx, query)
	}
	if a, err := l.parts(ctx, q, c, home, query); a != nil || err != nil {
		return a, err
	}
	return l.single(ctx, readRequest(q, c, home.Text), c, query)
}

// single answers one question.
func (l *Library) single(ctx context.Context, r *request, c *catalog, query index.Query) (*index.Answer, error) {
	var a *index.Answer
	var err error
	switch r.kind {
	case index.AcrossPlaces:
		a, err = l.places(ctx, r, c)
	case index.AcrossRanking:
		a, err = l.ranking(ctx, r, c)
	case index.AcrossYears:
		a, err = l.years(ctx, r, c)
	case index.AcrossMention:
		a, err = l.mention(ctx, r, c)
	case index.AcrossKept:
		a, err = l.kept(ctx, r, c)
	}
	if a == nil && err == nil {
		a, err = l.one(ctx, r, c, query)
	}
	return a, err
}

// ErrNoReport says that there is no report of that name.
var ErrNoReport = errors.New("no such report")

// AskIn answers query from the report called name (2024/天津), whatever places
// and years it names itself. The error is ErrNoReport if there is none.
func (l *Library) AskIn(ctx context.Context, name string, query index.Query) (*index.Answer, error) {
	if r := l.live.Report(); r != nil && corpus.ReportName(r.Year, r.Place) == name {
		return l.live.Ask(ctx, query)
	}
	c := l.catalog.Load()
	i, ok := c.byName[name]
	if !ok {
		return nil, ErrNoReport
	}
	return l.askOne(ctx, &c.members[i], query)
}

// answer wraps x, the answer to r.
func answer(r *request, home *corpus.Report, x *index.Across) *index.Answer {
	a := &index.Answer{Report: home, Question: &index.Question{Question: r.q}, Status: index.Answered, Across: x}
	if len(x.Rows) == 0 {
		a.Status = index.NotFound
	} else if x.Rows[0].Report != nil {
		a.Report = x.Rows[0].Report
	}
	return a
}

// routed is a question and the report that it goes to.
type routed struct {
	member *member
	asked  *question.Question
	other  *member // to be asked if the first does not tell; nil if there is none
}

// route finds the report that r means; else the gap is what is not there.
func (l *Library) route(r *request, c *catalog) (routed, *index.Gap) {
	place := r.placeOr(c.home)
	if len(r.places) == 0 && len(r.absent) > 0 {
		return routed{}, absentGap(r.absent[0], c, r.years)
	}
	newest := c.newest(place)
	out := routed{member: newest, asked: r.without(c)}
	if len(r.years) == 0 {
		return out, nil
	}
	year := r.years[len(r.years)-1]
	if len(r.years) > 1 {
		// Both years of a report, the later one its plan's.
		if m := c.of(place, year); m != nil {
			out.member = m
			return out, nil
		}
	}
	plan, result := c.of(place, year), c.of(place, year+1)
	target := r.nature == corpus.Target || r.nature == "" && r.q.Tense == question.Future
	switch {
	case target && plan != nil:
		out.member = plan
	case r.nature == corpus.Target && !r.relative:
		return routed{}, &index.Gap{Place: place, Year: year, Has: c.years(place)}
	case result != nil && !target:
		out.member = result
		if r.nature == "" && !r.relative {
			out.other = plan // 2025年建多少: done, or to be done
		}
	case result == nil && !target && r.relative && r.offset == -1:
		// Its newest report, under its own year: 去年 as that has it.
		out.asked.Periods = slices.Clone(r.q.Periods)
	case plan != nil:
		out.member = plan
		if r.nature == corpus.Actual { // the result is in the report to come
			return routed{}, &index.Gap{Place: place, Year: year + 1, Has: c.years(place)}
		}
	case r.relative && (r.offset == 0 || r.offset == -1):
		// Its newest report, under its own year: 今年 and 去年 as that has them.
		out.asked.Periods = slices.Clone(r.q.Periods)
	default:
		return routed{}, &index.Gap{Place: place, Year: year, Has: c.years(place)}
	}
	return out, nil
}

// one answers from one report.
func (l *Library) one(ctx context.Context, r *request, c *catalog, query index.Query) (*index.Answer, error) {
	to, gap := l.route(r, c)
	if gap != nil {
		return answer(r, l.live.Report(), &index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{*gap}}), nil
	}
	a, err := l.plainly(r, c, to)
	if a == nil && err == nil {
		query.Asked = to.asked
		a, err = l.askOf(ctx, to, query)
		if err == nil {
			err = l.promote(r, c, a)
		}
	}
	if err != nil {
		return nil, err
	}
	if r.named() && a.Status != index.Answered && c.of(to.member.place, r.years[0]) == nil {
		// The report of that year, which is not there, might tell.
		return answer(r, l.live.Report(), &index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{{Place: to.member.place, Year: r.years[0], Has: c.years(to.member.place)}}}), nil
	}
	r.holdYear(a)
	// What follows on it is asked of the same place.
	if a.Question != nil && a.Question.Question != nil && len(r.places) > 0 {
		q := *a.Question.Question
		q.Places = []string{to.member.full}
		full := *a.Question
		full.Question = &q
		a.Question = &full
	}
	a.Named = true
	return a, nil
}

// plainly is plain for the reports that have no index ready.
func (l *Library) plainly(r *request, c *catalog, to routed) (*index.Answer, error) {
	if home := l.live.Report(); home != nil && home.ID == to.member.id {
		return nil, nil
	}
	return l.plain(r, c, to)
}

// askOf asks the report that the question goes to, and the other that may tell.
func (l *Library) askOf(ctx context.Context, to routed, query index.Query) (*index.Answer, error) {
	a, err := l.askOne(ctx, to.member, query)
	if err == nil && a.Status != index.Answered && to.other != nil {
		if b, err := l.askOne(ctx, to.other, query); err == nil && b.Status == index.Answered {
			return b, nil
		}
	}
	return a, err
}

// askOne asks the index of m.
func (l *Library) askOne(ctx context.Context, m *member, query index.Query) (*index.Answer, error) {
	ix, release, err := l.shelf.acquire(m)
	if err != nil {
		return nil, err
	}
	defer release()
	return ix.Ask(ctx, query)
}
