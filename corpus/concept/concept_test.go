package concept

import (
	"slices"
	"strings"
	"testing"
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
