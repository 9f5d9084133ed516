package library

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/corpus/version"
	"jinwen/index"
)

// A watched source counts what is read, and fails where it is told to.
type watched struct {
	Source
	read []string // reports that were read, by their version
	fail error
}

func (s *watched) Report(id string) (*corpus.Report, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	s.read = append(s.read, id)
	return s.Source.Report(id)
}

// watch returns a library over the made-up reports with that room, its source, and
// the reports whose index was built, in order.
func watch(t *testing.T, opt Options) (l *Library, s *watched, built *[]string) {
	t.Helper()
	old := madeUp(t)
	s, built = &watched{Source: old.source}, new([]string)
	opt.Build = func(r *corpus.Report) (*index.Index, error) {
		*built = append(*built, corpus.ReportName(r.Year, r.Place))
		return index.New(r, index.Options{})
	}
	l = New(s, old.live, opt)
	t.Cleanup(func() { l.Close() })
	return l, s, built
}

// TestRoom: no more reports and indexes are held than there is room for, and those
// that were used last stay.
func TestRoom(t *testing.T) {
	l, _, built := watch(t, Options{Reports: 2, Indexes: 2})
	for _, name := range []string{"2025/天津", "2026/重庆", "2025/天津", "2026/河北", "2025/天津", "2026/重庆", "2026/天津"} {
		a, err := l.AskIn(t.Context(), name, index.Query{Text: "发展低空经济吗"})
		if err != nil {
			t.Fatal(err)
		}
		if got := corpus.ReportName(a.Report.Year, a.Report.Place); got != name {
			t.Errorf("%s answers for %s", got, name)
		}
		if len(l.shelf.indexes) > 2 || len(l.shelf.order) != len(l.shelf.indexes) || len(l.shelf.held) > 2 {
			t.Errorf("after %s: %d indexes, %d reports are held", name, len(l.shelf.indexes), len(l.shelf.held))
		}
	}
	if got, want := strings.Join(*built, " "), "2025/天津 2026/重庆 2026/河北 2026/重庆"; got != want {
		t.Errorf("built were %s, want %s", got, want)
	}
	l.Relearn()
	if len(l.shelf.indexes) != 0 || len(l.shelf.held) != 0 {
		t.Errorf("after a new lexicon %d indexes and %d reports are held", len(l.shelf.indexes), len(l.shelf.held))
	}
}

// TestDefaultRoom: without a number there is room for some.
func TestDefaultRoom(t *testing.T) {
	l, _, _ := watch(t, Options{})
	if l.shelf.room != (room{24, 8}) {
		t.Errorf("there is room for %+v", l.shelf.room)
	}
}

// TestHeld: a report that is held is not read anew.
func TestHeld(t *testing.T) {
	l, s, _ := watch(t, Options{Reports: 8})
	c := l.catalog.Load()
	for _, name := range []string{"2026/重庆", "2026/河北", "2026/重庆", "2026/天津"} {
		r := l.Held(c.members[c.byName[name]].id)
		if r == nil || corpus.ReportName(r.Year, r.Place) != name {
			t.Errorf("Held(%s) = %v", name, r)
		}
	}
	if len(s.read) != 2 || l.Held("none") != nil {
		t.Errorf("read were %v, want 重庆 and 河北; that of the home place is there", s.read)
	}
	s.fail = errors.New("gone")
	if r := l.Held(c.members[c.byName["2025/四川"]].id); r != nil {
		t.Errorf("a report that cannot be read is %v", r)
	}
}

// TestUnreadable: a report that cannot be read is an error of the question that
// asks for it, and of no other; the next question tries again.
func TestUnreadable(t *testing.T) {
	l, s, _ := watch(t, Options{})
	s.fail = errors.New("gone")
	for _, q := range []string{"重庆怎么发展低空经济", "重庆今年GDP目标", "今年哪个省GDP目标最高", "天津和重庆今年GDP目标", "重庆去年和今年GDP目标", "哪些省去年GDP目标比前年高", "重庆GDP目标完成了吗"} {
		if a, err := l.Ask(t.Context(), index.Query{Text: q}); err == nil && a.Status == index.Answered {
			t.Errorf("%s is answered", q)
		}
	}
	if a, err := l.Ask(t.Context(), index.Query{Text: "天津今年GDP目标"}); err != nil || a.Status != index.Answered {
		t.Errorf("the home place: %v, %v", a, err)
	}
	s.fail = nil
	if a, err := l.Ask(t.Context(), index.Query{Text: "重庆怎么发展低空经济"}); err != nil || a.Status != index.Answered {
		t.Errorf("the next question: %v, %v", a, err)
	}
}

// TestAhead: the figures of all reports are read ahead, where that is asked for,
// and let go of with their reports.
func TestAhead(t *testing.T) {
	l, _, _ := watch(t, Options{Ahead: true})
	l.ahead.Wait()
	if n := len(l.catalog.Load().members); len(l.facts.of) != n {
		t.Errorf("the figures of %d reports are read, want %d", len(l.facts.of), n)
	}
	all := l.source
	l.source = few{all}
	l.Refresh()
	l.ahead.Wait()
	if len(l.facts.of) != 2 {
		t.Errorf("the figures of %d reports are kept, want 2", len(l.facts.of))
	}
	idle, _, _ := watch(t, Options{})
	if len(idle.facts.of) != 0 {
		t.Errorf("the figures of %d reports are read before anybody asks", len(idle.facts.of))
	}
}

