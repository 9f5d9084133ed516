package library

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/index"
	"jinwen/index/question"
)

// made is a small report of a place and year: what its year is to bring, and
// what the one before has brought.
func made(place string, year int, review, plan string) version.Item {
	text := fmt.Sprintf("%s政府工作报告\n\n一、%d年工作回顾\n\n%s\n\n二、%d年工作安排\n\n%s\n", place, year-1, review, year, plan)
	return version.Item{Name: fmt.Sprint(place, year), Report: extract.ParseText(text)}
}

// nation is a small report of the State Council.
func nation(year int) *corpus.Report {
	return extract.ParseText(fmt.Sprintf("政府工作报告\n——%d年3月5日在第十五届全国人民代表大会第一次会议上\n国务院总理　张大川\n\n各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。\n\n一、%d年工作回顾\n\n国内生产总值140万亿元，增长5%%。城镇新增就业1250万人。居民消费价格上涨0.2%%。\n\n二、%d年工作安排\n\n国内生产总值增长5%%左右。城镇新增就业1200万人以上，城镇调查失业率5.5%%左右。赤字率按4%%安排。发展低空经济。\n", year, year-1, year))
}

// small is a library of made-up texts of real places; the report that ships,
// 2024/天津, is in it.
func small(t testing.TB) *Library {
	t.Helper()
	return open(t, "天津", []version.Item{
		made("天津市", 2025, "地区生产总值增长5.1%。城镇新增就业36万人。", "地区生产总值增长5%左右。城镇新增就业30万人。改造老旧小区100个。"),
		made("天津市", 2026, "地区生产总值增长4.8%。城镇新增就业32万人。改造老旧小区120个。", "地区生产总值增长4.5%左右。城镇新增就业28万人。发展银发经济。"),
		made("重庆市", 2026, "地区生产总值增长5.3%。城镇新增就业70万人。", "地区生产总值增长5%以上。城镇新增就业65万人。发展低空经济。"),
		made("河北省", 2026, "地区生产总值增长5.6%。", "地区生产总值增长5%左右。发展低空经济。"),
		made("四川省", 2025, "地区生产总值增长5.7%。", "地区生产总值增长5.5%以上。"),
	})
}

func open(t testing.TB, home string, items []version.Item) *Library {
	t.Helper()
	s, err := version.Open(t.TempDir(), version.Options{Home: home})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(items, false, version.By{Who: "7", When: time.Unix(1e9, 0)}); err != nil {
		t.Fatal(err)
	}
	build := func(r *corpus.Report) (*index.Index, error) { return index.New(r, index.Options{}) }
	r, err := s.Report(s.Active().ID)
	if err != nil {
		t.Fatal(err)
	}
	ix, err := build(r)
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(ix)
	l := New(s, live, Options{Build: build})
	t.Cleanup(func() { l.Close(); live.Close() })
	return l
}

// sources are the reports of years, a pattern, beside the project.
func sources(t testing.TB, years string) []version.Item {
	t.Helper()
	files, _ := filepath.Glob("../../../shared/report/library/" + years + "/*")
	if len(files) == 0 {
		t.Skip("no reports here")
	}
	var out []version.Item
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		r, err := extract.Parse(f, data)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, version.Item{Name: filepath.Base(f), Report: r})
	}
	return out
}

// says is a in one line: the report of one, or the rows of several and what is
// missing.
func says(a *index.Answer) string {
	if a.Across == nil {
		s := string(a.Status) + " " + corpus.ReportName(a.Report.Year, a.Report.Place)
		for _, i := range a.Figures[:min(a.Direct, len(a.Figures))] {
			s += " " + a.Report.Figures[i].Value
		}
		return s
	}
	x := a.Across
	if x.Kind == index.AcrossParts {
		var parts []string
		for _, p := range x.Parts {
			parts = append(parts, says(p))
		}
		return strings.Join(parts, " | ")
	}
	s := string(a.Status) + " " + string(x.Kind)
	if x.Unsaid {
		s += " unsaid"
	}
	for i := range x.Rows {
		r := &x.Rows[i]
		s += " " + r.Of
		if r.Figure >= 0 {
			s += fmt.Sprintf(":%d:%s", r.Year, r.Report.Figures[r.Figure].Value)
		}
	}
	for _, g := range x.Gaps {
		s += fmt.Sprintf(" -%s%d", g.Place, g.Year)
	}
	if len(x.Silent) > 0 {
		s += " silent=" + strings.Join(x.Silent, ",")
	}
	if x.Verdict != "" {
		s += " " + x.Verdict
	}
	return s
}

