package admin

import (
	"context"
	"fmt"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/concept"
	"jinwen/corpus/version"
	"jinwen/corpus/zh"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/index"
)

// A self-check is what an admin looks at before a text goes live: how much was
// found in it beside what is live, what its parse is unsure of, and standard
// questions answered from both.

// standardQuestions is how many questions a self-check asks.
const standardQuestions = 10

// shownDoubts is how many doubts it shows.
const shownDoubts = 5

// A Checked is a standard question with the first line of both answers.
type Checked struct {
	Question string
	Old, New string
}

// SelfCheck asks the standard questions of the kept version id and of the text
// that it would take the place of; what has no index gets one for that. It
// changes nothing.
func (l *Library) SelfCheck(ctx context.Context, id string, lang chat.Lang) (*Preview, []Checked, error) {
	p, err := l.Preview(id)
	if err != nil {
		return nil, nil, err
	}
	now, release := l.live.Acquire()
	if now == nil {
		return nil, nil, index.ErrClosed
	}
	defer release()
	if p.Active.ID != l.live.Report().ID { // of another year or place than what a question without one means
		if now, err = l.build(p.Active); err != nil {
			return nil, nil, err
		}
		defer now.Close()
	}
	then, err := l.build(p.Report)
	if err != nil {
		return nil, nil, err
	}
	defer then.Close()
	var out []Checked
	for _, q := range standard(p.Active, p.Report, lang) {
		c := Checked{Question: q}
		for _, side := range []struct {
			ix   *index.Index
			line *string
		}{{now, &c.Old}, {then, &c.New}} {
			a, err := side.ix.Ask(ctx, index.Query{Text: q})
			if err != nil {
				return nil, nil, err
			}
			*side.line, _, _ = strings.Cut(reply.Render(a, lang).Plain(), "\n")
		}
		out = append(out, c)
	}
	return p, out, nil
}

// standard returns questions for the targets of official indicators, those that
// both reports have first.
func standard(old, new *corpus.Report, l chat.Lang) []string {
	aims := func(r *corpus.Report) (list []string) {
		seen := make(map[string]bool)
		for i := range r.Figures {
			if f := &r.Figures[i]; f.Nature == corpus.Target && f.Concept != "" && f.Scope == "" && !seen[f.Concept] {
				seen[f.Concept] = true
				list = append(list, f.Concept)
			}
		}
		return list
	}
	a, b := aims(old), aims(new)
	var out []string
	done := make(map[string]bool)
	add := func(ids []string, both map[string]bool) {
		for _, id := range ids {
			c, ok := concept.Lookup(id)
			if ok && !done[id] && (both == nil || both[id]) && len(out) < standardQuestions {
				done[id] = true
				out = append(out, fmt.Sprintf(in(l).Standard, c.Name))
			}
		}
	}
	both := make(map[string]bool)
	for _, id := range b {
		both[id] = true
	}
	add(a, both)
	add(a, nil)
	add(b, nil)
	return out
}

// selfCheck shows the check of a version.
func (c *Chat) selfCheck(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	r := para(in(t.Lang).Checking)
	t.Progress(r)
	p, checked, err := c.lib.SelfCheck(ctx, args[0], t.Lang)
	if err != nil {
		return chat.Reply{}, err
	}
	r = ShowCheck(p, checked, t.Lang)
	r.Buttons = [][]chat.Button{{
		button(in(t.Lang).Activate, pressActivate, p.Report.ID, p.Active.ID),
		button(in(t.Lang).Discard, pressDiscard, p.Report.ID),
	}}
	return r, nil
}

// ShowCheck returns a self-check as people read it.
func ShowCheck(p *Preview, checked []Checked, l chat.Lang) chat.Reply {
	t := in(l)
	r := chat.Reply{Blocks: blocks(chat.Title, fmt.Sprintf(t.CheckTitle, shortID(p.Report.ID)))}
	old, now := version.Count(p.Active), version.Count(p.Report)
	r.Blocks = append(r.Blocks, blocks(chat.Para, fmt.Sprintf(t.CheckCounts,
		old.Chars, now.Chars, old.Sections, now.Sections, old.Figures, now.Figures, old.Commitments, now.Commitments))...)
	if n := len(p.Report.Doubts); n > 0 {
		r.Blocks = append(r.Blocks, blocks(chat.Title, fmt.Sprintf(t.CheckDoubts, n))...)
		for _, d := range p.Report.Doubts[:min(n, shownDoubts)] {
			what := t.Doubts[d.Kind]
			if what == "" {
				what = string(d.Kind)
			}
			if d.Text != "" {
				what += t.Colon + zh.Clip(d.Text, shownLength)
			}
			r.Blocks = append(r.Blocks, blocks(chat.Item, what)...)
		}
	} else {
		r.Blocks = append(r.Blocks, blocks(chat.Para, t.CheckSure)...)
	}
	r.Blocks = append(r.Blocks, blocks(chat.Title, fmt.Sprintf(t.CheckAsked, len(checked)))...)
	at, same := len(r.Blocks)-1, 0
	for _, c := range checked {
		line := c.Question + "\n　" + zh.Clip(c.Old, shownLength) + "\n→ " + zh.Clip(c.New, shownLength)
		if zh.Fold(c.Old) == zh.Fold(c.New) { // ％ and % are the same
			same++
			line = c.Question + "\n= " + zh.Clip(c.New, shownLength)
		}
		r.Blocks = append(r.Blocks, blocks(chat.Item, line)...)
	}
	r.Blocks[at].Text += fmt.Sprintf(t.CheckDiffer, len(checked)-same)
	return r
}
