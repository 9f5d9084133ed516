package resolve

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/zh"
	"jinwen/index/lexicon"
	"jinwen/index/question"
)

// readTerms finds the telling words of folded text and what they may mean.
func (r *reader) readTerms(q *Question, folded string) {
	if q.Defines || q.Ask == question.List || q.Ask == question.Outline {
		folded = r.readSeries(q, folded)
	}
	tokens := r.tokens([]rune(folded))
	number := r.wantsNumber(q, tokens)
	r.readPlace(q, folded, tokens, number)
	tokens = r.mendSlips(r.joinOf(joinSingles(r.joinPrinted(tokens))))
	tokens = r.salvage(tokens)
	seen := map[string]bool{}
	for i, t := range tokens {
		if q.Ask == question.Outline && question.AsksHeadings(t.text) {
			continue // 结构, 标题: the headings themselves
		}
		if t.stop || seen[t.text] || r.ownName(t) || t.text == q.Place {
			continue
		}
		if term, ok := r.term(t); ok {
			if !term.Known && strings.HasPrefix(t.tag, "n") && i+1 < len(tokens) && counted(t, tokens[i+1]) {
				term.Weight = max(term.Weight, Used.Counted)
			}
			if _, place := r.place(t); place && !term.Known && !r.lies(t.text) {
				continue // a direction or partner that the report does not name: 去河北看病
			}
			seen[t.text] = true
			q.Terms = append(q.Terms, term)
		}
	}
	if q.Beyond != "" && r.text.Has([]rune(q.Beyond)) {
		q.Terms = append(q.Terms, literal(q.Beyond))
	}
	if q.Aim && len(q.Terms) > 0 && !slices.ContainsFunc(q.Terms, func(t Term) bool { return t.Weight > Used.LeastThing }) && strings.Contains(folded, "目标") {
		// Nothing is named but the targets themselves.
		t := token{text: aims, start: -1, tag: "n", means: lexicon.MeaningOf("主要预期目标", "主要目标", "发展目标")}
		if term, ok := r.term(t); ok && term.Known {
			q.Terms, q.Ask = append(q.Terms, term), question.List
		}
	}
	for i := range q.Terms {
		t := &q.Terms[i]
		// 津潍高铁, 4号线: the unknown part is what tells this one from others.
		t.Name = t.Name || !t.Known && (t.Place && !t.Listed && number && below.MatchString(t.Text) || strings.HasSuffix(t.Text, "号线") || phase.MatchString(t.Text) || t.joined && i+1 < len(q.Terms) && q.Terms[i+1].start == t.end && facility.MatchString(q.Terms[i+1].Text))
	}
}

// literal returns a telling term that only itself can stand for, and that stands
// beside no other.
func literal(text string) Term {
	return Term{Text: text, Alts: []Alt{{Text: text, Quality: 1, Runes: []rune(text)}}, Weight: Used.Literal, Known: true, start: -1, end: -2}
}

// readPartOfYear makes a part of a year that the question names a term that
// nothing else can stand for.
func (r *reader) readPartOfYear(q *Question) {
	if q.PartYear == "" {
		return
	}
	t := literal(q.PartYear)
	t.Known = r.text.Has([]rune(q.PartYear))
	t.Name = !t.Known
	q.Terms = append(q.Terms, t)
}

// district is the name of a part of the place that reports.
var district = regexp.MustCompile(`^\p{Han}{2,4}(?:新区|区|县|镇|乡|街道)$`)

// districtOf returns the name of a district, county or town without what it is; ""
// if too little is left.
func districtOf(name string) string {
	if !below.MatchString(name) {
		return ""
	}
	for _, kind := range []string{"新区", "区", "县", "旗", "镇", "乡", "街道"} {
		if core, ok := strings.CutSuffix(name, kind); ok && len([]rune(core)) >= 2 {
			return core
		}
	}
	return ""
}

// isHanText reports whether all of text is Han.
func isHanText(text []rune) bool {
	return !slices.ContainsFunc(text, func(c rune) bool { return !zh.IsHan(c) })
}

// facility is the generic part of the name of a line, a place or an institution.
var facility = lists.Pattern(`^(?:.{0,3}<facilities>)$`)

// phase is which of its phases something is in: without it, another is meant.
var phase = regexp.MustCompile(`^[一二三四五六七八九十0-9]+期$`)

// IsPhase reports whether a word is which of its phases something is in.
func IsPhase(word string) bool { return phase.MatchString(word) }

// aims is the subject of a question for the targets that names none.
const aims = "预期目标"

// A draft is a term while what may stand for it is looked up.
type draft struct {
	Term
	r     *reader
	t     token
	runes []rune // of t
}

