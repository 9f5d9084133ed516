package concept

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // ids, parted by spaces
	}{
		{"地区生产总值", "gdp"},
		{"全省生产总值增长多少", "gdp"},
		{"去年ＧＤＰ涨了几个点", "gdp"},
		{"经济总量", "gdp"},
		{"今年经济增长目标", "gdp"},
		{"民营经济增长多少", "private_added"},
		{"低空经济增长多少", ""},
		{"人均GDP是多少", "gdp_per_capita"},
		{"GDP能耗降了多少", "energy_intensity"},
		{"单位地区生产总值能耗", "energy_intensity"},
		{"数字经济增加值占GDP比重", "digital_share"},
		{"数字经济核心产业增加值占地区生产总值的比重", "digital_core_share"},
		{"规上工业增加值", "industry_added_above"},
		{"规模以上全省工业增加值", "industry_added_above"},
		{"全省规模以上工业增加值", "industry_added_above"},
		{"工业增加值", "industry_added"},
		{"城镇居民去年人均可支配收入", "urban_income"},
		{"可支配收入农村居民", "rural_income"},
		{"城镇2024年新增就业", "new_jobs"},
		{"专精特新小巨人有几家", "little_giants"},
		{"失业率和物价", "unemployment cpi"},
		{"what was the GDP growth and unemployment rate", "gdp unemployment"},
		{"GDPs", ""},
		{"PM2.5平均浓度", "pm25"},
		{"进出口和出口", "trade exports"},
		{"实际利用外资", "fdi"},
		{"研发经费占地区生产总值比重", "rd_intensity"},
		{"ｇｄｐ增长", "gdp"}, {"Ｇｄｐ", "gdp"}, {"GDP growth", "gdp"}, {"G D P", ""}, {"地区 生产 总值", "gdp"}, {"地区　生产\t总值", "gdp"},
		{"xGDP", ""}, {"GDPx", ""}, {"x GDP y", "gdp"}, {"增GDP长", "gdp"}, {"5GDP6", "gdp"}, {"_GDP", "gdp"},
		{"PM2.5和PM10", "pm25"}, {"PM 2.5", ""}, {"ＰＭ２．５", "pm25"},
		// the gap of 城镇居民 人均可支配收入 holds modifiers and years, and not too much
		{"城镇居民2099年人均可支配收入", "urban_income"}, {"城镇居民24年人均可支配收入", "urban_income"}, {"城镇居民9年人均可支配收入", "urban_income"}, {"城镇居民0年人均可支配收入", "urban_income"},
		{"城镇居民20241年人均可支配收入", "income"}, {"城镇居民年人均可支配收入", "urban_income"}, {"城镇居民2024人均可支配收入", "income"}, {"城镇居民/年人均可支配收入", "income"}, {"城镇居民:年人均可支配收入", "income"},
		{"城镇居民2024年2024年人均可支配收入", "urban_income"}, {"城镇居民2024年2024年2024年人均可支配收入", "income"}, {"城镇居民2024年2024年全年人均可支配收入", "urban_income"},
		{"占GDP比重", ""}, {"人均地区生产总值", "gdp_per_capita"}, {"万元GDP", ""}, {"GDP水耗", ""}, {"GDP电耗和GDP", "gdp"},
		{"民营经济", ""}, {"经济", ""}, {"数字经济增长", "digital_economy"}, {"经济增长", "gdp"}, {"数字，经济增长", "gdp"}, {"经增长", ""},
		{"“城镇”新增“就业”", "new_jobs"}, {"\xff城镇新增就业\ufffd", "new_jobs"},
		{"", ""},
	} {
		var got []string
		for _, m := range Find(c.text) {
			got = append(got, m.ID)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Find(%q) = %q, want %q", c.text, s, c.want)
		}
	}
}

// A match stands where its bytes say, also behind marks that matching ignores.
func TestFindOffsets(t *testing.T) {
	const text = "专精特新“小巨人”企业和 GDP"
	var got []string
	for _, m := range Find(text) {
		got = append(got, text[m.Start:m.End])
	}
	if want := []string{"专精特新“小巨人”企业", "GDP"}; !slices.Equal(got, want) {
		t.Errorf("Find(%q) quotes %q, want %q", text, got, want)
	}
}

