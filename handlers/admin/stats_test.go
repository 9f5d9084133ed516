package admin

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinwen/corpus/golden"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/index"
)

// TestStatistics keeps what admins read of what was asked.
func TestStatistics(t *testing.T) {
	k := newTalk(t, Options{})
	k.want(k.text(admin1, "/stats"), "没有")
	k.want(k.text(admin1, "/unanswered"), "没有")
	ask := func(day, n int, user, q string, change func(*handlers.Event)) {
		for range n {
			e := handlers.Event{Time: noon.AddDate(0, 0, -day), User: user, Question: q, Status: index.Answered, Topic: "教育", Took: 800 * time.Microsecond}
			if change != nil {
				change(&e)
			}
			k.asked.Record(e)
		}
	}
	missed := func(reason index.Reason) func(*handlers.Event) {
		return func(e *handlers.Event) { e.Status, e.Reason, e.Took = index.NotFound, reason, 25*time.Millisecond }
	}
	for day := 20; day >= 0; day-- {
		ask(day, 1+day%3, fmt.Sprint("u", day%4), "新增多少学位", nil)
	}
	all := k.text(admin1, "/unanswered")
	ask(0, 1, "u1", "很慢的问题", func(e *handlers.Event) { e.Took = 2345 * time.Millisecond })
	ask(1, 3, "u1", "最低工资标准", missed(index.ReasonAbsent))
	ask(1, 1, "u2", "今年最低工资", missed(index.ReasonNoNumber))
	ask(0, 1, "u3", "最低工资涨了吗", missed(index.ReasonAbsent))
	ask(0, 1, "u3", "最低工资谁定", missed(index.ReasonAbsent))
	ask(0, 2, "u2", "重庆地铁", missed(index.ReasonOtherPlace))
	ask(2, 1, "u2", "你好", missed(index.ReasonSmallTalk))
	for i, w := range strings.Fields("摇号 落户 公积金 社保卡 居住证 驾驶证 结婚证 疫苗 菜价") {
		ask(3, 1, fmt.Sprint("u", i%2), w, missed(index.ReasonAbsent))
	}
	for i := range 7 {
		ask(0, 1+i%2, "u1", fmt.Sprint("不好的回答", i), func(e *handlers.Event) { e.Vote = -1 })
	}
	ask(0, 2, "u1", "新增多少学位", func(e *handlers.Event) { e.Vote = 1 })
	var b strings.Builder
	fmt.Fprintf(&b, "== all answered\n%s\n", all)
	for _, command := range []string{"/stats", "/stats 1", "/stats 30", "/stats 0", "/stats 365", "/stats 366", "/stats x", "/unanswered", "/unanswered 1", "/unanswered 400"} {
		fmt.Fprintf(&b, "== %s\n%s\n", command, k.text(admin1, command))
		for _, row := range k.last.Buttons {
			for _, x := range row {
				fmt.Fprintf(&b, "[%s %s]", x.Text, x.Data)
			}
			b.WriteString("\n")
		}
	}
	golden.Check(t, "testdata/statistics.txt", b.String())
}

