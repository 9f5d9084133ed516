package concept

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// around are sentences in which a name may stand (%s); what is before and behind
// it decides whether it is that name.
var around = []string{
	"%s", "去年%s增长多少", "全市%s达到", "占%s的比重", "单位%s能耗", "人均%s", "%s能耗", "规模以上%s", "城镇%s和农村%s", "“%s” 增长", "%s增加值率", "x%sy", "民营%s", "%s、%s，%s",
}

// TestFindGolden keeps what is found for the names of all concepts in those
// sentences, and what name and scope each indicator comes down to.
func TestFindGolden(t *testing.T) {
	var b strings.Builder
	for _, c := range All() {
		for k, name := range c.Names[:min(3, len(c.Names))] {
			id, scope := Of(name)
			of, before := Within("完成年计划的" + name)
			fmt.Fprintf(&b, "%s %s of=%s/%s within=%s/%s", c.ID, name, id, scope, of, before)
			for i, format := range around {
				if k > 0 && i > 3 {
					break
				}
				b.WriteString(" |")
				for _, m := range Find(strings.ReplaceAll(format, "%s", name)) {
					everyday := ""
					if m.Everyday {
						everyday = "~"
					}
					fmt.Fprintf(&b, " %s%s@%d-%d", everyday, m.ID, m.Start, m.End)
				}
			}
			b.WriteString("\n")
		}
	}
	golden.Check(t, "testdata/find.golden", b.String())
}
