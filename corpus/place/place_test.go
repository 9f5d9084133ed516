package place

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFind: the longest name, no ordinary words, nicknames and old names.
func TestFind(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"河北区和河西区的学位", "河北区/天津 河西区/天津"},
		{"河北GDP", "河北"},
		{"成都去年增长多少", "成都/四川"},
		{"魔都和帝都哪个高", "上海 北京"},
		{"内蒙古自治区呼伦贝尔", "内蒙古 呼伦贝尔/内蒙古"},
		{"恩施州与恩施土家族苗族自治州", "恩施/湖北 恩施/湖北"},
		{"义乌、昆山、浦东新区", "义乌/金华 昆山/苏州 浦东新区/上海"},
		{"和平发展，大方向，公安机关，通道建设，来宾，白银价格，安康，中山装", ""},
		{"来宾市、白银市、公安县", "来宾/广西 白银/甘肃 公安/荆州"},
		{"上海合作组织峰会", ""},
		{"襄樊", "襄阳/湖北"},
		{"吉林市和吉林省", "吉林市/吉林 吉林"},
		{"海南州", "海南州/青海"},
		{"塘沽外滩", "滨海新区/天津"},
		{"渤海南部海域", ""},
		{"台湾、香港和澳门", "台湾 香港 澳门"},
		{"", ""},
	} {
		var got []string
		for _, m := range Find(tt.text) {
			s := m.Short
			if p, ok := ByCode(m.Parent); ok {
				s += "/" + p.Short
			}
			got = append(got, s)
			if tt.text[m.Start:m.End] == "" {
				t.Errorf("Find(%q): empty match at %d", tt.text, m.Start)
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Find(%q) = %q, want %q", tt.text, s, tt.want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"成都", "四川", true}, {"四川", "成都", false}, {"河北区", "天津", true}, {"河北区", "河北", false},
		{"河北", "河北", true}, {"昆山", "江苏", true}, {"昆山", "苏州", true}, {"昆山", "全国", true}, {"全国", "北京", false},
		{"粤", "广东省", true}, {"浦东新区", "魔都", true},
	} {
		a, ok := Lookup(tt.a)
		b, ok2 := Lookup(tt.b)
		if !ok || !ok2 {
			t.Fatalf("Lookup(%q), Lookup(%q) = %v, %v", tt.a, tt.b, ok, ok2)
		}
		if got := Within(a, b); got != tt.want {
			t.Errorf("Within(%s, %s) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestNames: short names are unique enough to name a report, and every name in
// the data files is that of a place.
func TestNames(t *testing.T) {
	seen := map[string]Place{}
	for _, p := range All() {
		if p.Level == County {
			continue
		}
		if q, ok := seen[p.Short]; ok {
			t.Errorf("%s and %s are both %s", p.Name, q.Name, p.Short)
		}
		seen[p.Short] = p
	}
	for line := range lines(namesText) {
		code, _, _ := strings.Cut(line, " ")
		if _, ok := ByCode(code); !ok {
			t.Errorf("names.txt: no place has the code %s", code)
		}
	}
	want := map[string]string{"内蒙古": "内蒙古自治区", "鄂尔多斯": "鄂尔多斯市", "延边": "延边朝鲜族自治州", "博尔塔拉": "博尔塔拉蒙古自治州", "浦东": "浦东新区", "琼中": "琼中黎族苗族自治县"}
	for short, name := range want {
		if p, _ := Lookup(short); p.Name != name {
			t.Errorf("Lookup(%q) = %q, want %q", short, p.Name, name)
		}
	}
	if d := cmp.Diff(2, len(LookupAll("朝阳区"))); d != "" {
		t.Error("朝阳区", d)
	}
}

// TestDeterminate: two builds give the same places in the same order.
func TestDeterminate(t *testing.T) {
	if d := cmp.Diff(build().places, build().places); d != "" {
		t.Error(d)
	}
}
