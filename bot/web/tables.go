package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinwen/bot/object"
	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/handlers/chat"
)

// The lists there are.

var figureList = list{
	name: "figures", inputs: []string{"q", "topic", "place", "year", "nature", "report"},
	texts: func(t *view.Texts) (string, string, string) { return t.FiguresTitle, t.FiguresAbout, t.FileNameFigure },
	columns: func(v *visit, s *selection) []column {
		t := v.page.T()
		return []column{
			{name: t.ColIndicator, sort: "indicator"}, {name: t.ColValue, sort: "value"}, {name: t.ColPeriod, sort: "period"}, {name: t.ColNature, sort: "nature"},
			{name: t.ColClause}, {name: t.ColPath, sort: "path"}, {name: t.ReportColumn, file: len(s.books) < 2, sort: "report"},
			{name: "number", file: true, sort: "number"}, {name: "unit", file: true}, {name: "measure", file: true}, {name: "bound", file: true},
		}
	},
	rows: func(v *visit, s *selection) ([]row, error) {
		var out []row
		for _, b := range s.books {
			for i := range b.Figures {
				f := &b.Figures[i]
				id := strconv.Itoa(i + 1)
				if s.id != "" && s.id != id || s.year != "" && f.Period != s.year || s.nature != "" && string(f.Nature) != s.nature ||
					!v.takes(s, f.Name+"\n"+f.Indicator+"\n"+f.Value+"\n"+f.Clause+"\n"+strings.Join(f.Path, "\n")) {
					continue
				}
				out = append(out, row{id: "f" + id, cells: []cell{
					{text: f.Name, zh: true}, {text: f.Shown, class: "num", zh: true, number: f.Number, sorts: true},
					{text: v.period(f.Period)}, {text: v.nature(f.Nature), class: "tag-" + string(f.Nature)},
					{text: f.Clause, url: b.Link(f.Figure.Clause), class: "quoted", zh: true}, {text: path(f.Path), class: "path", zh: true},
					{text: b.Title, zh: true, url: view.Address("/r/" + b.Name)},
					{text: strconv.FormatFloat(f.Number, 'f', -1, 64), number: f.Number, sorts: true}, {text: f.Unit}, {text: string(f.Measure)}, {text: string(f.Bound)},
				}})
			}
		}
		return out, nil
	},
}

func path(p []string) string { return strings.Join(p, " › ") }

var commitmentList = list{
	name: "commitments", inputs: []string{"q", "topic", "place", "year", "report"},
	texts: func(t *view.Texts) (string, string, string) { return t.CommitsTitle, t.CommitsAbout, t.FileNameCommit },
	columns: func(v *visit, s *selection) []column {
		t := v.page.T()
		return []column{
			{name: t.ColCommitment}, {name: t.ColNumbers, sort: "numbers"}, {name: t.ColPlaces, sort: "places"}, {name: t.ColTopic, sort: "topic"},
			{name: t.ColPath, file: true}, {name: t.YearColumn, file: true, sort: "year"}, {name: t.ReportColumn, file: len(s.books) < 2, sort: "report"},
		}
	},
	rows: func(v *visit, s *selection) ([]row, error) {
		var out []row
		for _, b := range s.books {
			for i := range b.Commitments {
				c := &b.Commitments[i]
				if s.year != "" && s.year != strconv.Itoa(b.Year) ||
					!v.takes(s, c.Text+"\n"+strings.Join(c.Places, " ")+"\n"+strings.Join(c.Organisations, " ")+"\n"+strings.Join(c.Path, "\n")) {
					continue
				}
				var values []string
				for _, f := range c.Figures {
					values = append(values, f.Value)
				}
				out = append(out, row{id: "c" + strconv.Itoa(i+1), cells: []cell{
					{text: c.Text, url: b.Link(c.Span), zh: true}, {text: strings.Join(values, "、"), class: "num", zh: true},
					{text: strings.Join(c.Places, "、"), zh: true}, {text: c.Topic, class: "path", zh: true}, {text: path(c.Path), zh: true},
					{text: strconv.Itoa(b.Year)}, {text: b.Title, zh: true, url: view.Address("/r/" + b.Name)},
				}})
			}
		}
		return out, nil
	},
}