func TestPercent(t *testing.T) {
	for _, c := range []struct{ part, whole, want int }{{0, 3, 0}, {1, 3, 33}, {2, 3, 67}, {3, 3, 100}, {1, 200, 1}, {1, 201, 0}} {
		if got := percent(c.part, c.whole); got != c.want {
			t.Errorf("percent(%d, %d) = %d, want %d", c.part, c.whole, got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for us, want := range map[int64]string{0: "0s", 999: "999µs", 1000: "1ms", 1234: "1.2ms", 1250: "1.3ms", 999_949: "999.9ms", 1_000_000: "1s", 1_234_567: "1.23s"} {
		if got := span(us); got != want {
			t.Errorf("span(%d) = %s, want %s", us, got, want)
		}
	}
	if got := times(questions.Asked{Text: strings.Repeat("长", 61), N: 1}); got != strings.Repeat("长", 59)+"…" {
		t.Errorf("times = %s", got)
	}
	if got := times(questions.Asked{Text: "学位", N: 2}); got != "学位 ×2" {
		t.Errorf("times = %s", got)
	}
}

// A sender's name of a file is its last part, whole up to 80 characters.
func TestFileName(t *testing.T) {
	for s, want := range map[string]string{
		"报告.docx": "报告.docx", "a/b\\c/报告.docx": "报告.docx", "../../etc/": "report", "": "report", "a\nb\tc\x00": "abc",
		strings.Repeat("长", 75) + ".docx": strings.Repeat("长", 75) + ".docx",
		strings.Repeat("长", 76) + ".docx": strings.Repeat("长", 40) + "…" + strings.Repeat("长", 34) + ".docx",
	} {
		if got := FileName(s); got != want {
			t.Errorf("FileName(%q) = %q, want %q", s, got, want)
		}
	}
}

// What an admin is told of what they cannot do now names who is in the way,
// and what is no admin's matter is not told.
func TestTell(t *testing.T) {
	east := time.FixedZone("", 8*3600)
	busy := &BusyError{Job{Who: "王某", What: version.Activated, Since: noon}}
	conflict := &version.ConflictError{Last: version.Record{Who: "李某", Time: noon, Action: version.RolledBack, Version: "0123456789ab"}}
	for _, c := range []struct {
		err   error
		parts []string
	}{
		{fmt.Errorf("x: %w", busy), []string{"王某", "03-05 20:00", ActionName(version.Activated, chat.Hans)}},
		{fmt.Errorf("x: %w", conflict), []string{"李某", "03-05 20:00", ActionName(version.RolledBack, chat.Hans), "012345"}},
		{errors.New("disk"), nil},
	} {
		got, ok := Tell(c.err, chat.Hans, east)
		if ok != (c.parts != nil) {
			t.Errorf("Tell(%v) = %q, %v", c.err, got, ok)
		}
		for _, p := range c.parts {
			if !strings.Contains(got, p) {
				t.Errorf("Tell(%v) = %q, want %q in it", c.err, got, p)
			}
		}
	}
	if a, b := ActionName(version.Activated, chat.Hans), ActionName("no_such", chat.Hans); a == "" || a == string(version.Activated) || b != "no_such" {
		t.Errorf("ActionName = %q, %q", a, b)
	}
}

// The last twenty records are shown, the last first, and all are in the file.
func TestAudit(t *testing.T) {
	k := newTalk(t, Options{})
	shown := func() (items []string, files []chat.Attachment) {
		k.text(admin1, "/audit")
		for _, b := range k.last.Blocks {
			if b.Kind == chat.Item {
				items = append(items, b.Text)
			}
		}
		return items, k.last.Files
	}
	for n := len(k.store.Audit()); n < 20; n++ {
		if err := k.store.Note(version.Reindexed, "<b>&", version.By{Who: "7", When: noon}); err != nil {
			t.Fatal(err)
		}
	}
	if items, files := shown(); len(items) != 20 || len(files) != 0 {
		t.Errorf("of 20 records %d are shown, %d files; want 20 and none", len(items), len(files))
	}
	if err := k.store.Note(version.Reindexed, "the last", version.By{Who: "12", When: noon.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	items, files := shown()
	if len(items) != 20 || len(files) != 1 || strings.Count(string(files[0].Data), "\n") != 21 || !strings.Contains(string(files[0].Data), "<b>&") {
		t.Errorf("of 21 records %d are shown, %d files; want 20 and one with all", len(items), len(files))
	}
	if !strings.Contains(items[0], "12") || strings.Contains(items[1], "12 ") {
		t.Errorf("shown first: %q, %q", items[0], items[1])
	}
}

// A word that people asked with is taught from what was not answered: terms of
// the report are offered, and the one that is chosen is kept.
func TestMeaning(t *testing.T) {
	k := newTalk(t, Options{})
	k.asked.Record(handlers.Event{Time: noon, User: "u", Question: "街心公园", Status: index.NotFound, Reason: index.ReasonAbsent})
	k.text(admin1, "/unanswered")
	k.press(admin1, "＋ 街心公园")
	var terms []string
	for _, row := range k.last.Buttons {
		for _, b := range row {
			terms = append(terms, b.Text)
		}
	}
	if len(terms) == 0 || len(terms) > maxSuggestions || !strings.HasPrefix(terms[0], "街心公园 = ") {
		t.Fatalf("offered %q", terms)
	}
	data := k.last.Buttons[0][0].Data
	for name, stale := range map[string]string{
		"another number": strings.Replace(data, ":0:", ":9:", 1), "below all": strings.Replace(data, ":0:", ":-1:", 1), "no number": strings.Replace(data, ":0:", ":x:", 1),
		"another report": data[:len(data)-1] + "z", "no word": strings.Replace(data, "街心公园", "？", 1),
	} {
		if got := k.data(admin1, stale); !strings.Contains(got, in(chat.Hans).Stale) {
			t.Errorf("%s: %s", name, got)
		}
	}
	k.want(k.data(admin1, data), strings.TrimPrefix(terms[0], "街心公园 = "))
	k.want(k.text(admin1, "/lexicon"), "街心公园")
}

// What is taught are words: of letters, with a few marks, not too long.
func TestValidWord(t *testing.T) {
	for s, want := range map[string]bool{
		"学位": true, "5G基站": true, "a-b.c+d": true, "《条例》": true, "": false, " 学位": false, "学位 ": false, "12": false, "？": false, "学位？": false, "学\ufffd位": false,
		strings.Repeat("长", maxWord): true, strings.Repeat("长", maxWord+1): false,
	} {
		if got := validWord(s); got != want {
			t.Errorf("validWord(%q) = %v, want %v", s, got, want)
		}
	}
	for _, c := range []struct {
		args []string
		want bool
	}{{[]string{"a", "b"}, true}, {[]string{"a", ""}, false}, {[]string{"a:b"}, false}, {[]string{strings.Repeat("a", 57)}, true}, {[]string{strings.Repeat("a", 58)}, true}, {[]string{strings.Repeat("a", 59)}, false}} {
		if got := fits(c.args...); got != c.want {
			t.Errorf("fits(%d bytes) = %v, want %v", len(strings.Join(c.args, ":")), got, c.want)
		}
	}
}
