// Package corpus is the data model of a government work report: the normalised
// text and what is found in it (sections, passages, figures, commitments,
// pairs). Package extract fills it in; diff compares two, version keeps them.
//
// Everything found carries a [Span], and [Report.Quote] of that span is what
// may be shown as a quotation: nothing that looks like a quote is ever
// composed. No rule in the packages below names a sentence, an offset or a
// number of one report; other places' and years' reports go through the same
// code.
//
// None of them does network I/O, reads a clock or starts a goroutine, version
// aside. A parsed Report is immutable and safe for concurrent use.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Span is a half-open range [Start, End) of the normalised report text in
// Unicode code points: not bytes (gojieba and Bleve count those) and not
// UTF-16 units (Telegram counts those).
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of code points in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Time says which part of a report's story a place in it tells.
type Time string

const (
	Review Time = "review" // 回顾: what was done in the year under review
	Plan   Time = "plan"   // 目标任务, 工作安排: what the coming year shall bring
	Other  Time = "other"  // greetings, situation, self-criticism and whatever else
)

// A Report is one government work report: its text and what was found in it.
type Report struct {
	ID    string // content address: the first 12 hex digits of the text's SHA-256
	Title string // as printed, or made of Place and Year when the text has none
	Place string // in full: 天津市, 国务院 for the central government; "" if the text does not tell
	// Short is the place as people say it: 天津; a district keeps its 区.
	Short   string
	Level   string // nation, province, prefecture or county; "" if the place is not known
	Speaker string // who gave the report; "" if the text does not tell
	Date    string // the day on which it was given: 2026-01-27; "" if the text does not tell
	// Year is the year that the plan is for; the review is of Year-1. 0 if the
	// text names no year.
	Year int
	Text string // normalised: UTF-8, LF, no BOM, no NUL

	Sections    []Section    // the outline in the order of the text
	Passages    []Passage    // disjoint, in the order of the text
	Figures     []Figure     // in the order of the text
	Commitments []Commitment // in the order of the text
	Pairs       []Pair       // in the order of the plan
	Zones       []Stretch    // disjoint, in the order of the text; they cover every paragraph
	Glossary    []Entry      // in the order of the text
	Doubts      []Doubt      // what the parse is unsure of, in the order of the text

	runes []rune
	bytes []int32 // bytes[i] is the byte offset of code point i; one more for the end
}

// Quote returns the text under s, character for character. It panics if s
// does not lie in the text: spans come from parsing this very text.
func (r *Report) Quote(s Span) string { return r.Text[r.bytes[s.Start]:r.bytes[s.End]] }

// Name returns what the report is called among others: 2024/天津, 2025/国务院. It
// is "" if year or place is not known.
func (r *Report) Name() string {
	if r.Year == 0 || r.Short == "" {
		return ""
	}
	return strconv.Itoa(r.Year) + "/" + r.Short
}

// Len returns the length of the text in code points.
func (r *Report) Len() int { return len(r.runes) }

// ReviewYear returns the year that the report looks back on; 0 if unknown.
func (r *Report) ReviewYear() int {
	if r.Year == 0 {
		return 0
	}
	return r.Year - 1
}

// Path returns the headings above s, outermost first, each verbatim: part, section,
// topic. It is empty outside every section.
func (r *Report) Path(section int) []string {
	var path []string
	for i := section; i >= 0; i = r.Sections[i].Parent {
		path = append(path, r.Quote(r.Sections[i].Heading))
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}

// LineOf returns the number of the line in which code point pos stands, from 1.
func (r *Report) LineOf(pos int) int {
	return 1 + strings.Count(r.Text[:r.bytes[min(pos, len(r.runes))]], "\n")
}

// PassageAt returns the index in Passages of the passage that holds code point
// pos, or -1.
func (r *Report) PassageAt(pos int) int {
	i := sort.Search(len(r.Passages), func(i int) bool { return r.Passages[i].End > pos })
	if i < len(r.Passages) && r.Passages[i].Start <= pos {
		return i
	}
	return -1
}

// New returns a report of text, which must be normalised, with nothing found in
// it yet: the extractor fills it in.
func New(text string) *Report {
	sum := sha256.Sum256([]byte(text))
	r := &Report{
		ID:    hex.EncodeToString(sum[:6]),
		Text:  text,
		runes: make([]rune, 0, len(text)/2),
		bytes: make([]int32, 0, len(text)/2),
	}
	for i, c := range text {
		r.runes = append(r.runes, c)
		r.bytes = append(r.bytes, int32(i))
	}
	r.bytes = append(r.bytes, int32(len(text)))
	if !utf8.ValidString(text) {
		panic("corpus: text was not normalised")
	}
	return r
}

// Runes returns the text as code points. Callers must not change it.
func (r *Report) Runes() []rune { return r.runes }

// FiguresIn returns the indices of the figures inside s.
func (r *Report) FiguresIn(s Span) []int {
	var out []int
	i := sort.Search(len(r.Figures), func(i int) bool { return r.Figures[i].Start >= s.Start })
	for ; i < len(r.Figures) && r.Figures[i].End <= s.End; i++ {
		out = append(out, i)
	}
	return out
}
