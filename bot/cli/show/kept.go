package show

import (
	"context"
	"fmt"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus"
	"jinwen/corpus/kept"
	"jinwen/handlers/reply"
	"jinwen/handlers/sheet"
)

// Kept is the command that shows what became of a report's targets.
type Kept struct {
	JSON    bool   `name:"json" help:"Print one JSON object a line."`
	Verdict string `placeholder:"VERDICT" help:"Only targets with this verdict: exceeded, kept, near, partly, missed, not_reported, not_comparable."`
	Filter  string `placeholder:"WORDS" help:"Only targets whose indicator or clause has these words."`
	Old     string `arg:"" help:"The report with the targets: of the library (2025/天津), a version, or a file."`
	New     string `arg:"" help:"The next report of the same place."`
}

func (Kept) Help() string {
	return `Shows what became of every quantified target of a report, by what the next one says of the same: exceeded, kept, near (左右 missed slightly), partly (what was striven for not), missed, not_reported, not_comparable. Both are quoted with --json.

Examples:
  jinwen kept 2024/天津 2025/天津
  jinwen kept --verdict missed 去年.docx 今年.docx`
}

// keptJSON is a target with its result as scripts get it: see DESIGN, Command line.
type keptJSON struct {
	Indicator string       `json:"indicator"`
	Concept   string       `json:"concept,omitempty"`
	Target    keptFigure   `json:"target"`
	Result    *keptFigure  `json:"result"`
	Verdict   kept.Verdict `json:"verdict"`
}

type keptFigure struct {
	Text   string `json:"text"`
	Value  string `json:"value"`
	Start  int    `json:"start"` // of Text
	End    int    `json:"end"`
	Report string `json:"report"`
}

func keptFigureOf(r *corpus.Report, i int) keptFigure {
	f := &r.Figures[i]
	s := f.Clause
	if !s.Contains(f.Span) {
		s = f.Span
	}
	return keptFigure{Text: r.Quote(s), Value: f.Value, Start: s.Start, End: s.End, Report: corpus.ReportName(r.Year, r.Place)}
}

func (c *Kept) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	old, err := a.ReportOf(c.Old)
	if err != nil {
		return err
	}
	now, err := a.ReportOf(c.New)
	if err != nil {
		return err
	}
	if old.Place != "" && now.Place != "" && old.Place != now.Place {
		return fmt.Errorf("%s and %s are reports of two places; what one promised the other cannot have kept. Name two reports of one place, such as %s and %s",
			corpus.ReportName(old.Year, old.Place), corpus.ReportName(now.Year, now.Place), corpus.ReportName(old.Year, old.Place), corpus.ReportName(old.Year+1, old.Place))
	}
	if old.Year+1 != now.Year {
		fmt.Fprintf(a.Err, "jinwen: warning: %s is not followed by %s\n", corpus.ReportName(old.Year, old.Place), corpus.ReportName(now.Year, now.Place))
	}
	items := kept.Compare(old, now)
	t := print.Table{Columns: []print.Column{{Head: "结论"}, {Head: "指标"}, {Head: "目标", Right: true}, {Head: "结果", Right: true}, {Head: "结果原文"}}}
	for _, it := range items {
		f := &old.Figures[it.Target]
		x := keptJSON{Indicator: f.Indicator, Concept: f.Concept, Target: keptFigureOf(old, it.Target), Verdict: it.Verdict}
		if it.Result >= 0 {
			r := keptFigureOf(now, it.Result)
			x.Result = &r
		} else if it.Said.Len() > 0 {
			x.Result = &keptFigure{Text: now.Quote(it.Said), Start: it.Said.Start, End: it.Said.End, Report: corpus.ReportName(now.Year, now.Place)}
		}
		if c.Verdict != "" && string(it.Verdict) != c.Verdict || c.Filter != "" && !strings.Contains(x.Indicator+x.Target.Text, c.Filter) {
			continue
		}
		if c.JSON {
			if err := a.Out.JSON(x); err != nil {
				return err
			}
			continue
		}
		value, text := "", ""
		switch {
		case it.Result < 0 && x.Result != nil:
			text = x.Result.Text
		case x.Result != nil:
			value, text = reply.FigureValue(now, &now.Figures[it.Result]), x.Result.Text
		}
		t.Add(keptStyle(it.Verdict).Of(keptName(it.Verdict)), print.Bold.Of(reply.FigureName(old, f)), print.Plain.Of(reply.FigureValue(old, f)), print.Plain.Of(value), print.Dim.Of(text))
	}
	if c.JSON {
		return nil
	}
	if err := t.Write(a.Out); err != nil {
		return err
	}
	var sum []string
	n := kept.Sum(items)
	for _, v := range kept.Verdicts {
		if n[v] > 0 {
			sum = append(sum, fmt.Sprintf("%s %d", keptName(v), n[v]))
		}
	}
	fmt.Fprintf(a.Out, "%d 项目标：%s\n", len(items), strings.Join(sum, "，"))
	return nil
}

func keptName(v kept.Verdict) string { return sheet.KeptNames[v] }

func keptStyle(v kept.Verdict) print.Style {
	switch v {
	case kept.Exceeded, kept.Kept:
		return print.Green
	case kept.Near, kept.Partly:
		return print.Yellow
	case kept.Missed:
		return print.Red
	}
	return print.Dim
}