var pairList = list{
	name: "pairs", inputs: []string{"q", "topic", "place", "year", "report"},
	texts: func(t *view.Texts) (string, string, string) { return t.PairsTitle, t.PairsAbout, t.FileNamePair },
	columns: func(v *visit, s *selection) []column {
		t := v.page.T()
		actual, target := pairNames(t, s)
		return []column{
			{name: t.ColIndicator, sort: "indicator"}, {name: actual, sort: "actual"}, {name: target, sort: "target"}, {name: t.ColDifference, sort: "difference"},
			{name: t.ColClause}, {name: t.ReportColumn, file: len(s.books) < 2, sort: "report"}, {name: actual + " · " + t.ColClause, file: true},
		}
	},
	rows: func(v *visit, s *selection) ([]row, error) {
		var out []row
		for _, b := range s.books {
			for i := range b.Pairs {
				p := &b.Pairs[i]
				if s.year != "" && p.Actual.Period != s.year && p.Target.Period != s.year ||
					!v.takes(s, p.Indicator+"\n"+p.Target.Name+"\n"+p.Actual.Clause+"\n"+p.Target.Clause+"\n"+strings.Join(p.Target.Path, "\n")) {
					continue
				}
				out = append(out, row{id: "r" + strconv.Itoa(i+1), cells: []cell{
					{text: p.Target.Name, zh: true}, {text: p.Actual.Shown, url: b.Link(p.Actual.Figure.Clause), class: "num", zh: true, number: p.Actual.Number, sorts: true},
					{text: p.Target.Shown, class: "num", zh: true, number: p.Target.Number, sorts: true},
					{text: difference(p), class: "num", number: p.Difference, sorts: true},
					{text: p.Target.Clause, url: b.Link(p.Target.Figure.Clause), class: "quoted", zh: true},
					{text: b.Title, zh: true, url: view.Address("/r/" + b.Name)}, {text: p.Actual.Clause, zh: true},
				}, bars: []chat.ChartBar{{Series: 0, Number: p.Actual.Number, Value: p.Actual.Shown}, {Series: 1, Number: p.Target.Number, Value: p.Target.Shown}}})
			}
		}
		return out, nil
	},
	chart: func(v *visit, s *selection, rows []row) *view.Chart {
		t := v.page.T()
		c := &view.Chart{Chart: chat.Chart{Title: t.PairsTitle, Series: make([]string, 2)}}
		c.Series[0], c.Series[1] = pairNames(t, s)
		for _, r := range rows {
			if percent(r.bars) && len(c.Groups) < maxGroups {
				c.Groups = append(c.Groups, chat.ChartGroup{Label: r.cells[0].text, Bars: r.bars})
			}
		}
		return charted(v, c)
	},
}

// pairNames returns the names of the two sides of a pair, with their years if all
// pairs have the same.
func pairNames(t *view.Texts, s *selection) (actual, target string) {
	if len(s.books) == 1 && s.books[0].Year > 0 {
		return fmt.Sprintf(t.ColActual, s.books[0].Text.ReviewYear()), fmt.Sprintf(t.ColTarget, s.books[0].Year)
	}
	return t.ColActualAny, t.ColTargetAny
}

// maxGroups is how many labels a chart has.
const maxGroups = 12

// percent reports whether all bars are shares or rates, which stand on one scale.
func percent(bars []chat.ChartBar) bool {
	return len(bars) > 0 && !slices.ContainsFunc(bars, func(b chat.ChartBar) bool {
		return !strings.Contains(b.Value, "%") && !strings.Contains(b.Value, "％")
	})
}

// charted returns c with its text for who cannot see it; nil if it shows nothing.
func charted(v *visit, c *view.Chart) *view.Chart {
	if len(c.Groups) < 2 {
		return nil
	}
	c.About = fmt.Sprintf(v.page.T().ChartAbout, c.Title)
	return c
}

// difference returns the target less the result, in the unit of both as far as that
// is short.
func difference(p *object.Pair) string {
	d := p.Difference
	unit := p.Target.Unit
	if unit == "%" {
		unit = "个百分点"
	}
	switch {
	case d >= 1e8 || d <= -1e8:
		return signed(d/1e8) + "亿" + unit
	case d >= 1e4 || d <= -1e4:
		return signed(d/1e4) + "万" + unit
	}
	return signed(d) + unit
}

func signed(d float64) string {
	s := strconv.FormatFloat(d, 'f', 2, 64)
	if s = strings.TrimRight(strings.TrimRight(s, "0"), "."); s == "-0" || s == "0" {
		return "0"
	}
	if d > 0 {
		return "+" + s
	}
	return "−" + strings.TrimPrefix(s, "-")
}

// Verdicts, in the order of the filter.
var verdicts = []string{"exceeded", "kept", "near", "partly", "missed", "not_reported", "not_comparable"}

func verdictName(t *view.Texts, v string) string {
	switch v {
	case "exceeded":
		return t.Exceeded
	case "kept":
		return t.Kept
	case "near":
		return t.Near
	case "partly":
		return t.Partly
	case "missed":
		return t.Missed
	case "not_reported":
		return t.NotReported
	}
	return t.NotComparable
}

