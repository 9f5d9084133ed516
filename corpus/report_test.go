package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
)

func TestSpan(t *testing.T) {
	s := corpus.Span{Start: 3, End: 7}
	for _, c := range []struct {
		t                  corpus.Span
		contains, overlaps bool
	}{
		{corpus.Span{Start: 3, End: 7}, true, true},
		{corpus.Span{Start: 4, End: 6}, true, true},
		{corpus.Span{Start: 2, End: 7}, false, true},
		{corpus.Span{Start: 3, End: 8}, false, true},
		{corpus.Span{Start: 1, End: 4}, false, true},
		{corpus.Span{Start: 6, End: 9}, false, true},
		{corpus.Span{Start: 1, End: 3}, false, false},
		{corpus.Span{Start: 7, End: 9}, false, false},
	} {
		if got := s.Contains(c.t); got != c.contains {
			t.Errorf("%v.Contains(%v) = %v", s, c.t, got)
		}
		if got := s.Overlaps(c.t); got != c.overlaps {
			t.Errorf("%v.Overlaps(%v) = %v", s, c.t, got)
		}
		if got := c.t.Overlaps(s); got != c.overlaps {
			t.Errorf("%v.Overlaps(%v) = %v", c.t, s, got)
		}
	}
	if s.Len() != 4 {
		t.Errorf("%v.Len() = %d", s, s.Len())
	}
}

// Offsets are code points, whatever they take in bytes.
func TestOffsets(t *testing.T) {
	r := corpus.New("甲a𠀀乙\n丙b\n")
	if r.Len() != 8 || len(r.ID) != 12 || len(r.Runes()) != 8 {
		t.Errorf("Len %d, ID %q, Runes %q", r.Len(), r.ID, string(r.Runes()))
	}
	if other := corpus.New("甲a𠀀乙\n丙b"); other.ID == r.ID {
		t.Error("two texts have one ID")
	}
	if got := r.Quote(corpus.Span{Start: 2, End: 6}); got != "𠀀乙\n丙" {
		t.Errorf("code points 2 to 6 are %q", got)
	}
	for pos, want := range []int{1, 1, 1, 1, 1, 2, 2, 2, 3} {
		if got := r.LineOf(pos); got != want {
			t.Errorf("LineOf(%d) = %d, want %d", pos, got, want)
		}
	}
	if got := r.LineOf(99); got != 3 {
		t.Errorf("LineOf behind the end = %d", got)
	}
}

func TestNotNormalised(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("invalid UTF-8 is no report's text")
		}
	}()
	corpus.New("甲\xff")
}

// Passages, figures and headings are found by where they stand.
func TestWhere(t *testing.T) {
	r := corpus.New("一二三四五六七八九十")
	span := func(a, b int) corpus.Span { return corpus.Span{Start: a, End: b} }
	r.Passages = []corpus.Passage{{Span: span(1, 3)}, {Span: span(3, 5)}, {Span: span(7, 9)}}
	for pos, want := range []int{-1, 0, 0, 1, 1, -1, -1, 2, 2, -1, -1} {
		if got := r.PassageAt(pos); got != want {
			t.Errorf("PassageAt(%d) = %d, want %d", pos, got, want)
		}
	}
	r.Figures = []corpus.Figure{{Span: span(0, 2)}, {Span: span(2, 4)}, {Span: span(5, 6)}, {Span: span(8, 10)}}
	for _, c := range []struct {
		in   corpus.Span
		want []int
	}{
		{span(0, 10), []int{0, 1, 2, 3}}, {span(1, 10), []int{1, 2, 3}}, {span(2, 6), []int{1, 2}}, {span(2, 5), []int{1}},
		{span(2, 9), []int{1, 2}}, {span(6, 8), nil}, {span(9, 10), nil},
	} {
		if diff := cmp.Diff(c.want, r.FiguresIn(c.in)); diff != "" {
			t.Errorf("FiguresIn(%v) (-want +got):\n%s", c.in, diff)
		}
	}
	r.Sections = []corpus.Section{{Parent: -1, Heading: span(0, 2)}, {Parent: 0, Heading: span(2, 4)}, {Parent: 1, Heading: span(4, 5)}}
	for i, want := range []string{"", "一二", "一二>三四", "一二>三四>五"} {
		if got := strings.Join(r.Path(i-1), ">"); got != want {
			t.Errorf("Path(%d) = %q, want %q", i-1, got, want)
		}
	}
}

// What is quoted for a figure holds its value.
func TestFigureClause(t *testing.T) {
	r := corpus.New("一二三四五六七八九十")
	span := func(a, b int) corpus.Span { return corpus.Span{Start: a, End: b} }
	r.Passages = []corpus.Passage{{Span: span(0, 9)}}
	r.Figures = []corpus.Figure{
		{Span: span(3, 5), Clause: span(2, 5), Passage: 0},
		{Span: span(3, 5), Clause: span(4, 6), Passage: 0},
		{Span: span(3, 5), Passage: -1},
	}
	for i, want := range []corpus.Span{span(2, 5), span(0, 9), span(3, 5)} {
		if got := r.FigureClause(i); got != want {
			t.Errorf("FigureClause(%d) = %v, want %v", i, got, want)
		}
	}
}

func TestReportNames(t *testing.T) {
	for _, c := range []struct {
		year, review int
		short, want  string
	}{{2024, 2023, "天津", "2024/天津"}, {0, 0, "天津", ""}, {2024, 2023, "", ""}} {
		r := &corpus.Report{Year: c.year, Short: c.short}
		if r.Name() != c.want || r.ReviewYear() != c.review {
			t.Errorf("%d %s: Name %q, ReviewYear %d", c.year, c.short, r.Name(), r.ReviewYear())
		}
	}
	if got := corpus.ReportName(2026, "宁夏回族自治区"); got != "2026/宁夏" {
		t.Errorf("ReportName = %q", got)
	}
}

func TestZoneTime(t *testing.T) {
	for zone, want := range map[corpus.Zone]corpus.Time{
		corpus.ZoneTitle: corpus.Other, corpus.ZoneSalutation: corpus.Other, corpus.ZoneReview: corpus.Review,
		corpus.ZoneFiveReview: corpus.Review, corpus.ZonePlan: corpus.Plan, corpus.ZoneFivePlan: corpus.Plan,
		corpus.ZoneOwnWork: corpus.Plan, corpus.ZoneClosing: corpus.Other, corpus.ZoneGlossary: corpus.Other,
		corpus.ZoneAppendix: corpus.Other, corpus.ZoneFurniture: corpus.Other,
	} {
		if got := zone.Time(); got != want {
			t.Errorf("%s.Time() = %s, want %s", zone, got, want)
		}
	}
}
