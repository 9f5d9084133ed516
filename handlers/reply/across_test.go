package reply

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// A county is one report of several, with the rows that its figures make.
type county struct {
	*corpus.Report
	t     testing.TB
	short string
}

func countyOf(t testing.TB, short string, year int, text string) county {
	r := extract.ParseText(fmt.Sprintf("%s县%d年政府工作报告\n\n一、%d年工作回顾\n\n%s\n", short, year, year-1, text))
	return county{r, t, short}
}

// row is the figure of that value, as a row; of a target with its bound.
func (c county) row(value string, year int, change ...func(*index.Row)) index.Row {
	c.t.Helper()
	i := slices.IndexFunc(c.Figures, func(f corpus.Figure) bool { return f.Value == value })
	if i < 0 {
		c.t.Fatalf("%s has no %s", c.short, value)
	}
	f := &c.Figures[i]
	row := index.Row{Report: c.Report, Of: fmt.Sprintf("%d/%s", c.Year, c.short), Place: c.short, Year: year, Figure: i, Quote: f.Clause, Number: f.Number, Nature: corpus.Actual}
	for _, change := range change {
		change(&row)
	}
	return row
}

// says is the clause around a word, as a row without a figure.
func (c county) says(word string, count int) index.Row {
	c.t.Helper()
	return index.Row{Report: c.Report, Of: fmt.Sprintf("%d/%s", c.Year, c.short), Place: c.short, Year: c.Year, Figure: -1, Quote: c.ClauseAround(in(c.t, c.Report, word), whole(c.Report)), Count: count}
}

