package cli

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jinwen/bot/bottest"
)

// nextYear is the report of the year after the one that ships, as its
// publisher gave it out. It is not part of the project.
const nextYear = "../../../shared/report/tianjin-2025.docx"

// TestJourney is an admin's way with next year's report, in the chat alone:
// upload, difference, activate, ask, go back, ask again.
func TestJourney(t *testing.T) {
	docx, err := os.ReadFile(nextYear)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("next year's report is not here")
	} else if err != nil {
		t.Fatal(err)
	}
	s := bottest.NewServer(t)
	ann, boss := s.User("Ann", "zh-hans"), s.User("Boss", "zh-hans")
	p := newProgram(t, s, "JINWEN_ADMINS="+strconv.FormatInt(boss.ID, 10))
	p.start()
	ask := func(u bottest.User, text string, want ...string) bottest.Message {
		t.Helper()
		s.Text(u.Private(), u, text)
		s.Drained()
		said := s.Said(u.Private())
		m := said[len(said)-1]
		for _, w := range want {
			if !strings.Contains(m.Text, w) {
				t.Errorf("%s: reply lacks %q:\n%s", text, w, m.Text)
			}
		}
		return m
	}
	// press presses the button with the label, and waits for what comes of it.
	press := func(m bottest.Message, label string, want string) bottest.Message {
		t.Helper()
		var full string
		for _, l := range m.Labels() {
			if strings.Contains(l, label) {
				full = l
			}
		}
		s.Press(boss, m, full)
		s.Until(want, func() bool { return strings.Contains(s.Now(m).Text, want) })
		return s.Now(m)
	}
	const q = "今年GDP目标"
	ask(ann, q, "2024年", "4.5%左右")
	ask(ann, "/subscribe", "已订阅")

	s.File(boss.Private(), boss, "天津市2025年政府工作报告.docx", docx)
	s.Drained()
	said := s.Said(boss.Private())
	i := slices.IndexFunc(said, func(m bottest.Message) bool {
		return slices.ContainsFunc(m.Labels(), func(l string) bool { return strings.Contains(l, "启用") })
	})
	if i < 0 {
		t.Fatalf("no message offers to activate: %+v", said)
	}
	preview := said[i]
	for _, w := range []string{"天津市 · 2025年", "地区生产总值", "全部差别见附件"} {
		if !strings.Contains(preview.Text, w) {
			t.Errorf("preview lacks %q:\n%s", w, preview.Text)
		}
	}
	if !slices.ContainsFunc(s.Requests("sendDocument"), func(r bottest.Request) bool { return r.Done }) {
		t.Error("the whole difference was not sent as a file")
	}
	ask(ann, q, "2024年", "4.5%左右") // not live yet

	press(preview, "启用", "已启用")
	s.Until("the subscriber to be told", func() bool {
		return slices.ContainsFunc(s.Said(ann.Private()), func(m bottest.Message) bool { return strings.Contains(m.Text, "2025年天津市政府工作报告") })
	})
	if m := ask(ann, q, "2025年", "5％左右"); strings.Contains(m.Text, "4.5%") {
		t.Errorf("after the activation %s: %s", q, m.Text)
	}
	s.Text(boss.Private(), boss, "/rollback")
	s.Drained()
	said = s.Said(boss.Private())
	press(said[len(said)-1], "是", "已回到")
	ask(ann, q, "2024年", "4.5%左右")
	ask(boss, "/audit", "导入", "启用", "回到")
	p.stop()
	for _, r := range s.Rejected() {
		t.Errorf("%s was rejected: %s", r.Method, r.Error)
	}
}