// Which report a question means, and what several of them say.
func TestAsk(t *testing.T) {
	l := small(t)
	for _, c := range []struct{ q, want string }{
		// One report: by place, by year, by what is asked for.
		{"今年GDP目标是多少", "answered 2026/天津 4.5%左右"},
		{"重庆今年GDP目标是多少", "answered 2026/重庆 5%以上"},
		{"山城今年要新增多少城镇就业", "answered 2026/重庆 65万人"},
		{"2025年GDP目标是多少", "answered 2025/天津 5%左右"},
		{"去年GDP增长多少", "answered 2026/天津 4.8%"},
		{"前年GDP增长多少", "answered 2025/天津 5.1%"},
		{"四川今年GDP目标", "answered 2025/四川 5.5%以上"}, // its newest, under its own year
		// What is not there is said.
		{"深圳今年GDP目标是多少", "not_found missing -深圳2026"},
		{"重庆2019年GDP目标是多少", "not_found missing -重庆2019"},
		{"重庆2025年GDP目标是多少", "not_found missing -重庆2025"},
		// Places side by side, each from its own report.
		{"天津和重庆今年GDP目标哪个高", "answered places 2026/天津:2026:4.5%左右 2026/重庆:2026:5%以上"},
		{"我们今年GDP目标比重庆高吗", "answered places 2026/天津:2026:4.5%左右 2026/重庆:2026:5%以上"},
		{"京津冀去年GDP增长多少", "answered places 2026/天津:2025:4.8% 2026/河北:2025:5.6% -北京0"},
		{"重庆和河北今年城镇新增就业目标", "answered places 2026/重庆:2026:65万人 silent=河北"},
		// Years, with the gap.
		{"天津2023到2026年GDP目标怎么变的", "answered years 2024/天津:2024:4.5%左右 2025/天津:2025:5%左右 2026/天津:2026:4.5%左右 -天津2023"},
		{"天津近两年GDP目标是涨是降", "answered years 2025/天津:2025:5%左右 2026/天津:2026:4.5%左右"},
		// Rankings: ties are ties, and who gives no figure is named.
		{"今年哪个省GDP目标最低", "answered ranking 2026/天津:2026:4.5%左右 -四川2026"},
		{"今年哪个省GDP目标最高", "answered ranking 2026/河北:2026:5%左右 2026/重庆:2026:5%以上 -四川2026"},
		{"今年哪个省城镇新增就业目标最高", "answered ranking 2026/重庆:2026:65万人 -四川2026 silent=河北"},
		{"今年GDP目标低于5%的省有哪些", "answered ranking 2026/天津:2026:4.5%左右 -四川2026"},
		{"今年哪些省GDP目标比去年低", "answered ranking 2026/天津:2026:4.5%左右 -四川2026"},
		{"今年哪个省GDP目标最高，哪个最低", "answered ranking 2026/河北:2026:5%左右 2026/重庆:2026:5%以上 2026/天津:2026:4.5%左右 -四川2026"},
		{"哪些省把今年GDP目标定在5%左右", "answered ranking 2026/河北:2026:5%左右 -四川2026"},
		{"GDP target of Chongqing this year", "answered 2026/重庆 5%以上"},
		{"川渝今年GDP目标", "answered places 2025/四川:2025:5.5%以上 2026/重庆:2026:5%以上"},
		{"江浙沪皖和天津今年GDP目标", "answered places 2026/天津:2026:4.5%左右 -江苏0 -浙江0 -上海0 -安徽0"},
		{"去北京的高铁今年有几条", "nearest 2026/天津"},
		{"今年城镇新增就业目标最少的两个省", "answered ranking 2026/天津:2026:28万人 2026/重庆:2026:65万人 -四川2026 silent=河北"},
		{"今年哪些省GDP目标没到5%", "answered ranking 2026/天津:2026:4.5%左右 -四川2026"},
		// Several questions in a message: of one thing they are places side by
		// side, else each is routed by itself.
		{"天津和重庆今年GDP目标各是多少；河北呢", "answered places 2026/天津:2026:4.5%左右 2026/重庆:2026:5%以上 2026/河北:2026:5%左右"},
		{"天津今年GDP目标多少？河北去年GDP增长多少", "answered 2026/天津 4.5%左右 | answered 2026/河北 5.6%"},
		{"重庆今年新增就业目标多少，天津去年改造多少老旧小区", "answered 2026/重庆 65万人 | answered 2026/天津 120个"},
		{"重庆今年GDP目标多少？哪个省最高？", "answered 2026/重庆 5%以上 | answered ranking 2026/河北:2026:5%左右 2026/重庆:2026:5%以上 -四川2026"},
		{"今年GDP目标多少？新增就业多少人？", "answered 2026/天津 4.5%左右 28万人"},
		{"今年GDP目标多少？深圳呢？", "answered 2026/天津 4.5%左右 | not_found missing -深圳2026"},
		{"全国CPI实际涨幅，2023年到2024年各是多少", "not_found missing -全国2024"},
		// Abbreviations in a row, groups, who says a word.
		{"苏皖津三省今年GDP目标", "answered places 2026/天津:2026:4.5%左右 -江苏0 -安徽0"},
		{"冀津渝今年GDP目标谁最高", "answered places 2026/河北:2026:5%左右 2026/天津:2026:4.5%左右 2026/重庆:2026:5%以上"},
		{"西部今年GDP目标谁最高", "answered ranking 2026/重庆:2026:5%以上 -四川2026"},
		{"低空经济今年都有谁在提", "answered mention 2026/河北 2026/重庆 -四川2026 silent=天津"},
		{"天津2018年的赤字率", "not_found missing -天津2018"},
		// Above a place, the rank of a place, bounds that are counted in money.
		{"比天津高的省有哪些，今年GDP目标", "answered ranking 2026/河北:2026:5%左右 2026/重庆:2026:5%以上 -四川2026"},
		{"今年GDP目标比河北低的省", "answered ranking 2026/天津:2026:4.5%左右 -四川2026"},
		{"重庆今年GDP目标在全国排第几", "answered ranking 2026/重庆:2026:5%以上 -四川2026"},
		{"河北今年城镇新增就业目标在全国排第几", "nearest 2026/河北"}, // it tells none
		{"比河北高的省有哪些，今年城镇新增就业目标", "not_found 2026/河北"},
		{"今年GDP目标最保守的两个省", "answered ranking 2026/天津:2026:4.5%左右 2026/河北:2026:5%左右 2026/重庆:2026:5%以上 -四川2026"},
		{"去年GDP超10万亿的省", "not_found ranking -四川2025 silent=天津,河北,重庆"},
		{"2024到2025年天津城镇新增就业分别拟安排多少", "answered years 2024/天津:2024:35万人 2025/天津:2025:30万人"},
		// The capital is Beijing, but in a name; a year leads a place.
		{"首都今年GDP目标", "not_found missing -北京2026"},
		{"首都机场今年旅客多少", "not_found 2026/天津"},
		{"首都都市圈今年建多少条铁路", "not_found 2026/天津"},
		{"今年重庆改造老旧小区多少个", "not_found 2026/重庆"},
		{"今年全国实际新增多少城镇就业", "not_found missing -全国2026"},
		// Who mentions a word.
		{"今年哪些省提到低空经济", "answered mention 2026/河北 2026/重庆 -四川2026 silent=天津"},
		{"今年有几个省的报告提到“银发经济”", "answered mention 2026/天津 -四川2026 silent=河北,重庆"},
		{"哪些省没提低空经济", "answered mention unsaid 2026/河北 2026/重庆 silent=天津,四川"},
		{"今年谁没提银发经济", "answered mention unsaid 2026/天津 -四川2026 silent=河北,重庆"},
		{"今年谁的报告里没有“低空经济”", "answered mention unsaid 2026/河北 2026/重庆 -四川2026 silent=天津"},
		{"哪些省的报告没有低空经济这个词", "answered mention unsaid 2026/河北 2026/重庆 silent=天津,四川"},
		{"今年哪些省的报告有没有“低空经济”", "answered mention 2026/河北 2026/重庆 -四川2026 silent=天津"},
		{"今年有没有省提到“飞行汽车”", "not_found mention -四川2026 silent=天津,河北,重庆"},
		{"今年的报告里写了低空经济的都有谁", "answered mention 2026/河北 2026/重庆 -四川2026 silent=天津"},
		// Was a target kept: both reports, or no verdict.
		{"去年的GDP目标完成了吗", "answered kept 2025/天津:2025:5%左右 2026/天津:2025:4.8% near"},
		{"去年城镇新增就业的目标完成了吗", "answered kept 2025/天津:2025:30万人 2026/天津:2025:32万人 exceeded"},
		{"重庆去年的GDP目标完成了吗", "not_found missing -重庆2025"},
		{"今年的GDP目标完成了吗", "answered kept 2026/天津:2026:4.5%左右 -天津2027 not_reported"},
	} {
		a, err := l.Ask(t.Context(), index.Query{Text: c.q})
		if err != nil {
			t.Fatalf("%s: %v", c.q, err)
		}
		if got := says(a); got != c.want {
			t.Errorf("Ask(%q) = %s\nwant %s", c.q, got, c.want)
		}
	}
}

