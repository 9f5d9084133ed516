package index

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/text"
)

// A reader turns the text of a question into a Question, knowing the words of
// one report.
type reader struct {
	report   *corpus.Report
	text     *textIndex
	cut      *text.Cutter
	slips    *slipIndex
	lex      *lexicon.Lexicon
	own      map[string]bool        // names of the report's own place, folded
	composes func(text string) bool // text stands in an indicator that is not printed
	work     *effort                // what the reading costs
	proper   map[string]bool        // words that are capitalised inside an English question, folded
}

// maxQuestion is how much of a message is read as a question; more is no
// question, and every character costs.
const maxQuestion = 500

// sentenceEnd separates single questions of a message.
var sentenceEnd = regexp.MustCompile(`[？?！!。；;\n]+`)

// clauseEnd separates what may be single questions in a sentence.
var clauseEnd = regexp.MustCompile(`[，,]+`)

// read understands text; before is the question before it, or nil.
func (r *reader) read(text string, before *Question) *Question {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " ")
	if utf8.RuneCountInString(text) > maxQuestion {
		text = string([]rune(text)[:maxQuestion])
	}
	r.proper = properNames(text)
	simple, wasTraditional := zh.Simplify(text)
	folded := lineNumber.ReplaceAllStringFunc(foldKeepSpace(simple), func(line string) string {
		n, _ := chineseNumber(strings.TrimSuffix(line, "号线"))
		return itoa(int(n)) + "号线"
	})
	q := r.readOne(folded)
	q.Text, q.Lang = text, Hans
	switch {
	case wasTraditional:
		q.Lang = Hant
	case zh.IsLatinText(text) && (len(strings.Fields(text)) > 1 || q.Chat):
		q.Lang = English
	}
	q.Parts = r.readParts(folded, q)
	if before != nil {
		q = follow(q, before)
	}
	return q
}

// properNames are the words that English writes with a capital though no
// sentence begins with them. Words all in capitals are short forms, or shouted.
func properNames(text string) map[string]bool {
	names := make(map[string]bool)
	fields := strings.Fields(text)
	for i := 1; i < len(fields); i++ {
		if !strings.ContainsAny(fields[i-1][len(fields[i-1])-1:], ".?!") && properName.MatchString(fields[i]) {
			names[zh.Fold(properName.FindString(fields[i]))] = true
		}
	}
	return names
}

var properName = regexp.MustCompile(`^[A-Z][a-z]{2,}`)

// lineNumber is the number of a line in words: 十一号线.
var lineNumber = regexp.MustCompile(`[一二三四五六七八九十]+号线`)

