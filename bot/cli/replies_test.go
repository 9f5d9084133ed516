package cli

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus/golden"
	"jinwen/handlers/chat"
)

// TestReplies holds first messages as people get them, buttons included: the
// file is there to be read when it changes. A line that begins with > is a
// message of a chat of its own, one with + goes on from the one above it.
// go test ./bot/cli -run Replies -update writes the rest anew.
func TestReplies(t *testing.T) {
	const file = "testdata/replies.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := testService(t)
	var now strings.Builder
	n := 0
	from := chat.User{}
	for line := range strings.Lines(string(data)) {
		asked, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || asked != ">" && asked != "+" {
			if strings.HasPrefix(line, "#") {
				now.WriteString(line)
			}
			continue
		}
		if n++; asked == ">" {
			from.ID = chat.ID(chat.Telegram, text)
		}
		m := chat.Message{Chat: chat.Chat{ID: from.ID}, User: from, Lang: "zh-hans", Text: text}
		if rest, ok := strings.CutPrefix(text, "/"); ok {
			m.Command, m.Args, _ = strings.Cut(rest, " ")
		}
		r, err := s.Bot.Handle(t.Context(), m, nil)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		now.WriteString("\n" + line + shown(r) + "\n")
	}
	if n < 40 {
		t.Errorf("%d replies, want forty at least", n)
	}
	if string(data) == now.String() {
		return
	}
	if !golden.Update() {
		t.Errorf("%s (-there +now); read it, then go test ./bot/cli -run Replies -update:\n%s", file, cmp.Diff(string(data), now.String()))
		return
	}
	if err := os.WriteFile(file, []byte(now.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shown is a reply as text: what stands out between asterisks, the buttons of a
// row between bars.
func shown(r chat.Reply) string {
	var b strings.Builder
	for i, x := range r.Blocks {
		if i > 0 {
			b.WriteString(chat.Between(r.Blocks[i-1].Kind, x.Kind))
		}
		var text strings.Builder
		for _, run := range x.Runs() {
			if run.Strong {
				text.WriteString("**" + run.Text + "**")
			} else {
				text.WriteString(run.Text)
			}
		}
		switch x.Kind {
		case chat.Quote:
			b.WriteString("「" + text.String() + "」")
		case chat.Place:
			b.WriteString("—— " + text.String())
		case chat.Item:
			b.WriteString("• " + text.String())
		default:
			b.WriteString(text.String())
		}
	}
	for _, row := range r.Buttons {
		var labels []string
		for _, x := range row {
			labels = append(labels, x.Text)
		}
		b.WriteString("\n[" + strings.Join(labels, " | ") + "]")
	}
	return b.String()
}
