package questions

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jinwen/handlers"
	"jinwen/index"
)

// Only the log's own files are read and deleted.
func TestSegmentNames(t *testing.T) {
	for name, want := range map[string]segment{
		"2024-03-05.jsonl": {"2024-03-05", 1}, "2024-03-05.2.jsonl": {"2024-03-05", 2}, "2024-03-05.17.jsonl": {"2024-03-05", 17},
		"2024-03-05.1.jsonl": {}, "2024-03-05.0.jsonl": {}, "2024-03-05.02.jsonl": {}, "2024-03-05.x.jsonl": {}, "2024-03-05.jsonl.tmp": {}, "2024-3-5.jsonl": {}, "notes.jsonl": {}, "2024-03-05": {}, "2024-13-05.jsonl": {},
	} {
		got, ok := segmentOf(name)
		if ok != (want != segment{}) || ok && (got != want || got.name() != name) {
			t.Errorf("segmentOf(%s) = %v, %v; want %v", name, got, ok, want)
		}
	}
}

// Files are read in the order of their days and numbers, of the span wanted.
func TestEventsInOrder(t *testing.T) {
	dir := t.TempDir()
	l := Open(dir, Options{Location: time.UTC})
	write := func(s segment, times ...time.Time) {
		var b strings.Builder
		for i, at := range times {
			fmt.Fprintf(&b, `{"time":%q,"question":"%s-%d-%d"}`+"\n", at.Format(time.RFC3339), s.day, s.n, i)
		}
		if err := os.WriteFile(l.path(s), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n := 1; n <= 10; n++ {
		write(segment{"2024-03-05", n}, noon)
	}
	write(segment{"2024-03-04", 1}, noon.AddDate(0, 0, -1), noon) // before midnight, recorded after it
	write(segment{"2024-03-06", 1}, noon, noon.AddDate(0, 0, 1))
	write(segment{"2024-03-03", 1}, noon) // of no day near: not looked at
	write(segment{"2024-03-07", 1}, noon)
	if err := os.WriteFile(filepath.Join(dir, "notes.jsonl"), []byte(`{"time":"2024-03-05T12:00:00Z","question":"no"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	read := func(since, until time.Time, most int) (got []string) {
		if err := l.Events(since, until, func(e handlers.Event) bool { got = append(got, e.Question); return len(got) < most }); err != nil {
			t.Error(err)
		}
		return got
	}
	want := []string{"2024-03-04-1-1"}
	for n := 1; n <= 10; n++ {
		want = append(want, fmt.Sprintf("2024-03-05-%d-0", n))
	}
	want = append(want, "2024-03-06-1-0")
	if diff := cmp.Diff(want, read(noon, noon.Add(time.Second), 99)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:3], read(noon, noon.Add(time.Second), 3)); diff != "" {
		t.Errorf("three events (-want +got):\n%s", diff)
	}
	if got := read(noon.AddDate(0, 0, -1), noon, 99); !slices.Equal(got, []string{"2024-03-04-1-0"}) {
		t.Errorf("events before noon: %q", got)
	}
	if got := read(noon.AddDate(1, 0, 0), noon.AddDate(2, 0, 0), 99); got != nil {
		t.Errorf("events of next year: %q", got)
	}
}

// The last different questions come, the last first; votes are none.
func TestRecent(t *testing.T) {
	l := Open(t.TempDir(), Options{Location: time.UTC})
	defer l.Close()
	for i := range 400 {
		l.Record(asked("a", fmt.Sprint("学位", i%7), noon))
	}
	l.Record(asked("a", "公园", noon))
	l.Record(asked("a", "", noon))
	vote := asked("a", "投票", noon)
	vote.Vote = 1
	l.Record(vote)
	l.Record(asked("a", "公园", noon))
	l.Record(asked("a", "以后", noon.Add(time.Hour)))
	for n, want := range map[int][]string{0: nil, 1: {"公园"}, 3: {"公园", "学位0", "学位6"}, 20: {"公园", "学位0", "学位6", "学位5", "学位4", "学位3", "学位2", "学位1"}} {
		if got, err := l.Recent(noon, noon.Add(time.Hour), n); err != nil || !slices.Equal(got, want) {
			t.Errorf("Recent(%d) = %q, %v; want %q", n, got, err, want)
		}
	}
}

// The oldest files go while there is too much, as many as must, and count as
// dropped; those of days that are not kept go anyway.
func TestPrune(t *testing.T) {
	for _, c := range []struct {
		name    string
		most    int64
		want    []string
		dropped int64
	}{
		{"room", 5000, []string{"2024-03-03.jsonl", "2024-03-04.2.jsonl", "2024-03-04.jsonl", "2024-03-05.jsonl", "notes.jsonl"}, 0},
		{"just room", 3428, []string{"2024-03-03.jsonl", "2024-03-04.2.jsonl", "2024-03-04.jsonl", "2024-03-05.jsonl", "notes.jsonl"}, 0},
		{"too much by a little", 3427, []string{"2024-03-04.2.jsonl", "2024-03-04.jsonl", "2024-03-05.jsonl", "notes.jsonl"}, 1},
		{"too much", 1500, []string{"2024-03-04.2.jsonl", "2024-03-05.jsonl", "notes.jsonl"}, 2},
		{"far too much", 800, []string{"2024-03-05.jsonl", "notes.jsonl"}, 3},
	} {
		dir := t.TempDir()
		for name, size := range map[string]int{"2024-03-02.jsonl": 1000, "2024-03-03.jsonl": 1000, "2024-03-04.jsonl": 1000, "2024-03-04.2.jsonl": 1000, "notes.jsonl": 9000} {
			if err := os.WriteFile(filepath.Join(dir, name), bytes.Repeat([]byte("\n"), size), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l := Open(dir, Options{Days: 3, Bytes: c.most, Location: time.UTC})
		l.Record(asked("a", "学位", noon))
		l.Close()
		entries, err := os.ReadDir(dir)
		var got []string
		for _, e := range entries {
			got = append(got, e.Name())
		}
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" || l.Dropped() != c.dropped || l.Failed() != 0 {
			t.Errorf("%s: %v, %d dropped, %d failed, want %d dropped (-want +got):\n%s", c.name, err, l.Dropped(), l.Failed(), c.dropped, diff)
		}
	}
}

// What the counts say where people, days and reasons tie, and how many entries
// their lists have.
func TestStatsInOrder(t *testing.T) {
	c := newCounter()
	for i := range 12 {
		e := asked(fmt.Sprint("u", i), fmt.Sprint("问", i), noon)
		e.Topic = fmt.Sprintf("题%02d", i)
		c.add(e, "2024-03-05")
		if i < 3 {
			c.add(e, "2024-03-04")
		}
	}
	untold := asked("u1", "无题", noon)
	untold.Topic = ""
	c.add(untold, "2024-03-05")
	for i := range 25 {
		e := asked(fmt.Sprint("u", i), fmt.Sprintf("坏%02d", i), noon)
		e.Vote = -1
		for range 1 + i%2 {
			c.add(e, "2024-03-05")
		}
	}
	for _, reason := range []index.Reason{index.ReasonSmallTalk, index.ReasonEmpty, index.ReasonOtherYear, index.ReasonAbsent} {
		e := missedBy("u1", "缺"+string(reason), noon)
		e.Reason = reason
		c.add(e, "2024-03-03")
		e.Time = noon.Add(-time.Hour)
		c.add(e, "2024-03-03")
	}
	s := c.stats()
	topics := []Count{{"题00", 2}, {"题01", 2}, {"题02", 2}}
	for i := 3; i < 10; i++ {
		topics = append(topics, Count{fmt.Sprintf("题%02d", i), 1})
	}
	var disliked []Asked
	for i := 1; i < 25; i += 2 {
		disliked = append(disliked, Asked{Text: fmt.Sprintf("坏%02d", i), N: 2, Last: noon})
	}
	for i := 0; len(disliked) < maxDisliked; i += 2 {
		disliked = append(disliked, Asked{Text: fmt.Sprintf("坏%02d", i), N: 1, Last: noon})
	}
	want := Stats{Questions: 24, Users: 12, Answered: 16, NotFound: 8, Down: 37, Topics: topics, Disliked: disliked,
		Reasons: []Count{{"absent", 2}, {"empty", 2}, {"other_year", 2}, {"small_talk", 2}},
		Took:    s.Took,
		Days:    []Day{{"2024-03-03", 8, 1, 0}, {"2024-03-04", 3, 3, 3}, {"2024-03-05", 13, 12, 13}},
		Unanswered: []Group{
			{Words: "absent", Users: 1, N: 2, Questions: []Asked{{"缺absent", 2, index.ReasonAbsent, noon}}},
			{Words: "other", Users: 1, N: 2, Questions: []Asked{{"缺other_year", 2, index.ReasonOtherYear, noon}}},
		},
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("Stats (-want +got):\n%s", diff)
	}
}

// Buckets follow each other without a gap, and hold what they say to 1 in 32.
func TestBuckets(t *testing.T) {
	for _, v := range []int64{0, 1, 31, 32, 33, 63, 64, 65, 66, 127, 128, 131, 132, 1000, 4095, 4096, 1 << 40} {
		var h histogram
		h.add(v)
		if got := h.quantile(50); got < v || got > v+v/32 {
			t.Errorf("median of %d alone = %d", v, got)
		}
		if a, b := bucket(uint64(v)), bucket(uint64(v+1)); b != a && b != a+1 {
			t.Errorf("bucket(%d) = %d, bucket(%d) = %d", v, a, v+1, b)
		}
	}
	var h histogram
	for v := range int64(10) {
		h.add(v)
	}
	for p, want := range map[int]int64{1: 0, 10: 0, 11: 1, 50: 4, 99: 9, 100: 9} {
		if got := h.quantile(p); got != want {
			t.Errorf("quantile(%d) of 0 to 9 = %d, want %d", p, got, want)
		}
	}
}

// Words that groups are named by: stretches of one script, without what every
// question has.
func TestRuns(t *testing.T) {
	for q, want := range map[string][]string{
		"摇号什么时候开始": {"摇号", "开始"}, "GDP目标5G基站": {"gdp", "5g", "基站"}, "the metro line": {"metro", "line"}, "学 a 位": nil, "？": nil, "地铁7号线": {"地铁", "号线"}, "甲x": nil,
	} {
		if got := runs(q); !slices.Equal(got, want) {
			t.Errorf("runs(%q) = %q, want %q", q, got, want)
		}
	}
	for q, want := range map[string]string{"一二三四五六七八九十": "一二三四五六七八", "学位abcdef": "学位", "学位abcdefg": "abcdefg", "？": "？"} {
		if got := longest(q); got != want {
			t.Errorf("longest(%q) = %q, want %q", q, got, want)
		}
	}
}

// No cell of a table is computed.
func TestCell(t *testing.T) {
	for s, want := range map[string]string{"": "", "学位": "学位", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "a=": "a="} {
		if got := cell(s); got != want {
			t.Errorf("cell(%q) = %q, want %q", s, got, want)
		}
	}
}
