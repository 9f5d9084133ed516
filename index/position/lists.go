package position

// Lists are lists by key, all in one slice. A slice of its own for each of
// the ten thousand pairs of characters in a report would take three times as
// much memory.
type Lists[K comparable, V any] struct {
	at  map[K][2]int32 // key → where its list begins and ends in all
	all []V
}

// NewLists packs lists; it keeps nothing of them.
func NewLists[K comparable, V any](lists map[K][]V) Lists[K, V] {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	p := Lists[K, V]{at: make(map[K][2]int32, len(lists)), all: make([]V, 0, n)}
	for k, l := range lists {
		from := int32(len(p.all))
		p.all = append(p.all, l...)
		p.at[k] = [2]int32{from, int32(len(p.all))}
	}
	return p
}

// Packed returns lists that lie in all one behind the other: that of keys[i] ends at
// ends[i].
func Packed[K comparable, V any](keys []K, ends []int32, all []V) Lists[K, V] {
	p := Lists[K, V]{at: make(map[K][2]int32, len(keys)), all: all}
	from := int32(0)
	for i, k := range keys {
		p.at[k] = [2]int32{from, ends[i]}
		from = ends[i]
	}
	return p
}

// Of returns the list of k; nil if there is none. It is not to be changed.
func (p *Lists[K, V]) Of(k K) []V {
	x, ok := p.at[k]
	if !ok {
		return nil
	}
	return p.all[x[0]:x[1]:x[1]]
}
