// Package concept knows the official statistical indicators: what the
// yearbooks and reports call them, what people call them, what they are
// measured in and which way is good. 地区生产总值, 全省生产总值, GDP and 经济总量
// are one concept; 人均GDP and 单位GDP能耗 are others.
//
// Find looks for concepts in any text, a question or the name of a figure. Of
// says what the whole name of a figure measures. Both take simplified text;
// letters and digits may be of full width. The table is in indicators.txt.
package concept

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed indicators.txt
var indicators string

// A Concept is one official indicator.
type Concept struct {
	ID       string   // stands for it everywhere: gdp, urban_income
	Name     string   // as reports usually call it
	Names    []string // official names; a space is where modifiers may stand
	Everyday []string // what people call it
	English  []string
	Measures []string // that its figures can have: level, growth, change, share, rank, count
	Units    []string // base units that its figures can have, as corpus.Figure.Unit
	Good     int      // +1 more is good, -1 less is good, 0 neither
	Near     []string // concepts that are easily taken for it and are not
}

// Has reports whether figures of c can have the measure.
func (c Concept) Has(measure string) bool {
	for _, m := range c.Measures {
		if m == measure {
			return true
		}
	}
	return false
}

// Lookup returns the concept with the id.
func Lookup(id string) (Concept, bool) {
	t := loaded()
	i, ok := t.byID[id]
	if !ok {
		return Concept{}, false
	}
	return t.all[i], true
}

// All returns all concepts in the order of the table. The caller must not
// change it.
func All() []Concept { return loaded().all }

// A table is the parsed data with its matcher.
type table struct {
	all  []Concept
	byID map[string]int
	*matcher
}

// loaded parses the embedded data once. The data is part of the program and
// tested, so a fault in it is a panic.
var loaded = sync.OnceValue(func() *table {
	all, err := parse(indicators)
	if err != nil {
		panic("concept: " + err.Error())
	}
	t := &table{all: all, byID: make(map[string]int, len(all))}
	for i, c := range all {
		t.byID[c.ID] = i
	}
	t.matcher = newMatcher(all)
	return t
})

var measureLetters = map[rune]string{
	'L': "level", 'G': "growth", 'C': "change", 'S': "share", 'R': "rank", 'N': "count",
}

// parse reads the table; the error names the line.
func parse(text string) ([]Concept, error) {
	var all []Concept
	seen := make(map[string]bool)
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 8 {
			return nil, fmt.Errorf("indicators.txt:%d: %d columns, want 8", n+1, len(f))
		}
		c := Concept{
			ID:       strings.TrimSpace(f[0]),
			Names:    fields(f[1]),
			Everyday: spread(fields(f[2])),
			English:  fields(f[3]),
			Units:    fields(f[5]),
			Near:     fields(f[7]),
		}
		for _, l := range strings.TrimSpace(f[4]) {
			m, ok := measureLetters[l]
			if !ok {
				return nil, fmt.Errorf("indicators.txt:%d: unknown measure %q: want L, G, C, S, R or N", n+1, l)
			}
			c.Measures = append(c.Measures, m)
		}
		switch g := strings.TrimSpace(f[6]); g {
		case "+":
			c.Good = 1
		case "-":
			c.Good = -1
		case "0":
		default:
			return nil, fmt.Errorf("indicators.txt:%d: unknown direction %q: want +, - or 0", n+1, g)
		}
		if c.ID == "" || seen[c.ID] || len(c.Names) == 0 {
			return nil, fmt.Errorf("indicators.txt:%d: id %q is missing, a duplicate or without names", n+1, c.ID)
		}
		seen[c.ID] = true
		c.Name = strings.ReplaceAll(c.Names[0], " ", "")
		all = append(all, c)
	}
	return all, nil
}

// spread writes out what slashes shorten: of "农民/村民 收入/挣", whose halves
// have two words each, all four names.
func spread(names []string) []string {
	var out []string
	for _, name := range names {
		all := []string{""}
		for i, half := range strings.Split(name, " ") {
			var longer []string
			for _, begun := range all {
				for _, word := range strings.Split(half, "/") {
					if i > 0 {
						word = begun + " " + word
					}
					longer = append(longer, word)
				}
			}
			all = longer
		}
		out = append(out, all...)
	}
	return out
}

func fields(s string) []string {
	var out []string
	for _, x := range strings.Split(s, ",") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}
