package show

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/corpus"
	"jinwen/index/lexicon"
)

// words is the filter that every list has.
type words struct {
	JSON   bool     `name:"json" help:"Print one JSON object a line."`
	Filter []string `placeholder:"WORDS" help:"Only what holds all these words; may be given more than once."`
}

// match reports whether texts together hold all the words.
func (w words) match(texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, "\n"))
	for _, f := range w.Filter {
		for _, word := range strings.Fields(strings.ToLower(f)) {
			if !strings.Contains(all, word) {
				return false
			}
		}
	}
	return true
}

// topic is the filter by subject.
type topic struct {
	Topic string `placeholder:"TOPIC" help:"Only this subject: one of the lexicon's topics, or a word of a heading."`
}

// match reports whether a text under the headings of path is about the topic:
// a heading names it, or the text holds one of the lexicon's terms for it.
func (t topic) match(lex *lexicon.Lexicon, path []string, text string) bool {
	if t.Topic == "" {
		return true
	}
	return slices.ContainsFunc(path, func(h string) bool { return strings.Contains(h, t.Topic) }) || lex.InTopic(t.Topic, text)
}

// check names the topics there are if t is none of them and no heading has it.
func (t topic) check(lex *lexicon.Lexicon, r *corpus.Report) error {
	if t.Topic == "" || slices.Contains(lex.Topics(), t.Topic) {
		return nil
	}
	for _, s := range r.Sections {
		if strings.Contains(s.Title, t.Topic) {
			return nil
		}
	}
	err := fmt.Errorf("--topic: no heading and no topic is called %q", t.Topic)
	if topics := lex.Topics(); len(topics) > 0 {
		err = fmt.Errorf("%w: want %s, or a word of a heading (see jinwen outline)", err, strings.Join(topics, ", "))
	} else {
		err = fmt.Errorf("%w: want a word of a heading (see jinwen outline)", err)
	}
	return base.UsageError{Err: err}
}

type unit struct {
	Unit string `placeholder:"UNIT" help:"Only figures in this unit: 公里, 元, %, 个百分点, 位次."`
}

// match reports whether f is in the unit, in base units or as written (万元).
func (u unit) match(f corpus.Figure) bool {
	return u.Unit == "" || f.Unit == u.Unit || strings.Contains(f.Value, u.Unit)
}

// check names the units there are if no figure of r is in u.
func (u unit) check(r *corpus.Report) error {
	if u.Unit == "" || len(r.Figures) == 0 {
		return nil
	}
	var have []string
	for _, f := range r.Figures {
		if u.match(f) {
			return nil
		}
		if !slices.Contains(have, f.Unit) {
			have = append(have, f.Unit)
		}
	}
	slices.Sort(have)
	return base.Usagef("--unit: no figure of this report is in %q: want one of %s", u.Unit, strings.Join(have, ", "))
}

type period struct {
	Period string `placeholder:"YEAR" help:"Only this year (2024), or cumulative, or other; 今年 and 去年 are the report's."`
}

// resolve turns 今年 and 去年 into years and refuses what no figure can have.
func (p period) resolve(r *corpus.Report) (string, error) {
	switch p.Period {
	case "今年", "本年":
		return fmt.Sprint(r.Year), nil
	case "去年", "上年":
		return fmt.Sprint(r.ReviewYear()), nil
	}
	s := strings.TrimSuffix(p.Period, "年")
	year := len(s) == 4 && strings.Trim(s, "0123456789") == ""
	if s == "" || year || s == "cumulative" || s == "other" {
		return s, nil
	}
	return "", base.Usagef("--period: unknown period %q: want a year as in %d, cumulative or other", p.Period, r.Year)
}

type nature struct {
	Nature string `placeholder:"NATURE" help:"Only results (actual), aims (target) or neither (background)."`
}

func (n nature) check() error {
	switch corpus.Nature(n.Nature) {
	case "", corpus.Actual, corpus.Target, corpus.Background:
		return nil
	}
	return base.UsageError{Err: errors.New(`--nature: unknown nature "` + n.Nature + `": want actual, target or background`)}
}
