package admin

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jinwen/corpus/golden"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/handlers/store"
)

// TestSaid keeps what admins read, whole conversations in two languages: of
// files, versions, words, statistics and the trail. Read the difference.
func TestSaid(t *testing.T) {
	var b strings.Builder
	for _, lang := range []string{"zh-hans", "en"} {
		dir := t.TempDir()
		clock := func() time.Time { return noon }
		f := newLibrary(t, dir, Options{Clock: clock})
		asked := questions.Open(filepath.Join(dir, "questions"), questions.Options{Location: time.UTC})
		t.Cleanup(func() { asked.Close() })
		k := &talk{fixture: f, t: t, asked: asked}
		k.bot = handlers.New(f.live, store.NewMemory(clock), handlers.Options{
			Topics: f.Library, Recorder: asked, Admin: NewChat(f.Library, asked, nil), Clock: clock, NoCharts: true,
		})
		say := func(user, did string, m chat.Message) {
			m.Lang = lang
			if user == nobody {
				m.User.Admin = false
			}
			k.handle(m)
			fmt.Fprintf(&b, "> %s\n", did)
			for _, r := range append(k.said, k.last) {
				for next := &r; next != nil; next = next.Then {
					write(&b, next)
				}
			}
		}
		text := func(user, s string) {
			m := message(user)
			m.Text = s
			if cmd, ok := strings.CutPrefix(s, "/"); ok {
				m.Command, m.Args, _ = strings.Cut(cmd, " ")
			}
			say(user, s, m)
		}
		file := func(name, content string) {
			m := message(admin1)
			m.Kind = chat.KindFile
			m.File = &chat.File{Name: name, Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
			say(admin1, "("+name+")", m)
		}
		press := func(row, column int) {
			x := k.last.Buttons[row][column]
			m := message(admin1)
			m.Kind, m.Data = chat.KindButton, x.Data
			say(admin1, "["+x.Text+"]", m)
		}
		each := func() { // every button below the last reply
			under := k.last
			for i, row := range under.Buttons {
				for j, x := range row {
					if x.Data != "" {
						k.last = under
						press(i, j)
					}
				}
			}
		}
		for _, s := range []string{"/help", "/import", "/versions", "/activate", "/rollback", "/reindex", "/lexicon", "/stats", "/unanswered", "/audit", "/versions x", "/stats x", "/audit 3", "/lexicon 口袋公园"} {
			text(admin1, s)
			text(nobody, s)
		}
		for _, q := range []string{"今年GDP目标", "小花园建几个", "飞船", "飞船", "小花园", "how many rockets", "去年财政收入", "学位"} {
			text(nobody, q)
		}
		for _, s := range []string{"/stats", "/stats 7", "/unanswered"} {
			text(admin1, s)
			each()
		}
		file("same.txt", sample(2024, 0))
		file("other.txt", sample(2024, 3))
		each()
		file("next.txt", next())
		each()
		file("brief.txt", brief(5))
		file("older.txt", sample(2023, 1))
		file("placeless.txt", strings.ReplaceAll(sample(2026, 4), "青溪市", ""))
		file("yearless.txt", "工作要点\n\n新建公园5个，改造道路20公里，确保落地见效。\n\n新增学位300个。\n")
		file("empty.txt", " ")
		file("notes.exe", "MZ\x00\x01")
		text(admin1, "/versions")
		each()
		text(admin1, "/activate")
		each()
		for _, s := range []string{"/lexicon", "/lexicon 小花园 口袋公园", "/lexicon 小花园 = 口袋公园", "/lexicon 飞船 =", "/lexicon 公园 口袋公园 街心花园", "/lexicon - 小花园"} {
			text(admin1, s)
			each()
		}
		text(admin1, "/unanswered")
		each()
		for _, s := range []string{"/rollback", "/audit", "/audit 5", "/audit all", "/stats 30", "/reindex"} {
			text(admin1, s)
			each()
		}
	}
	golden.Check(t, "testdata/said.txt", took.ReplaceAllString(b.String(), "≤ …"))
}

// took is how long answers took, which is never the same.
var took = regexp.MustCompile(`≤ [0-9.]+(?:µs|ms|s)`)

// mostLines are written of a file.
const mostLines = 9

// write writes a reply: its text, buttons and files.
func write(b *strings.Builder, r *chat.Reply) {
	for line := range strings.Lines(strings.TrimRight(r.Plain(), "\n") + "\n") {
		b.WriteString("  " + line)
	}
	for _, row := range r.Buttons {
		for _, x := range row {
			fmt.Fprintf(b, "[%s]", x.Text)
		}
		b.WriteString("\n")
	}
	for _, f := range r.Files {
		fmt.Fprintf(b, "  file %s %q\n", f.Name, f.Caption)
		lines := strings.SplitN(strings.TrimRight(string(f.Data), "\n"), "\n", mostLines+1)
		for _, line := range lines[:min(mostLines, len(lines))] {
			b.WriteString("    | " + line + "\n")
		}
	}
	if r.Notice != "" {
		fmt.Fprintf(b, "  notice %s %v\n", r.Notice, r.Alert)
	}
	if r.Edit {
		b.WriteString("  (edits)\n")
	}
}
