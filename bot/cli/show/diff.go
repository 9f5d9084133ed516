package show

import (
	"context"
	"fmt"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus"
	"jinwen/corpus/diff"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
)

// Diff is the command that shows what differs between two texts.
type Diff struct {
	JSON  bool   `name:"json" help:"Print one JSON object a line."`
	Words bool   `help:"Of two years or places too, list every sentence that differs."`
	Old   string `arg:"" name:"A" help:"The old text: a file, or a version (an id or its first four digits, active, previous, embedded)."`
	New   string `arg:"" name:"B" help:"The new text."`
}

func (Diff) Help() string {
	return `Shows how much changed, then headings, figures, commitments and sentences that came, went, moved or changed. Of a report and the next year's it shows what became of the targets.

Examples:
  jinwen diff 草案.docx 终稿.docx
  jinwen diff active 终稿.docx
  jinwen diff embedded active --json | jq -c 'select(.type == "figure")'`
}

// change is a difference as scripts see it: start and end are in the new text,
// old_start and old_end in the old one.
type change struct {
	Type     string          `json:"type"` // section, figure, commitment or sentence
	Kind     diff.ChangeKind `json:"kind"`
	Name     string          `json:"indicator,omitempty"`
	OldText  string          `json:"old,omitempty"`
	NewText  string          `json:"new,omitempty"`
	OldStart *int            `json:"old_start,omitempty"`
	OldEnd   *int            `json:"old_end,omitempty"`
	Start    *int            `json:"start,omitempty"`
	End      *int            `json:"end,omitempty"`

	whole              string        // a figure's change, for people
	oldParts, newParts []corpus.Span // what differs, for colours
}

func (c *change) old(s corpus.Span) { c.OldStart, c.OldEnd = &s.Start, &s.End }
func (c *change) new(s corpus.Span) { c.Start, c.End = &s.Start, &s.End }

