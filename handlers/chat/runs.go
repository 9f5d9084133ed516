package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Range is a part of a text, in bytes: [Start, End).
type Range struct{ Start, End int }

// A Run is a piece of a block's text that looks alike.
type Run struct {
	Text   string
	Strong bool
}

// Runs returns the text of b in pieces. A range that lies outside of the text,
// overlaps the one before or halves a character does not count.
func (b Block) Runs() []Run {
	if len(b.Strong) == 0 {
		return []Run{{b.Text, b.Kind == Answer || b.Kind == Title}}
	}
	var runs []Run
	at := 0
	add := func(end int, strong bool) {
		if end > at {
			runs = append(runs, Run{b.Text[at:end], strong})
			at = end
		}
	}
	for _, r := range b.Strong {
		if r.Start < at || r.End > len(b.Text) || r.Start >= r.End || !boundary(b.Text, r.Start) || !boundary(b.Text, r.End) {
			continue
		}
		add(r.Start, false)
		add(r.End, true)
	}
	add(len(b.Text), false)
	return runs
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// Cut returns the part of b from start to end, in bytes of its text.
func (b Block) Cut(start, end int) Block {
	c := Block{Kind: b.Kind, Text: b.Text[start:end], At: b.At}
	for _, r := range b.Strong {
		if r.Start < end && r.End > start {
			c.Strong = append(c.Strong, Range{max(r.Start, start) - start, min(r.End, end) - start})
		}
	}
	return c
}

// join returns the block that runs are the text of.
func join(kind BlockKind, runs []Run) Block {
	b := Block{Kind: kind}
	for _, r := range runs {
		if r.Strong && r.Text != "" {
			b.Strong = append(b.Strong, Range{len(b.Text), len(b.Text) + len(r.Text)})
		}
		b.Text += r.Text
	}
	return b
}

// Visible returns the blocks that show something, cleaned.
func Visible(blocks []Block) []Block {
	var list []Block
	for _, b := range blocks {
		if len(b.Strong) > 0 {
			runs := b.Runs()
			for i := range runs {
				runs[i].Text = Clean(runs[i].Text)
			}
			b = join(b.Kind, runs)
		} else {
			b.Text = Clean(b.Text)
		}
		start, end := len(b.Text)-len(strings.TrimLeft(b.Text, "\n")), len(strings.TrimRightFunc(b.Text, unicode.IsSpace))
		if b.Kind != Table {
			start = len(b.Text) - len(strings.TrimLeftFunc(b.Text, unicode.IsSpace))
		}
		if start < end && !Blank(b.Text) {
			list = append(list, b.Cut(start, end))
		}
	}
	return list
}
