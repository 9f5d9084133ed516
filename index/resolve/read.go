package resolve

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/position"
	"jinwen/index/question"
	"jinwen/index/text"
)

// A Report is what questions are resolved against: a report, and where things
// stand in it.
type Report struct {
	Report    *corpus.Report
	Text      *position.Text
	Cut       *text.Cutter
	Slips     *position.Slips
	Own       map[string]bool        // names of the report's own place, folded
	Composes  func(text string) bool // text stands in an indicator that is not printed
	ByConcept map[string][]int       // concept → its figures
}

// Resolve finds out, with the words of lex, what asked means to the report, and
// notes in work what that costs.
func (r *Report) Resolve(asked *question.Question, lex *lexicon.Lexicon, work *position.Effort) *Question {
	text := *r.Text // a copy of the head, which counts
	text.Work = work
	one := reader{
		report: r.Report, text: &text, cut: r.Cut, slips: r.Slips, lex: lex, own: r.Own, composes: r.Composes,
		work: work, byConcept: r.ByConcept, proper: zh.Set(strings.Join(asked.Names, " ")),
	}
	return one.resolve(asked)
}

// A reader finds out what one question means to a report.
type reader struct {
	report    *corpus.Report
	text      *position.Text
	cut       *text.Cutter
	slips     *position.Slips
	lex       *lexicon.Lexicon
	own       map[string]bool        // names of the report's own place, folded
	composes  func(text string) bool // text stands in an indicator that is not printed
	work      *position.Effort       // what it costs
	byConcept map[string][]int       // concept → its figures
	proper    map[string]bool        // words that are capitalised inside an English question, folded
}

// maxParts is how many questions of one message are answered.
const maxParts = 4

// resolve finds out what asked means to the report.
func (r *reader) resolve(asked *question.Question) *Question {
	q := r.resolveOne(asked)
	for _, p := range asked.Parts {
		if x := r.resolveOne(p); x.subject() && len(q.Parts) < maxParts {
			q.Parts = append(q.Parts, x)
		}
	}
	if len(q.Parts) < 2 {
		q.Parts = nil
	}
	return q
}

// subject reports whether q names something that could be looked up.
func (q *Question) subject() bool {
	for _, t := range q.Terms {
		if t.Weight >= Used.LeastSubject && t.Known && !strings.HasSuffix(t.Text, "目标") {
			return true
		}
	}
	return len(q.Numbers) > 0
}

// resolveOne resolves a single question.
func (r *reader) resolveOne(asked *question.Question) *Question {
	own := *asked // resolving narrows what is asked
	q := &Question{Question: &own, Effort: r.work}
	r.resolveYears(q)
	if len(q.Times) == 0 && q.Beyond == "" {
		switch q.Tense {
		case question.Future:
			q.Times = []corpus.Time{corpus.Plan}
		case question.Past:
			q.Times = []corpus.Time{corpus.Review}
		}
	}
	if q.Open() && q.Both() && len(q.Years) > 1 {
		q.Ask = question.Compare
	}
	if q.Ask == question.Compare && len(q.Years) == 1 && q.AimNamed {
		q.Times = []corpus.Time{corpus.Review, corpus.Plan}
	}
	r.readPartOfYear(q)
	subject := r.readNumbers(q)
	r.readTerms(q, subject)
	r.readConcepts(q, subject)
	q.discountStory(subject)
	r.readContext(q)
	if asked.Not != nil {
		q.Excluded = r.resolveOne(asked.Not)
	}
	return q
}

// resolveYears points the question to the review or the plan by the years that
// it names.
func (r *reader) resolveYears(q *Question) {
	plan := r.report.Year
	if plan == 0 {
		return
	}
	for _, p := range q.Periods {
		y := p.In(plan)
		switch {
		case y == plan:
			q.Times = append(q.Times, corpus.Plan)
		case y == plan-1:
			q.Times = append(q.Times, corpus.Review)
		case p.Bare, q.TimeKept && q.Context != "":
			continue // of another thing, a year without an answer is not asked again
		default:
			q.Beyond = strconv.Itoa(y)
			continue
		}
		q.Years = append(q.Years, y)
	}
}

