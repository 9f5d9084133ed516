package similar

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Likeness is the share of pairs of characters in common.
func TestDice(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1}, {"", "甲", 0}, {"甲", "甲", 1}, {"甲", "乙", 0}, {"甲", "甲乙", 0},
		{"甲乙", "甲乙", 1}, {"甲乙", "乙甲", 0}, {"甲乙丙", "甲乙丁", 0.5},
		{"甲乙丙丁", "甲乙", 0.5},       // 3 pairs and 1: 2·1/4
		{"甲甲甲", "甲甲", 2.0 / 3},    // a pair counts as often as it stands
		{"财政收入增长", "财政收入下降", 0.6}, // 3 of 5 and 5
	} {
		if got := Dice(Grams(c.a), Grams(c.b)); got != c.want {
			t.Errorf("Dice(%s, %s) = %v, want %v", c.a, c.b, got, c.want)
		}
		if got := Dice(Grams(c.b), Grams(c.a)); got != c.want {
			t.Errorf("Dice(%s, %s) = %v, want %v", c.b, c.a, got, c.want)
		}
	}
}

// The best candidate is taken first; of equals the one that stands first.
func TestAssign(t *testing.T) {
	for _, c := range []struct {
		name        string
		found, want []Match
	}{
		{"none", nil, nil},
		{"in the order of a", []Match{{0, 1, 0.5}, {2, 2, 0.7}, {1, 0, 0.9}}, []Match{{0, 1, 0.5}, {1, 0, 0.9}, {2, 2, 0.7}}},
		{"the best has the choice", []Match{{0, 0, 0.5}, {0, 1, 0.4}, {1, 0, 0.9}}, []Match{{0, 1, 0.4}, {1, 0, 0.9}}},
		{"a side is taken once", []Match{{0, 0, 0.9}, {0, 1, 0.8}, {1, 0, 0.8}}, []Match{{0, 0, 0.9}}},
		{"equals by a", []Match{{1, 0, 0.5}, {0, 0, 0.5}}, []Match{{0, 0, 0.5}}},
		{"equals by b", []Match{{0, 1, 0.5}, {0, 0, 0.5}}, []Match{{0, 0, 0.5}}},
	} {
		if diff := cmp.Diff(c.want, append([]Match(nil), Assign(c.found)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Texts are paired if they are alike enough, each once.
func TestTexts(t *testing.T) {
	plus := func(x float64) func(i, j int) float64 { return func(int, int) float64 { return x } }
	for _, c := range []struct {
		name  string
		a, b  string // parted by blanks
		limit float64
		bonus func(i, j int) float64
		want  string
	}{
		{"the more alike", "甲乙丙丁 戊己庚辛", "戊己庚壬 甲乙丙丁 甲乙丙壬", 0.5, nil, "0-1 1.00 1-0 0.67"},
		{"just enough", "甲乙丙", "甲乙丁", 0.5, nil, "0-0 0.50"},
		{"not enough", "甲乙丙", "甲乙丁", 0.51, nil, ""},
		{"a bonus counts", "甲乙丙", "甲乙丁", 0.7, plus(0.25), "0-0 0.75"},
		{"a bonus rules out", "甲乙", "甲乙", 0, plus(-2), ""},
		{"a bonus prefers", "甲乙丙", "甲乙丁 甲乙戊", 0.5, func(_, j int) float64 { return float64(j) / 4 }, "0-1 0.75"},
		{"nothing in common", "甲乙", "丙丁", 0, nil, ""},
		// 11 pairs of each: one in common is less than a tenth
		{"hardly anything in common", "甲乙一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸子丑", 0, nil, ""},
		// 10 pairs: one is a tenth
		{"a tenth in common", "甲乙一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸子", 0, nil, "0-0 0.10"},
		// a tenth of the shorter one is enough
		{"a short text in a long one", "甲乙", "甲乙一二三四五六七八九十", 0, nil, "0-0 0.17"},
	} {
		var got []string
		for _, m := range Texts(strings.Fields(c.a), strings.Fields(c.b), c.limit, c.bonus) {
			got = append(got, fmt.Sprintf("%d-%d %.2f", m.A, m.B, m.Score))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// What stands in very many texts pairs none: it tells nothing, and would make
// the time quadratic.
func TestCommonGrams(t *testing.T) {
	for _, c := range []struct{ texts, want int }{{MaxPostings, 1}, {MaxPostings + 1, 0}, {MaxPostings + 2, 0}} {
		b := make([]string, c.texts)
		for i := range b {
			b[i] = "甲乙"
		}
		if got := Texts([]string{"甲乙"}, b, 0.5, nil); len(got) != c.want {
			t.Errorf("%d texts: %v", c.texts, got)
		}
	}
}
