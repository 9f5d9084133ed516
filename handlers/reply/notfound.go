package reply

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
)

// minPuzzling is from how many characters on a message that says nothing to the
// index was meant to say something: 今年 and 是什么 want an answer in kind.
const minPuzzling = 4

// maxNear is how many nearest topics are offered.
const maxNear = 3

// notFound says in one sentence why the report has no answer, and offers the
// nearest topics.
func notFound(a *index.Answer, t *texts.Set) chat.Reply {
	subject := zh.Clip(asWritten(a, a.Subject), 30)
	var why string
	switch a.Reason {
	case index.ReasonEmpty:
		text := t.Empty
		if q := a.Question; q != nil && utf8.RuneCountInString(q.Subject) >= minPuzzling {
			text = fmt.Sprintf(t.Puzzled, zh.Clip(q.Text, 30))
		}
		blocks := []chat.Block{{Kind: chat.Para, Text: text}}
		if ex := examples(a.Report, t); len(ex) > 0 {
			blocks = append(blocks, chat.Block{Kind: chat.Para, Text: fmt.Sprintf(t.Example, ex[0])})
		}
		return chat.Reply{Blocks: blocks}
	case index.ReasonOtherPlace:
		if q := a.Question; q != nil && texts.HasHan(subject) && !texts.HasHan(q.Text) {
			subject = "" // Chongqing was asked of, in letters
			if len(q.Names) == 1 {
				subject = asWritten(a, q.Names[0])
			}
		}
		why = withSubject(t.OtherPlace, t.OtherPlaceBare, subject, Title(a.Report, t))
	case index.ReasonOtherYear:
		why = otherYearText(a.Report, t, subject)
	case index.ReasonNoNumber:
		if !prints(a.Report, a.Subject) {
			subject = "" // found by another word: the report does not mention this one
		}
		why = withSubject(t.NoNumber, t.NoNumberBare, subject)
	default:
		if prints(a.Report, a.Subject) {
			subject = "" // it does mention it, only not so as to answer
		}
		why = withSubject(t.Absent, t.AbsentBare, subject)
		if subject == "" && len(a.Missing) > 0 {
			why = missingText(a, t)
		}
	}
	r := chat.Reply{Blocks: []chat.Block{{Kind: chat.Answer, Text: why}}}
	if (a.Reason == index.ReasonNoNumber || a.Reason == index.ReasonOtherYear) && len(a.Hits) > 0 {
		// What it does say: without a number, or of the other year.
		h := a.Hits[0]
		w := &Writer{r: a.Report, t: t, limit: Room.Page, Blocks: r.Blocks}
		w.Quote(QuoteOf(a.Report, h))
		r.Blocks = w.Blocks
	}
	var rows [][]chat.Button
	var names []string
	for _, i := range a.Near[:min(len(a.Near), maxNear)] {
		names = append(names, ShortHeading(a.Report.Sections[i].Title))
		rows = append(rows, []chat.Button{{
			Text: zh.Clip(ShortHeading(a.Report.Sections[i].Title), 30),
			Data: Data(ActSection, a.Report, fmt.Sprint(i), "0"),
		}})
	}
	if len(rows) > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Kind: chat.Para, Text: t.Nearest + strings.Join(names, t.Semicolon)})
		r.Buttons = rows
	}
	return r
}

// prints reports whether the report has the very word, in whatever case.
func prints(r *corpus.Report, word string) bool {
	return r != nil && strings.Contains(strings.ToLower(r.Text), strings.ToLower(word))
}