// acrosses are answers from several reports, one of each form.
func acrosses(t testing.TB) []struct {
	name string
	x    index.Across
} {
	a := countyOf(t, "青溪", 2032, "地区生产总值增长6%，粮食产量达到20万吨。进出口总额下降3%。发展低空经济。"+strings.Repeat("持续推进各项重点工程建设，", 20)+"新增就业900人。")
	b := countyOf(t, "云岭", 2032, "地区生产总值增长5%，粮食产量超过20万吨。进出口总额下降4%。")
	d := countyOf(t, "石桥", 2032, "地区生产总值增长6%。新增就业700人。")
	old := countyOf(t, "青溪", 2031, "地区生产总值增长7%，粮食产量达到20万吨。进出口总额增长2%。")
	text := index.Row{Of: "2032/柳树", Place: "柳树", Year: 2032, Figure: -1, Count: 3, Text: "壮大低空经济"}
	target := func(r *index.Row) { r.Nature = corpus.Target }
	verdict := func(v string) func(*index.Row) { return func(r *index.Row) { target(r); r.Verdict = v } }
	named := func(s string) func(*index.Row) { return func(r *index.Row) { r.Name = s } }
	rows := func(list ...index.Row) []index.Row { return list }
	gdp := func(list ...county) (out []index.Row) {
		for _, c := range list {
			out = append(out, c.row(map[string]string{"青溪": "6%", "云岭": "5%", "石桥": "6%"}[c.short], 2031))
		}
		return out
	}
	const year, subject = 2031, "地区生产总值"
	rank := func(o index.Order, rows []index.Row, change ...func(*index.Across)) index.Across {
		x := index.Across{Kind: index.AcrossRanking, Subject: subject, Year: year, Rows: rows, Order: o, Looked: 3, Told: 3, Best: []string{"青溪", "石桥"}, Worst: []string{"云岭"}}
		for _, change := range change {
			change(&x)
		}
		return x
	}
	than := func(r index.Row) func(*index.Across) { return func(x *index.Across) { x.Than = &r } }
	years := func(trend int, moved bool, rows ...index.Row) index.Across {
		return index.Across{Kind: index.AcrossYears, Subject: subject, Rows: rows, Trend: trend, Moved: moved}
	}
	return []struct {
		name string
		x    index.Across
	}{
		{"the most and the least", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Rows: gdp(a, b), Best: []string{"青溪"}, Worst: []string{"云岭"}}},
		{"two have the most", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Nature: corpus.Target, Rows: gdp(a, b, d), Best: []string{"青溪", "石桥"}, Worst: []string{"云岭"}}},
		{"two have the least", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Rows: gdp(b, a, d), Best: []string{"云岭"}, Worst: []string{"青溪", "石桥"}}},
		{"all have the same", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Rows: gdp(a, d), Best: []string{"青溪", "石桥"}, Worst: []string{"青溪", "石桥"}, Ties: true}},
		{"one number, other words", index.Across{Kind: index.AcrossPlaces, Subject: "粮食产量", Year: year, Rows: rows(a.row("20万吨", year), b.row("20万吨", year)), Best: []string{"青溪", "云岭"}, Ties: true}},
		{"one place, and one silent", index.Across{Kind: index.AcrossPlaces, Subject: subject, Rows: gdp(a), Silent: []string{"石桥", "柳树"}, Looked: 3, Best: []string{"青溪"}}},
		{"four looked at, two silent", index.Across{Kind: index.AcrossPlaces, Subject: subject, Nature: corpus.Target, Rows: gdp(a, b), Silent: []string{"石桥", "柳树"}, Looked: 4, Best: []string{"青溪"}, Worst: []string{"云岭"}}},
		{"falls of other names", index.Across{Kind: index.AcrossPlaces, Subject: "进出口", Year: 2030, Rows: rows(a.row("3%", year, named("进出口总额")), b.row("4%", 2030, named("外贸"))), Best: []string{"青溪"}, Worst: []string{"云岭"}}},

		{"it rose", years(1, true, a.row("6%", 2030), old.row("7%", year))},
		{"it fell", years(-1, true, old.row("7%", 2030), a.row("6%", year))},
		{"it went up and down", years(0, true, a.row("6%", 2029), old.row("7%", 2030), a.row("6%", year))},
		{"one number in other words", years(0, false, old.row("20万吨", 2030), b.row("20万吨", year))},
		{"it stayed", years(0, false, old.row("20万吨", 2030), a.row("20万吨", year))},
		{"a year alone", years(0, false, a.row("6%", year))},

		{"the first", rank(index.Order{}, gdp(a))},
		{"the first two tie", rank(index.Order{}, gdp(a, d))},
		{"the last", rank(index.Order{Least: true}, gdp(b))},
		{"the last two tie", rank(index.Order{Least: true}, gdp(a, d))},
		{"the first two of a list", rank(index.Order{Top: 2}, gdp(a, b))},
		{"the first of a list of one", rank(index.Order{Top: 1}, gdp(a))},
		{"nobody tells", rank(index.Order{}, nil, func(x *index.Across) { x.Told, x.Silent = 0, []string{"青溪"} })},
		{"everybody in order", rank(index.Order{All: true}, gdp(a, d, b))},
		{"everybody the same", rank(index.Order{All: true}, gdp(a, d), func(x *index.Across) { x.Ties = true })},
		{"first and last", rank(index.Order{Both: true}, gdp(a, d, b))},
		{"last two of both", rank(index.Order{Both: true}, gdp(b, a, d), func(x *index.Across) { x.Best, x.Worst = []string{"云岭"}, []string{"青溪", "石桥"} })},
		{"a rank", rank(index.Order{}, gdp(b), func(x *index.Across) { x.Rank, x.Tied = 3, 1 })},
		{"a rank that two have", rank(index.Order{}, gdp(a), func(x *index.Across) { x.Rank, x.Tied = 1, 2 })},
		{"above a place", rank(index.Order{Rise: 1}, gdp(a), than(gdp(b)[0]))},
		{"below a place", rank(index.Order{Rise: -1}, gdp(b), than(gdp(a)[0]))},
		{"none above a place", rank(index.Order{Rise: 1}, nil, than(gdp(a)[0]))},
		{"none below a place", rank(index.Order{Rise: -1}, nil, than(gdp(b)[0]))},
		{"raised", rank(index.Order{Rise: 1}, gdp(a))},
		{"lowered", rank(index.Order{Rise: -1}, gdp(a))},
		{"within a bound", rank(index.Order{Bound: "6%以上"}, gdp(a, d))},
		{"none within a bound", rank(index.Order{Bound: "9%以上"}, nil)},

		{"who mentions it", index.Across{Kind: index.AcrossMention, Subject: "低空经济", Year: 2032, Rows: rows(a.says("低空经济", 1), text), Silent: []string{"云岭", "石桥"}, Looked: 4}},
		{"nobody mentions it", index.Across{Kind: index.AcrossMention, Subject: "飞行汽车", Year: 2032, Silent: []string{"云岭"}, Looked: 1}},
		{"all mention it", index.Across{Kind: index.AcrossMention, Subject: "低空经济", Year: 2032, Rows: rows(a.says("低空经济", 2)), Looked: 1}},
		{"who does not", index.Across{Kind: index.AcrossMention, Unsaid: true, Subject: "低空经济", Year: 2032, Rows: rows(a.says("低空经济", 1)), Silent: []string{"云岭"}, Looked: 2}},
		{"nobody does not", index.Across{Kind: index.AcrossMention, Unsaid: true, Subject: "低空经济", Year: 2032, Looked: 1}},

		{"kept", index.Across{Kind: index.AcrossKept, Subject: subject, Year: year, Verdict: "kept", Rows: rows(old.row("7%", year, target), a.row("6%", year), old.row("20万吨", year, verdict("exceeded")), b.row("20万吨", year))}},
		{"not told of", index.Across{Kind: index.AcrossKept, Subject: subject, Year: year, Verdict: "not_reported", Rows: rows(old.row("7%", year, target))}},
		{"no report to tell", index.Across{Kind: index.AcrossKept, Subject: subject, Year: year, Verdict: "not_reported", Rows: rows(old.row("7%", year, target)), Gaps: []index.Gap{{Place: "青溪", Year: 2033}}}},
		{"no target", index.Across{Kind: index.AcrossKept, Subject: "停车位", Year: year, Silent: []string{"2031/青溪"}}},

		{"no report of the place", index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{{Place: "柳树"}, {Place: "石桥", Year: 2029}}}},
		{"none of the year", index.Across{Kind: index.AcrossMissing, Nature: corpus.Actual, Gaps: []index.Gap{{Place: "青溪", Year: 2029, Has: []int{2031, 2032}}}}},
		{"many missing", index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{{Place: "青溪", Year: 2029, Has: []int{2031}}, {Place: "云岭", Year: 2029, Has: []int{2032}}, {Place: "石桥", Year: 2029, Has: []int{2032}}, {Place: "柳树", Year: 2029, Has: []int{2032}}}}},
		{"what it lies in", index.Across{Kind: index.AcrossMissing, Gaps: []index.Gap{{Place: "南门镇", Parent: "青溪", Has: []int{2031, 2032}}}}},
		{"a gap beside rows", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Nature: corpus.Actual, Rows: gdp(a), Gaps: []index.Gap{{Place: "云岭", Year: 2029, Has: []int{2032}}, {Place: "柳树", Year: 2031}, {Place: "南门镇", Parent: "青溪", Has: []int{2032}}}}},
		{"a gap beside targets", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Nature: corpus.Target, Rows: gdp(a), Gaps: []index.Gap{{Place: "云岭", Year: 2029, Has: []int{2032}}}}},
		{"four gaps beside rows", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Nature: corpus.Target, Rows: gdp(a), Gaps: []index.Gap{{Place: "云岭", Year: 2029, Has: []int{2032}}, {Place: "石桥", Year: 2029, Has: []int{2032}}, {Place: "柳树", Year: 2029, Has: []int{2032}}, {Place: "东山", Year: 2029, Has: []int{2032}}}}},
		{"years that are missing", index.Across{Kind: index.AcrossYears, Subject: subject, Nature: corpus.Actual, Trend: -1, Moved: true, Rows: rows(old.row("7%", 2030), a.row("6%", year)), Gaps: []index.Gap{{Place: "青溪", Year: 2029, Report: true}, {Place: "青溪", Year: 2028}}}},
		{"years of targets that are missing", index.Across{Kind: index.AcrossYears, Subject: subject, Nature: corpus.Target, Rows: rows(a.row("6%", year)), Gaps: []index.Gap{{Place: "青溪", Year: 2028}}}},

		{"more than there is room for", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Rows: slices.Repeat(gdp(a, b, d), 9), Best: []string{"青溪", "石桥"}, Worst: []string{"云岭"}}},
		{"more years than there is room for", years(-1, true, slices.Repeat(rows(old.row("7%", 2030), a.row("6%", year)), 12)...)},
		{"pictures leave out another unit", index.Across{Kind: index.AcrossPlaces, Subject: subject, Year: year, Rows: rows(a.row("6%", year, named("增长")), a.row("20万吨", year), b.row("5%", year), d.row("6%", year, named("增长"))), Others: gdp(b), Silent: []string{"石桥"}}},
	}
}