// few are the first two reports of a source.
type few struct{ Source }

func (s few) Reports() []version.Report { return s.Source.Reports()[:2] }

// TestAskIn: a report is asked by its name, whatever the question names.
func TestAskIn(t *testing.T) {
	l := madeUp(t)
	for _, c := range []struct{ name, q, value string }{
		{"2026/重庆", "天津今年GDP目标", ""}, {"2026/重庆", "今年GDP目标", "5%以上"}, {"2026/天津", "今年GDP目标", "4.5%左右"}, {"2025/天津", "今年GDP目标", "5%左右"},
	} {
		a, err := l.AskIn(t.Context(), c.name, index.Query{Text: c.q})
		if err != nil || corpus.ReportName(a.Report.Year, a.Report.Place) != c.name {
			t.Fatalf("AskIn(%s): %v, %v", c.name, a, err)
		}
		if c.value != "" && (a.Direct == 0 || a.Report.Figures[a.Figures[0]].Value != c.value) {
			t.Errorf("AskIn(%s, %s): %s, want %s", c.name, c.q, says(a), c.value)
		}
	}
	if _, err := l.AskIn(t.Context(), "2019/重庆", index.Query{Text: "GDP"}); !errors.Is(err, ErrNoReport) {
		t.Errorf("AskIn of a report that is not there: %v", err)
	}
}

// TestNamed: a report is found by the name of its place, with its year or without.
func TestNamed(t *testing.T) {
	l := madeUp(t)
	name := func(r *corpus.Report) string {
		if r == nil {
			return ""
		}
		return corpus.ReportName(r.Year, r.Place)
	}
	for word, want := range map[string]string{
		"2025/天津": "2025/天津", "天津2025": "2025/天津", "天津2025年": "2025/天津", "2025年天津市": "2025/天津", "2025年天津报告": "2025/天津", "天津": "2026/天津", "天津市": "2026/天津",
		"四川": "2025/四川", "四川2026": "", "2019年天津": "", "成都": "2026/成都", "中国": "2026/国务院", "中国2026": "2026/国务院", "国务院": "2026/国务院", "北京": "", "低空经济": "", "": "", "2025": "",
	} {
		if got := name(l.Named(word)); got != want {
			t.Errorf("Named(%s) = %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"天津": "2026/天津", "天津市": "2026/天津", "四川省": "2025/四川", "中国": "2026/国务院", "北京": "", "低空": "", "国务院": "2026/国务院"} {
		if got := name(l.Newest(word)); got != want {
			t.Errorf("Newest(%s) = %q, want %q", word, got, want)
		}
	}
	if got := name(l.Before(l.Named("天津2026"))); got != "2025/天津" {
		t.Errorf("before 2026/天津 is %q", got)
	}
	if got := name(l.Before(l.Named("重庆2026"))); got != "" {
		t.Errorf("before 2026/重庆 is %q", got)
	}
}

// TestOneReport: with one report a library is that report's index.
func TestOneReport(t *testing.T) {
	l := open(t, "天津", nil)
	a, err := l.Ask(t.Context(), index.Query{Text: "重庆今年GDP目标"})
	if err != nil || a.Across != nil || a.Named || l.Named("天津") != nil {
		t.Errorf("Ask = %v, %v, named %v", a, err, l.Named("天津"))
	}
}

// TestEnded: a question whose time is over is not answered from any report.
func TestEnded(t *testing.T) {
	l := madeUp(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	cancel()
	for _, q := range []string{"哪些省提到低空经济", "今年哪个省GDP目标最高", "重庆怎么发展低空经济", "天津怎么发展银发经济"} {
		if _, err := l.Ask(ctx, index.Query{Text: q}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", q, err)
		}
	}
}

// TestCatalog: places are listed by their code, years from the oldest.
func TestCatalog(t *testing.T) {
	c := madeUp(t).catalog.Load()
	if got := c.years("天津"); !slices.Equal(got, []int{2024, 2025, 2026}) {
		t.Errorf("the years of 天津 are %v", got)
	}
	if m := c.newest("北京"); m != nil || c.of("天津", 2019) != nil || c.of("天津", 2025).year != 2025 {
		t.Errorf("the newest of 北京 is %v", m)
	}
	for level, want := range map[place.Level]string{place.Province: "天津 河北 重庆 四川", place.Prefecture: "天津 河北 重庆 四川"} {
		if got := strings.Join((&request{every: true, level: level}).population(c), " "); got != want {
			t.Errorf("of %s there are %s, want %s", level, got, want) // of one city alone none is first
		}
	}
	if got := (&request{places: []string{"天津"}, level: place.Province}).population(c); !slices.Equal(got, []string{"天津"}) {
		t.Errorf("those that are named are %v", got)
	}
}
