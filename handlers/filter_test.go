package handlers

import (
	"strings"
	"testing"

	"jinwen/corpus"
)

// TestYearWord: a year is named by its number, in full or short for one that the
// report tells of, or by how it stands to the report's.
func TestYearWord(t *testing.T) {
	r := &corpus.Report{Year: 2031}
	for w, want := range map[string]int{
		"今年": 2031, "本年": 2031, "本年度": 2031, "thisyear": 2031, "去年": 2030, "上年": 2030, "上年度": 2030, "lastyear": 2030,
		"2031年": 2031, "2000": 2000, "1999": 0, "2099年": 2099, "2100": 0, "31": 2031, "30年": 2030, "32": 0, "29年": 0, "口袋公园": 0, "": 0, "明年": 0,
	} {
		if got := yearWord(w, r); got != want {
			t.Errorf("yearWord(%q) = %d, want %d", w, got, want)
		}
	}
}

func TestClipWord(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, maxWord: maxWord, maxWord + 1: maxWord} {
		if got := []rune(clipWord(strings.Repeat("字", n))); len(got) != want {
			t.Errorf("clipWord of %d characters has %d, want %d", n, len(got), want)
		}
	}
}