var keptList = list{
	name: "kept", inputs: []string{"q", "topic", "verdict", "report"},
	texts: func(t *view.Texts) (string, string, string) { return t.KeptTitle, t.KeptAbout, t.FileNameKept },
	start: func(v *visit, s *selection) error {
		// The newest report of its place with one before it, the default first.
		for _, r := range s.reports {
			if s.report != "" && s.report != r.Name || s.place != "" && r.Place != s.place && !strings.HasSuffix(r.Name, "/"+s.place) {
				continue
			}
			k, err := v.opt.Library.Kept(v.r.Context(), r.Name)
			if errors.Is(err, ErrNoReport) {
				continue
			}
			if err != nil {
				return err
			}
			s.mention, s.books, s.keeping = "", []*Book{k.New}, k
			return nil
		}
		return nil
	},
	columns: func(v *visit, s *selection) []column {
		t := v.page.T()
		return []column{
			{name: t.ColIndicator, sort: "indicator"}, {name: t.ColTargetThen, sort: "target"}, {name: t.ColResultNow, sort: "result"}, {name: t.ColVerdict, sort: "verdict"},
			{name: t.ColTargetThen + " · " + t.ColClause, file: true}, {name: t.ColResultNow + " · " + t.ColClause, file: true},
		}
	},
	rows: func(v *visit, s *selection) ([]row, error) {
		k := s.keeping
		if k == nil {
			return nil, nil
		}
		t := v.page.T()
		var out []row
		for i, x := range k.Rows {
			text := x.Indicator + "\n" + x.Target.Text
			result := cell{text: t.NoQuote}
			quoted := cell{}
			if x.Result != nil {
				text += "\n" + x.Result.Text
				result = cell{text: x.Result.Text, url: k.New.Link(x.Result.Span), zh: true}
				quoted = cell{text: x.Result.Value, zh: true}
			}
			if s.verdict != "" && x.Verdict != s.verdict || !v.takes(s, text) {
				continue
			}
			out = append(out, row{id: "k" + strconv.Itoa(i+1), cells: []cell{
				{text: x.Indicator, zh: true}, {text: x.Target.Text, url: k.Old.Link(x.Target.Span), zh: true}, result,
				{text: verdictName(t, x.Verdict), class: "num tag-" + x.Verdict, sorts: true, number: float64(slices.Index(verdicts, x.Verdict))},
				{text: x.Target.Value, zh: true}, quoted,
			}})
		}
		return out, nil
	},
}

var compareList = list{
	name: "compare", inputs: []string{"concept", "place", "year", "nature", "report"},
	texts: func(t *view.Texts) (string, string, string) { return t.CompareTitle, t.CompareAbout, t.FileNameComp },
	start: func(v *visit, s *selection) error {
		if s.concept == "" {
			s.concept = "gdp"
		}
		if _, ok := concept.Lookup(s.concept); !ok {
			return errBadList
		}
		if err := v.choose(s, "all"); err != nil {
			return err
		}
		s.mention = ""
		return nil
	},
	columns: func(v *visit, s *selection) []column {
		t := v.page.T()
		return []column{
			{name: t.PlaceColumn, sort: "place"}, {name: t.ColPeriod, sort: "period"}, {name: t.ColNature, sort: "nature"}, {name: t.ColIndicator, sort: "indicator"},
			{name: t.ColValue, sort: "value"}, {name: t.ColClause}, {name: t.ReportColumn, file: true, sort: "report"}, {name: t.ColScope, file: true},
			{name: "number", file: true, sort: "number"}, {name: "unit", file: true},
		}
	},
	rows: func(v *visit, s *selection) ([]row, error) {
		var out []row
		for _, b := range s.books {
			for i := range b.Figures {
				f := &b.Figures[i]
				if f.Concept != s.concept || s.year != "" && f.Period != s.year || s.nature != "" && string(f.Nature) != s.nature {
					continue
				}
				out = append(out, row{id: "x" + strconv.Itoa(len(out)+1), cells: []cell{
					{text: b.Report.Place, zh: true}, {text: v.period(f.Period)}, {text: v.nature(f.Nature), class: "tag-" + string(f.Nature)}, {text: f.Name, zh: true},
					{text: f.Shown, class: "num", zh: true, number: f.Number, sorts: true}, {text: f.Clause, url: b.Link(f.Figure.Clause), class: "quoted", zh: true},
					{text: b.Title, zh: true}, {text: f.Scope, zh: true}, {text: strconv.FormatFloat(f.Number, 'f', -1, 64), number: f.Number, sorts: true}, {text: f.Unit},
				}, bars: []chat.ChartBar{{Series: seriesOf(f.Nature), Number: f.Number, Value: f.Shown}}})
			}
		}
		return out, nil
	},
	chart: func(v *visit, s *selection, rows []row) *view.Chart {
		t := v.page.T()
		name := s.concept
		if c, ok := concept.Lookup(s.concept); ok {
			name = c.Name
		}
		c := &view.Chart{Chart: chat.Chart{Title: name + "（%）", Series: []string{t.Result, t.Target}}}
		for _, r := range rows {
			if percent(r.bars) && len(c.Groups) < 2*maxGroups {
				c.Groups = append(c.Groups, chat.ChartGroup{Label: r.cells[0].text + " " + r.cells[1].text + " " + r.cells[2].text, Bars: r.bars})
			}
		}
		return charted(v, c)
	},
}

func seriesOf(n corpus.Nature) int {
	if n == corpus.Target {
		return 1
	}
	return 0
}
