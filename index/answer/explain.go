package answer

import (
	"fmt"
	"strings"
)

// Explain says, for admins, how the question was read and what each hit's
// score is made of. A term is shown as word:weight(also looked for); ! marks
// one that the report does not have, < the slip that was mended.
func (a *Answer) Explain() string {
	var b strings.Builder
	a.explain(&b, "")
	return b.String()
}

func (a *Answer) explain(b *strings.Builder, indent string) {
	fmt.Fprintf(b, "%sread    %s\n", indent, a.Question)
	fmt.Fprintf(b, "%sanswer  %s", indent, a.Status)
	if a.Kind != "" {
		fmt.Fprintf(b, " %s", a.Kind)
	}
	if a.Reason != "" {
		fmt.Fprintf(b, " %s %q", a.Reason, a.Subject)
	}
	b.WriteByte('\n')
	if len(a.Parts) > 0 {
		for _, p := range a.Parts {
			p.explain(b, indent+"  ")
		}
		return
	}
	for i, f := range a.Figures {
		x := a.Report.Figures[f]
		mark := " "
		if i < a.Direct {
			mark = "*"
		}
		fmt.Fprintf(b, "%sfigure %s%s = %s (%s, %s, %s)\n", indent, mark, x.Indicator, x.Value, x.Measure, x.Nature, x.Period)
	}
	for _, h := range a.Hits {
		p := a.Report.Passages[h.Passage]
		fmt.Fprintf(b, "%shit     %.3f", indent, h.Score)
		for _, part := range h.Parts {
			fmt.Fprintf(b, " %s %.3f", part.Name, part.Value)
		}
		fmt.Fprintf(b, "  %s %s\n", p.ID, a.Report.Quote(h.Focus))
	}
}
