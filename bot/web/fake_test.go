package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"jinwen/bot/object"
	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// shelf is a library of books made by hand: of two years of one place, and of
// another place. The first is the default one.
type shelf struct{ books []*Book }

func (s *shelf) Reports(context.Context) ([]object.Report, error) {
	var out []object.Report
	for _, b := range s.books {
		out = append(out, b.Report)
	}
	return out, nil
}

func (s *shelf) Book(_ context.Context, name string) (*Book, error) {
	for i, b := range s.books {
		if b.Name == name || name == "" && i == 0 {
			return b, nil
		}
	}
	if name == "2020/坏" {
		return nil, errors.New("the disk is gone")
	}
	return nil, ErrNoReport
}

func (s *shelf) Kept(_ context.Context, name string) (*Keeping, error) {
	if len(s.books) < 2 || name != s.books[0].Name {
		return nil, ErrNoReport
	}
	now, old := s.books[0], s.books[1]
	place := func(b *Book, i int) object.Place {
		f := &b.Figures[i]
		return object.Place{Report: b.Name, Text: f.Clause, Value: f.Shown, Span: f.Figure.Clause}
	}
	result := place(now, 0)
	return &Keeping{Old: old, New: now, Rows: []object.Kept{
		{Indicator: "生产总值增长", Target: place(old, 0), Result: &result, Verdict: "exceeded"},
		{Indicator: "改造管网", Target: place(old, 1), Verdict: "not_reported"},
		{Indicator: "新建公园", Target: place(old, 2), Result: &result, Verdict: "missed"},
	}}, nil
}

func (s *shelf) Topics() []string { return []string{"教育", "城建"} }

func (s *shelf) InTopic(topic, text string) bool {
	return strings.Contains(text, map[string]string{"教育": "学", "城建": "公园"}[topic])
}

func (s *shelf) Examples(l chat.Lang) []string { return []string{"公园？", string(l)} }

// A line is a sentence of a book: with a figure, if value is not empty.
type line struct {
	text, name, value string
	number            float64
	unit              string
	concept, period   string
	nature            corpus.Nature
}

// bookOf makes a book of lines, each a passage below one heading.
func bookOf(year int, place, short string, lines ...line) *Book {
	text := fmt.Sprintf("%d年%s政府工作报告\n一、全部\n", year, place)
	for _, l := range lines {
		text += l.text + "。\n"
	}
	r := corpus.New(text)
	r.Year, r.Place, r.Short, r.Title, r.ID = year, place, short, fmt.Sprintf("%d年%s政府工作报告", year, place), fmt.Sprintf("id%d%s", year, short)
	at := len([]rune(r.Title)) + 1
	r.Sections = []corpus.Section{{Parent: -1, Level: 1, Title: "全部", Heading: corpus.Span{Start: at, End: at + 4}}}
	at += 5
	b := &Book{Text: r}
	name := fmt.Sprintf("%d/%s", year, short)
	for i, l := range lines {
		n := len([]rune(l.text))
		clause := corpus.Span{Start: at, End: at + n}
		r.Passages = append(r.Passages, corpus.Passage{ID: fmt.Sprint("p", i+1), Span: corpus.Span{Start: at, End: at + n + 1}, Time: corpus.Plan})
		at += n + 2
		c := object.Commitment{Report: name, Commitment: corpus.Commitment{Span: clause, Text: l.text, Topic: "全部", Passage: i}, Path: []string{"一、全部"}}
		if l.value != "" {
			before, _, _ := strings.Cut(l.text, l.value)
			from := clause.Start + len([]rune(before))
			f := corpus.Figure{Span: corpus.Span{Start: from, End: from + len([]rune(l.value))}, Value: l.value, Number: l.number, Unit: l.unit, Indicator: l.name,
				Measure: "level", Bound: "exact", Concept: l.concept, Period: l.period, Nature: l.nature, Passage: i, Clause: clause}
			r.Figures = append(r.Figures, f)
			b.Figures = append(b.Figures, object.Figure{Report: name, Figure: f, Clause: l.text, Path: []string{"一、全部"}, Name: l.name, Shown: l.value})
			c.Figures = append(c.Figures, f)
		}
		if l.nature == corpus.Target {
			c.Places, c.Organisations = []string{short + "新区"}, []string{"教育局"}
			b.Commitments = append(b.Commitments, c)
		}
	}
	b.Report = object.ReportOf(r)
	b.Report.Name = name
	return b
}