// readParts splits a message that asks several things; nil if it asks one.
// Each part has its own question words and its own subject; a year named
// before holds on.
func (r *reader) readParts(folded string, whole *Question) []*Question {
	if whole.Ask == AskOutline || whole.Chat {
		return nil
	}
	var parts []*Question
	if !sentenceEnd.MatchString(strings.TrimRight(folded, "？?！!。；; ")) && !clauseEnd.MatchString(folded) {
		return nil // one clause: one question
	}
	for _, sentence := range sentenceEnd.Split(folded, -1) {
		if strings.TrimSpace(sentence) == "" {
			continue
		}
		pieces := clauseEnd.Split(sentence, -1)
		var asked []*Question
		for _, p := range pieces {
			if len(pieces) < 2 || !newWording(p).number() {
				break // every clause must ask, or the sentence is one question
			}
			if x := r.readOne(p); x.Ask == AskNumber && x.subject() {
				asked = append(asked, x)
			}
		}
		if len(asked) >= 2 && len(asked) == len(pieces) {
			parts = append(parts, asked...)
		} else if x := r.readOne(sentence); x.subject() && (x.Ask != AskAny || strings.ContainsAny(sentence, "吗么呢")) {
			parts = append(parts, x)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	const most = 4 // parts answered in one reply
	if len(parts) > most {
		parts = parts[:most]
	}
	for i, p := range parts {
		p.Text, p.Lang = whole.Text, whole.Lang
		if i > 0 && len(p.Times) == 0 && p.Beyond == "" {
			p.Years, p.Times = parts[i-1].Years, parts[i-1].Times
		}
	}
	return parts
}

// subject reports whether q names something that could be looked up.
func (q *Question) subject() bool {
	for _, t := range q.Terms {
		if t.Weight >= 0.45 && t.Known && !strings.HasSuffix(t.Text, "目标") {
			return true
		}
	}
	return len(q.Numbers) > 0
}

// readOne understands folded text as one question.
func (r *reader) readOne(folded string) *Question {
	q := new(Question)
	w := newWording(folded)
	readAsk(q, w)
	rest := readYears(q, folded, r.report.Year)
	readTimes(q, rest, r.report.Year)
	if len(q.Times) == 0 && q.Beyond == "" {
		past, plan := newWording(folded+"。").has(cuePast), w.has(cuePlan)
		switch {
		case plan && !past:
			q.Times = []corpus.Time{corpus.Plan}
		case past && !plan:
			q.Times = []corpus.Time{corpus.Review}
		}
	}
	if q.Ask == AskAny && q.both() && len(q.Years) > 1 {
		q.Ask = AskCompare
	}
	if q.Ask == AskCompare && len(q.Years) == 1 && strings.Contains(folded, "目标") {
		q.Times = []corpus.Time{corpus.Review, corpus.Plan}
	}
	rest = r.readNumbers(q, r.readPartOfYear(q, rest))
	q.said = folded
	r.readTerms(q, rest)
	return q
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

// quantity is a number with a unit as people type it: 2300万标准箱, 145条, 13.4%.
var quantity = regexp.MustCompile(`(?:^|[^0-9a-z.+·-])([0-9]+(?:\.[0-9]+)?)(多|余|几)?([万亿千百]*)((?:多|余)?(?:个百分点|%|[\p{Han}]{0,3}))`)

// chineseQuantity is one in Chinese numerals; it needs a numeral of weight so
// that 三大工程 and 一件事 are none.
var chineseQuantity = regexp.MustCompile(`([一二两三四五六七八九][一二两三四五六七八九零十百千点]*[十百千][一二两三四五六七八九零十百千]*[万亿]*|[一二两三四五六七八九十百千]+[万亿]+)([\p{Han}]{1,3})`)

// nameAfterDigit are the words that make a name of the number before them.
var nameAfterDigit = regexp.MustCompile(`^(?:号|g|年|月|日|届|期|次全|线|路|楼|点|时|区|中学|小学|医院)`)

// readNumbers finds the quantities that the question names, and returns text
// without them.
func (r *reader) readNumbers(q *Question, text string) string {
	taken := []byte(text)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			taken[i] = ' '
		}
	}
	add := func(written string, value float64, tail string) (unit string) {
		unit = tail
		for unit != "" && !r.unitOfReport(unit) {
			_, n := utf8.DecodeLastRuneInString(unit)
			unit = unit[:len(unit)-n]
		}
		q.Numbers = append(q.Numbers, Number{Text: written + unit, Value: value, Unit: unit})
		return unit
	}
	for at := 0; ; {
		m := quantity.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		for i := range m {
			m[i] += at
		}
		digits, scale, tail := text[m[2]:m[3]], text[m[6]:m[7]], text[m[8]:m[9]]
		at = m[7]
		if nameAfterDigit.MatchString(text[m[3]:]) {
			continue
		}
		tail = strings.TrimPrefix(strings.TrimPrefix(tail, "多"), "余")
		if scale == "" && tail == "" || scale == "" && !r.unitPrefix(tail) {
			continue // a bare number is looked for as a word
		}
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			continue
		}
		for _, c := range scale {
			v *= scaleOf[c]
		}
		unit := add(digits+scale, v, tail)
		blank(m[2], m[9]-len(tail)+len(unit))
	}
	if !strings.ContainsAny(text, "十百千万亿") {
		return string(taken)
	}
	for _, m := range chineseQuantity.FindAllStringSubmatchIndex(text, -1) {
		if !r.unitPrefix(text[m[4]:m[5]]) {
			continue
		}
		if v, ok := chineseNumber(text[m[2]:m[3]]); ok && v >= 10 {
			unit := add(text[m[2]:m[3]], v, text[m[4]:m[5]])
			blank(m[2], m[4]+len(unit))
		}
	}
	return string(taken)
}

var scaleOf = map[rune]float64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '亿': 1e8}

// chineseNumber reads 二千三百万 and the like.
func chineseNumber(s string) (float64, bool) {
	var total, section, digit float64
	for _, c := range s {
		switch c {
		case '零', '点':
		case '十', '百', '千':
			if digit == 0 {
				digit = 1
			}
			section += digit * scaleOf[c]
			digit = 0
		case '万', '亿':
			total = (total + section + digit) * scaleOf[c]
			section, digit = 0, 0
		case '两':
			digit = 2
		default:
			i := strings.IndexRune("一二三四五六七八九", c)
			if i < 0 {
				return 0, false
			}
			digit = float64(i/3 + 1)
		}
	}
	return total + section + digit, true
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

// Weights of words by their part of speech. Nouns and names tell what a
// question is about; what verbs and adjectives tell, others say as well.
func tagWeight(tag string) float64 {
	switch {
	case tag == "":
		return 0.7
	case strings.HasPrefix(tag, "nr"), strings.HasPrefix(tag, "n"), tag == "j", tag == "l", tag == "i", tag == "eng", tag == "vn", tag == "s", tag == "joined", tag == "date":
		return 1
	case tag == "v", tag == "b", tag == "an":
		return 0.6
	case strings.HasPrefix(tag, "v"):
		return 0.5
	case strings.HasPrefix(tag, "a"):
		return 0.35
	case tag == "x":
		return 0.6
	case tag == "d", tag == "t", tag == "z", tag == "f":
		return 0.2
	case tag == "m":
		return 0.3
	}
	return 0
}

// telling weight of a term that stands in df of n passages: 1 for one that
// stands in few, near 0 for one that stands in most (the usual idf, scaled).
func rarity(df, n int) float64 {
	return math.Log(float64(n+1)/(float64(df)+0.5)) / math.Log(float64(n+1)/0.5)
}