// TestAcross keeps what people read of answers from several reports, what the
// spreadsheet of each holds, and what its picture shows.
func TestAcross(t *testing.T) {
	l := texts.Of(chat.Hans)
	var b strings.Builder
	for _, c := range acrosses(t) {
		p := PageOf(&index.Answer{Across: &c.x}, l, View{})
		if p.Other != -1 || Size(p.Reply.Blocks) > Room.Page+300 {
			t.Errorf("%s: other %d, %d characters", c.name, p.Other, Size(p.Reply.Blocks))
		}
		fmt.Fprintf(&b, "== %s\n%s", c.name, printed(p.Reply))
		table := AcrossTable(&c.x, l)
		fmt.Fprintf(&b, "-- %s\n", table.Title)
		if got := table.Head; len(got) > 0 && !strings.HasPrefix(printed(p.Reply), "2 "+got[0]) && !strings.HasPrefix(printed(p.Reply), "1 "+got[0]) {
			t.Errorf("%s: the sheet begins %q", c.name, got[0])
		}
		for _, row := range table.Rows {
			b.WriteString("   " + strings.Join(row, "|") + "\n")
		}
		if drawn, quotes := AcrossChart(&c.x, l); len(drawn.Groups) > 0 {
			fmt.Fprintf(&b, "-- picture %s; %s; of %s; %d blocks\n", drawn.Title, strings.Join(drawn.Series, "|"), drawn.Source, len(quotes))
			for _, g := range drawn.Groups {
				fmt.Fprintf(&b, "   %s %v %s\n", g.Label, g.Bars[0].Number, g.Bars[0].Value)
			}
		}
		b.WriteString("\n")
	}
	golden.Check(t, "testdata/across.txt", b.String())
}

