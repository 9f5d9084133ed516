package admin

import (
	"fmt"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/diff"
	"jinwen/corpus/kept"
	"jinwen/corpus/zh"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	users "jinwen/handlers/texts"
)

// A difference is what an admin reads before a version goes live: short in the
// chat, whole in a file. Everything quoted in it is verbatim.
type difference struct {
	old, new *corpus.Report
	diff.Diff
}

func compare(old, new *corpus.Report) difference {
	return difference{old, new, diff.Compare(old, new)}
}

// Most examples in the chat, and most characters of each.
const (
	shownFigures = 5
	shownPledges = 3
	shownLength  = 60
)

// kinds counts changes by their kind.
type kinds map[diff.ChangeKind]int

func count[T any](list []T, kind func(T) diff.ChangeKind) kinds {
	n := make(kinds)
	for _, x := range list {
		n[kind(x)]++
	}
	return n
}

// aims reports whether what changed is a target.
func (d difference) aims(c diff.FigureChange) bool {
	if c.New >= 0 {
		return d.new.Figures[c.New].Nature == corpus.Target
	}
	return d.old.Figures[c.Old].Nature == corpus.Target
}

// lines returns the five counts: targets, other figures, commitments, sentences,
// headings.
func (d difference) lines(l chat.Lang) []string {
	targets, f := make(kinds), make(kinds)
	for _, c := range d.Figures {
		if d.aims(c) {
			targets[c.Kind]++
		} else {
			f[c.Kind]++
		}
	}
	p := count(d.Commitments, func(c diff.CommitmentChange) diff.ChangeKind { return c.Kind })
	s := count(d.Sentences, func(c diff.SentenceChange) diff.ChangeKind { return c.Kind })
	h := count(d.Sections, func(c diff.SectionChange) diff.ChangeKind { return c.Kind })
	return []string{
		fmt.Sprintf(in(l).DiffTargets, targets[diff.Changed], targets[diff.Added], targets[diff.Dropped]),
		fmt.Sprintf(in(l).DiffFigures, f[diff.Changed], f[diff.Added], f[diff.Dropped]),
		fmt.Sprintf(in(l).DiffPledges, p[diff.Changed], p[diff.Added], p[diff.Dropped]),
		fmt.Sprintf(in(l).DiffWords, s[diff.Changed], s[diff.Added], s[diff.Dropped], s[diff.Moved]),
		fmt.Sprintf(in(l).DiffHeads, h[diff.Changed], h[diff.Added], h[diff.Dropped], h[diff.Moved]),
	}
}

// short returns the difference for a chat: the counts, the first values that
// changed, the first commitments that came or went.
func (d difference) short(l chat.Lang) []chat.Block {
	out := blocks(chat.Title, fmt.Sprintf(in(l).DiffTitle, shortID(d.old.ID)))
	if d.Empty() {
		return append(out, blocks(chat.Para, in(l).DiffNone)...)
	}
	out = append(out, blocks(chat.Para, strings.Join(d.lines(l), "\n"))...)
	n := 0
	for _, targets := range []bool{true, false} { // those first
		for _, c := range d.Figures {
			if c.Kind == diff.Changed && n < shownFigures && d.aims(c) == targets {
				n++
				out = append(out, blocks(chat.Item, d.figure(l, c))...)
			}
		}
	}
	n = 0
	for _, c := range d.Commitments {
		if c.Kind == diff.Changed || n == shownPledges {
			continue
		}
		n++
		head, text := in(l).DiffAdded, c.NewText
		if c.Kind == diff.Dropped {
			head, text = in(l).DiffDropped, c.OldText
		}
		out = append(out, blocks(chat.Item, head+zh.Clip(text, shownLength))...)
	}
	return append(out, blocks(chat.Note, in(l).DiffMore)...)
}

// whole returns all of the difference, as Markdown.
func (d difference) whole(l chat.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s → %s\n\n", d.old.Title, d.new.Title)
	fmt.Fprintf(&b, "%s → %s\n\n", d.Old, d.New)
	if d.Empty() {
		b.WriteString(in(l).DiffNone + "\n")
		return b.String()
	}
	lines := d.lines(l)
	b.WriteString(strings.Join(lines, "  \n") + "\n\n")
	section := func(n int, some bool) {
		if some {
			b.WriteString("## " + lines[n] + "\n\n")
		}
	}
	end := func(some bool) {
		if some {
			b.WriteByte('\n')
		}
	}
	for i, targets := range []bool{true, false} {
		some := slices.ContainsFunc(d.Figures, func(c diff.FigureChange) bool { return d.aims(c) == targets })
		section(i, some)
		for _, c := range d.Figures {
			if d.aims(c) == targets {
				b.WriteString("- " + d.figure(l, c) + "\n")
			}
		}
		end(some)
	}
	section(2, len(d.Commitments) > 0)
	for _, c := range d.Commitments {
		entry(&b, l, c.Kind, c.OldText, c.NewText)
	}
	end(len(d.Commitments) > 0)
	section(4, len(d.Sections) > 0)
	for _, c := range d.Sections {
		entry(&b, l, c.Kind, c.OldTitle, c.NewTitle)
	}
	end(len(d.Sections) > 0)
	section(3, len(d.Sentences) > 0)
	for _, c := range d.Sentences {
		entry(&b, l, c.Kind, c.OldText, c.NewText)
	}
	return b.String()
}

