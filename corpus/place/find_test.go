package place

import (
	"fmt"
	"strings"
	"testing"
)

// A match stands where its bytes say; a name that several places have says which
// others.
func TestFindOffsets(t *testing.T) {
	const text = "a、天津市朝阳区和鼓楼区，河北区𠀀上海。"
	var got []string
	for _, m := range Find(text) {
		got = append(got, fmt.Sprintf("%s %d %d", text[m.Start:m.End], m.Start, len(m.Others)))
	}
	if s, want := strings.Join(got, "; "), "天津市 4 0; 朝阳区 13 1; 鼓楼区 25 3; 河北区 37 0; 上海 50 0"; s != want {
		t.Errorf("Find = %s, want %s", s, want)
	}
}

// What a place is called in short, also one that no gazetteer has.
func TestShortOf(t *testing.T) {
	for name, want := range map[string]string{
		"天津市": "天津", "国务院": "国务院", "全国": "全国", "中华人民共和国": "中华人民共和国", "宁夏回族自治区": "宁夏", "河北区": "河北区", "吉林市": "吉林市",
		"青溪市": "青溪", "青溪县": "青溪", "青溪区": "青溪区", "溪县": "溪县", "青溪": "青溪", "": "", "海南藏族自治州": "海南州", "东乡族自治县": "东乡",
		"青溪彝族自治县": "青溪", "青溪苗族侗族自治县": "青溪", "云族自治县": "云族", "青族自治县": "青族", "大青族自治县": "大青族",
	} {
		if got := ShortOf(name); got != want {
			t.Errorf("ShortOf(%s) = %s, want %s", name, got, want)
		}
	}
}

// Of several places of a name the one inside another is found.
func TestLookupIn(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"朝阳区", "北京", "110105"}, {"朝阳区", "吉林", "220104"}, {"鼓楼区", "福州", "350102"}, {"鼓楼区", "北京", ""}, {"河北", "河北", "13"}, {"云州", "北京", ""},
	} {
		in, ok := Lookup(c.in)
		if !ok {
			t.Fatalf("no %s", c.in)
		}
		p, ok := LookupIn(c.name, in)
		if p.Code != c.want || ok != (c.want != "") {
			t.Errorf("LookupIn(%s, %s) = %s, %v, want %s", c.name, c.in, p.Code, ok, c.want)
		}
	}
	for _, name := range []string{"全国", "中国", "我国", "国务院", "中华人民共和国", "中央"} {
		if p, ok := Lookup(name); !ok || p.Level != Nation {
			t.Errorf("Lookup(%s) = %v, %v", name, p, ok)
		}
	}
	if _, ok := ByCode("99"); ok {
		t.Error("ByCode finds what is not there")
	}
}