// add adds what may stand for the term; it reports whether the report has it.
func (d *draft) add(text string, quality float64) bool {
	rs := []rune(text)
	for _, a := range d.Alts {
		if a.Text == text {
			return true
		}
	}
	known := d.r.text.HasWord(rs) || len(rs) >= Used.LeastComposed && d.r.composes(text)
	if !known && text == d.t.text && d.r.text.Has(rs) {
		return false // 建国 stands in 创建国家 only
	}
	if known && quality > Used.SureMeaning {
		d.Known = true
	}
	d.Alts = append(d.Alts, Alt{Text: text, Quality: quality, Runes: rs})
	return known
}

// addMeanings adds what the lexicon has for the word; self is whether the
// report has the word itself.
func (d *draft) addMeanings(self bool) {
	quality := Used.Meaning
	if self {
		quality = Used.MeaningBeside // the word itself is there; what else it may mean is less sure
	}
	terms := d.t.means.Terms()
	for i, m := range terms {
		kind := d.t.means.Kind(i)
		if self && (strings.Contains(m, d.t.text) || strings.Contains(d.t.text, m)) {
			continue // 义务教育学位 is a narrower thing than 学位, which is there; 5g a wider one than 5g基站
		}
		if zh.IsLatin(d.runes[0]) && d.Known && slices.ContainsFunc(d.Alts, func(a Alt) bool {
			return strings.Contains(a.Text, m) && len(a.Runes) > len([]rune(m))+1 && d.r.text.HasWord(a.Runes)
		}) {
			continue // 5g is a wider thing than 5g基站, which is there
		}
		n := len(d.Alts)
		if kind.Answers() {
			d.add(m, quality)
		} else {
			d.add(m, min(quality, Used.Related))
		}
		if len(d.Alts) > n {
			d.Alts[n].Kind = kind
		}
		if kind.Answers() && quality > Used.LeastMeaning {
			quality -= Used.MeaningStep
		}
	}
	others := 0
	for _, m := range d.t.means.Mates() {
		if m != d.t.text && others < lexicon.MaxMates {
			d.add(m, Used.Mate)
			others++
		}
	}
	for _, m := range terms {
		// Of a longer term that the report does not have, a part may do:
		// 老旧小区 for 城镇老旧小区.
		if d.Known || len([]rune(m)) < 4 {
			continue
		}
		for _, part := range d.r.shorter(m) {
			d.add(part, Used.Part)
		}
	}
}

// addForms adds other forms of a word that the report does not have: a place
// without 区, a slip of the pen, a number, an abbreviation.
func (d *draft) addForms() {
	if core := districtOf(d.t.text); !d.Known && d.Place && core != "" {
		d.add(core, Used.Form) // 宝坻区, which the report calls 宝坻
	}
	if !d.Known && zh.IsLatin(d.runes[0]) {
		for _, a := range d.r.slips.Spelled(d.t.text, d.r.work) {
			d.add(a, Used.Form)
		}
	}
	if !d.Known && zh.IsDigit(d.runes[0]) {
		for _, n := range d.r.text.Digits[strings.Map(digitsOnly, d.t.text)] {
			d.add(n, Used.Form)
		}
	}
	if !d.Known && !d.t.lex && !d.r.cut.InDict(d.t.text) {
		for _, a := range d.r.slips.Abbreviated(d.runes) {
			d.add(a, Used.Short)
		}
	}
}

// term turns a token into a Term; false if it tells nothing.
func (r *reader) term(t token) (Term, bool) {
	runes := []rune(t.text)
	weight := tagWeight(t.tag)
	if len(runes) < 2 && !t.lex {
		// Of single characters only nouns tell something: 药, 桥, 菜.
		if t.tag != "n" || !zh.IsHan(runes[0]) {
			return Term{}, false
		}
		weight = Used.Single
	}
	if weight == 0 {
		return Term{}, false
	}
	if kind := kindWords[t.text] || question.AsksNumber(t.text); kind {
		weight *= Used.KindWord // it says what kind of number is asked for, not of what
		if t.lex = false; kindWords[t.text] || !question.IsQuantity(t.text) {
			t.tag = "m" // 人口, 产量 are things as well
		}
	}
	proper := r.proper[t.text] || t.tag == "ns" || t.tag == "nt" || t.tag == "nz" || strings.HasPrefix(t.tag, "nr") || t.tag == "joined"
	out := draft{r: r, t: t, runes: runes, Term: Term{
		Proper: proper, Text: t.text, Slip: t.slip, start: t.start, end: t.start + len(runes), joined: t.tag == "joined", Place: r.isPlace(t), Listed: t.lex,
	}}
	out.Verbal = r.tellsDoing(t)
	self := out.add(t.text, 1)
	out.Printed = self
	out.District = self && (district.MatchString(t.text) || isHanText(runes) && r.lies(t.text))
	if len(runes) == 1 && !self {
		return Term{}, false
	}
	if t.tag == "date" && len(r.text.Digits[strings.Map(digitsOnly, t.text)]) == 0 {
		return Term{}, false
	}
	out.addMeanings(self)
	out.addForms()
	if zh.IsLatin(runes[0]) { // lanzhou
		out.District = slices.ContainsFunc(out.Alts, func(a Alt) bool { return r.lies(a.Text) })
	}
	if !out.Known && t.tag == "eng" && strings.Trim(t.text, "0123456789") == "" {
		return Term{}, false // 48 in a story is no number asked for
	}
	if !out.Known && (kindWords[t.text] || t.tag == "m") {
		return Term{}, false
	}
	if !out.Known {
		weight *= r.unknownShare(t)
	} else {
		df := r.passagesWith(out.Alts, self)
		weight *= Used.Common + (1-Used.Common)*Rarity(df, len(r.report.Passages))
	}
	if out.District {
		weight = max(weight, Used.District)
	}
	out.Weight = weight
	return out.Term, true
}

