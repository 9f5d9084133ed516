package library

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/place"
	"jinwen/corpus/version"
	"jinwen/index"
)

var growthSizes = flag.String("growth", "", "sizes of the libraries to measure: 61,1000")

// TestGrowth measures what a library of many reports costs, made of the reports
// beside the project by exchanging names, years and numbers:
//
//	go test ./index/library -run Growth -growth 1,61,1000 -timeout 60m -v
func TestGrowth(t *testing.T) {
	if *growthSizes == "" {
		t.Skip("without -growth")
	}
	for size := range strings.SplitSeq(*growthSizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		grow(t, n)
	}
}

var (
	anyYear   = regexp.MustCompile(`20[0-9]{2}年`)
	anyNumber = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)
)

// another is the report r as that of another place and year, with other
// numbers.
func another(r *corpus.Report, p place.Place, year, n int) version.Item {
	text := strings.ReplaceAll(r.Text, corpus.ShortPlace(r.Place), p.Short)
	text = anyYear.ReplaceAllStringFunc(text, func(s string) string {
		y, _ := strconv.Atoi(s[:4])
		return fmt.Sprintf("<%d>", y+year-r.Year)
	})
	text = anyNumber.ReplaceAllStringFunc(text, func(s string) string {
		if len(s) == 4 && s[:2] == "20" {
			return s
		}
		last := s[len(s)-1]
		return s[:len(s)-1] + string('1'+(last-'0'+byte(n))%9)
	})
	text = regexp.MustCompile(`<(20[0-9]{2})>`).ReplaceAllString(text, "${1}年")
	return version.Item{Name: fmt.Sprint(year, p.Name), Report: extract.ParseTextAs(text, year, p.Name), AsYear: year, AsPlace: p.Name}
}

// many are n reports: of the provinces first, then of prefectures and counties,
// each of three years.
func many(t testing.TB, from []version.Item, n int, take func(version.Item)) {
	var all []place.Place
	for _, level := range []place.Level{place.Province, place.Prefecture, place.County} {
		for _, p := range place.All() {
			if p.Level == level {
				all = append(all, p)
			}
		}
	}
	for i := range n {
		take(another(from[i%len(from)].Report, all[i/3%len(all)], 2024+i%3-3*(i/3/len(all)), i))
	}
}

func grow(t *testing.T, n int) {
	from := sources(t, "202[56]")
	dir := t.TempDir()
	s, err := version.Open(dir, version.Options{Home: "天津"})
	if err != nil {
		t.Fatal(err)
	}
	by := version.By{Who: "7", When: time.Unix(1e9, 0)}
	began := time.Now()
	var batch []version.Item
	flush := func() {
		if _, err := s.Join(batch, false, by); err != nil {
			t.Fatal(err)
		}
		batch = nil
	}
	many(t, from, n, func(it version.Item) {
		if batch = append(batch, it); len(batch) == 16 {
			flush()
		}
	})
	flush()
	imported := time.Since(began)
	s, batch, from = nil, nil, nil

	// The dictionary first: its time is that of every start.
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	warm, err := index.New(r, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	warm.Close()
	began = time.Now()
	if s, err = version.Open(dir, version.Options{Home: "天津"}); err != nil {
		t.Fatal(err)
	}
	home, err := s.Report(s.Active().ID)
	if err != nil {
		t.Fatal(err)
	}
	build := func(r *corpus.Report) (*index.Index, error) { return index.New(r, index.Options{}) }
	ix, err := build(home)
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(ix)
	l := New(s, live, Options{Build: build})
	defer live.Close()
	defer l.Close()
	start := time.Since(began)
	rest := resident()

	// Questions of eight places, as a bot of a region hears them.
	var one, own []string
	for _, p := range []string{"", "北京", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江"} {
		for _, q := range []string{"今年GDP目标是多少", "今年城镇新增就业多少人", "老旧小区改造", "粮食产量目标", "口袋公园"} {
			if one = append(one, p+q); p == "" {
				own = append(own, q)
			}
		}
	}
	ours := timed(t, l, slices.Concat(own, own, own, own))
	cold := timed(t, l, one)
	hot := timed(t, l, slices.Concat(one, one, one))
	rank := []string{"今年哪个省GDP目标最高", "今年哪个省城镇新增就业目标最低", "今年GDP目标5%以上的省有哪些"}
	word := []string{"今年哪些省提到低空经济", "今年哪些省提到银发经济", "有多少个省今年提到统一大市场"}
	if n > 200 {
		rank = []string{"今年哪个城市GDP目标最高", "今年哪个城市城镇新增就业目标最低", "今年GDP目标5%以上的城市有哪些，哪些城市"}
		word = []string{"今年哪些城市提到低空经济", "今年哪些城市提到银发经济", "有多少个城市今年提到统一大市场"}
	}
	// Reports that nobody has asked of yet, each one question.
	var asked []string
	for i := range min(n-1, 200) {
		if m := l.catalog.Load().members[(i*7)%n]; m.place != "天津" {
			asked = append(asked, fmt.Sprintf("%s%d年GDP目标是多少", m.full, m.year))
		}
	}
	fresh := timed(t, l, asked)
	firstRank, firstWord := timed(t, l, rank[:1]), timed(t, l, word[:1])
	ranked, mentioned := timed(t, l, slices.Concat(rank, rank, rank)), timed(t, l, slices.Concat(word, word, word))
	before := time.Now()
	if _, err := s.Join([]version.Item{made("云岭市", 2026, "地区生产总值增长5%。", "地区生产总值增长6%。")}, false, by); err != nil {
		t.Fatal(err)
	}
	l.Refresh()
	change := time.Since(before)
	if len(fresh) > 0 {
		t.Logf("%d reports: an indicator of a report that was not asked of yet: median %v, p99 %v; one more report: %v", n,
			fresh[len(fresh)/2].Round(10*time.Microsecond), fresh[len(fresh)*99/100].Round(10*time.Microsecond), change.Round(time.Millisecond))
	}
	t.Logf("%d reports: import %v a report; start %v; resident %d MB, after questions %d MB; of the home place median %v; routed first %v, median %v, p99 %v; ranking first %v, median %v; mention first %v, median %v",
		n, (imported / time.Duration(n)).Round(time.Millisecond), start.Round(time.Millisecond), rest, resident(),
		ours[len(ours)/2].Round(10*time.Microsecond), cold[len(cold)-1].Round(time.Millisecond), hot[len(hot)/2].Round(10*time.Microsecond), hot[len(hot)*99/100].Round(10*time.Microsecond),
		firstRank[0].Round(time.Millisecond), ranked[len(ranked)/2].Round(10*time.Microsecond),
		firstWord[0].Round(time.Millisecond), mentioned[len(mentioned)/2].Round(10*time.Microsecond))
}

// timed asks every question once, and returns how long each took, in order.
func timed(t testing.TB, l *Library, questions []string) []time.Duration {
	t.Helper()
	var out []time.Duration
	for _, q := range questions {
		began := time.Now()
		if _, err := l.Ask(context.Background(), index.Query{Text: q}); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		out = append(out, time.Since(began))
	}
	slices.Sort(out)
	return out
}

// resident is the resident memory of the process, in MB; 0 where it cannot be
// told.
func resident() int {
	runtime.GC()
	debug.FreeOSMemory()
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(strings.Fields(string(data))[1])
	return pages * os.Getpagesize() >> 20
}