// printed is all of a reply's blocks: their kinds, what stands out, places.
func printed(r chat.Reply) string {
	var b strings.Builder
	for _, x := range r.Blocks {
		fmt.Fprintf(&b, "%d ", x.Kind)
		for _, run := range x.Runs() {
			if run.Strong && len(x.Strong) > 0 {
				b.WriteString("*" + run.Text + "*")
			} else {
				b.WriteString(run.Text)
			}
		}
		if x.At != nil {
			fmt.Fprintf(&b, " (%s %d–%d)", x.At.Report, x.At.Start, x.At.End)
		}
		b.WriteString("\n")
	}
	for _, row := range r.Buttons {
		for _, x := range row {
			fmt.Fprintf(&b, "[%s %s]", x.Text, x.Data)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// A picture of several reports has bars of one unit, two at least, 24 at most,
// and none of ranks.
func TestAcrossBars(t *testing.T) {
	a := countyOf(t, "青溪", 2032, "地区生产总值增长6%，粮食产量达到20万吨，产粮居全省第3位。")
	row := func(value string) index.Row { return a.row(value, 2031) }
	for _, c := range []struct {
		name string
		kind index.AcrossKind
		rows []index.Row
		want int
	}{
		{"one", index.AcrossPlaces, []index.Row{row("6%")}, 0},
		{"two", index.AcrossPlaces, []index.Row{row("6%"), row("6%")}, 2},
		{"another unit", index.AcrossPlaces, []index.Row{row("6%"), row("20万吨"), row("6%")}, 2},
		{"of another unit alone", index.AcrossPlaces, []index.Row{row("6%"), row("20万吨")}, 0},
		{"many", index.AcrossRanking, slices.Repeat([]index.Row{row("6%")}, 30), 24},
		{"all that fit", index.AcrossRanking, slices.Repeat([]index.Row{row("6%")}, 24), 24},
		{"without figures", index.AcrossPlaces, []index.Row{a.says("粮食", 1), a.says("粮食", 1)}, 0},
		{"mentions", index.AcrossMention, []index.Row{row("6%"), row("6%")}, 0},
		{"missing", index.AcrossMissing, []index.Row{row("6%"), row("6%")}, 0},
	} {
		if got := len(AcrossBars(&index.Across{Kind: c.kind, Rows: c.rows})); got != c.want {
			t.Errorf("%s: %d bars, want %d", c.name, got, c.want)
		}
	}
	ranks := slices.Clone(a.Figures)
	for i := range ranks {
		a.Figures[i].Measure = corpus.MeasureRank
	}
	if got := AcrossBars(&index.Across{Kind: index.AcrossPlaces, Rows: []index.Row{row("6%"), row("6%")}}); got != nil {
		t.Errorf("%d bars of ranks, want none", len(got))
	}
}
