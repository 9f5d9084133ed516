package question

import "testing"

// TestAskedYears: of several years those are asked for that stand where it asks.
func TestAskedYears(t *testing.T) {
	for text, want := range map[string]string{
		"我家是土坑，去年改了两万多个，今年还打算改多少个":  "[+0]",
		"去年修了路。今年修几条":               "[+0]",
		"去年完成多少，今年目标多少":             "[-1 +0]",
		"24年建成数和25年新建计划数各多少":        "[2024 2025]",
		"今年打算种下去的树，同去年已经种的比，多了还是少了": "[-1 +0]",
		"天津今年GDP目标，河北去年财政收入多少":      "[-1 +0]",
		"前年下的岗，现在怎么样了":              "[-2]",
	} {
		q := Read(text, nil)
		if got := shown(q.Periods); got != want {
			t.Errorf("%s: periods %s, want %s", text, got, want)
		}
	}
}

func shown(periods []Period) string {
	out := "["
	for i, p := range periods {
		if i > 0 {
			out += " "
		}
		out += p.String()
	}
	return out + "]"
}
