package web

import (
	"strings"
	"testing"
)

// TestSortRows: numbers go by their size, words by their pinyin, words behind
// numbers; what has no value is last either way, and equals stay in their order.
func TestSortRows(t *testing.T) {
	n := func(text string, number float64) cell { return cell{text: text, number: number, sorts: true} }
	w := func(text string) cell { return cell{text: text} }
	for _, c := range []struct {
		name     string
		cells    []cell
		up, down string
	}{
		{"numbers", []cell{n("10", 10), n("9", 9), n("-1", -1), n("100", 100)}, "-1 9 10 100", "100 10 9 -1"},
		{"words", []cell{w("重庆"), w("安徽"), w("北京")}, "安徽 北京 重庆", "重庆 北京 安徽"},
		{"both", []cell{w("无"), n("2", 2), w("安"), n("1", 1)}, "1 2 安 无", "无 安 2 1"},
		{"nothing is last", []cell{w(""), n("2", 2), w(""), n("1", 1)}, "1 2  ", "2 1  "},
		{"nothing beside words", []cell{w("乙"), w(""), w("甲")}, "甲 乙 ", "乙 甲 "},
	} {
		for _, down := range []bool{false, true} {
			var rows []row
			for _, x := range c.cells {
				rows = append(rows, row{cells: []cell{w("before"), x}})
			}
			sortRows(rows, 1, down)
			var got []string
			for _, r := range rows {
				got = append(got, r.cells[1].text)
			}
			want := c.up
			if down {
				want = c.down
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s, down %v: %q, want %q", c.name, down, strings.Join(got, " "), want)
			}
		}
	}
	rows := []row{{id: "a", cells: []cell{n("1", 1)}}, {id: "b", cells: []cell{n("1", 1)}}, {id: "c", cells: []cell{n("1", 1)}}}
	if sortRows(rows, 0, true); rows[0].id != "a" || rows[2].id != "c" {
		t.Errorf("equals do not stay in their order: %+v", rows)
	}
}
