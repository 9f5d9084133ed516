package resolve

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/index/lexicon"
	"jinwen/index/question"
)

// Adjoins reports whether next stands right behind t, but for the year.
func (q *Question) Adjoins(t, next Term) bool {
	said := []rune(q.Subject)
	if t.start < 0 || t.end > next.start || next.start > len(said) {
		return false
	}
	return next.start-t.end <= 1 || between.MatchString(strings.TrimSpace(string(said[t.end:next.start])))
}

// between matches what may stand between a name and what is asked of it.
var between = regexp.MustCompile(`^(?:的|去年|今年|前年|(?:19|20)?[0-9]{2}年)*$`)

// AsksNumber reports whether q asks for a number, in words or by naming a kind of one.
func (q *Question) AsksNumber() bool {
	return q.Ask == question.Number || q.Ask == question.Compare || q.Measure != "" || q.Level || q.AimNamed
}

// Stays reports whether t is where somebody is or comes from: at Nankai.
func (q *Question) Stays(t Term) bool {
	said := []rune(q.Subject)
	if t.start < 0 || t.start > len(said) {
		return false
	}
	before := strings.Fields(string(said[:t.start]))
	return len(before) > 0 && (before[len(before)-1] == "at" || before[len(before)-1] == "from")
}

// TellsMost reports whether nothing but places, and other words of the same
// indicator, tells as much as term i.
func (q *Question) TellsMost(i int) bool {
	for k, t := range q.Terms {
		if k != i && (t.Concept == "" || t.Concept != q.Terms[i].Concept) && !t.Place && !t.Kept && t.Weight >= q.Terms[i].Weight {
			return false
		}
	}
	return true
}

// Beside reports whether a place is the way or the partner to something, or
// begins a longer name: 去北京, 跟北京, 北京路.
func (q *Question) Beside(t Term) bool {
	said := []rune(q.Subject)
	if t.start < 0 || t.end > len(said) {
		return false
	}
	if t.start > 0 && strings.ContainsRune("往去到从跟和与同向对给来在至回由", said[t.start-1]) {
		return true
	}
	for _, next := range q.Terms {
		if next.start == t.end && facility.MatchString(next.Text) {
			return true
		}
	}
	return false
}

// Heaviest returns the weight of the known term that tells most.
func (q *Question) Heaviest() float64 {
	most := 0.0
	for _, t := range q.Terms {
		if t.Known {
			most = max(most, t.Weight)
		}
	}
	return most
}

// NamedBy returns the weight of those of q's terms of at least some weight that an
// indicator holds, or is sure to mean.
func (q *Question) NamedBy(indicator string, least float64) float64 {
	sum := 0.0
	for _, t := range q.Terms {
		if t.Known && t.Weight >= least && slices.ContainsFunc(t.Alts, func(a Alt) bool { return a.Quality > Used.SureMeaning && strings.Contains(indicator, a.Text) }) {
			sum += t.Weight
		}
	}
	return sum
}

// Verbatim returns how many characters of q are the whole name of an indicator; 0 if
// it does not stand there.
func (q *Question) Verbatim(indicator string) int {
	n := utf8.RuneCountInString(indicator)
	if n < Used.LeastComposed || !strings.Contains(q.Subject, indicator) {
		return 0
	}
	return n
}

// ConceptsOf returns the indicators that q asks for.
func (q *Question) ConceptsOf() map[string]bool {
	out := make(map[string]bool)
	for _, t := range q.Terms {
		if t.Concept != "" {
			out[t.Concept] = true
		}
	}
	return out
}

// Plain returns the question without the words that ask or are polite, for the
// expansion: every pair of characters counts there.
func (q *Question) Plain(lex *lexicon.Lexicon) string {
	var b strings.Builder
	said := []rune(q.Said())
	for i := 0; i < len(said); {
		if n := lex.Stop(said[i:], nil); n > 0 {
			b.WriteByte(' ')
			i += n
			continue
		}
		b.WriteRune(said[i])
		i++
	}
	return b.String() + q.Translated()
}

// Native returns the term in Chinese: what it means first, if it is a Latin word.
func (t Term) Native() string {
	if t.Text != "" && t.Text[0] < utf8.RuneSelf {
		for _, a := range t.Alts {
			if a.Text[0] >= utf8.RuneSelf {
				return a.Text
			}
		}
	}
	return t.Text
}

// Translated returns what the Latin words of the question mean, each behind a space.
func (q *Question) Translated() string {
	var b strings.Builder
	for _, t := range q.Terms {
		if t.Text == "" || t.Text[0] >= utf8.RuneSelf {
			continue
		}
		for _, a := range t.Alts {
			if a.Text[0] >= utf8.RuneSelf {
				b.WriteString(" " + a.Text)
				break
			}
		}
	}
	return b.String()
}

// partOf is behind a number of which a part is asked for: 4万亿里头.
var partOf = regexp.MustCompile(`^\p{Han}{0,4}?(?:里|当中|其中|之中|中)`)

// Takes reports whether the question asks for a part of the number that it names.
func (q *Question) Takes(number string) bool {
	_, after, ok := strings.Cut(q.Words, number)
	return ok && partOf.MatchString(after)
}