// A question that follows on one of another place is of that place.
func TestFollow(t *testing.T) {
	l := small(t)
	var before *question.Question
	for _, c := range []struct{ q, want string }{
		{"重庆今年GDP目标是多少", "answered 2026/重庆 5%以上"},
		{"那河北呢", "answered 2026/河北 5%左右"},
		{"去年呢", "answered 2026/河北 5.6%"},
		{"哪个省最低", "answered ranking 2026/天津:2025:4.8% -四川2025"},
	} {
		a, err := l.Ask(t.Context(), index.Query{Text: c.q, Before: before})
		if err != nil {
			t.Fatal(err)
		}
		if got := says(a); got != c.want {
			t.Errorf("Ask(%q) = %s, want %s", c.q, got, c.want)
		}
		before = a.Question.Question
	}
}

// No answer has a figure or a quote of another report than it says, whatever
// is asked; and swapping reports under questions fails none.
func TestAttributionUnderLoad(t *testing.T) {
	l := small(t)
	questions := []string{"重庆今年GDP目标是多少", "天津和重庆今年GDP目标哪个高", "今年哪个省GDP目标最高", "今年哪些省提到低空经济", "去年的GDP目标完成了吗", "前年GDP增长多少"}
	var wg sync.WaitGroup
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	for g := range 3 {
		wg.Go(func() {
			for i := g; ctx.Err() == nil; i++ {
				a, err := l.Ask(context.Background(), index.Query{Text: questions[i%len(questions)]})
				if err != nil {
					t.Errorf("%s: %v", questions[i%len(questions)], err)
					return
				}
				attributed(t, a)
			}
		})
	}
	for ctx.Err() == nil {
		l.Relearn() // every index but the home place's newest is built anew
		l.Refresh()
		time.Sleep(5 * time.Millisecond)
	}
	wg.Wait()
}

