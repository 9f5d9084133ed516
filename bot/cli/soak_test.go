package cli

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
)

var soak = flag.Duration("soak", 0, "how long TestSoak loads the bot; 0 skips it")

// TestSoak runs the program under 200 updates a second and looks every 30
// seconds at what must not grow:
//
//	go test ./bot/cli -run Soak -soak=10m -timeout 20m -v
func TestSoak(t *testing.T) {
	if *soak == 0 {
		t.Skip("needs -soak=10m")
	}
	const rate, people = 200, 3000
	s := bottest.NewServer(t)
	addr := freeAddr(t)
	p := newProgram(t, s, "JINWEN_LISTEN="+addr)
	var users []bottest.User
	for i := range people {
		users = append(users, s.User("x", []string{"zh-hans", "zh-hant", "en", ""}[i%4]))
	}
	asked := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "娃上学学位今年加多少", "教育 量化任务", "老舊小區改造",
		"how many new jobs", "集装箱吞吐量 23年 24年", "上海今年GDP", "/figures", "/outline", "/commitments 教育", "养老床位", "嘿嘿"}
	send := func(i int) {
		u := users[i%people]
		switch i % 20 {
		case 7:
			s.Inline(u, asked[i/20%8], "")
		case 13:
			s.PressData(u, bottest.Message{}, "cmd:-:outline")
		default:
			s.Text(u.Private(), u, asked[i%len(asked)])
		}
	}
	p.start()
	send(0)
	s.Drained()

	began := time.Now()
	var table strings.Builder
	fmt.Fprintf(&table, "%8s %10s %10s %9s %9s %11s %7s\n", "time", "asked", "handled", "RSS MB", "heap MB", "goroutines", "queue")
	type sample struct{ rss, goroutines float64 }
	var samples []sample
	look := func(n int) {
		m := gauges(t, addr)
		samples = append(samples, sample{m["process_resident_memory_bytes"], m["go_goroutines"]})
		row := fmt.Sprintf("%8v %10d %10.0f %9.1f %9.1f %11.0f %7.0f", time.Since(began).Round(time.Second), n, m["jinwen_updates_handled_total"],
			m["process_resident_memory_bytes"]/1e6, m["go_memstats_heap_inuse_bytes"]/1e6, m["go_goroutines"], m["jinwen_queue_length"])
		fmt.Fprintln(&table, row)
		t.Log(row)
	}
	n := 1
	look(n)
	for next := began.Add(30 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		past := time.Since(began)
		for ; n < int(past.Seconds()*rate); n++ {
			send(n)
		}
		if time.Now().After(next) {
			look(n)
			next = next.Add(30 * time.Second)
		}
		if past >= *soak {
			break
		}
	}
	s.Drained()
	s.Until("the bot to be idle", func() bool { return gauges(t, addr)["jinwen_queue_length"] == 0 })
	look(n)
	t.Logf("\n%s", table.String())
	if m := gauges(t, addr); int(m["jinwen_updates_handled_total"]) != n {
		t.Errorf("%.0f updates handled, want %d", m["jinwen_updates_handled_total"], n)
	}
	p.stop()
	// Caches fill and the heap finds its size in the first minute.
	first, last := samples[min(2, len(samples)-1)], samples[len(samples)-1]
	if last.rss > 1.15*first.rss {
		t.Errorf("resident memory grew from %.0f to %.0f MB", first.rss/1e6, last.rss/1e6)
	}
	if last.goroutines > first.goroutines+20 {
		t.Errorf("goroutines grew from %.0f to %.0f", first.goroutines, last.goroutines)
	}
	for _, r := range s.Rejected() {
		t.Errorf("%s was rejected: %s", r.Method, r.Error)
	}
}
