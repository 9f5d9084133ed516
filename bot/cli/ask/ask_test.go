package ask

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
)

// run asks about a short report and returns what is said.
func run(ctx context.Context, t *testing.T, c Command, in io.Reader) (out string, err error) {
	t.Helper()
	var b bytes.Buffer
	a := &base.App{In: in, Out: print.New(&b, func(string) string { return "" }), Err: io.Discard, Flags: &base.Globals{Report: "../testdata/qingxi.txt", DataDir: filepath.Join(t.TempDir(), "data")}, Now: time.Now}
	err = c.Run(ctx, a)
	a.Out.Flush()
	return b.String(), err
}

// TestQuestion: the words of the command are one question; --explain says how it
// was read and what the scores are made of.
func TestQuestion(t *testing.T) {
	out, err := run(t.Context(), t, Command{Question: []string{"今年", "新建口袋公园多少个"}}, nil)
	if err != nil || !strings.HasPrefix(out, "15个") || strings.Contains(out, "> ") || strings.HasSuffix(out, "\n\n") {
		t.Errorf("%v, %q", err, out)
	}
	out, err = run(t.Context(), t, Command{Question: []string{"口袋公园"}, Explain: true}, nil)
	if _, explained, ok := strings.Cut(out, "\n\nread as  "); err != nil || !ok || !strings.Contains(explained, "\nstatus   answered") || !strings.Contains(explained, "新建口袋公园15个") || strings.Count(explained, "\n       ") < 2 {
		t.Errorf("%v, %q", err, out)
	}
	out, err = run(t.Context(), t, Command{Question: []string{"口袋公园"}, Explain: true, JSON: true}, nil)
	var got struct {
		Question, Status string
		Explain          *explainJSON
		Passages         []any
	}
	if err != nil || json.Unmarshal([]byte(out), &got) != nil || got.Question != "口袋公园" || got.Status != "answered" || got.Explain == nil || len(got.Explain.Parts) != len(got.Passages) || len(got.Explain.Parts) == 0 || len(got.Explain.Parts[0]) == 0 || got.Explain.Question == "" {
		t.Errorf("%v, %s", err, out)
	}
	if out, err = run(t.Context(), t, Command{Question: []string{"口袋公园"}, JSON: true}, nil); err != nil || strings.Contains(out, `"explain"`) {
		t.Errorf("%v, %s", err, out)
	}
}

// TestLines: lines are answered in their order; those of one chat are a
// conversation of each person, and say in which language they want the reply.
func TestLines(t *testing.T) {
	lines := strings.Join([]string{
		"\ufeff今年新建口袋公园多少个", "去年呢", "",
		`{"q":"今年新建口袋公园多少个","chat":"1","from":"ann"}`, `{"q":"去年呢","chat":"1","from":"ann"}`, `{"q":"去年呢","chat":"1","from":"bob"}`, `{"q":"去年呢","chat":"2","from":"ann"}`,
		`{"q":"今年新建口袋公园多少个","lang":"en"}`, `{"q":`, "今年GDP目标",
	}, "\n")
	out, err := run(t.Context(), t, Command{JSON: true}, strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	type answer struct{ Question, Status, Reply string }
	var all []answer
	for line := range strings.Lines(out) {
		var a answer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	want := []struct{ question, begins string }{
		{"今年新建口袋公园多少个", "15个"}, {"去年呢", ""}, {"", ""}, {"今年新建口袋公园多少个", "15个"}, {"去年呢", "12个"}, {"去年呢", ""}, {"去年呢", ""}, {"今年新建口袋公园多少个", "15"}, {`{"q":`, ""}, {"今年GDP目标", "5%左右"},
	}
	if len(all) != len(want) {
		t.Fatalf("%d answers to %d lines", len(all), len(want))
	}
	for i, w := range want {
		if all[i].Question != w.question || !strings.HasPrefix(all[i].Reply, w.begins) || w.begins == "" && strings.HasPrefix(all[i].Reply, "12个") {
			t.Errorf("line %d: %+v, want %q, %q", i+1, all[i], w.question, w.begins)
		}
	}
	if all[7].Reply == all[0].Reply {
		t.Errorf("in English: %s", all[7].Reply)
	}
	out, err = run(t.Context(), t, Command{}, strings.NewReader("口袋公园\n今年GDP目标\n"))
	if err != nil || !strings.HasPrefix(out, "> 口袋公园\n") || !strings.Contains(out, "\n\n> 今年GDP目标\n5%左右") || !strings.HasSuffix(out, "\n\n") {
		t.Errorf("as text: %v, %q", err, out)
	}
}

// TestLinesEnd: an input that breaks is an error behind the answers to what came
// before; who is told to stop does not wait for the input.
func TestLinesEnd(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("口袋公园\n"), failing{})
	out, err := run(t.Context(), t, Command{}, broken)
	if err == nil || err.Error() != "standard input: broken pipe of a test" || !strings.HasPrefix(out, "> 口袋公园\n") {
		t.Errorf("%v, %q", err, out)
	}
	silent, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	if _, err := run(ctx, t, Command{}, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop: %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken pipe of a test") }

// TestLineOf: an object with a question is a message, anything else the question
// itself.
func TestLineOf(t *testing.T) {
	for line, want := range map[string]string{
		"公园": "公园|||", "": "|||", "{": "{|||", "{}": "{}|||", `{"q":""}`: `{"q":""}|||`, `{"q":"a","chat":"c","from":"f","lang":"en"}`: "a|c|f|en", ` {"q":"a"}`: "a|||", `["q"]`: `["q"]|||`, `{"q":1}`: `{"q":1}|||`, `x{"q":"a"}`: `x{"q":"a"}|||`,
	} {
		l := lineOf(line)
		if got := fmt.Sprintf("%s|%s|%s|%s", l.Text, l.Chat, l.From, l.Lang); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
	var c conversations
	if talk, begin, _ := c.enter(askLine{Text: "x"}); talk != nil || begin != nil {
		t.Error("a question by itself is in a conversation")
	}
	ann, begin, end := c.enter(askLine{Chat: "1", From: "ann"})
	if begin != nil {
		t.Error("the first of a chat waits")
	}
	again, begin, _ := c.enter(askLine{Chat: "1", From: "ann"})
	bob, _, _ := c.enter(askLine{Chat: "1", From: "bob"})
	if again != ann || bob == ann || begin == nil {
		t.Error("whose conversation is whose")
	}
	select {
	case <-begin:
		t.Error("the second does not wait for the first")
	default:
	}
	end()
	<-begin
}
