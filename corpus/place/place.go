// Package place is the gazetteer of China: its provinces, prefectures and
// counties by GB/T 2260, what they are called, and what lies in what.
package place

import (
	_ "embed"
	"strings"
	"sync"

	"jinwen/corpus/zh"
)

// Level is the level of an administrative division.
type Level string

const (
	Nation     Level = "nation"
	Province   Level = "province"   // 省, 自治区, 直辖市, 特别行政区
	Prefecture Level = "prefecture" // 地级市, 自治州, 盟, 地区
	County     Level = "county"     // 市辖区, 县, 县级市, 旗
)

// A Place is a division of China.
type Place struct {
	Name   string // in full: 天津市, 恩施土家族苗族自治州
	Short  string // as people say it: 天津, 恩施; the name itself where that would be another place's
	Level  Level
	Code   string // GB/T 2260: 2, 4 or 6 digits; "" of the nation
	Parent string // the code of what it lies in: of a county in a municipality the municipality
}

// China is the nation.
var China = Place{Name: "中华人民共和国", Short: "全国", Level: Nation}

// A Match is a place named in a text.
type Match struct {
	Place
	Start, End int     // byte offsets
	Others     []Place // further places of that name: 鼓楼区, 朝阳区
}

// gazetteer holds the data files, read.
type gazetteer struct {
	places []Place
	byCode map[string]int
	byName map[string][]int // every name → places, the higher level first
	find   *zh.Trie[[]int]  // names that stand for the place in running text
}

// Within reports whether a is b or lies in it. Everything lies in China.
func Within(a, b Place) bool {
	if b.Level == Nation || a.Code == b.Code {
		return true
	}
	for a.Parent != "" {
		if a.Parent == b.Code {
			return true
		}
		p, ok := ByCode(a.Parent)
		if !ok {
			return false
		}
		a = p
	}
	return false
}