func attributed(t testing.TB, a *index.Answer) {
	t.Helper()
	if a.Across == nil {
		return
	}
	for _, p := range a.Across.Parts {
		attributed(t, p)
	}
	for _, rows := range [][]index.Row{a.Across.Rows, a.Across.Others} {
		for i := range rows {
			r := &rows[i]
			if r.Report == nil {
				continue
			}
			if corpus.ReportName(r.Report.Year, r.Report.Place) != r.Of || !strings.Contains(r.Report.Text, r.Quoted()) {
				t.Errorf("a row of %s says it is of %s", corpus.ReportName(r.Report.Year, r.Report.Place), r.Of)
			}
			if f := &r.Report.Figures[r.Figure]; f.Period != fmt.Sprint(r.Year) || !r.Quote.Contains(f.Span) {
				t.Errorf("%s: %s of %s stands under %d", r.Of, f.Value, f.Period, r.Year)
			}
		}
	}
}

// The rankings and mentions whose truth another program took from the texts,
// over the reports beside the project, if they are there. First run .84 right,
// no wrong attribution.
func TestRankingsAndMentions(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 41 reports")
	}
	l := open(t, "天津", sources(t, "202[56]"))
	f, err := os.Open("testdata/ranking-mention.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n, right := 0, 0
	for sc := bufio.NewScanner(f); sc.Scan(); n++ {
		var q struct {
			Q      string
			Values []struct{ Report, Value string }
			Gold   struct {
				Places  []string
				Allowed []string `json:"allowed_with_range"`
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		a, err := l.Ask(t.Context(), index.Query{Text: q.Q})
		if err != nil {
			t.Fatal(err)
		}
		attributed(t, a)
		if a.Across == nil {
			t.Logf("%s: answered from one report", q.Q)
			continue
		}
		var got []string
		for i := range a.Across.Rows {
			r := &a.Across.Rows[i]
			if !slices.Contains(q.Gold.Places, r.Place) && slices.Contains(q.Gold.Allowed, r.Place) {
				continue
			}
			got = append(got, r.Place)
			for _, v := range q.Values {
				if v.Report == r.Of && strings.ReplaceAll(norm.NFKC.String(r.Report.Figures[r.Figure].Value), "—", "-") != v.Value {
					t.Errorf("%s: %s has %s, want %s", q.Q, r.Of, r.Report.Figures[r.Figure].Value, v.Value)
				}
			}
		}
		slices.Sort(got)
		slices.Sort(q.Gold.Places)
		if diff := cmp.Diff(q.Gold.Places, got); diff == "" {
			right++
		} else {
			t.Logf("%s (-want +got):\n%s", q.Q, diff)
		}
	}
	if right*100 < n*95 {
		t.Errorf("%d of %d are right", right, n)
	}
}

// A fall is below a rise, and the deepest comes first where falls are asked for.
func TestFalls(t *testing.T) {
	l := open(t, "天津", []version.Item{
		made("天津市", 2026, "进出口总额增长2%。单位地区生产总值能耗下降2%。", "地区生产总值增长5%。"),
		made("重庆市", 2026, "进出口总额下降4%。单位地区生产总值能耗下降3%。", "地区生产总值增长5%。"),
		made("河北省", 2026, "进出口总额下降1%。单位地区生产总值能耗增长1%。", "地区生产总值增长5%。"),
	})
	for q, want := range map[string]string{
		"去年哪个省进出口增速最高":     "answered ranking 2026/天津:2025:2%",
		"去年哪个省进出口增速最低":     "answered ranking 2026/重庆:2025:4%",
		"去年哪个省进出口下降最多":     "answered ranking 2026/重庆:2025:4%",
		"去年哪个省单位GDP能耗下降最多": "answered ranking 2026/重庆:2025:3%",
		"去年哪个省单位GDP能耗下降最少": "answered ranking 2026/河北:2025:1%",
	} {
		a, err := l.Ask(t.Context(), index.Query{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if got := says(a); got != want {
			t.Errorf("Ask(%q) = %s, want %s", q, got, want)
		}
	}
}