func newShelf() *shelf {
	lines := []line{
		{"生产总值增长5.1%", "生产总值增长", "5.1%", 5.1, "%", "gdp", "2024", corpus.Actual},
		{"生产总值增长5%左右", "生产总值增长", "5%左右", 5, "%", "gdp", "2025", corpus.Target},
		{"失业率4.9%", "失业率", "4.9%", 4.9, "%", "", "2024", corpus.Actual},
		{"失业率5.5%以内", "失业率", "5.5%", 5.5, "%", "", "2025", corpus.Target},
		{"货物吞吐量1.2亿吨", "货物吞吐量", "1.2亿吨", 1.2e8, "吨", "", "2024", corpus.Actual},
		{"货物吞吐量3.5亿吨", "货物吞吐量", "3.5亿吨", 3.5e8, "吨", "", "2025", corpus.Target},
		{"新增学位4800个", "新增学位", "4800个", 4800, "个", "", "cumulative", corpus.Background},
		{"新建公园15个", "新建公园", "15个", 15, "个", "", "2025", corpus.Target},
		{"办好新学校", "", "", 0, "", "", "", corpus.Target},
	}
	for i := range 50 {
		lines = append(lines, line{fmt.Sprintf("第%d项工程%d公里", i+1, i), fmt.Sprintf("第%d项工程", i+1), fmt.Sprintf("%d公里", i), float64(i), "公里", "", "other", corpus.Background})
	}
	first := bookOf(2025, "青溪市", "青溪", lines...)
	pair := func(actual, target int) object.Pair {
		a, t := first.Figures[actual], first.Figures[target]
		return object.Pair{Report: first.Name, Indicator: a.Indicator, Actual: a, Target: t, Difference: t.Number - a.Number, Span: t.Span}
	}
	first.Pairs = []object.Pair{pair(0, 1), pair(2, 3), pair(4, 5)}
	first.Home = true
	return &shelf{[]*Book{first,
		bookOf(2024, "青溪市", "青溪", line{"生产总值增长4.5%", "生产总值增长", "4.5%", 4.5, "%", "gdp", "2024", corpus.Target},
			line{"改造管网62公里", "改造管网", "62公里", 62, "公里", "", "2024", corpus.Target}, line{"新建公园12个", "新建公园", "12个", 12, "个", "", "2024", corpus.Target}),
		bookOf(2025, "白石县", "白石", line{"生产总值下降1%", "生产总值下降", "1%", -1, "%", "gdp", "2024", corpus.Actual}, line{"新建公园3个", "新建公园", "3个", 3, "个", "", "2025", corpus.Target}, line{"种树9棵", "种树", "9棵", 9, "棵", "", "2023", corpus.Actual}),
	}}
}

// An echoing Asker answers with what it was asked.
type echoing struct{ notReady error }

func (e *echoing) Ready() error { return e.notReady }

func (e *echoing) Ask(_ context.Context, q Question) (Answer, error) {
	switch q.Text {
	case "坏":
		return Answer{}, errors.New("no index")
	case "没有":
		return Answer{}, ErrNoReport
	case "恐慌":
		panic("x")
	case "文件":
		return Answer{Reply: chat.Reply{Files: []chat.Attachment{{Name: "图.png", Image: true}, {Name: "台账.xlsx", Data: []byte("PK")}}}}, nil
	}
	at := &chat.At{Report: "2025/青溪", Start: 20, End: 30}
	r := chat.Reply{Notice: "", Blocks: []chat.Block{
		{Kind: chat.Title, Text: "题"}, {Kind: chat.Answer, Text: "问：" + q.Text, Strong: []chat.Range{{Start: 0, End: 3}}},
		{Kind: chat.Quote, Text: "第一句。\n第二句。", At: at}, {Kind: chat.Quote, Text: "另一句"}, {Kind: chat.Place, Text: "一、全部"},
		{Kind: chat.Item, Text: "甲「引文」", At: at}, {Kind: chat.Item, Text: "乙"}, {Kind: chat.Table, Text: "a  1\nb  2"},
		{Kind: chat.Para, Text: "段\n\n落"}, {Kind: chat.Note, Text: "注一"}, {Kind: chat.Note, Text: "注二"},
	}, Buttons: [][]chat.Button{
		{{Text: "去年", Data: "y:2024"}, {Text: "公园", Data: "ask:公园"}, {Text: "表", Data: "xlsx:1"}},
		{{Text: "👍", Data: "vote:1+"}, {Text: "👎", Data: "vote:1-"}, {Text: "复制", Copy: "引文"}, {Text: "网页", URL: "https://a.example"}, {Text: "坏", URL: "javascript:x"}},
	}}
	if len(q.Press) > 0 {
		r.Notice = "按了" + strings.Join(q.Press, "、")
	}
	if q.Text == "引文" {
		r.Blocks = []chat.Block{{Kind: chat.Quote, Text: "一", At: at}, {Kind: chat.Quote, Text: "二"}, {Kind: chat.Place, Text: "同处"}, {Kind: chat.Item, Text: "」甲「", At: at}, {Kind: chat.Item, Text: "「」", At: at}}
	}
	if q.Text == "图" {
		r.Chart = &chat.Chart{Title: "图", Series: []string{"a"}, Groups: []chat.ChartGroup{{Label: "x", Bars: []chat.ChartBar{{Number: 1, Value: "1"}}}}}
	}
	then := chat.Say("然后：" + strings.Join(q.Before, "、"))
	r.Then = &then
	asked := append(slices.Clone(q.Before), q.Text)
	if strings.HasPrefix(q.Text, "新") {
		asked = []string{q.Text}
	}
	return Answer{Reply: r, Asked: asked}, nil
}

