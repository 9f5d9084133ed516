package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jinwen/bot/bottest"
	"jinwen/handlers/chat"
)

// A line is one of a file of questions: a question with what answers it, or a
// conversation.
type line struct {
	Q        string
	Report   string
	Evidence [][]string
	Values   []string
	Turns    []struct{ Q string }
}

// linesIn are those of the files that match the patterns; files that are not
// there are left out. A set for another report has its name in the file's.
func linesIn(t *testing.T, patterns ...string) []line {
	t.Helper()
	var list []line
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			sc := bufio.NewScanner(f)
			sc.Buffer(nil, 1<<20)
			for sc.Scan() {
				var l line
				if json.Unmarshal(sc.Bytes(), &l) == nil && l.Q+l.Report != "" {
					list = append(list, l)
				}
			}
			f.Close()
		}
	}
	return list
}

// evalDir holds further questions where a checkout has them beside it.
var evalDir = filepath.Join("..", "..", "..", "shared", "eval")

// onThisReport are the questions on the report that ships.
func onThisReport(t *testing.T) []line {
	return linesIn(t, "../../index/testdata/questions.jsonl", filepath.Join(evalDir, "questions*.jsonl"))
}

// everyQuestion are all questions there are, also those on other reports, each
// once.
func everyQuestion(t *testing.T) []string {
	var list []string
	seen := make(map[string]bool)
	add := func(q string) {
		if q != "" && !seen[q] {
			seen[q] = true
			list = append(list, q)
		}
	}
	for _, l := range append(onThisReport(t), linesIn(t, "../../index/testdata/rounds/*.jsonl", filepath.Join(evalDir, "*.jsonl"))...) {
		add(l.Q)
		for _, turn := range l.Turns {
			add(turn.Q)
		}
	}
	return list
}

// TestEveryQuestion asks every question there is from a client in each of four
// languages, one of them without texts of its own, and in one of the four
// presses every button, and those that appear when it is pressed. Nothing is
// refused, every press does something, and a further page quotes something new.
func TestEveryQuestion(t *testing.T) {
	list := everyQuestion(t)
	if testing.Short() {
		list = list[:40]
	}
	c := begin(t, bottest.NewServer(t))
	pressed := 0
	for i, q := range list {
		for j, lang := range []string{"zh-hans", "zh-hant", "en", "de"} {
			u := c.User("Ann", lang)
			m := c.say(u, q)
			if bottest.Units(m.Text) > 4096 || m.Text == "" {
				t.Errorf("%s: %d units", q, bottest.Units(m.Text))
			}
			if len(m.Buttons) == 0 {
				t.Errorf("%s: no buttons under:\n%s", q, m.Text)
			}
			for _, b := range slices.Concat(m.Buttons...) {
				if b.Copy != "" && (bottest.Units(b.Copy) > 256 || !strings.Contains(b.Copy, "\n—— 《")) {
					t.Errorf("%s: copies %q", q, b.Copy)
				}
			}
			if i%4 == j {
				pressed += c.pressAll(u, q, m)
			}
		}
	}
	t.Logf("%d questions, %d presses", len(list), pressed)
}

// pressAll presses every button under the answer m to q, going on with those
// that show up, as a person can who presses only what is there. What a press
// has replaced is pressed under a fresh answer.
func (c talk) pressAll(u bottest.User, q string, m bottest.Message) int {
	c.Helper()
	done := map[string]bool{}
	n := 0
	open := func(m bottest.Message) (bottest.Button, bool) {
		for _, b := range slices.Concat(c.Now(m).Buttons...) {
			if b.Data != "" && !done[b.Data] {
				return b, true
			}
		}
		return bottest.Button{}, false
	}
	for again := true; again && n < 40; {
		again = false
		for b, ok := open(m); ok && n < 40; b, ok = open(m) {
			again, done[b.Data] = true, true
			n++
			before := quotesOf(c.Now(m))
			c.effect(u, m, b)
			if now := c.Now(m); strings.HasPrefix(b.Text, "还有") && !slices.ContainsFunc(quotesOf(now), func(s string) bool { return !slices.Contains(before, s) }) {
				c.Errorf("%q under the answer to %q shows nothing new:\n%s", b.Text, q, now.Text)
			}
		}
		if again {
			m = c.say(u, q)
			_, again = open(m)
		}
	}
	return n
}

