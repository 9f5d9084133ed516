package admin

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"jinwen/corpus/version"
	"jinwen/index"
)

// until waits for ok, which something outside brings about.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not happen", what)
		}
	}
}

// background runs fn until the test ends.
func background(t *testing.T, fn func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- fn(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// The shell activates, goes back, reindexes and writes words; the running bot
// follows each of them.
func TestRunFollowsTheShell(t *testing.T) {
	dir := t.TempDir()
	bot, shell := newLibrary(t, dir, Options{}), newLibrary(t, dir, Options{})
	background(t, bot.Run)
	id := shell.bring(t, 2024, 1, "shell")
	if _, err := shell.Activate(t.Context(), id, shell.By("shell"), nil); err != nil {
		t.Fatal(err)
	}
	until(t, "activation", func() bool { return bot.live.Report().ID == id })
	if _, err := shell.Rollback(t.Context(), shell.By("shell"), nil); err != nil {
		t.Fatal(err)
	}
	until(t, "going back", func() bool { return bot.live.Report().ID != id })
	before, release := bot.live.Acquire()
	release()
	if _, err := shell.Reindex(t.Context(), shell.By("shell"), nil); err != nil {
		t.Fatal(err)
	}
	until(t, "reindexing", func() bool {
		now, release := bot.live.Acquire()
		defer release()
		return now != before
	})
	const q = "遛娃圣境"
	if _, err := shell.AddWord(t.Context(), Word{q, []string{"口袋公园"}}, shell.By("shell")); err != nil {
		t.Fatal(err)
	}
	until(t, "the word", func() bool { return bot.ask(t, q).Status == index.Answered })
	if _, err := bot.Rollback(t.Context(), bot.By("7"), nil); err == nil {
		t.Error("going back from the first version")
	}
	// What cannot be read is not taken over.
	if err := os.WriteFile(bot.opt.Lexicon, []byte("synonyms: [{say: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bot.Words(); err == nil {
		t.Error("a broken file has words")
	}
	if _, err := bot.AddWord(t.Context(), Word{"甲甲", []string{"乙乙"}}, bot.By("7")); err == nil {
		t.Error("a word was added to a broken file")
	}
	if bot.ask(t, q).Status != index.Answered {
		t.Error("a broken file took the words away")
	}
}

// What somebody wrote into the file of words stays when the chat adds to it.
func TestWordsKeepWhatIsWritten(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	const written = "synonyms:\n  - say: [甲甲, 乙乙]\n    means: [口袋公园]\nstop: [劳驾]\ntopics:\n  - name: 公园\n    terms: [口袋公园]\n"
	if err := os.WriteFile(f.opt.Lexicon, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.AddWord(t.Context(), Word{"乙乙", []string{"燃气管网"}}, f.By("7")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.opt.Lexicon)
	if err != nil {
		t.Fatal(err)
	}
	want := lexiconHead + "synonyms:\n  - say: [甲甲]\n    means: [口袋公园]\n  - say: [乙乙]\n    means: [燃气管网]\nstop:\n  - 劳驾\ntopics:\n  - name: 公园\n    terms:\n      - 口袋公园\n"
	if string(data) != want {
		t.Errorf("file is now\n%s\nwant\n%s", data, want)
	}
	if info, _ := os.Stat(f.opt.Lexicon); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

// A bot whose active text is damaged starts from the version before it.
func TestStartsFromTheVersionBefore(t *testing.T) {
	dir := t.TempDir()
	f := newLibrary(t, dir, Options{})
	a, b := f.bring(t, 2024, 1, "7"), f.bring(t, 2024, 2, "7")
	for _, id := range []string{a, b} {
		if _, err := f.Activate(t.Context(), id, f.By("7"), nil); err != nil {
			t.Fatal(err)
		}
	}
	texts := filepath.Join(dir, "versions", "texts")
	os.WriteFile(filepath.Join(texts, b+".txt"), []byte("半"), 0o600)
	quiet := Options{Logger: slog.New(slog.DiscardHandler)}
	if got := newLibrary(t, dir, quiet).live.Report().ID; got != a {
		t.Errorf("live: %s, want %s", got, a)
	}
	os.Remove(filepath.Join(texts, a+".txt"))
	z, _ := zero()
	if got := newLibrary(t, dir, quiet).live.Report().ID; got != z.ID {
		t.Errorf("live: %s, want the embedded", got)
	}
}

func TestSelfCheck(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	ix, release := f.live.Acquire()
	defer release()
	if err := SelfCheck(t.Context(), ix); err != nil {
		t.Errorf("SelfCheck of a good index: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := SelfCheck(ctx, ix); err == nil {
		t.Error("SelfCheck without answers says nothing")
	}
}

// The report that ships with the program, and back to it.
func TestEmbeddedReport(t *testing.T) {
	store, err := version.Open(t.TempDir(), version.Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := new(index.Live)
	defer live.Close()
	lib, err := Open(t.Context(), store, live, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ix, release := live.Acquire()
	if err := SelfCheck(t.Context(), ix); err != nil {
		t.Error(err)
	}
	release()
	p, err := lib.Import(t.Context(), "r.txt", []byte(sample(2025, 1)), lib.By("7"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Warnings; len(got) != 1 || got[0] != WarnOtherPlace {
		t.Errorf("warnings = %v, want only another place", got)
	}
	if _, err := lib.Activate(t.Context(), p.Report.ID, lib.By("7"), nil); err != nil {
		t.Fatal(err)
	}
	v, err := lib.Rollback(t.Context(), lib.By("7"), nil)
	if err != nil || !v.Embedded || live.Report().ID != v.ID {
		t.Errorf("Rollback = %+v, %v", v, err)
	}
}

func TestInbox(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	dir := filepath.Join(t.TempDir(), "inbox")
	took := make(chan Delivery, 10)
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	next := func() Delivery {
		t.Helper()
		select {
		case d := <-took:
			return d
		case <-time.After(time.Minute):
			t.Fatal("the inbox takes nothing")
			return Delivery{}
		}
	}
	exists := func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	}
	os.MkdirAll(dir, 0o700)
	put("there-before.txt", sample(2024, 1))
	b := &Inbox{Library: f.Library, Dir: dir, Quiet: 20 * time.Millisecond, Poll: time.Hour, Took: func(d Delivery) { took <- d }}
	background(t, b.Run)
	if d := next(); d.Err != nil || d.Live || d.Preview.Version.Who != "inbox" {
		t.Errorf("delivery = %+v", d)
	}
	if !exists("done/there-before.txt") || exists("there-before.txt") {
		t.Error("the file was not moved to done")
	}
	if !f.store.Active().Embedded {
		t.Error("the inbox made a version live by itself")
	}
	put(".hidden.txt", sample(2024, 2))
	put("coming.part", sample(2024, 2))
	os.Symlink("/etc/passwd", filepath.Join(dir, "link.txt"))
	put("notes.txt", "明天开会")
	d := next()
	if d.Err == nil || d.Preview != nil {
		t.Errorf("delivery of notes = %+v", d)
	}
	if got := d.Tell("zh-Hans").Plain(); !strings.Contains(got, "notes.txt") || !strings.Contains(got, "不像政府工作报告") {
		t.Errorf("admins hear %q", got)
	}
	why, err := os.ReadFile(filepath.Join(dir, "failed", "notes.txt.error.txt"))
	if err != nil || !strings.Contains(string(why), "不像政府工作报告") || !strings.Contains(string(why), "does not look like") || !exists("failed/notes.txt") {
		t.Errorf("failed: %v %s", err, why)
	}
	if !exists(".hidden.txt") || !exists("coming.part") || !exists("link.txt") {
		t.Error("the inbox took what is not for it")
	}
	put("notes.txt", sample(2024, 3))
	if d := next(); d.Err != nil || !strings.Contains(d.Tell("en").Plain(), "口袋公园") || len(d.Tell("en").Buttons) == 0 {
		t.Errorf("delivery = %+v", d)
	}
	put("notes.txt", sample(2024, 3))
	next()
	if !exists("done/notes.txt") || !exists("done/notes (2).txt") {
		t.Error("a second file of the same name took the place of the first")
	}
}

func TestInboxActivates(t *testing.T) {
	f := newLibrary(t, t.TempDir(), Options{})
	dir := t.TempDir()
	took := make(chan Delivery, 10)
	b := &Inbox{Library: f.Library, Dir: dir, Activate: true, Quiet: 10 * time.Millisecond, Took: func(d Delivery) { took <- d }}
	os.WriteFile(filepath.Join(dir, "short.txt"), []byte(brief(1)), 0o600)
	background(t, b.Run)
	if d := <-took; d.Err != nil || d.Live {
		t.Errorf("a text with warnings went live: %+v", d)
	}
	os.WriteFile(filepath.Join(dir, "good.txt"), []byte(sample(2025, 1)), 0o600)
	if d := <-took; d.Err != nil || !d.Live || f.live.Report().Year != 2025 {
		t.Errorf("delivery = %+v", d)
	}
	for _, r := range f.store.Audit() {
		if r.Who != "inbox" {
			t.Errorf("record %+v, want inbox", r)
		}
	}
}

// What ParseWord takes reads the same once it is written, and the file that it
// is kept in gives it back.
func FuzzParseWord(f *testing.F) {
	for _, s := range []string{"摇号=个人普通车摇号指标", " 学位 ＝ 座位 、名额，", "a: b=c #d", "\"甲=乙\\", "- 甲甲=[乙", "=,=", "甲甲='", "yes=no", "1.5亿=~"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWord(s)
		if err != nil {
			if w.Say != "" || w.Means != nil {
				t.Fatalf("ParseWord(%q) = %v with an error", s, w)
			}
			return
		}
		if again, err := ParseWord(w.String()); err != nil || again.String() != w.String() {
			t.Fatalf("ParseWord(%q) = %q, %v", w.String(), again, err)
		}
		data, err := lexiconFile{}.with(w).marshal()
		if err != nil {
			t.Fatal(err)
		}
		var back lexiconFile
		if err := yaml.Unmarshal(data, &back); err != nil {
			t.Fatalf("%v:\n%s", err, data)
		}
		if words := back.words(); len(words) != 1 || words[0].String() != w.String() {
			t.Fatalf("%q is kept as %q:\n%s", w, words, data)
		}
	})
}