// The table says which line is wrong.
func TestParse(t *testing.T) {
	const good = "a | 甲, 甲 乙 | 丙/丁 | en | LGCSRN | 元, % | + | b"
	all, err := parse("# comment\n\n" + good + "\nb|己||||个|-|\nc|庚||||个|0|")
	if err != nil {
		t.Fatal(err)
	}
	want := []Concept{
		{ID: "a", Name: "甲", Names: []string{"甲", "甲 乙"}, Everyday: []string{"丙", "丁"}, English: []string{"en"}, Measures: []string{"level", "growth", "change", "share", "rank", "count"}, Units: []string{"元", "%"}, Good: 1, Near: []string{"b"}},
		{ID: "b", Name: "己", Names: []string{"己"}, Units: []string{"个"}, Good: -1},
		{ID: "c", Name: "庚", Names: []string{"庚"}, Units: []string{"个"}},
	}
	if d := cmp.Diff(want, all); d != "" {
		t.Errorf("parse (-want +got):\n%s", d)
	}
	if a := all[0]; !a.Has("rank") || a.Has("x") || all[1].Has("level") {
		t.Error("Has is wrong")
	}
	for text, want := range map[string]string{
		"#\na|甲": "indicators.txt:2: 2 columns", good + "\n" + good: `indicators.txt:2: id "a"`, "|甲|||L|||": "indicators.txt:1: unknown direction",
		"|甲|||L||0|": `indicators.txt:1: id ""`, "a||||L||0|": `indicators.txt:1: id "a"`, "\n\na|甲|||X||0|": "indicators.txt:3: unknown measure 'X'",
	} {
		if all, err := parse(text); err == nil || !strings.Contains(err.Error(), want) || all != nil {
			t.Errorf("parse(%q) = %v, %v, want %q", text, all, err, want)
		}
	}
}

// Within finds the last official name, and what stands before it less what tells
// nothing.
func TestWithin(t *testing.T) {
	for _, c := range []struct{ name, id, before string }{
		{"天津港集装箱吞吐量目标", "container_throughput", "天津港"},
		{"全市地区生产总值", "gdp", ""},
		{"进出口与出口", "exports", "进出口与"},
		{"公园里的长椅", "", ""},
		{"", "", ""},
	} {
		if id, before := Within(c.name); id != c.id || before != c.before {
			t.Errorf("Within(%q) = %q, %q, want %q, %q", c.name, id, before, c.id, c.before)
		}
	}
	if _, ok := Lookup("none"); ok {
		t.Error("Lookup finds what is not there")
	}
	if c, ok := Lookup("gdp"); !ok || c.ID != "gdp" {
		t.Errorf("Lookup(gdp) = %v, %v", c, ok)
	}
}

func TestOf(t *testing.T) {
	for _, c := range []struct{ name, id, scope string }{
		{"地区生产总值", "gdp", ""},
		{"全省地区生产总值增速", "gdp", ""},
		{"设区市地区生产总值", "gdp", "设区市"},
		{"规上工业增加值增速", "industry_added_above", ""},
		{"天津港集装箱吞吐量", "container_throughput", "天津港"},
		{"高技术产业占规上工业比重", "", ""},
		{"地区生产总值高于全国", "", ""},
		{"城镇居民人均可支配收入年均增长", "urban_income", ""},
		{"人均地区生产总值", "gdp_per_capita", ""},
		{"海洋生产总值", "marine_gdp", ""},
		{"新增口袋公园", "parks", ""},
		{"工业园（其中：）地区生产总值", "", ""}, {"农业、地区生产总值", "", ""},
		{"经济总量", "gdp", ""}, {"增速", "", ""}, {"", "", ""}, {"地区生产总值增长目标", "gdp", ""}, {"GDP", "gdp", ""},
		{"口袋公园里的长椅", "", ""},
	} {
		id, scope := Of(c.name)
		if id != c.id || scope != c.scope {
			t.Errorf("Of(%q) = %q, %q, want %q, %q", c.name, id, scope, c.id, c.scope)
		}
	}
}

// Every name leads to its own concept, and no two concepts share one.
func TestTable(t *testing.T) {
	owner := make(map[string]string)
	for _, c := range All() {
		for _, n := range slices.Concat(c.Names, c.English, c.Everyday) {
			key := strings.ToLower(strings.NewReplacer("“", "", "”", "").Replace(n))
			if o := owner[key]; o != "" && o != c.ID {
				t.Errorf("%q belongs to %s and %s", n, o, c.ID)
			}
			owner[key] = c.ID
		}
		for _, n := range slices.Concat(c.Names, c.English) {
			n = strings.ReplaceAll(n, "占 ", "占GDP")
			if m := Find(n); len(m) != 1 || m[0].ID != c.ID {
				t.Errorf("Find(%q) = %v, want %s alone", n, m, c.ID)
			}
		}
		for _, id := range c.Near {
			if _, ok := Lookup(id); !ok {
				t.Errorf("%s: unknown concept %q", c.ID, id)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"去年GDP增长", "“小巨人” 企业", "\xff经济\ufffd增长", "数字经济占GDP的的的比重"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, m := range Find(s) {
			if m.Start < end || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("Find(%q): match %+v after %d", s, m, end)
			}
			end = m.End
		}
	})
}

func TestSpread(t *testing.T) {
	got := spread([]string{"房价", "农民/村民 收入/挣", "城里/城镇 人 钱"})
	want := []string{"房价", "农民 收入", "农民 挣", "村民 收入", "村民 挣", "城里 人 钱", "城镇 人 钱"}
	if !slices.Equal(got, want) {
		t.Errorf("spread = %q, want %q", got, want)
	}
}