// ByCode returns the place with a code of GB/T 2260.
func ByCode(code string) (Place, bool) {
	g := load()
	i, ok := g.byCode[code]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// Lookup returns the place called name in full, in short, by an old name or a
// nickname (魔都, 粤): of several the one of the highest level, then of the
// lowest code.
func Lookup(name string) (Place, bool) {
	all := LookupAll(name)
	if len(all) == 0 {
		return Place{}, false
	}
	return all[0], true
}

// ShortOf returns the short name of the place called name in full; of one that
// the gazetteer does not have, the name without its kind, but for a district's.
func ShortOf(name string) string {
	if p, ok := Lookup(name); ok && p.Level == Nation {
		return name
	} else if ok {
		return p.Short
	}
	if s := Plain(name); len([]rune(s)) >= 2 && !strings.HasSuffix(name, "区") {
		return s
	}
	return name
}

// LookupAll returns all places called name, the highest level first.
func LookupAll(name string) []Place {
	switch name {
	case "全国", "中国", "我国", "国务院", "中华人民共和国", "中央":
		return []Place{China}
	}
	g := load()
	var out []Place
	for _, i := range g.byName[name] {
		out = append(out, g.places[i])
	}
	return out
}

// LookupIn returns the place called name that lies in b; of several the one
// nearest below it.
func LookupIn(name string, b Place) (Place, bool) {
	for _, p := range LookupAll(name) {
		if Within(p, b) {
			return p, true
		}
	}
	return Place{}, false
}

// All returns every place, provinces, prefectures and counties in the order of
// their codes. Callers must not change it.
func All() []Place { return load().places }

// Find returns the places that text names, the longest name at each position:
// 河北区 is in Tianjin and no 河北. One-character names (粤) and short names that
// are ordinary words (大方, 和平) do not count.
func Find(text string) []Match {
	g := load()
	var out []Match
	runes := []rune(text)
	offset := 0
	for i := 0; i < len(runes); {
		at, n := g.find.Longest(runes[i:])
		if n == 0 {
			offset += len(string(runes[i]))
			i++
			continue
		}
		size := len(string(runes[i : i+n]))
		if len(at) > 0 {
			m := Match{Place: g.places[at[0]], Start: offset, End: offset + size}
			for _, k := range at[1:] {
				m.Others = append(m.Others, g.places[k])
			}
			out = append(out, m)
		}
		offset += size
		i += n
	}
	return out
}

var load = sync.OnceValue(build)

//go:embed divisions.txt
var divisionsText string

//go:embed names.txt
var namesText string

//go:embed common.txt
var commonText string

//go:embed notplaces.txt
var notPlacesText string

func build() *gazetteer {
	g := &gazetteer{byCode: map[string]int{}, byName: map[string][]int{}}
	for line := range lines(divisionsText) {
		code, name, _ := strings.Cut(line, " ")
		g.byCode[code] = len(g.places)
		g.places = append(g.places, Place{Name: name, Code: code, Level: levelOf(code)})
	}
	for i := range g.places {
		p := &g.places[i]
		for n := len(p.Code) - 2; n >= 2 && p.Parent == ""; n -= 2 {
			if _, ok := g.byCode[p.Code[:n]]; ok {
				p.Parent = p.Code[:n]
			}
		}
	}
	g.shorten()
	running := map[string][]int{}
	common := map[string]bool{}
	for _, w := range words(commonText) {
		common[w] = true
	}
	// Provinces first, then prefectures, then counties: the first of a name wins.
	for _, level := range []Level{Province, Prefecture, County} {
		for i, p := range g.places {
			if p.Level != level {
				continue
			}
			g.name(p.Name, i)
			running[p.Name] = append(running[p.Name], i)
			s := Plain(p.Name)
			if s == p.Name || len([]rune(s)) < 2 {
				continue
			}
			g.name(s, i)
			if strings.HasSuffix(p.Name, "自治州") {
				g.name(s+"州", i) // 恩施州
				running[s+"州"] = append(running[s+"州"], i)
			}
			// A district (和平区) is never named without 区; a county seldom.
			if len(running[s]) == 0 && !common[s] && (level != County || strings.HasSuffix(p.Name, "市")) {
				running[s] = append(running[s], i)
			}
		}
	}
	for line := range lines(namesText) {
		f := strings.Fields(line)
		i := g.byCode[f[0]]
		for _, n := range f[1:] {
			g.byName[n] = append([]int{i}, g.byName[n]...)
			if len([]rune(n)) > 1 {
				running[n] = []int{i}
			}
		}
	}
	for _, w := range words(notPlacesText) {
		running[w] = nil
	}
	g.find = zh.NewTrie(running)
	return g
}

func (g *gazetteer) name(n string, i int) {
	for _, k := range g.byName[n] {
		if k == i {
			return
		}
	}
	g.byName[n] = append(g.byName[n], i)
}

// shorten gives every place its short name: a district keeps 区 (河北区), and
// what would be called like a higher place keeps its kind (吉林市, 承德县).
func (g *gazetteer) shorten() {
	taken := map[string]bool{}
	for _, level := range []Level{Province, Prefecture, County} {
		var mine []string
		for i := range g.places {
			p := &g.places[i]
			if p.Level != level {
				continue
			}
			p.Short = p.Name
			s := Plain(p.Name)
			if len([]rune(s)) >= 2 && !taken[s] && !(level == County && strings.HasSuffix(p.Name, "区")) {
				p.Short = s
			}
			if p.Short == p.Name && strings.HasSuffix(p.Name, "自治州") {
				p.Short = s + "州" // 海南州
			}
			mine = append(mine, p.Short)
		}
		for _, s := range mine {
			taken[s] = true
		}
	}
}

func levelOf(code string) Level {
	switch len(code) {
	case 2:
		return Province
	case 4:
		return Prefecture
	}
	return County
}

// kinds end names and say what kind of division each is, longer
// ones before those they end in.
//
//go:embed kinds.txt
var kindsText string

var kinds = sync.OnceValue(func() []string { return words(kindsText) })

// peoples are the names of peoples in those of autonomous divisions.
//
//go:embed peoples.txt
var peoplesText string

var peoples = sync.OnceValue(func() []string { return words(peoplesText) })

// Plain returns name without its kind, and of an autonomous division without its
// people: 延边 of 延边朝鲜族自治州.
func Plain(name string) string {
	kind := zh.SuffixOf(name, kinds())
	s := strings.TrimSuffix(name, kind)
	if !strings.HasPrefix(kind, "自治") {
		return s
	}
	for {
		p := zh.SuffixOf(s, peoples())
		if p == "" {
			return s
		}
		if len([]rune(s))-len([]rune(p)) < 2 {
			if t := strings.TrimSuffix(s, "族"); len([]rune(t)) >= 2 {
				return t // 东乡族自治县
			}
			return s
		}
		s = strings.TrimSuffix(s, p)
	}
}

// lines yields the lines of a data file but for comments.
func lines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}

func words(text string) []string {
	var out []string
	for line := range lines(text) {
		out = append(out, strings.Fields(line)...)
	}
	return out
}
