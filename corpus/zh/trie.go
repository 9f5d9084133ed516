package zh

import (
	"maps"
	"slices"
	"sort"
)

// A Trie finds which keys a text begins with. It never changes once it is
// made. Its nodes are numbers, 0 the root, in breadth-first order: the
// children of a node are neighbours, in the order of the characters that lead
// to them. Arrays take a sixth of what a map of steps does, and the default
// lexicon is most of what an index holds.
type Trie[V any] struct {
	by     []rune  // node → the character that leads to it
	child  []int32 // node i has the children child[i] up to child[i+1]
	value  []int32 // node → its place in values; -1 where no key ends
	values []V
}

// NewTrie makes a trie of keys and their values.
func NewTrie[V any](of map[string]V) *Trie[V] {
	keys := slices.Sorted(maps.Keys(of)) // UTF-8 sorts as code points do
	runes := make([][]rune, len(keys))
	for i, k := range keys {
		runes[i] = []rune(k)
	}
	t := &Trie[V]{by: []rune{0}, values: make([]V, 0, len(keys))}
	type span struct{ from, to, depth int } // the keys below a node, and how much of them leads to it
	todo := []span{{0, len(keys), 0}}
	for i := 0; i < len(todo); i++ { // todo[i] is node i
		x, end := todo[i], int32(-1)
		if x.from < x.to && len(runes[x.from]) == x.depth {
			end = int32(len(t.values))
			t.values = append(t.values, of[keys[x.from]])
			x.from++
		}
		t.value = append(t.value, end)
		t.child = append(t.child, int32(len(todo)))
		for k := x.from; k < x.to; {
			c, first := runes[k][x.depth], k
			for k < x.to && runes[k][x.depth] == c {
				k++
			}
			t.by = append(t.by, c)
			todo = append(todo, span{first, k, x.depth + 1})
		}
	}
	t.child = append(t.child, int32(len(todo)))
	t.by, t.child, t.value = slices.Clip(t.by), slices.Clip(t.child), slices.Clip(t.value)
	return t
}

// step returns the node that c leads to from node at; 0 if there is none.
func (t *Trie[V]) step(at int32, c rune) int32 {
	from, to := t.child[at], t.child[at+1]
	if n := to - from; n <= 8 {
		for ; from < to; from++ {
			if t.by[from] == c {
				return from
			}
		}
		return 0
	}
	i := from + int32(sort.Search(int(to-from), func(i int) bool { return t.by[from+int32(i)] >= c }))
	if i < to && t.by[i] == c {
		return i
	}
	return 0
}

// Longest returns the value and length of the longest key that s begins with;
// length 0 if there is none.
func (t *Trie[V]) Longest(s []rune) (v V, n int) {
	return t.Match(s, func(int) bool { return true })
}

// Match is Longest among the keys whose length ok accepts.
func (t *Trie[V]) Match(s []rune, ok func(n int) bool) (v V, n int) {
	at := int32(0)
	for i, c := range s {
		if at = t.step(at, c); at == 0 {
			break
		}
		if x := t.value[at]; x >= 0 && ok(i+1) {
			v, n = t.values[x], i+1
		}
	}
	return v, n
}