func quotesOf(m bottest.Message) []string {
	return strings.Split(inEntities(m, "blockquote")+"\n"+inEntities(m, "expandable_blockquote"), "\n")
}

// effect presses b and fails if nothing comes of it.
func (c talk) effect(u bottest.User, m bottest.Message, b bottest.Button) {
	c.Helper()
	before, total := c.Now(m), c.Total()
	a := c.CallbackAnswer(c.PressData(u, m, b.Data))
	c.Drained()
	if now := c.Now(m); a.Text == "" && now.Edits == before.Edits && c.Total() == total {
		c.Errorf("%q does nothing under:\n%s", b.Text, before.Text)
	}
	for range c.Total() - total {
		c.Next(bottest.Chat{ID: m.ChatID})
	}
}

// What a first message may take, over all questions on the report that ships:
// characters as a reader sees them.
const (
	mostOften = 160 // of the median
	mostMost  = 400 // of 95 in a hundred
	mostEver  = 900
)

// TestFirstMessages: an answer is read at one glance. Its first line is the
// answer: the number that was asked for, the words that say it, or what the
// report does not have.
func TestFirstMessages(t *testing.T) {
	s := testService(t)
	var sizes []int
	first, later := 0, 0
	for i, l := range onThisReport(t) {
		id := chat.ID(chat.Telegram, fmt.Sprint(i+1))
		r, err := s.Bot.Handle(t.Context(), chat.Message{Chat: chat.Chat{ID: id}, User: chat.User{ID: id}, Lang: "zh-hans", Text: l.Q}, nil)
		if err != nil {
			t.Fatal(err)
		}
		text := r.Plain()
		sizes = append(sizes, utf8.RuneCountInString(text))
		if n := sizes[len(sizes)-1]; n > mostEver || n == 0 {
			t.Errorf("%s: %d characters:\n%s", l.Q, n, text)
		}
		if k := r.Blocks[0].Kind; k != chat.Answer && k != chat.Quote && k != chat.Para {
			t.Errorf("%s: begins with no answer:\n%s", l.Q, text)
		}
		// Of what it says of the evidence anywhere, some must be in the first line.
		wanted := slices.Concat(append(l.Evidence, l.Values)...)
		if len(l.Values) > 0 {
			wanted = l.Values
		}
		head, _, _ := strings.Cut(text, "\n")
		switch {
		case holdsAny(head, wanted), counts(r), lacks(head):
			first++
		case holdsAny(text, wanted):
			later++
			if testing.Verbose() {
				t.Logf("later: %s\n%s", l.Q, text)
			}
		}
	}
	slices.Sort(sizes)
	n := len(sizes)
	median, most := sizes[n/2], sizes[n*95/100]
	t.Logf("%d questions: median %d, 95 of 100 within %d, longest %d; evidence in the first line %d times, later %d", n, median, most, sizes[n-1], first, later)
	if median > mostOften || most > mostMost {
		t.Errorf("median %d, 95 of 100 within %d: want %d and %d", median, most, mostOften, mostMost)
	}
	if later*20 > first+later {
		t.Errorf("%d answers of %d come after the first line", later, first+later)
	}
}

// counts reports whether r tells how many there are and lists them below.
func counts(r chat.Reply) bool {
	return len(r.Blocks) > 1 && r.Blocks[0].Kind == chat.Answer && r.Blocks[1].Kind == chat.Item
}

// lacks reports whether a first line says what the report does not have.
func lacks(head string) bool {
	for _, w := range []string{"报告没有", "報告沒有", "报告提到", "報告提到", "The report "} {
		if strings.HasPrefix(head, w) {
			return true
		}
	}
	return false
}

// holdsAny reports whether one of parts is in s, white space apart.
func holdsAny(s string, parts []string) bool {
	squash := func(s string) string { return strings.Join(strings.Fields(s), "") }
	s = squash(s)
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(s, squash(p)) })
}
