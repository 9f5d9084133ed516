package view

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// sample is a short report in which all stands that a page can show: headings
// on lines of their own and inside a paragraph, blank lines, signs that HTML
// takes for its own, figures side by side and one inside another.
func sample() *corpus.Report {
	r := corpus.New("某市政府工作报告\n\n　　一、去年工作\n生产总值增长5%，A<B & C。\n（一）城乡：\n一是修路。修路3公里，其中2公里。二是种树。种树10万株\n二、今年目标\n新建公园50个，公园变大。\n")
	section := func(text string, level, parent int, inline bool) {
		s := span(r, text, 0)
		r.Sections = append(r.Sections, corpus.Section{Heading: s, Level: level, Parent: parent, Inline: inline})
	}
	section("一、去年工作", 1, -1, false)
	section("（一）城乡：", 2, 0, false)
	section("一是修路。", 3, 1, true)
	section("二是种树。", 3, 1, true)
	section("二、今年目标", 1, -1, false)
	for i, s := range []string{"生产总值增长5%，A<B & C。", "一是修路。修路3公里，其中2公里。", "二是种树。种树10万株", "新建公园50个，公园变大。"} {
		r.Passages = append(r.Passages, corpus.Passage{ID: "p" + strconv.Itoa(i+1), Span: span(r, s, 0)})
	}
	for _, s := range []string{"5%", "3公里，其中2公里", "2公里", "10万株", "50个"} {
		r.Figures = append(r.Figures, corpus.Figure{Span: span(r, s, 0)})
	}
	return r
}

// span returns where text stands in r for the nth time.
func span(r *corpus.Report, text string, n int) corpus.Span {
	at, runes, t := 0, []rune(r.Text), []rune(text)
	for ; ; at++ {
		if slices.Equal(runes[at:at+len(t)], t) {
			if n--; n < 0 {
				return corpus.Span{Start: at, End: at + len(t)}
			}
		}
	}
}

// TestArticle: a report as a page, with what was linked and what was looked
// for marked across passages, figures and headings. Between the tags stands the
// report, character for character.
func TestArticle(t *testing.T) {
	r := sample()
	about := func(i int) (string, string) {
		return `第` + strconv.Itoa(i+1) + `个 "数"`, "/figures?a=1&id=" + strconv.Itoa(i+1)
	}
	var out strings.Builder
	for _, tt := range []struct {
		name    string
		reading Reading
	}{
		{"plain", Reading{Report: r, Figure: about}},
		{"figures that lead nowhere", Reading{Report: r}},
		{"a linked passage", Reading{Report: r, Figure: about, Marks: []corpus.Span{r.Passages[1].Span}}},
		{"linked across passages", Reading{Report: r, Figure: about, Marks: []corpus.Span{{Start: r.Passages[1].End - 4, End: r.Passages[2].Start + 7}}}},
		{"looked for", Reading{Report: r, Figure: about, Found: Find(r, "公园")}},
		{"looked for across a figure", Reading{Report: r, Figure: about, Marks: []corpus.Span{span(r, "园50", 0)}, Found: []corpus.Span{span(r, "0个，公", 0), span(r, "大", 0)}}},
		{"looked for in a heading", Reading{Report: r, Figure: about, Found: Find(r, "修路")}},
	} {
		got := string(tt.reading.Article())
		out.WriteString("-- " + tt.name + " --\n" + got + "\n")
		if text := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(got, "")); text != r.Text {
			t.Errorf("%s: the text between the tags (-report +page):\n%s", tt.name, cmp.Diff(r.Text, text))
		}
	}
	golden.Check(t, "testdata/article.golden", out.String())
}

// TestContents: the outline down to a level, without the marks that end a heading.
func TestContents(t *testing.T) {
	r := sample()
	parts := []Entry{{Title: "一、去年工作", URL: "#s1"}, {Title: "二、今年目标", URL: "#s5"}}
	two := slices.Clone(parts)
	two[0].Under = []Entry{{Title: "（一）城乡", URL: "#s2"}}
	three := slices.Clone(parts)
	three[0].Under = []Entry{{Title: "（一）城乡", URL: "#s2", Under: []Entry{{Title: "一是修路", URL: "#s3"}, {Title: "二是种树", URL: "#s4"}}}}
	for depth, want := range map[int][]Entry{0: nil, 1: parts, 2: two, 3: three, 9: three} {
		if d := cmp.Diff(want, Contents(r, depth)); d != "" {
			t.Errorf("down to level %d (-want +got):\n%s", depth, d)
		}
	}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		text, word string
		want       []corpus.Span
	}{
		{"公园", "", nil}, {"公园", "公园里", nil}, {"公园", "林", nil},
		{"公园", "公园", []corpus.Span{{Start: 0, End: 2}}},
		{"建公园、大公园", "公园", []corpus.Span{{Start: 1, End: 3}, {Start: 5, End: 7}}},
		{"公园公园公园", "公园公园", []corpus.Span{{Start: 0, End: 4}}}, // none overlaps the one before
		{"aaaa", "aa", []corpus.Span{{Start: 0, End: 2}, {Start: 2, End: 4}}},
		{"GDP、gdp", "Gdp", []corpus.Span{{Start: 0, End: 3}, {Start: 4, End: 7}}},
		{"İGDP gdp", "GDP", []corpus.Span{{Start: 1, End: 4}, {Start: 5, End: 8}}},
	} {
		if d := cmp.Diff(tt.want, Find(corpus.New(tt.text), tt.word)); d != "" {
			t.Errorf("Find(%q, %q) (-want +got):\n%s", tt.text, tt.word, d)
		}
	}
}

func TestHeading(t *testing.T) {
	for level, want := range map[int]string{0: "h2", 1: "h2", 2: "h3", 4: "h5", 5: "h6", 6: "h6", 9: "h6"} {
		if got := heading(level); got != want {
			t.Errorf("heading(%d) = %s, want %s", level, got, want)
		}
	}
}