func (c *Diff) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	old, err := a.FileOrVersion(c.Old)
	if err != nil {
		return err
	}
	new, err := a.FileOrVersion(c.New)
	if err != nil {
		return err
	}
	d := diff.Compare(old, new)
	groups := []struct {
		title   string
		changes []change
	}{
		{"标题", sectionChanges(old, new, d)},
		{"数据", FigureChanges(old, new, d)},
		{"承诺", commitmentChanges(old, new, d)},
		{"文字", sentenceChanges(d)},
	}
	if c.JSON {
		for _, g := range groups {
			for _, x := range g.changes {
				if err := a.Out.JSON(x); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if d.Empty() {
		fmt.Fprintln(a.Err, "jinwen: the two texts say the same")
		return nil
	}
	fmt.Fprintf(a.Out, "%s %s\n", a.Out.Styled(print.Red, "---"), old.ID+" "+old.Title)
	fmt.Fprintf(a.Out, "%s %s\n", a.Out.Styled(print.Green, "+++"), new.ID+" "+new.Title)
	fmt.Fprintln(a.Out)
	for _, line := range admin.Summary(old, new, chat.Hans) {
		fmt.Fprintln(a.Out, line)
	}
	if admin.IsOther(old, new) && !c.Words {
		return nil // that two reports are two texts says nothing
	}
	for _, g := range groups {
		if len(g.changes) == 0 {
			continue
		}
		fmt.Fprintf(a.Out, "\n%s\n", a.Out.Styled(print.Bold, fmt.Sprintf("%s（%d 处）", g.title, len(g.changes))))
		for _, x := range g.changes {
			x.Print(a.Out)
		}
	}
	return nil
}

func (c *change) Print(o *print.Output) {
	name := ""
	if c.Name != "" {
		name = c.Name + "："
	}
	switch {
	case c.Kind == diff.Moved:
		c.line(o, print.Cyan, "> ", name+c.NewText)
	case c.Type == "figure":
		marks := map[diff.ChangeKind]string{diff.Added: "+ ", diff.Dropped: "- ", diff.Changed: "~ "}
		styles := map[diff.ChangeKind]print.Style{diff.Added: print.Green, diff.Dropped: print.Red, diff.Changed: print.Yellow}
		c.line(o, styles[c.Kind], marks[c.Kind], c.whole)
	default:
		if c.OldText != "" {
			c.line(o, print.Red, "- ", name+marked(o, c.OldText, c.OldStart, c.oldParts))
		}
		if c.NewText != "" {
			c.line(o, print.Green, "+ ", name+marked(o, c.NewText, c.Start, c.newParts))
		}
	}
}

func (c *change) line(o *print.Output, st print.Style, mark, text string) {
	text = strings.ReplaceAll(text, "\n", " ")
	fmt.Fprintln(o, o.Styled(st, mark)+text)
}

// marked returns text with the parts of it that differ underlined, on a terminal
// with colours.
func marked(o *print.Output, text string, start *int, parts []corpus.Span) string {
	if !o.Colour || start == nil || len(parts) == 0 {
		return text
	}
	const underline = "\x1b[1;4m"
	rs := []rune(text)
	var b strings.Builder
	at := 0
	for _, p := range parts {
		from, to := max(p.Start-*start, at), min(p.End-*start, len(rs))
		if from >= to {
			continue
		}
		b.WriteString(string(rs[at:from]) + underline + string(rs[from:to]) + print.Reset)
		at = to
	}
	return b.String() + string(rs[at:])
}

func sectionChanges(old, new *corpus.Report, d diff.Diff) []change {
	var out []change
	for _, x := range d.Sections {
		c := change{Type: "section", Kind: x.Kind, OldText: x.OldTitle, NewText: x.NewTitle}
		if x.Old >= 0 {
			c.old(old.Sections[x.Old].Heading)
		}
		if x.New >= 0 {
			c.new(new.Sections[x.New].Heading)
		}
		out = append(out, c)
	}
	return out
}

func FigureChanges(old, new *corpus.Report, d diff.Diff) []change {
	var out []change
	for _, x := range d.Figures {
		c := change{whole: admin.FigureChange(old, new, x, chat.Hans), Type: "figure", Kind: x.Kind, Name: x.Indicator, OldText: x.OldValue, NewText: x.NewValue}
		if x.Old >= 0 {
			c.old(old.Figures[x.Old].Span)
		}
		if x.New >= 0 {
			c.new(new.Figures[x.New].Span)
		}
		if x.Old >= 0 && x.New >= 0 {
			// Where the values alone do not show what changed (50个 → 约50个,
			// 下降1.2% → 增长4%), their clauses do.
			a, b := old.Figures[x.Old], new.Figures[x.New]
			if a.Value == b.Value || a.Number < 0 != (b.Number < 0) {
				c.OldText, c.NewText = old.Quote(a.Clause), new.Quote(b.Clause)
			}
		}
		out = append(out, c)
	}
	return out
}

func commitmentChanges(old, new *corpus.Report, d diff.Diff) []change {
	var out []change
	for _, x := range d.Commitments {
		c := change{Type: "commitment", Kind: x.Kind, OldText: x.OldText, NewText: x.NewText}
		if x.Old >= 0 {
			c.old(old.Commitments[x.Old].Span)
		}
		if x.New >= 0 {
			c.new(new.Commitments[x.New].Span)
		}
		out = append(out, c)
	}
	return out
}

func sentenceChanges(d diff.Diff) []change {
	var out []change
	for _, x := range d.Sentences {
		c := change{Type: "sentence", Kind: x.Kind, OldText: x.OldText, NewText: x.NewText, oldParts: x.OldParts, newParts: x.NewParts}
		if x.OldText != "" {
			c.old(x.Old)
		}
		if x.NewText != "" {
			c.new(x.New)
		}
		out = append(out, c)
	}
	return out
}
