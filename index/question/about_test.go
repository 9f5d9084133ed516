package question

import (
	"os"
	"strings"
	"testing"
)

// TestAbout: testdata/about.txt has what people ask of the bot and of the report
// as a whole, each behind its kind and topic. A question to what the report says
// is none of them.
func TestAbout(t *testing.T) {
	data, err := os.ReadFile("testdata/about.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		kind, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		if q := Read(text, nil); string(q.Ask)+"."+q.Topic != kind {
			t.Errorf("Read(%q) is %s.%s, want %s", text, q.Ask, q.Topic, kind)
		}
	}
	for _, text := range []string{
		"报告里提到了哪些大学", "报告提到养老了吗", "这份报告里GDP是多少", "哪些区要建地铁", "谁负责供热", "什么时候通车",
		"报告里有哪些民生实事", "报告对人工智能怎么说", "天气预警能力建设", "总结去年的就业工作", "第三产业增加值", "市长热线办了多少件",
	} {
		if q := Read(text, nil); q.Ask == About || q.Ask == Talk {
			t.Errorf("Read(%q) is %s.%s, and asks what the report says", text, q.Ask, q.Topic)
		}
	}
}
