package rank

import (
	"testing"

	"jinwen/corpus"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// A heldTerm is a term, and how well passage 0 and the heading of section 0 hold it.
type heldTerm struct {
	term          resolve.Term
	passage, head float64
}

// hitsOf are those of terms; their passage is 0.
func hitsOf(t *testing.T, words string, terms ...heldTerm) *Hits {
	t.Helper()
	h := &Hits{Index: newTestIndex(t, nil, false), Question: &resolve.Question{Question: &question.Question{Words: words, Subject: words}}, Concepts: map[string]bool{}}
	for _, x := range terms {
		at := places{map[int32]float64{}, map[int32]float64{}, map[int32]float64{}, map[int32]int{}}
		if x.passage > 0 {
			at.Passage[0], at.Clause[0] = x.passage, x.passage
		}
		if x.head > 0 {
			at.Head[0] = x.head
		}
		h.Question.Terms, h.Terms, h.Weight = append(h.Question.Terms, x.term), append(h.Terms, at), h.Weight+x.term.Weight
	}
	return h
}

// TestLacksPlaces: a place that the question names is lacking where neither the
// passage nor a heading above it speaks of it.
func TestLacksPlaces(t *testing.T) {
	district := resolve.Term{Text: "岭西", District: true, Known: true, Weight: 1}
	place := resolve.Term{Text: "宁波", Place: true, Known: true, Weight: 1}
	own := resolve.Term{Text: "青溪县", Place: true, Known: true, Weight: 1}
	thing := resolve.Term{Text: "公园", Known: true, Weight: 1}
	light := resolve.Term{Text: "新建", Known: true, Weight: 0.05}
	unknown := resolve.Term{Text: "龘龘", Weight: 1}
	told := func(x resolve.Term) resolve.Term { x.Story = true; return x }
	for _, c := range []struct {
		name                                    string
		terms                                   []heldTerm
		district, place, named, other, only, on bool // lacks the district, a place, one that is named; another district; only the place; holds the heaviest
	}{
		{"nothing", nil, false, false, false, false, false, true},
		{"a thing that is there", []heldTerm{{thing, 1, 0}}, false, false, false, false, false, true},
		{"a thing that is not", []heldTerm{{thing, 0, 0}}, false, false, false, false, false, false},
		{"a thing of the heading", []heldTerm{{thing, 0, 1}}, false, false, false, false, false, true},
		{"a district that is not there", []heldTerm{{district, 0, 0}, {thing, 1, 0}}, true, false, false, true, false, true},
		{"a district of the passage", []heldTerm{{district, 1, 0}, {thing, 1, 0}}, false, false, false, false, false, true},
		{"a district of the heading", []heldTerm{{district, 0, 1}, {thing, 1, 0}}, false, false, false, false, false, true},
		{"a district of the story", []heldTerm{{told(district), 0, 0}, {thing, 1, 0}}, false, false, false, false, false, true},
		{"a place that is not there", []heldTerm{{place, 0, 0}, {thing, 1, 0}}, false, true, true, false, false, true},
		{"a place of the heading", []heldTerm{{place, 0, 1}, {thing, 1, 0}}, false, false, false, false, false, true},
		{"a place of the story", []heldTerm{{told(place), 0, 0}, {thing, 1, 0}}, false, false, false, false, false, true},
		{"the own place", []heldTerm{{own, 0, 0}, {thing, 1, 0}}, false, true, false, false, false, true},
		{"the place alone", []heldTerm{{place, 1, 0}, {thing, 0, 0}}, false, false, false, false, true, true},
		{"the place of the heading alone", []heldTerm{{place, 0, 1}, {thing, 0, 0}}, false, false, false, false, true, true},
		{"the place, and nothing is asked", []heldTerm{{place, 1, 0}}, false, false, false, false, false, true},
		{"the place, and a light word", []heldTerm{{place, 1, 0}, {light, 0, 0}}, false, false, false, false, false, true},
		{"the place, and what nobody knows", []heldTerm{{place, 1, 0}, {unknown, 0, 0}}, false, false, false, false, false, true},
		{"neither the place nor the thing", []heldTerm{{place, 0, 0}, {thing, 0, 0}}, false, true, true, false, false, false},
		{"a light word alone", []heldTerm{{light, 1, 0}, {thing, 0, 0}}, false, false, false, false, false, false},
	} {
		h := hitsOf(t, "", c.terms...)
		got := [6]bool{h.LacksDistrict(0, 0), h.LacksPlace(0, 0), h.lacksNamedPlace(0, 0), h.otherDistrict(0, 0, 0), h.PlaceOnly(0, 0), h.HoldsHeaviest(0, 0)}
		if want := [6]bool{c.district, c.place, c.named, c.other, c.only, c.on}; got != want {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
		if h.LacksDistrict(0, -1) != (c.district || len(c.terms) > 0 && c.terms[0].term.District && !c.terms[0].term.Story && c.terms[0].passage == 0) {
			t.Errorf("%s: without a heading %v", c.name, h.LacksDistrict(0, -1))
		}
	}
}

// TestOtherScope: what only bears the name of a place is not that place.
func TestOtherScope(t *testing.T) {
	for _, c := range []struct {
		scope, words string
		term         resolve.Term
		want         bool
	}{
		{"武汉都市圈", "武汉gdp", resolve.Term{Text: "武汉", Place: true}, true}, {"武汉都市圈", "武汉都市圈gdp", resolve.Term{Text: "武汉", Place: true}, false}, {"武汉市", "武汉gdp", resolve.Term{Text: "武汉", Place: true}, false},
		{"岭西开发区", "岭西gdp", resolve.Term{Text: "岭西", District: true}, true}, {"武汉都市圈", "武汉gdp", resolve.Term{Text: "武汉"}, false}, {"", "武汉gdp", resolve.Term{Text: "武汉", Place: true}, false}, {"长江都市圈", "武汉gdp", resolve.Term{Text: "武汉", Place: true}, false},
	} {
		if got := hitsOf(t, c.words, heldTerm{c.term, 1, 0}).otherScope(corpus.Figure{Scope: c.scope}); got != c.want {
			t.Errorf("%s for %s: %v, want %v", c.scope, c.words, got, c.want)
		}
	}
}

// TestRankEnds: the titles of a report are not ranked, what it counts comes first, and
// the lead of the best is its share before the next.
func TestRankEnds(t *testing.T) {
	h := hitsOf(t, "公园", heldTerm{resolve.Term{Text: "公园", Known: true, Weight: 1}, 1, 0})
	if got := h.Rank(nil, false); len(got) != 0 || h.LeadOf(0) != 0 {
		t.Errorf("of nothing are ranked %v, with a lead of %v", got, h.LeadOf(0))
	}
	all := make([]int, len(h.Index.Report.Passages))
	for i := range all {
		all[i] = i
	}
	ranked := h.Rank(all, true)
	for _, s := range ranked {
		if h.Index.isTitle(s.Passage) {
			t.Errorf("the title %d is ranked", s.Passage)
		}
		if len(s.Parts) == 0 {
			t.Errorf("passage %d explains nothing", s.Passage)
		}
	}
	if got := h.Rank(all[:2], false); len(got) > 0 && got[0].Parts != nil {
		t.Errorf("what is not asked for is explained: %v", got[0].Parts)
	}
	last := ranked[len(ranked)-1].Passage
	h.numbered = map[int]bool{last: true}
	again := h.Rank(all, false)
	if again[0].Passage != last || again[0].Coverage != 1 || h.LeadOf(last) <= 0 || h.LeadOf(last) != 1-again[1].Score/again[0].Score || h.LeadOf(again[1].Passage) != 0 {
		t.Errorf("the passage that is counted: %+v before %+v, lead %v", again[0], again[1], h.LeadOf(last))
	}
	if h.Rank([]int{last}, false); h.LeadOf(last) != 1 {
		t.Errorf("one alone leads by %v, want 1", h.LeadOf(last))
	}
}
