package extract

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"

	"jinwen/corpus"
)

//go:embed places.txt
var placesText string

// A Place is a province or city of China.
type Place struct {
	Name     string // short name: 天津, 苏州
	Province string // short name of the province; Name itself for a province
}

// Places is the gazetteer, provinces before their cities. Callers must not
// change it.
var Places = sync.OnceValue(func() []Place {
	var out []Place
	for line := range strings.Lines(placesText) {
		province, cities, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, Place{province, province})
		for _, c := range strings.Fields(cities) {
			out = append(out, Place{c, province})
		}
	}
	return out
})

var (
	// 河西区第十八届人民代表大会, 青溪县人民政府: whose congress and government.
	government = regexp.MustCompile(`([\p{Han}]{2,9}?(?:省|市|自治区|自治州|区|县|旗))(?:第[一二三四五六七八九十百]+届)?人民(?:代表大会|政府)`)
	placeIntro = regexp.MustCompile(`^(?:年|日|在|代表|我)+`)
	titlePlace = regexp.MustCompile(`([\p{Han}]{2,9}?(?:省|市|自治区|自治州|区|县|旗))(?:人民)?政府工作报告`)
)

// findPlace returns the place whose government reports: by the title, the
// congress named in the head, or else the gazetteer's place that the text
// names most often; 国务院 for the central government; "" if nothing tells.
func (r *report) findPlace() string {
	head := r.Quote(corpus.Span{Start: 0, End: min(r.Len(), 400)})
	for _, re := range []*regexp.Regexp{titlePlace, government} {
		for _, m := range re.FindAllStringSubmatch(head, -1) {
			name := placeIntro.ReplaceAllString(m[1], "")
			if len([]rune(name)) >= 3 {
				return name
			}
		}
	}
	if strings.Contains(head, "代表国务院") {
		return "国务院"
	}
	best, most := "", 4 // fewer mentions than this tell nothing
	for _, p := range Places() {
		if n := strings.Count(r.Text, p.Name); n > most {
			best, most = p.Name, n
		}
	}
	if best == "" {
		return ""
	}
	switch best {
	case "北京", "天津", "上海", "重庆":
		return best + "市"
	}
	for _, p := range Places() {
		if p.Name == best && p.Province == best {
			return best + provinceSuffix(best)
		}
	}
	return best + "市"
}

// provinceSuffix is what follows the short name of a province in full: 省, or
// 自治区 for the regions that are not named for their people.
func provinceSuffix(name string) string {
	switch name {
	case "内蒙古", "西藏":
		return "自治区"
	case "广西", "宁夏", "新疆", "香港", "澳门":
		return "" // 广西壮族自治区 …: the short name stands for it
	}
	return "省"
}