func (e *echoing) Find(_ context.Context, q Question) (object.Answer, error) {
	if q.Text == "坏" {
		return object.Answer{}, errors.New("no index")
	}
	who, id, _ := strings.Cut(q.Chat, " ")
	return object.Answer{Question: q.Text, Status: "answered", Reply: fmt.Sprint(q.Lang, "|", q.Report, "|", who != "", id, "|", q.From != ""), Passages: []object.Passage{{ID: "p1", Report: "2025/青溪", Span: corpus.Span{Start: 20, End: 30}}},
		Figures: []object.Figure{{Report: "2025/青溪", Figure: corpus.Figure{Span: corpus.Span{Start: 24, End: 27}}}, {}}, Commitments: []object.Commitment{{Report: "2025/青溪"}}}, nil
}

// paper writes a sheet as lines.
type paper struct{}

func (paper) WriteSheet(w io.Writer, s Sheet) error {
	if strings.Contains(strings.Join(s.Head, ""), "工程13") {
		return errors.New("no room")
	}
	_, err := fmt.Fprintf(w, "%s\n%s\n%s\n%q\n", s.Title, strings.Join(s.Head, "\n"), strings.Join(s.Columns, "|"), s.Rows)
	return err
}

// serve makes a server of the shelf, with what change makes of its options.
func serve(t *testing.T, change func(*Options)) *Server {
	t.Helper()
	opt := Options{Library: newShelf(), Asker: &echoing{}, Sheets: paper{}, Rate: 100_000, Salt: []byte("salt"), Logger: slog.New(slog.DiscardHandler),
		Clock: func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }}
	if change != nil {
		change(&opt)
	}
	s, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request; head are pairs of names and values.
func ask(s *Server, method, path, body string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "jinwen.example"
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// read is a page as it is read and operated: its words, where its links lead,
// what its fields hold.
func read(body string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(body))
	skip := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == '\n' }), "\n") + "\n"
		case html.TextToken:
			if skip == 0 {
				b.WriteString(strings.TrimSpace(string(z.Text())))
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "style" || string(name) == "script" {
				skip--
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "style", "script":
				skip++
			case "tr", "li", "p", "h1", "h2", "form", "section", "nav", "footer", "main", "blockquote", "div", "svg", "mark":
				b.WriteByte('\n')
			case "td", "th", "option", "button":
				b.WriteByte(' ')
			}
			for _, a := range t.Attr {
				switch {
				case a.Key == "href" || a.Key == "cite" || a.Key == "action" || a.Key == "value" || a.Key == "id" && t.Data != "svg" || a.Key == "name" && t.Data == "input" || a.Key == "aria-sort" || a.Key == "aria-current" || a.Key == "rel":
					b.WriteString("[" + a.Key + " " + a.Val + "]")
				case a.Key == "selected", a.Key == "autofocus":
					b.WriteString("[" + a.Key + "]")
				case a.Key == "content" && t.Data == "meta":
					b.WriteString("[" + a.Val + "]")
				}
			}
		}
	}
}

var _ http.Handler = (*Server)(nil)
