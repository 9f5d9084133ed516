package questions

import (
	"bytes"
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

	"jinwen/handlers"
	"jinwen/index"
)

var noon = time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)

func asked(user, q string, t time.Time) handlers.Event {
	return handlers.Event{Time: t, User: user, Question: q, Status: index.Answered, Topic: "城市更新", Took: 400 * time.Microsecond}
}

func missedBy(user, q string, t time.Time) handlers.Event {
	return handlers.Event{Time: t, User: user, Question: q, Status: index.NotFound, Reason: index.ReasonAbsent, Took: time.Millisecond}
}

func TestStats(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, Options{Location: time.UTC})
	defer l.Close()
	small := missedBy("b", "谢谢", noon)
	small.Reason = index.ReasonSmallTalk
	up, down := asked("a", "口袋公园", noon), asked("b", "学位", noon)
	up.Vote, down.Vote = 1, -1
	for _, e := range []handlers.Event{
		asked("a", "口袋公园", noon.AddDate(0, 0, -1)), asked("a", "学位", noon), asked("b", "学位", noon),
		missedBy("b", "摇号什么时候开始", noon), missedBy("c", "今年汽车摇号有多少", noon), missedBy("c", "摇号政策", noon),
		missedBy("a", "天气", noon), missedBy("a", "天气", noon.Add(time.Minute)),
		small, up, down,
		asked("z", "太早", noon.AddDate(0, 0, -9)),
	} {
		l.Record(e)
	}
	got, err := Open(dir, Options{Location: time.UTC}).Stats(noon.AddDate(0, 0, -7), noon.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	want := Stats{
		Since: noon.AddDate(0, 0, -7), Until: noon.AddDate(0, 0, 1),
		Questions: 9, Users: 3, Answered: 3, NotFound: 6, Up: 1, Down: 1,
		Reasons: []Count{{"absent", 5}, {"small_talk", 1}},
		Took:    Took{P50: 1007, P95: 1007, P99: 1007},
		Topics:  []Count{{"城市更新", 3}},
		Days:    []Day{{"2024-03-04", 1, 1, 1}, {"2024-03-05", 8, 3, 2}},
		Unanswered: []Group{
			{Words: "摇号", Users: 2, N: 3, Questions: []Asked{
				{"今年汽车摇号有多少", 1, index.ReasonAbsent, noon},
				{"摇号什么时候开始", 1, index.ReasonAbsent, noon},
				{"摇号政策", 1, index.ReasonAbsent, noon},
			}},
			{Words: "天气", Users: 1, N: 2, Questions: []Asked{{"天气", 2, index.ReasonAbsent, noon.Add(time.Minute)}}},
		},
		Disliked: []Asked{{"学位", 1, "", noon}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Stats (-want +got):\n%s", diff)
	}
	if _, err := json.Marshal(got); err != nil {
		t.Error(err)
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, got.Unanswered); err != nil || !strings.Contains(b.String(), "摇号,摇号政策,1,absent,2024-03-05T12:00:00Z\n") {
		t.Errorf("CSV: %v\n%s", err, b.String())
	}
}

func TestRetentionAndModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "questions")
	l := Open(dir, Options{Days: 3, Location: time.UTC})
	defer l.Close()
	for d := range 6 {
		l.Record(asked("a", "学位", noon.AddDate(0, 0, d)))
	}
	var days []string
	all, _ := l.onDisk()
	for _, s := range all {
		days = append(days, s.name())
	}
	if diff := cmp.Diff([]string{"2024-03-08.jsonl", "2024-03-09.jsonl", "2024-03-10.jsonl"}, days); diff != "" {
		t.Errorf("days kept (-want +got):\n%s", diff)
	}
	salt, err := l.Salt(noon)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := l.Salt(noon.AddDate(0, 0, 2)); !bytes.Equal(salt, again) {
		t.Error("the salt changed before its time")
	}
	if later, _ := l.Salt(noon.AddDate(0, 0, 4)); bytes.Equal(salt, later) {
		t.Error("the salt outlived the questions")
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, _ := e.Info(); info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v", e.Name(), info.Mode())
		}
	}
}

