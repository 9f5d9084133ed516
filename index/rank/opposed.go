package rank

import (
	"slices"
	"strings"

	"jinwen/index/resolve"
)

// opposites are words by which indicators differ that share all others.
var opposites = [][]string{{"收入", "支出"}, {"进口", "出口"}, {"城镇", "农村"}, {"城市", "农村"}, {"公办", "民办"}, {"第一产业", "第二产业", "第三产业"}}

// opposed are the words whose opposite q names, and not them.
func opposed(q *resolve.Question) []string {
	var out []string
	for _, set := range opposites {
		named := ""
		for _, word := range set {
			if slices.ContainsFunc(q.Terms, func(t resolve.Term) bool {
				return strings.Contains(strings.ReplaceAll(t.Text, "进出口", ""), word)
			}) {
				if named != "" {
					named = ""
					break
				}
				named = word
			}
		}
		for _, word := range set {
			if named != "" && word != named {
				out = append(out, word)
			}
		}
	}
	return out
}

// Opposes reports whether an indicator is the opposite of the one asked for.
func (h *Hits) Opposes(indicator string) bool {
	return slices.ContainsFunc(h.opposed, func(w string) bool {
		return strings.Contains(indicator, w) && !slices.ContainsFunc(opposites, func(set []string) bool {
			// One that names both is of both: 城市和农村低保.
			return slices.Contains(set, w) && slices.ContainsFunc(set, func(x string) bool { return x != w && strings.Contains(indicator, x) })
		})
	})
}
