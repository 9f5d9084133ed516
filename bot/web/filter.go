package web

import (
	"fmt"
	"slices"
	"strings"

	"jinwen/bot/web/view"
	"jinwen/corpus"
	"jinwen/corpus/concept"
)

// inputs returns the fields of l's filter with what s has in them.
func (v *visit) inputs(l *list, s *selection) []view.Input {
	t := v.page.T()
	var out []view.Input
	choice := func(name, label, value, all string, options ...view.Option) {
		list := []view.Option{{Name: all, Chosen: value == ""}}
		for _, o := range options {
			o.Chosen = o.Value == value
			list = append(list, o)
		}
		if len(list) > 2 || value != "" || len(list) > 1 && name != "report" {
			out = append(out, view.Input{Name: name, Label: label, Value: value, Options: list})
		}
	}
	for _, name := range l.inputs {
		switch name {
		case "q":
			out = append(out, view.Input{Name: "q", Label: t.FilterWord, Value: strings.Join(s.words, " ")})
		case "place":
			out = append(out, view.Input{Name: "place", Label: t.FilterPlace, Value: s.place})
		case "topic":
			choice("topic", t.FilterTopic, s.topic, t.FilterAll, plainOptions(v.opt.Library.Topics())...)
		case "year":
			choice("year", t.FilterYear, s.year, t.FilterAll, plainOptions(years(s.books))...)
		case "nature":
			choice("nature", t.FilterNature, s.nature, t.FilterAll, view.Option{Value: string(corpus.Actual), Name: t.Result},
				view.Option{Value: string(corpus.Target), Name: t.Target}, view.Option{Value: string(corpus.Background), Name: t.Background})
		case "verdict":
			var options []view.Option
			for _, x := range verdicts {
				options = append(options, view.Option{Value: x, Name: verdictName(t, x)})
			}
			choice("verdict", t.FilterVerdict, s.verdict, t.FilterAll, options...)
		case "concept":
			out = append(out, view.Input{Name: "concept", Label: t.FilterConcept, Value: s.concept, Options: conceptOptions(s)})
		case "report":
			first := t.FilterHome
			var options []view.Option
			switch l.name {
			case "kept", "compare":
				first = t.FilterAll
			default:
				if len(s.reports) > 1 {
					options = append(options, view.Option{Value: "all", Name: t.FilterAll})
				}
			}
			for _, r := range s.reports {
				options = append(options, view.Option{Value: r.Name, Name: r.Name})
			}
			choice("report", t.FilterReport, s.report, first, options...)
		}
	}
	return out
}

func plainOptions(list []string) []view.Option {
	var out []view.Option
	for _, s := range list {
		out = append(out, view.Option{Value: s, Name: s})
	}
	return out
}

// years returns the periods that figures of the books have and that are years,
// newest first.
func years(books []*Book) []string {
	var out []string
	for _, b := range books {
		for i := range b.Figures {
			if p := b.Figures[i].Period; len(p) == 4 && p != "" && !slices.Contains(out, p) && strings.Trim(p, "0123456789") == "" {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// conceptOptions returns the concepts that figures of the books are of, in the
// order of the official table.
func conceptOptions(s *selection) []view.Option {
	has := map[string]bool{s.concept: true}
	for _, b := range s.books {
		for i := range b.Figures {
			if id := b.Figures[i].Concept; id != "" {
				has[id] = true
			}
		}
	}
	var out []view.Option
	for _, c := range concept.All() {
		if has[c.ID] {
			out = append(out, view.Option{Value: c.ID, Name: c.Name, Chosen: c.ID == s.concept})
		}
	}
	return out
}

// nothing says why l has no rows at all.
func (v *visit) nothing(l *list, s *selection) string {
	t := v.page.T()
	if l.name == "kept" && len(s.reports) > 0 {
		return fmt.Sprintf(t.KeptNoOther, s.reports[0].Title)
	}
	return t.NoReports
}
