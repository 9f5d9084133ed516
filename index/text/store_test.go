package text

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
)

// storeOf holds docs.
func storeOf(t *testing.T, docs ...string) *Store {
	t.Helper()
	load(t)
	s, err := NewStore(docs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestSearch: documents that hold a word are found, the best is 1, and of those
// that are as good the first are.
func TestSearch(t *testing.T) {
	s := storeOf(t, "加快港口建设", "港口吞吐量增长", "教育", "改造老旧小区", "港口。港口。港口。", "教育")
	words := func(list ...string) (out []Clause) {
		for _, w := range list {
			out = append(out, Clause{w, 1})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		clauses []Clause
		limit   int
		want    []int
	}{
		{"a word", words("港口"), 10, []int{0, 1, 4}},
		{"either of two", words("小区", "吞吐量"), 10, []int{1, 3}},
		{"at most so many", words("港口", "建设", "吞吐量"), 2, []int{0, 1}},
		{"one", words("港口"), 1, []int{4}},
		{"equals in order", words("教育"), 1, []int{2}},
		{"nothing has it", words("航天"), 10, nil},
		{"no words", nil, 10, nil},
		{"a part of a word", words("吞"), 10, nil},
	} {
		got, err := s.Search(t.Context(), c.clauses, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		if ids := slices.Sorted(maps.Keys(got)); !slices.Equal(ids, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		best := 0.0
		for _, share := range got {
			best = max(best, share)
		}
		if len(got) > 0 && best != 1 {
			t.Errorf("%s: the best is %v, want 1", c.name, best)
		}
	}
	if got, err := match(t.Context(), s, "港口", 1); err != nil || len(got) != 1 || got[4] != 1 {
		t.Errorf("Match = %v, %v, want 4", got, err)
	}
	two, err := s.Search(t.Context(), []Clause{{"小区", 9}, {"吞吐量", 1}}, 10)
	if err != nil || two[3] != 1 || two[1] > 0.3 {
		t.Errorf("a word that counts more: %v, %v, want 3 far before 1", two, err)
	}
}

// TestSearchEnds: a search ends with its context.
func TestSearchEnds(t *testing.T) {
	s := storeOf(t, "港口")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, clauses := range [][]Clause{nil, {{"港口", 1}}} {
		if _, err := s.Search(ctx, clauses, 3); !errors.Is(err, context.Canceled) {
			t.Errorf("Search(%v): %v, want context.Canceled", clauses, err)
		}
	}
}
