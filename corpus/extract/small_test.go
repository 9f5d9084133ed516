package extract

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"jinwen/corpus/golden"
	"jinwen/corpus/zh"
)

// many stands for so many characters that say nothing.
var many = regexp.MustCompile(`\{[0-9]+\}`)

// TestSmallTexts keeps all that is made of small texts, each of which has one
// thing in a form of its own.
func TestSmallTexts(t *testing.T) {
	const clause = "推进项目建设完善服务体系提升治理水平"
	stand := strings.NewReplacer(
		"{review}", "过去一年，全县完成了投资50亿元，增长6%，建成公园12个，取得了明显成效。",
		"{plan}", "今年要完成投资60亿元，力争增长7%，推进公园建设，新建公园15个。",
		"{own}", "各位代表！我们要加强政府自身建设，坚持依法行政，建设法治政府，全面从严治党，加强廉政建设，自觉接受人大监督、政协监督。",
		"{close}", "各位代表！让我们更加紧密地团结起来，为美好的明天努力奋斗！",
		"{long}", strings.Repeat(clause+"，", 5)+clause+"；"+strings.Repeat(clause+"、", 3)+clause,
		"{thousands}", strings.Repeat(clause+"。", 250),
	)
	data, err := os.ReadFile("testdata/small/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, entry := range strings.Split(string(data), "=== ")[1:] {
		name, text, _ := strings.Cut(entry, "\n")
		text = many.ReplaceAllStringFunc(stand.Replace(text), func(s string) string {
			return strings.Repeat("治", zh.Atoi(s[len("{"):len(s)-len("}")]))
		})
		b.WriteString("=== " + name + "\n" + whole(ParseText(text)))
	}
	golden.Check(t, "testdata/small/texts.golden", b.String())
}
