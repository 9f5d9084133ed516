package site

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/web"
)

// questionsOfLoad are asked in turn.
var questionsOfLoad = []string{
	"口袋公园今年建几个", "今年GDP目标是多少", "燃气管网改造", "教育", "就业", "集装箱吞吐量去年多少", "老旧小区", "新增学位", "京津冀协同发展", "火星移民",
	"今年新增多少保障房", "地铁", "养老", "居民收入", "一般公共预算收入", "港口", "人工智能", "乡村振兴", "碳达峰", "营商环境",
}

// BenchmarkAsk is a question through all of the server but the network.
func BenchmarkAsk(b *testing.B) {
	s := start(b, func(o *web.Options) { o.Rate = 1e6 })
	server := s.server
	i := 0
	defer cpu(b)()
	for b.Loop() {
		r := httptest.NewRequest("GET", "/ask?q="+url.QueryEscape(questionsOfLoad[i%len(questionsOfLoad)]), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
		i++
	}
}

// cpu reports the processor time of an operation, which other work on the
// machine leaves as it is.
func cpu(b *testing.B) func() {
	began := used()
	return func() { b.ReportMetric(float64((used()-began).Microseconds())/float64(b.N), "cpu-µs/op") }
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkReader is the whole report as a page.
func BenchmarkReader(b *testing.B) {
	s := start(b, func(o *web.Options) { o.Rate = 1e6 })
	for b.Loop() {
		w := httptest.NewRecorder()
		s.server.ServeHTTP(w, httptest.NewRequest("GET", "/r/2024/%E5%A4%A9%E6%B4%A5", nil))
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}

// TestLoad measures for a few seconds what the machine can, and then how long
// answers take at half of that; JINWEN_LOAD=1 runs it. All of it stays on the
// loopback.
func TestLoad(t *testing.T) {
	if os.Getenv("JINWEN_LOAD") == "" {
		t.Skip("JINWEN_LOAD=1 measures questions a second")
	}
	s := start(t, func(o *web.Options) { o.Rate = 1e6 })
	s.load(t, time.Second, 0) // warm
	before := used()
	most, all := s.load(t, 5*time.Second, 0)
	each := (used() - before) / time.Duration(len(all))
	t.Logf("%v of processor time a question, client included: %.0f a second on two cores that do nothing else", each, 2*float64(time.Second)/float64(each))
	half, took := s.load(t, 5*time.Second, most/2)
	t.Logf("%.0f questions a second; at %.0f: median %v, p99 %v", most, half, took[len(took)/2], took[len(took)*99/100])
}

// load asks for so long, at that rate a second (0: as fast as it goes), on
// sixteen connections, and returns the rate and how long answers took, sorted.
func (s *running) load(t *testing.T, d time.Duration, rate float64) (float64, []time.Duration) {
	t.Helper()
	var mu sync.Mutex
	var all []time.Duration
	var wg sync.WaitGroup
	began := time.Now()
	const workers = 16
	for k := range workers {
		wg.Go(func() {
			tr := &http.Transport{MaxIdleConnsPerHost: 1}
			defer tr.CloseIdleConnections()
			c := &http.Client{Transport: tr}
			var took []time.Duration
			for n := 0; time.Since(began) < d; n++ {
				if rate > 0 { // each worker has its share, whatever the answers take
					due := began.Add(time.Duration(float64(n*workers+k) / rate * float64(time.Second)))
					time.Sleep(time.Until(due))
				}
				at := time.Now()
				r, err := c.Get(s.base + "/ask?q=" + url.QueryEscape(questionsOfLoad[(n+k)%len(questionsOfLoad)]))
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, r.Body)
				r.Body.Close()
				if r.StatusCode != 200 {
					t.Errorf("%s", r.Status)
					return
				}
				took = append(took, time.Since(at))
			}
			mu.Lock()
			all = append(all, took...)
			mu.Unlock()
		})
	}
	wg.Wait()
	slices.Sort(all)
	return float64(len(all)) / time.Since(began).Seconds(), all
}

// TestSlowConnections: ten thousand connections that send a byte now and then
// do not stop a normal one; JINWEN_LOAD=1 runs it.
func TestSlowConnections(t *testing.T) {
	if os.Getenv("JINWEN_LOAD") == "" {
		t.Skip("JINWEN_LOAD=1 opens ten thousand connections")
	}
	s := start(t, nil)
	var open []net.Conn
	defer func() {
		for _, c := range open {
			c.Close()
		}
	}()
	var worst time.Duration
	for i := range 10000 {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		io.WriteString(c, "GET /ask?q=x HTTP/1.1\r\nHost: x\r\nX-Slow: ")
		open = append(open, c)
		if i%1000 == 999 {
			began := time.Now()
			if g := s.client().get("/ask?q=%E5%8F%A3%E8%A2%8B%E5%85%AC%E5%9B%AD"); g.StatusCode != 200 {
				t.Fatalf("with %d slow ones: %s", i+1, g.Status)
			}
			worst = max(worst, time.Since(began))
			for _, c := range open {
				io.WriteString(c, "x")
			}
		}
	}
	t.Logf("a normal request among 10,000 slow connections took at most %v", worst)
	if worst > time.Second {
		t.Errorf("a normal request took %v", worst)
	}
}
