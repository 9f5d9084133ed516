package question

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// MaxText is how much of a message is read as a question; more is no
// question, and every character costs.
const MaxText = 500

// sentenceEnd separates single questions of a message.
var sentenceEnd = regexp.MustCompile(`[？?！!。；;\n]+`)

// clauseEnd separates what may be single questions in a sentence.
var clauseEnd = regexp.MustCompile(`[，,]+`)

// lineNumber is the number of a line in words: 十一号线.
var lineNumber = regexp.MustCompile(`[一二三四五六七八九十]+号线`)

// possessive is the end of an English word that says whose something is.
var possessive = regexp.MustCompile(`([A-Za-z])['’]s\b`)

// Read understands text; before is the question before it in the same
// conversation, which an elliptic one completes itself from, or nil. It never
// fails: a text that asks nothing reads to a question without a subject.
func Read(text string, before *Question) *Question {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " ")
	if utf8.RuneCountInString(text) > MaxText {
		text = string([]rune(text)[:MaxText])
	}
	simple, wasTraditional := zh.Simplify(possessive.ReplaceAllString(text, "$1"))
	folded := lineNumber.ReplaceAllStringFunc(foldKeepSpace(simple), func(line string) string {
		n, _ := Numeral(strings.TrimSuffix(line, "号线"))
		return strconv.Itoa(int(n)) + "号线"
	})
	folded, not := withoutExcluded(standard(folded))
	q := readOne(folded)
	q.Text, q.Lang, q.Names = text, Hans, properNames(text)
	switch {
	case wasTraditional:
		q.Lang = Hant
	case zh.IsLatinText(text) && (len(strings.Fields(text)) > 1 || q.Ask == Talk):
		q.Lang = English
	}
	if not != "" {
		q.Not = readOne(not)
	}
	q.Parts = readParts(folded, q)
	if before != nil {
		q = follow(q, before)
	}
	return q
}

// readOne understands folded text as one question.
func readOne(folded string) *Question {
	folded = withoutBase(folded)
	q := &Question{Words: folded}
	w := newWording(folded)
	readAsk(q, w)
	q.Subject = readPartOfYear(q, readYears(q, folded))
	if len(q.Periods) > 1 && q.Ask != Compare {
		q.Periods = askedYears(folded, q.Periods)
	}
	readNumbers(q)
	readSlots(q)
	if q.AimNamed {
		q.Nature = corpus.Target
	}
	readTopic(q, w)
	readVerbs(q)
	if q.More {
		q.Ask = Any
	}
	return q
}

// properNames returns the words that English writes with a capital though no
// sentence begins with them. Words all in capitals are short forms, or shouted.
func properNames(text string) []string {
	var names []string
	fields := strings.Fields(text)
	for i := 1; i < len(fields); i++ {
		if !strings.ContainsAny(fields[i-1][len(fields[i-1])-1:], ".?!") && properName.MatchString(fields[i]) {
			names = append(names, zh.Fold(properName.FindString(fields[i])))
		}
	}
	return names
}

var properName = regexp.MustCompile(`^[A-Z][a-z]{2,}`)

// readParts splits a message that may ask several things; nil if it asks one.
// Each part has its own question words; a year named before holds on. Whether
// each has a subject of its own, the index finds out.
func readParts(folded string, whole *Question) []*Question {
	if whole.Ask == Outline || whole.Ask == Talk || whole.Ask == About {
		return nil
	}
	if !sentenceEnd.MatchString(strings.TrimRight(folded, "？?！!。；; ")) && !clauseEnd.MatchString(folded) {
		return nil // one clause: one question
	}
	var parts []*Question
	for _, sentence := range sentenceEnd.Split(withoutStory(folded), -1) {
		if strings.TrimSpace(sentence) == "" {
			continue
		}
		if pieces := clauseEnd.Split(sentence, -1); everyAsks(pieces) {
			for _, p := range pieces {
				parts = append(parts, readOne(p))
			}
			continue
		}
		if x := readOne(sentence); x.Ask != Any || strings.ContainsAny(sentence, "吗么呢") {
			parts = append(parts, x)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	for i, p := range parts {
		p.Text, p.Lang, p.Names, p.Not = whole.Text, whole.Lang, whole.Names, whole.Not
		if i > 0 && len(p.Periods) == 0 {
			p.Periods = parts[i-1].Periods
		}
	}
	return parts
}

// everyAsks reports whether each of several clauses asks for a number: then
// each is a question, or else the sentence is one.
func everyAsks(pieces []string) bool {
	if len(pieces) < 2 {
		return false
	}
	for _, p := range pieces {
		if w := newWording(p); !w.number() {
			return false
		}
		if x := readOne(p); x.Ask != Number || strings.TrimSpace(x.Subject) == "" {
			return false
		}
	}
	return true
}

// foldKeepSpace folds s, but keeps spaces, which separate the parts of terse
// questions (教育 量化任务) and English words.
func foldKeepSpace(s string) string {
	var b strings.Builder
	space := true
	for _, c := range s {
		switch {
		case c == '\n':
			b.WriteByte('\n')
			space = true
		case unicode.IsSpace(c) || c == '\u200b':
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case zh.Silent(c):
		default:
			b.WriteRune(zh.FoldRune(c))
			space = false
		}
	}
	return strings.TrimSpace(b.String())
}
