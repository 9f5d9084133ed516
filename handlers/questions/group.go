package questions

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"jinwen/corpus/zh"
	"jinwen/index"
)

// An Asked is a question as people wrote it.
type Asked struct {
	Text   string       `json:"text"`
	N      int          `json:"n"` // times asked
	Reason index.Reason `json:"reason,omitempty"`
	Last   time.Time    `json:"last"`
}

// A Group is what people asked and did not get on one matter.
type Group struct {
	Words     string  `json:"words"` // what its questions share
	Users     int     `json:"users"`
	N         int     `json:"n"`         // times asked
	Questions []Asked `json:"questions"` // most frequent first
}

// group puts questions together by the longest words that most of them share.
// Words need no dictionary for that: 摇号什么时候, 汽车摇号 and 摇号政策 share the
// two characters 摇号, and nothing longer. What nearly every question has in it
// (什么, 今年, 多少) tells nothing and is left out.
func group(questions []*missed) []Group {
	grams := make([]map[string]struct{}, len(questions))
	count := make(map[string]int)
	for i, q := range questions {
		grams[i] = gramsOf(q.Text)
		for g := range grams[i] {
			count[g]++
		}
	}
	out := []Group{}
	for {
		best := ""
		for g, n := range count {
			if n >= 2 && (best == "" || better(g, n, best, count[best])) {
				best = g
			}
		}
		if best == "" {
			break
		}
		var members []*missed
		for i, q := range questions {
			if _, ok := grams[i][best]; !ok {
				continue
			}
			members = append(members, q)
			for g := range grams[i] {
				count[g]--
			}
			grams[i] = nil
		}
		out = append(out, newGroup(best, members))
	}
	for i, q := range questions {
		if grams[i] != nil {
			out = append(out, newGroup(longest(q.Text), []*missed{q}))
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Users, a.Users), cmp.Compare(b.N, a.N), cmp.Compare(a.Words, b.Words))
	})
	return out[:min(len(out), maxGroups)]
}

// better orders candidates: more questions, then more characters, then order
// of bytes so that the result does not depend on the order of a map.
func better(a string, na int, b string, nb int) bool {
	return cmp.Or(cmp.Compare(na, nb), cmp.Compare(len(a), len(b)), cmp.Compare(b, a)) > 0
}

func newGroup(words string, members []*missed) Group {
	g := Group{Words: words}
	users := make(map[string]struct{})
	for _, q := range members {
		g.N += q.N
		g.Questions = append(g.Questions, q.Asked)
		for u := range q.users {
			users[u] = struct{}{}
		}
	}
	g.Users = len(users)
	return g
}

// maxGram is the most characters of what questions are grouped by.
const maxGram = 8

// gramsOf returns the Latin words of q and all its stretches of two to maxGram
// Chinese characters between what tells nothing.
func gramsOf(q string) map[string]struct{} {
	out := make(map[string]struct{})
	for _, run := range runs(q) {
		chars := []rune(run)
		if !zh.IsHan(chars[0]) {
			out[run] = struct{}{}
			continue
		}
		for i := range chars {
			for j := i + 2; j <= min(len(chars), i+maxGram); j++ {
				out[string(chars[i:j])] = struct{}{}
			}
		}
	}
	return out
}

// longest returns the longest run of q, at most maxGram characters of it; q's own
// beginning if all of it tells nothing.
func longest(q string) string {
	best := ""
	for _, run := range runs(q) {
		if len(run) > len(best) {
			best = run
		}
	}
	chars := []rune(cmp.Or(best, q))
	return string(chars[:min(len(chars), maxGram)])
}

// runs returns the stretches of one script in q, without what tells nothing: two
// characters and more of Chinese, words of other letters in lower case.
func runs(q string) []string {
	q = idle.Replace(strings.ToLower(q))
	var out []string
	for _, field := range strings.FieldsFunc(q, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		start, han := 0, false
		flush := func(end int) {
			s := field[start:end]
			if n := len([]rune(s)); n >= 2 && (han || !idleEnglish.Has(s)) {
				out = append(out, s)
			}
			start = end
		}
		for i, c := range field {
			if h := zh.IsHan(c); i == 0 {
				han = h
			} else if h != han {
				flush(i)
				han = h
			}
		}
		flush(len(field))
	}
	return out
}

//go:embed words.txt
var wordFile string

var lists = zh.Sections(wordFile)

// idle replaces by a space what questions on any matter have in them.
var idle = strings.NewReplacer(spaced(lists.Of("idle"))...)

func spaced(terms []string) (pairs []string) {
	for _, t := range terms {
		pairs = append(pairs, t, " ")
	}
	return pairs
}

var idleEnglish = lists.List("english")

// WriteCSV writes groups as a table that spreadsheet programs open as it is:
// UTF-8 with a byte order mark, no cell read as a formula.
func WriteCSV(w io.Writer, groups []Group) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Write([]string{"group", "question", "times", "reason", "last"})
	for _, g := range groups {
		for _, q := range g.Questions {
			c.Write([]string{cell(g.Words), cell(q.Text), strconv.Itoa(q.N), string(q.Reason), q.Last.Format(time.RFC3339)})
		}
	}
	c.Flush()
	return c.Error()
}

// cell returns s with an apostrophe before it if a spreadsheet would compute it.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