// asWritten returns part, folded words of a's question, in the letters of the
// question: GDP, not gdp; 最低工資, not 最低工资.
func asWritten(a *index.Answer, part string) string {
	if a.Question == nil || part == "" {
		return part
	}
	written := []rune(a.Question.Text)
	plain := written
	if s, other := zh.Simplify(a.Question.Text); other && utf8.RuneCountInString(s) == len(written) {
		plain = []rune(s)
	}
	var folded []rune
	var from []int // where each of folded stands
	for i, c := range plain {
		if !zh.Silent(c) {
			folded, from = append(folded, zh.FoldRune(c)), append(from, i)
		}
	}
	want := []rune(zh.Fold(part))
	for i := 0; i+len(want) <= len(folded) && len(want) > 0; i++ {
		if slices.Equal(folded[i:i+len(want)], want) {
			return string(written[from[i] : from[i+len(want)-1]+1])
		}
	}
	return part
}

// withSubject fills format with the subject and args, or bare with args alone
// if there is no subject.
func withSubject(format, bare, subject string, args ...any) string {
	if subject == "" {
		return fmt.Sprintf(bare, args...)
	}
	return fmt.Sprintf(format, append([]any{subject}, args...)...)
}

func otherYearText(r *corpus.Report, t *texts.Set, subject string) string {
	switch {
	case r.Year == 0:
		return withSubject(t.Absent, t.AbsentBare, subject)
	case subject == yearText(r.Year) || subject == yearText(r.ReviewYear()):
		return fmt.Sprintf(t.NotThatYear, subject)
	}
	return withSubject(t.OtherYear, t.OtherYearBare, subject, r.ReviewYear(), r.Year)
}

// Title returns the report's title for use in a sentence.
func Title(r *corpus.Report, t *texts.Set) string {
	if r == nil || r.Title == "" {
		return t.TheReport
	}
	return "《" + r.Title + "》"
}

// maxExample is how long the text of an example may be: Chinese ones take a row
// of a phone, English ones two.
const maxExample = 60

// examples returns questions that the report answers, made of what it holds: its
// pairs first, then its sections. They stay the same for one report.
func examples(r *corpus.Report, t *texts.Set) []string {
	if r == nil {
		return nil
	}
	var out []string
	add := func(q string) {
		if len(out) < 3 && Units(q) <= maxExample && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	ps := r.Pairs
	if len(ps) > 0 {
		add(fmt.Sprintf(t.ExampleTarget, ps[0].Indicator))
	}
	if len(ps) > 1 {
		add(fmt.Sprintf(t.ExampleCompare, ps[len(ps)/2].Indicator))
	}
	for i := range r.Figures {
		if len(out) >= 2 {
			break
		}
		if f := &r.Figures[i]; f.Nature == corpus.Actual && f.Measure != corpus.MeasureRank && utf8.RuneCountInString(f.Indicator) >= 4 {
			add(exampleOf(f, t))
		}
	}
	// A heading of the plan: the deepest and shortest are the most concrete.
	best := -1
	for i := range r.Sections {
		s := &r.Sections[i]
		n := utf8.RuneCountInString(s.Title)
		if s.Time == corpus.Plan && s.Level > 2 && n >= 6 && (best < 0 || n < utf8.RuneCountInString(r.Sections[best].Title)) {
			best = i
		}
	}
	if best >= 0 {
		add(fmt.Sprintf(t.ExampleTopic, ShortHeading(r.Sections[best].Title)))
	}
	for i := len(r.Sections) - 1; i >= 0 && len(out) < 3; i-- {
		if s := &r.Sections[i]; s.Level > 1 && i != best {
			add(fmt.Sprintf(t.ExampleTopic, ShortHeading(s.Title)))
		}
	}
	return out
}

// exampleOf asks for f, of its year if it has one.
func exampleOf(f *corpus.Figure, t *texts.Set) string {
	if year := YearOf(f); year > 0 {
		return fmt.Sprintf(t.ExampleFigure, yearText(year), f.Indicator)
	}
	return fmt.Sprintf(t.ExampleNumber, f.Indicator)
}

// Examples returns questions that r answers, in l; none if r is nil.
func Examples(r *corpus.Report, l chat.Lang) []string { return examples(r, texts.Of(l)) }