// However much is asked, on one day or over many: no more than Bytes is kept,
// the newest of it, and it reads in order.
func TestBytes(t *testing.T) {
	const most = 64 << 10
	for _, tt := range []struct {
		name  string
		apart time.Duration
	}{{"one day", time.Millisecond}, {"many days", 20 * time.Minute}} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			l := Open(dir, Options{Location: time.UTC, Bytes: most})
			const n = 3000
			for i := range n {
				l.Record(asked("a", fmt.Sprintf("学位%05d", i), noon.Add(time.Duration(i)*tt.apart)))
				if i%500 == 250 { // as over a restart
					l.Close()
					l = Open(dir, Options{Location: time.UTC, Bytes: most})
				}
				if i%50 == 0 || i == n-1 {
					var size int64
					entries, _ := os.ReadDir(dir)
					for _, e := range entries {
						if info, err := e.Info(); err == nil {
							size += info.Size()
						}
					}
					if size > most+1000 {
						t.Fatalf("%d bytes after %d questions, want at most %d", size, i+1, most)
					}
				}
			}
			defer l.Close()
			var got []string
			l.Events(noon, noon.AddDate(1, 0, 0), func(e handlers.Event) bool {
				got = append(got, e.Question)
				return true
			})
			if len(got) < 200 || !slices.IsSorted(got) || got[len(got)-1] != "学位02999" {
				t.Errorf("%d questions are kept, the last is %s", len(got), got[len(got)-1])
			}
			if l.Dropped() == 0 {
				t.Error("nothing is counted as dropped")
			}
		})
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"学位加多少":                           "学位加多少",
		"我电话13800138000,给我回电":             "我电话***,给我回电",
		"电话 138-0013-8000":                "电话 ***",
		"身份证12010119900101001X怎么办":        "身份证***怎么办",
		"写信到 li.si@mail.example 或 @lisi_": "写信到 *** 或 ***",
		"2023年1538亿元和5338亿元\n一共":          "2023年1538亿元和5338亿元 一共",
		"１３８００１３８０００":                     "***",
		strings.Repeat("长", 400):          strings.Repeat("长", 300),
	} {
		if got := mask(in); got != want {
			t.Errorf("mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTornLine(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, Options{Location: time.UTC})
	l.Record(asked("a", "学位", noon))
	l.Close()
	f, _ := os.OpenFile(l.path(segment{"2024-03-05", 1}), os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString(`{"time":"2024-03-05T12:00:0`)
	f.Close()
	l = Open(dir, Options{Location: time.UTC})
	defer l.Close()
	l.Record(asked("b", "学位", noon))
	if s, err := l.Stats(noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1)); err != nil || s.Questions != 2 {
		t.Errorf("questions = %d, %v, want 2", s.Questions, err)
	}
}

// While old questions cannot be deleted no file is begun for each new one.
func TestNotDeleted(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, segment{"2020-01-01", 1}.name())
	if err := os.MkdirAll(filepath.Join(old, "full"), 0o700); err != nil { // cannot be removed as a file is
		t.Fatal(err)
	}
	l := Open(dir, Options{Location: time.UTC})
	defer l.Close()
	for range 5 {
		l.Record(asked("a", "学位", noon))
	}
	if all, err := l.onDisk(); err != nil || len(all) != 2 || l.Failed() != 5 {
		t.Errorf("files %v, %v, %d not recorded", all, err, l.Failed())
	}
	if err := os.RemoveAll(old); err != nil {
		t.Fatal(err)
	}
	l.Record(asked("a", "学位", noon))
	if s, err := l.Stats(noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1)); err != nil || s.Questions != 1 {
		t.Errorf("questions = %d, %v, want 1", s.Questions, err)
	}
}

// Whoever reads while the bot writes sees whole events only.
func TestReadWhileWriting(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, Options{Location: time.UTC})
	defer l.Close()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for n := range 200 {
				l.Record(asked(fmt.Sprint(g), fmt.Sprintf("学位%d", n), noon))
			}
		})
	}
	reader := Open(dir, Options{Location: time.UTC})
	for range 20 {
		reader.Events(noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1), func(e handlers.Event) bool {
			if !strings.HasPrefix(e.Question, "学位") {
				t.Errorf("event %+v", e)
			}
			return true
		})
	}
	wg.Wait()
	if s, _ := reader.Stats(noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1)); s.Questions != 800 || s.Users != 4 {
		t.Errorf("%d questions of %d users, want 800 of 4", s.Questions, s.Users)
	}
}

func TestHistogram(t *testing.T) {
	var h histogram
	if got := h.quantile(50); got != 0 {
		t.Errorf("median of nothing = %d", got)
	}
	for v := int64(1); v <= 1000; v++ {
		h.add(v)
	}
	for p, want := range map[int]float64{50: 500, 95: 950, 99: 990} {
		if got := float64(h.quantile(p)); got < want || got > want*1.035 {
			t.Errorf("p%d = %v, want %v", p, got, want)
		}
	}
	h.add(1 << 62)
	h.add(-5)
	if got := h.quantile(100); got < 1<<62 {
		t.Errorf("largest = %d", got)
	}
}

func TestGroupLabels(t *testing.T) {
	var qs []*missed
	for _, q := range []string{"最低工资标准是多少", "今年最低工资", "最低工资涨了吗", "metro line 7 when", "the metro line", "？？", "有什么"} {
		qs = append(qs, &missed{Asked: Asked{Text: q, N: 1}, users: map[string]struct{}{"a": {}}})
	}
	var got []string
	for _, g := range group(qs) {
		got = append(got, fmt.Sprint(g.Words, " ", len(g.Questions)))
	}
	slices.Sort(got)
	want := []string{"metro 2", "最低工资 3", "有什么 1", "？？ 1"}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

// Reading a log never fails on its content, and counting it never panics.
func FuzzEvents(f *testing.F) {
	line, _ := json.Marshal(missedBy("a", "摇号", noon))
	f.Add(string(line) + "\n")
	f.Add(`{"time":"2024-03-05T12:00:00Z","vote":-1,"question":"=1"}` + "\n{")
	f.Fuzz(func(t *testing.T, data string) {
		l := Open(t.TempDir(), Options{Location: time.UTC})
		if len(data) > 1<<19 {
			return
		}
		if err := os.WriteFile(l.path(segment{"2024-03-05", 1}), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := l.Stats(noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 1))
		if err != nil || s.Answered+s.NotFound != s.Questions {
			t.Fatalf("Stats = %+v, %v", s, err)
		}
	})
}
