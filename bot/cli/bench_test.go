//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/cli/base"
	"jinwen/bot/cli/serve"
	"jinwen/bot/config"
	"jinwen/corpus/extract"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
	"jinwen/index"
)

// The benchmarks of the program as a whole. What can be told apart from the
// machine is a ratio: ×gojieba is to index/text/plainjieba, a program that loads
// gojieba as it comes and nothing else, run in turns with ours.

// builtPrograms are the programs that are compared.
func builtPrograms(b *testing.B) (jinwen, gojieba string) {
	b.Helper()
	dir := b.TempDir()
	if out, err := exec.Command("go", "build", "-o", dir+"/", "jinwen", "jinwen/index/text/plainjieba").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, "jinwen"), filepath.Join(dir, "plainjieba")
}

// BenchmarkStart is from the start of the program to its first answer.
func BenchmarkStart(b *testing.B) {
	jinwen, gojieba := builtPrograms(b)
	dir := b.TempDir()
	run := func(name string, args ...string) time.Duration {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%s: %v: %s", name, err, out)
		}
		return time.Since(began)
	}
	run(gojieba) // its files are read from the disk once
	var ours, theirs []time.Duration
	for b.Loop() {
		theirs = append(theirs, run(gojieba))
		ours = append(ours, run(jinwen, "ask", "口袋公园"))
	}
	o, t := median(ours), median(theirs)
	b.ReportMetric(o.Seconds()*1000, "ms/start")
	b.ReportMetric(o.Seconds()/t.Seconds(), "×gojieba")
}

// BenchmarkIdleMemory is what a bot holds that has answered a question in each
// language and waits for the next.
func BenchmarkIdleMemory(b *testing.B) {
	jinwen, gojieba := builtPrograms(b)
	s := bottest.NewServer(b)
	ann := s.User("Ann", "zh-hans")
	var ours, theirs float64
	for b.Loop() {
		p := newProgram(b, s)
		p.cmd = p.command()
		p.cmd.Path = jinwen
		if err := p.cmd.Start(); err != nil {
			b.Fatal(err)
		}
		for _, q := range []string{"口袋公园", "老舊小區改造", "how many new jobs"} {
			s.Text(ann.Private(), ann, q)
		}
		s.Drained()
		time.Sleep(12 * time.Second) // to come to rest
		ours = resident(b, p.cmd.Process.Pid)
		p.stop()

		plain := exec.Command(gojieba)
		in, err := plain.StdinPipe()
		if err != nil {
			b.Fatal(err)
		}
		out, err := plain.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := plain.Start(); err != nil {
			b.Fatal(err)
		}
		if _, err := bufio.NewReader(out).ReadString('\n'); err != nil { // it is loaded
			b.Fatal(err)
		}
		theirs = resident(b, plain.Process.Pid)
		in.Close()
		plain.Wait()
	}
	b.ReportMetric(ours/1e6, "MB")
	b.ReportMetric(ours/theirs, "×gojieba")
}

// resident is the resident memory of a process in bytes.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(data), "VmRSS:")
	var kB float64
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		b.Fatal(err)
	}
	return kB * 1024
}

func median(list []time.Duration) time.Duration { return quantile(list, 0.5) }

func quantile(list []time.Duration, q float64) time.Duration {
	list = slices.Sorted(slices.Values(list))
	return list[min(int(q*float64(len(list))), len(list)-1)]
}

// testService is all of the bot but its transport, with its state on disk.
func testService(b testing.TB) *serve.Service {
	b.Helper()
	cfg := config.Default()
	cfg.DataDir = b.TempDir()
	a := &base.App{Flags: new(base.Globals), Cfg: cfg, Log: slog.New(slog.DiscardHandler), Now: time.Now}
	users, err := store.Open(a.Path("state.db"), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { users.Close() })
	s, err := serve.NewService(b.Context(), a, users, true)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// everyday are questions of all sorts, each asked by another person.
func everyday(i int) chat.Message {
	list := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "娃上学学位今年加多少", "教育 量化任务", "老舊小區改造",
		"how many new jobs", "集装箱吞吐量 23年 24年", "上海今年GDP", "养老床位", "嘿嘿", "去年外贸进出口", "今年要建多少充电桩", "京津冀协同发展有什么安排",
		"2024年主要目标", "滨海新区", "空气质量", "一般公共预算收入增长多少", "医院", "科创", "农村公路", "摇号", "就业目标是多少人"}
	who := chat.ID(chat.Telegram, strconv.Itoa(i%5000+1))
	return chat.Message{Chat: chat.Chat{ID: who}, User: chat.User{ID: who}, Lang: "zh-hans", Text: list[i%len(list)]}
}

// BenchmarkHandle is one question through the handlers, everything recorded.
func BenchmarkHandle(b *testing.B) {
	s := testService(b)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		if _, err := s.Bot.Handle(context.Background(), everyday(i), nil); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	b.ReportMetric(median(took).Seconds()*1000, "p50-ms")
	b.ReportMetric(quantile(took, 0.99).Seconds()*1000, "p99-ms")
}

// BenchmarkHandleParallel is how many questions a second come through the
// handlers from many people at once.
func BenchmarkHandleParallel(b *testing.B) {
	s := testService(b)
	var n atomic.Int64
	began := processor()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Bot.Handle(context.Background(), everyday(int(n.Add(1))), nil); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "questions/s")
	// What two cores do that have nothing else to do, as others may here.
	b.ReportMetric(2*float64(b.N)/(processor()-began).Seconds(), "questions/s/2-cores")
}

// processor is the processor time that this process has taken.
func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkImport takes a new text from the file to the answering index: read,
// compared, kept, indexed, checked, swapped. ×index is to indexing alone.
func BenchmarkImport(b *testing.B) {
	s := testService(b)
	r, err := extract.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	began, n := time.Now(), 5
	for range n {
		ix, err := index.New(r, index.Options{})
		if err != nil {
			b.Fatal(err)
		}
		ix.Close()
	}
	indexing := time.Since(began) / time.Duration(n)
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		data := []byte(strings.Replace(r.Text, "623公里", fmt.Sprintf("%d公里", 1000+i), 1))
		by := s.Library.By("bench")
		p, err := s.Library.Import(b.Context(), "r.txt", data, by)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Library.Activate(b.Context(), p.Report.ID, by, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/indexing.Seconds(), "×index")
}

// BenchmarkPipe is a question of many through `jinwen ask --json`.
func BenchmarkPipe(b *testing.B) {
	jinwen, _ := builtPrograms(b)
	var in bytes.Buffer
	const lines = 5000
	for i := range lines {
		fmt.Fprintln(&in, everyday(i).Text)
	}
	for b.Loop() {
		cmd := exec.Command(jinwen, "ask", "--json")
		cmd.Dir, cmd.Stdin, cmd.Stdout = b.TempDir(), bytes.NewReader(in.Bytes()), io.Discard
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds(), "questions/s")
}