// readContext adds the words of the question before, on which q leans.
func (r *reader) readContext(q *Question) {
	if strings.TrimSpace(q.Context) == "" {
		return
	}
	before := &Question{Question: &question.Question{Ask: question.Any}, Effort: r.work}
	r.readTerms(before, q.Context)
	before.Ask = q.Ask
	r.readConcepts(before, q.Context)
	share, subject := Used.Context, len(q.Terms) == 0 || q.Refers || q.Does || q.Against != ""
	if subject {
		share = 1 // it is what is asked about
	}
	names := len(q.ConceptsOf()) > 0
	if !subject && !q.Elsewhere {
		share = min(share, Used.ContextMost*weightOf(q.Terms)/max(weightOf(before.Terms), 1e-9))
	}
	for _, t := range before.Terms {
		if names && t.Concept != "" && !q.Refers {
			continue // one indicator takes the place of the other
		}
		if t.Kept, t.before = !subject || t.Place || t.District || !t.Known || zh.IsDigit(zh.FirstRune(t.Text)), true; t.Kept && q.Does {
			t.Weight *= Used.Context
		} else {
			t.Weight *= share
		}
		t.start, t.end = -1, -2
		q.Terms = append(q.Terms, t)
	}
	if len(q.Terms) == 0 && q.Place == "" {
		q.Place = before.Place
	}
}

// weightOf returns the weight of all terms together.
func weightOf(terms []Term) float64 {
	sum := 0.0
	for _, t := range terms {
		sum += t.Weight
	}
	return sum
}

// discountStory takes weight from the terms of the clauses that do not ask, if
// the one that asks names a subject of its own: 我48了下岗在家，今年帮多少人. If
// what it names is not known or tells little, it takes weight only from those of
// clauses that tell who asks: 我开粮店的，去年一共打了多少粮.
func (q *Question) discountStory(subject string) {
	clauses := question.Clauses(subject)
	in := func(t Term) (c question.Clause) {
		for _, x := range clauses {
			if t.start >= x.Start && t.start < x.End {
				c = x
			}
		}
		return c
	}
	runes := []rune(subject)
	asking := ""
	for _, c := range clauses {
		if c.Asks {
			asking += string(runes[c.Start:c.End]) + "\n"
		}
	}
	pointing := strings.ContainsAny(asking, "这那它") // at what the other clauses tell of
	subjectNamed, named := false, false
	for _, t := range q.Terms {
		if in(t).Asks && !t.Place {
			named = named || t.Weight >= Used.StoryNamed && !question.NamesNothing(t.Text)
			subjectNamed = subjectNamed || t.Known && t.Weight >= Used.StorySubject
		}
	}
	below := ofOurs.MatchString(asking)
	for i := range q.Terms {
		t := &q.Terms[i]
		c := in(*t)
		place := t.Place || t.District
		tells := (subjectNamed || named && c.OfAsker && !pointing) && !(place && below) ||
			c.OfAsker && asking != "" && (place && !below || strings.Trim(t.Text, "0123456789") == "")
		if t.start >= 0 && !c.Asks && tells && !strings.Contains(asking, t.Text) {
			t.Story = true
			t.Weight *= Used.Story
		}
	}
	if asking != "" {
		q.Premises = slices.DeleteFunc(q.Premises, func(p question.Premise) bool { return !strings.Contains(asking, p.Text) })
	}
}

// ofOurs asks of the place where the asker comes from: 我们市去年如何.
var ofOurs = regexp.MustCompile(`(?:我们?|咱们?|俺们?|本|这)(?:这|这儿|自己|一)?个?(?:市|县|区|镇|乡|旗|州|地方)`)

// readNumbers makes numbers of the quantities that the question names, and
// returns its subject without them.
func (r *reader) readNumbers(q *Question) string {
	taken := []byte(q.Subject)
	for _, n := range q.Question.Numbers {
		if !n.Scaled() && !r.unitPrefix(n.Tail) {
			continue // looked for as a word
		}
		unit := n.Tail
		for unit != "" && !r.unitOfReport(unit) {
			_, size := utf8.DecodeLastRuneInString(unit)
			unit = unit[:len(unit)-size]
		}
		q.Numbers = append(q.Numbers, Number{Text: n.Text + unit, Value: n.Value, Unit: unit})
		for i := n.Start; i < min(n.End+len(unit), len(taken)); i++ {
			taken[i] = ' '
		}
	}
	return string(taken)
}

// unitOfReport reports whether u is the unit of some figure, or begins one.
func (r *reader) unitOfReport(u string) bool {
	if u == "" {
		return false
	}
	for _, f := range r.report.Figures {
		if f.Unit == u {
			return true
		}
	}
	return false
}

// unitPrefix reports whether tail begins with the unit of some figure.
func (r *reader) unitPrefix(tail string) bool {
	for tail != "" {
		if r.unitOfReport(tail) {
			return true
		}
		_, n := utf8.DecodeLastRuneInString(tail)
		tail = tail[:len(tail)-n]
	}
	return false
}

// Rarity returns how telling a term is that stands in df of n passages: 1 for one
// that stands in few, near 0 for one that stands in most (the usual idf, scaled).
func Rarity(df, n int) float64 {
	return math.Log(float64(n+1)/(float64(df)+0.5)) / math.Log(float64(n+1)/0.5)
}