// counted reports whether next is a kind of number and t stands right before it.
func counted(t, next token) bool {
	return next.start == t.start+len([]rune(t.text)) && (kindWords[next.text] || question.IsQuantity(next.text))
}

// shorter returns the terms left of a longer one without its first, or without
// its last word, if at least four characters are left: 自行车 is not 电动自行车.
func (r *reader) shorter(term string) []string {
	words := r.cut.Cut(term)
	var out []string
	if len(words) < 2 {
		return nil
	}
	for _, part := range [][]word{words[1:], words[:len(words)-1]} {
		text := ""
		for _, w := range part {
			text += w.Text
		}
		if n := len([]rune(text)); n >= 4 && r.text.HasWord([]rune(text)) {
			out = append(out, text)
		}
	}
	return out
}

// unknownShare returns how much of its weight a word keeps that the report does not
// have. A noun or a term of the field that is missing tells that the matter is;
// an everyday verb is only another way to say it.
func (r *reader) unknownShare(t token) float64 {
	switch {
	case t.lex && zh.IsLatin(zh.FirstRune(t.text)) && r.verbal(t.means.First()):
		return Used.LackedVerbEnglish
	case t.lex && zh.IsLatin(zh.FirstRune(t.text)):
		return Used.LackedEnglish
	case t.lex && r.verbal(t.text):
		return Used.LackedVerb
	case t.lex:
		return 1
	case t.tag == "eng" && zh.IsDigit(zh.FirstRune(t.text)):
		return 1
	case t.tag == "eng" && r.proper[t.text]:
		return 1 // a company, a person, a place
	case t.tag == "eng":
		return Used.LackedLatin
	case t.tag == "joined", strings.HasPrefix(t.tag, "n") && !r.cut.InDict(t.text):
		return Used.LackedName
	}
	return Used.LackedWord
}

// tellsDoing reports whether t is no thing: a verb, an adjective, an adverb, a
// numeral.
func (r *reader) tellsDoing(t token) bool {
	if t.lex {
		return zh.IsHan(zh.FirstRune(t.text)) && r.verbal(t.text)
	}
	if t.tag == "joined" {
		return strings.ContainsAny(t.text, "了着过个得的几吗呢")
	}
	return doings.has(t.tag) && !named.has(t.tag)
}

// verbal reports whether text is made of verbs, adjectives and adverbs only,
// and not only of nouns that were verbs.
func (r *reader) verbal(text string) bool {
	verbs := false
	for _, w := range r.cut.Cut(text) {
		switch {
		case w.Tag == "vn" || w.Tag == "an":
		case w.Tag != "" && strings.ContainsRune("vad", rune(w.Tag[0])):
			verbs = true
		default:
			return false
		}
	}
	return verbs
}

// kindWords name a kind of number.
var kindWords = lists.Set("kinds")

func digitsOnly(c rune) rune {
	if zh.IsDigit(c) {
		return c
	}
	return -1
}

// passagesWith counts the passages in which some of alts stands; only the
// first counts if alone: what else a word may mean makes it no more frequent.
func (r *reader) passagesWith(alts []Alt, alone bool) int {
	seen := map[int32]bool{}
	for _, a := range alts {
		if a.Quality <= Used.Mate {
			continue
		}
		for _, p := range r.text.Find(a.Runes) {
			if !r.text.Across(p, len(a.Runes)) {
				seen[r.text.Clauses[r.text.At[p]].Passage] = true
			}
		}
		if alone {
			break
		}
	}
	return len(seen)
}
