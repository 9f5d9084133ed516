package admin

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/index"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		childMain(dir)
	}
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

// marker is the number by which a text made by sample is known.
func marker(n int) string { return fmt.Sprint(1000 + n) }

// sample is a report of a city that does not exist. n makes it differ from
// others in one number; year is the year that it plans.
func sample(year, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "青溪市政府工作报告\n\n各位代表：\n\n现在，我代表市人民政府向大会报告工作，请予审议。\n\n")
	fmt.Fprintf(&b, "一、%d年工作回顾\n\n", year-1)
	for i, s := range []string{
		"（一）经济运行稳中向好。全市地区生产总值增长5.%d%%，一般公共预算收入增长4.%d%%，粮食总产量达到%d万吨。",
		"（二）城市面貌持续改善。改造老旧小区%[3]d个，提升改造街心花园%[1]d座，新开通公交线路%[2]d条。",
		"（三）民生福祉不断增进。新增城镇就业%[3]d万人，新增义务教育学位%[1]d00个，养老机构床位达到%[2]d00张。",
	} {
		fmt.Fprintf(&b, s+"推动各项事业取得新进展，干部群众的精神面貌焕然一新，基层治理的基础更加稳固，营商环境持续优化。\n\n", i+1, i+2, i+13)
	}
	fmt.Fprintf(&b, "二、%d年工作安排\n\n", year)
	fmt.Fprintf(&b, "%d年经济社会发展主要预期目标是：地区生产总值增长5%%左右，城镇新增就业%d万人。\n\n", year, 10)
	fmt.Fprintf(&b, "（一）建设宜居城市。新建提升口袋公园%s个，改造燃气管网200公里，启用南湖图书馆新馆。\n\n", marker(n))
	for i, s := range []string{"壮大先进制造业", "扩大对外开放", "推进乡村振兴", "守护绿水青山", "提升医疗服务", "筑牢安全底线"} {
		fmt.Fprintf(&b, "（%c）%s。坚持问题导向、目标导向、结果导向相统一，实施重点项目%d个，完成投资%d亿元。", []rune("二三四五六七")[i], s, 20+i, 100+i)
		fmt.Fprintf(&b, "%s\n\n", strings.Repeat("健全工作机制，压实各级责任，强化要素保障，加强督促检查，确保各项任务落地见效。", 6))
	}
	return b.String()
}

// brief is a report as short as can be.
func brief(n int) string {
	return "青溪市政府工作报告\n\n一、2024年工作安排\n\n（一）建设宜居城市。新建提升口袋公园" + marker(n) + "个，改造燃气管网200公里，确保各项任务落地见效。\n\n"
}

func zero() (*corpus.Report, error) { return extract.ParseText(sample(2024, 0)), nil }

type fixture struct {
	*Library
	dir string
}

// newLibrary is a library in dir over the sample report 0.
func newLibrary(t testing.TB, dir string, opt Options) *fixture {
	t.Helper()
	store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Embedded: zero, Keep: 5})
	if err != nil {
		t.Fatal(err)
	}
	opt.Lexicon = filepath.Join(dir, "lexicon.yaml")
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	live := new(index.Live)
	lib, err := Open(t.Context(), store, live, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { live.Close() })
	return &fixture{lib, dir}
}

// bring imports sample n of year and returns its id.
func (f *fixture) bring(t testing.TB, year, n int, who string) string {
	t.Helper()
	p, err := f.Import(t.Context(), fmt.Sprintf("%d-%d.txt", year, n), []byte(sample(year, n)), f.By(who))
	if err != nil {
		t.Fatal(err)
	}
	return p.Report.ID
}

func (f *fixture) ask(t testing.TB, q string) *index.Answer {
	t.Helper()
	a, err := f.live.Ask(t.Context(), index.Query{Text: q})
	if err != nil {
		t.Fatalf("Ask(%q): %v", q, err)
	}
	return a
}

// quotes is all that a quotes.
func quotes(a *index.Answer) string {
	var b strings.Builder
	for _, h := range a.Hits {
		b.WriteString(a.Report.Quote(a.Report.Passages[h.Passage].Span))
	}
	return b.String()
}

// slow is by how much fewer questions are asked a second: the race detector
// makes each of them about ten times as dear.
var slow time.Duration = 1

// While versions come, go live and go back fifty times, questions from many
// goroutines are all answered, each from one version alone; afterwards nothing
// is left behind.
func TestChangesUnderQuestions(t *testing.T) {
	changes, askers, each := 50, 20, slow*80*time.Millisecond // 200 questions a second
	if testing.Short() {
		changes = 10
	}
	f := newLibrary(t, t.TempDir(), Options{})
	f.ask(t, "口袋公园") // whatever is loaded at the first question
	settle := func() (goroutines, files int, heap uint64) {
		for range 3 {
			runtime.GC()
		}
		fds, _ := os.ReadDir("/proc/self/fd")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), len(fds), m.HeapAlloc
	}
	g0, f0, h0 := settle()

	known := sync.Map{} // id → marker
	known.Store(f.live.Report().ID, marker(0))
	stop := make(chan struct{})
	var asked, wrong atomic.Int64
	var wg sync.WaitGroup
	for i := range askers {
		wg.Go(func() {
			tick := time.NewTicker(each)
			defer tick.Stop()
			for {
				select {
				case <-stop:
					return
				case <-tick.C:
				}
				a, err := f.live.Ask(context.Background(), index.Query{Text: []string{"建设宜居城市", "口袋公园", "提升口袋公园"}[i%3]})
				if err != nil {
					t.Errorf("Ask: %v", err)
					continue
				}
				asked.Add(1)
				want, ok := known.Load(a.Report.ID)
				if got := quotes(a); !ok || a.Status != index.Answered || !strings.Contains(got, "口袋公园"+want.(string)+"个") {
					wrong.Add(1)
					t.Errorf("from version %s (known: %v) came %s %q", a.Report.ID, ok, a.Status, got)
				}
			}
		})
	}
	for n := 1; n <= changes; n++ {
		r := extract.ParseText(sample(2024, n))
		known.Store(r.ID, marker(n))
		id := f.bring(t, 2024, n, "7")
		if _, err := f.Activate(t.Context(), id, f.By("7"), nil); err != nil {
			t.Fatal(err)
		}
		if n%5 == 0 {
			if _, err := f.Rollback(t.Context(), f.By("7"), nil); err != nil {
				t.Fatal(err)
			}
		}
		if n%10 == 0 {
			if _, err := f.Reindex(t.Context(), f.By("7"), nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(stop)
	wg.Wait()
	if _, err := f.Rollback(t.Context(), f.By("7"), nil); err != nil {
		t.Fatal(err)
	}
	var g1, f1 int
	var h1 uint64
	for range 1000 { // Bleve's goroutines end a moment after Close
		if g1, f1, h1 = settle(); g1 <= g0 && f1 <= f0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Logf("%d questions; goroutines %d → %d, files %d → %d, heap %d → %d kB", asked.Load(), g0, g1, f0, f1, h0>>10, h1>>10)
	if g1 > g0 || f1 > f0 {
		t.Errorf("left behind: goroutines %d → %d, files %d → %d", g0, g1, f0, f1)
	}
	if h1 > h0+10<<20 {
		t.Errorf("heap grew from %d to %d kB", h0>>10, h1>>10)
	}
	if asked.Load() == 0 || wrong.Load() > 0 {
		t.Errorf("%d questions, %d wrong", asked.Load(), wrong.Load())
	}
}