// figure returns a figure's change on one line, with the year and what moves, and
// what bounds the values: 2024年目标 · 地区生产总值增长：4.5%左右 → 5%左右.
func (d difference) figure(l chat.Lang, c diff.FigureChange) string {
	t := users.Of(l)
	value := func(r *corpus.Report, i int) string { return reply.FigureValue(r, &r.Figures[i]) }
	name := func(r *corpus.Report, i int) string {
		f := &r.Figures[i]
		return reply.FigureWhen(f, t) + " · " + zh.Clip(reply.FigureName(r, f), 30) + in(l).Colon
	}
	switch c.Kind {
	case diff.Added:
		return in(l).DiffAdded + name(d.new, c.New) + value(d.new, c.New)
	case diff.Dropped:
		return in(l).DiffDropped + name(d.old, c.Old) + value(d.old, c.Old)
	}
	was, is := value(d.old, c.Old), value(d.new, c.New)
	if a, b := &d.old.Figures[c.Old], &d.new.Figures[c.New]; was == is || a.Number < 0 != (b.Number < 0) {
		was, is = d.old.Quote(a.Clause), d.new.Quote(b.Clause) // 下降1.2% → 增长4%: the verb tells
	}
	return name(d.new, c.New) + was + " → " + is
}

// Summary returns what an admin reads of two texts first, a line each: how much was
// changed, added, dropped; or, if new is the next year's report, what became of
// the targets of old. Other reports are only named.
func Summary(old, new *corpus.Report, l chat.Lang) []string {
	if !isOther(old, new) {
		return compare(old, new).lines(l)
	}
	out := []string{fmt.Sprintf(in(l).OtherReport, nameOf(l, new), nameOf(l, old))}
	if !isNext(old, new) {
		return out
	}
	items := kept.Compare(old, new)
	if len(items) == 0 {
		return out
	}
	kept.Sort(old, items)
	out = append(out, keptHead(l, old, items)...)
	for _, it := range items {
		out = append(out, "  "+keptLine(l, old, new, it))
	}
	return out
}

// IsOther reports whether new is another report than old, of another place or
// year, and no update of it.
func IsOther(old, new *corpus.Report) bool { return isOther(old, new) }

// FigureChange returns a figure's change on one line, as [Summary] counts it.
func FigureChange(old, new *corpus.Report, c diff.FigureChange, l chat.Lang) string {
	return difference{old: old, new: new}.figure(l, c)
}

// entry writes a change as an item, the old text above the new one.
func entry(b *strings.Builder, l chat.Lang, kind diff.ChangeKind, old, new string) {
	old, new = strings.ReplaceAll(old, "\n", " "), strings.ReplaceAll(new, "\n", " ")
	switch {
	case kind == diff.Added:
		b.WriteString("- " + in(l).DiffAdded + new + "\n")
	case kind == diff.Dropped:
		b.WriteString("- " + in(l).DiffDropped + old + "\n")
	case kind == diff.Moved:
		b.WriteString("- " + in(l).DiffMoved + new + "\n")
	default:
		b.WriteString("- " + in(l).DiffOld + old + "\n  " + in(l).DiffNew + new + "\n")
	}
}

// Changes returns the differences that subscribers hear of: values and
// commitments; of the next year's report, what became of the targets.
func Changes(old, new *corpus.Report) []handlers.Change {
	if isOther(old, new) {
		return results(old, new)
	}
	d := diff.Compare(old, new)
	var out []handlers.Change
	for _, c := range d.Figures {
		if c.Kind != diff.Changed {
			continue // its clause is a commitment or a sentence that came or went
		}
		f := &new.Figures[c.New]
		out = append(out, handlers.Change{
			Kind: handlers.Changed, Name: c.Indicator, Year: f.Period, Aim: f.Nature == corpus.Target, OldValue: c.OldValue, NewValue: c.NewValue,
			Old: old.Quote(old.Figures[c.Old].Clause), New: new.Quote(new.Figures[c.New].Clause),
		})
	}
	values := len(out)
	for _, c := range d.Commitments {
		kind := handlers.Changed
		if c.Kind == diff.Changed && told(out[:values], c.OldText, c.NewText) {
			continue
		}
		switch c.Kind {
		case diff.Added:
			kind = handlers.Added
		case diff.Dropped:
			kind = handlers.Dropped
		}
		out = append(out, handlers.Change{Kind: kind, Old: c.OldText, New: c.NewText})
	}
	return out
}

// results returns what became of the targets of old, if new is the next year's
// report; of other reports there is nothing to tell.
func results(old, new *corpus.Report) []handlers.Change {
	if !isNext(old, new) {
		return nil
	}
	items := kept.Compare(old, new)
	kept.Sort(old, items)
	var out []handlers.Change
	for _, it := range items {
		if it.Result < 0 || it.Verdict == kept.NotComparable {
			continue
		}
		target, result := &old.Figures[it.Target], &new.Figures[it.Result]
		out = append(out, handlers.Change{
			Kind: handlers.Changed, Result: true, Name: reply.FigureName(old, target), Year: fmt.Sprint(old.Year),
			OldValue: reply.FigureValue(old, target), NewValue: reply.FigureValue(new, result),
			Old: old.Quote(old.FigureClause(it.Target)), New: new.Quote(new.FigureClause(it.Result)),
		})
	}
	return out
}

// told reports whether the values that changed are all that tells old from new.
func told(values []handlers.Change, old, new string) bool {
	for _, v := range values {
		if strings.Contains(v.Old, old) { // the value's clause is the longer one
			old = strings.Replace(old, v.OldValue, v.NewValue, 1)
		} else {
			old = strings.ReplaceAll(old, v.Old, v.New)
		}
	}
	return old == new
}
