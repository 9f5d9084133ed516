package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/sheet"
	"jinwen/handlers/texts"
)

// A filter is what a list is narrowed to. The zero filter takes everything.
type filter struct {
	Words      []string `json:"w,omitempty"`
	Topic      string   `json:"t,omitempty"` // of the lexicon
	Place      string   `json:"p,omitempty"`
	Year       int      `json:"y,omitempty"`
	Quantified bool     `json:"n,omitempty"`
}

func (f filter) zero() bool {
	return len(f.Words) == 0 && f.Topic == "" && f.Place == "" && f.Year == 0 && !f.Quantified
}

// Limits of what a filter takes from a message.
const (
	maxWords = 5
	maxWord  = 20 // characters
)

// parseFilter reads the words after a command: years, 量化, topics; whatever
// else must occur in the row.
func (t *Turn) parseFilter(args string) filter {
	var f filter
	for _, w := range wordsOf(args) {
		w = clipWord(w)
		switch year := yearWord(w, t.Report); {
		case year != 0:
			f.Year = year
		case slices.Contains(texts.QuantifiedWords, strings.ToLower(w)):
			f.Quantified = true
		case f.Topic == "" && texts.TopicNamed(t.bot.opt.Topics.Topics(), w) != "":
			f.Topic = texts.TopicNamed(t.bot.opt.Topics.Topics(), w)
		case len(f.Words) < maxWords:
			f.Words = append(f.Words, w)
		}
	}
	return f
}

func clipWord(w string) string {
	if c := []rune(w); len(c) > maxWord {
		return string(c[:maxWord])
	}
	return w
}

// yearWord returns the year that w names; 0 if it names none.
func yearWord(w string, r *corpus.Report) int {
	w = strings.TrimSuffix(w, "年")
	switch w {
	case "今", "本", "本年度", "thisyear":
		return r.Year
	case "去", "上", "上年度", "lastyear":
		return r.ReviewYear()
	}
	n, err := strconv.Atoi(w)
	switch {
	case err != nil:
		return 0
	case n >= 2000 && n < 2100:
		return n
	case n == r.Year%100 || n == r.ReviewYear()%100:
		return n + 2000
	}
	return 0
}

// rows returns f for the rows of a report.
func (t *Turn) rows(f filter) sheet.Filter {
	out := sheet.Filter{Words: f.Words, Place: f.Place, Year: f.Year, Quantified: f.Quantified}
	if f.Topic != "" {
		out.Topic = func(text string) bool { return t.bot.opt.Topics.InTopic(f.Topic, text) }
	}
	return out
}

// String is f as people read it: 教育 · 2024年 · 量化.
func (f filter) string(t *Turn) string {
	var parts []string
	if f.Topic != "" {
		parts = append(parts, texts.Topic(f.Topic, t.Lang))
	}
	if f.Place != "" {
		parts = append(parts, f.Place)
	}
	if f.Year != 0 {
		parts = append(parts, fmt.Sprintf(t.text.YearOf, f.Year))
	}
	if f.Quantified {
		parts = append(parts, t.text.Quantified)
	}
	return strings.Join(append(parts, f.Words...), " · ")
}

// filterID keeps f for a button; noState for the zero filter.
func (t *Turn) filterID(f filter) string {
	if f.zero() {
		return noState
	}
	return t.keep(f)
}

func (t *Turn) recallFilter(id string) (filter, bool) {
	var f filter
	if id == noState {
		return f, true
	}
	ok := t.recall(id, &f)
	return f, ok
}

// simplified returns s in Simplified Chinese, as reports are written.
func simplified(s string) string {
	out, _ := zh.Simplify(s)
	return out
}

// wordsOf returns the words behind a command, simplified.
func wordsOf(s string) []string {
	return strings.FieldsFunc(simplified(s), partsWords)
}

func partsWords(c rune) bool { return strings.ContainsRune(" \t\n　,，、;；", c) }
