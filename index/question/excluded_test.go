package question

import "testing"

func TestWithoutExcluded(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"今年新增多少家,不要累计的", "今年新增多少家,"},
		{"改造任务多少套(三年的不要)", "改造任务多少套()"},
		{"今年换多长的水管?燃气的甭算", "今年换多长的水管?"},
		{"房贷以外减税多少", "减税多少"},
		{"除了地铁还修什么", "还修什么"},
		{"减税规模不含留抵退税,多少", "减税规模,多少"},
		{"这种算不算", "这种算不算"},
		{"为什么不要新建", "为什么不要新建"},
		{"不要新建的", "不要新建的"}, // nothing would be left
		{"how many cars were made in town, not sold here", "how many cars were made in town "},
		{"is it so or not", "is it so or not"},
	} {
		if got := withoutExcluded(c.text); got != c.want {
			t.Errorf("withoutExcluded(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
