// Package gloss knows how people describe what reports have a term for: 给老房子装梯子
// for 加装电梯, 天蓝的日子 for 空气质量优良天数. The lexicon maps words to words; a gloss
// is several words, of which a question need not have all, nor these very ones.
//
// README.md says what the files in data are. Start reading at [Find].
package gloss

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jinwen/corpus/zh"
)

// compiled has the glosses cut into words, near the words that mean about the
// same. TestCompiled holds that both are current.
//
//go:generate go test -run ^TestCompiled$ -update .
var (
	//go:embed data/compiled/glosses.txt
	compiled string
	//go:embed data/compiled/near.txt
	near string
	//go:embed words.txt
	wordFile string
)

// Weights are the numbers that say how well a question describes a thing.
type Weights struct {
	Weak float64 // factor on the weight of a word that tells little: 人, 做, the
	Full float64 // weight of words from which about two thirds of a gloss's worth are reached
	Like float64 // of a word that means the same as the one in the gloss, and is another

	Common int // phrases: a word that stands in more proposes none by itself
}

// Used are the ones in use.
var Used = Weights{Weak: 0.3, Full: 6, Like: 0.75, Common: 1000}

// A Match is a thing that a text describes.
type Match struct {
	Gloss int     // Terms says what reports call it
	Score float64 // how well the text describes it, 0..1
}

// A book is all glosses, ready to be looked up. It never changes. Its lists lie
// one behind the other: forty thousand slices of their own take twice the room.
type book struct {
	numbers map[string]int32 // word → number
	weight  []float32        // by word: how much it tells, the rarer the more
	near    lists[alike]     // by word: what means about the same
	in      lists[int32]     // by word: the phrases that have it
	words   lists[int32]     // by phrase
	gloss   []int32          // by phrase
	all     []float32        // by phrase: weight of its words
	terms   []string         // by gloss: joined by spaces
	notes   sync.Pool        // of *notes
}

// alike is a word that means about the same as another.
type alike struct {
	word int32
	by   float32 // 0..1
}

// lists are lists by number.
type lists[T any] struct {
	end  []int32 // of each list in all
	list []T
}

// add adds to the list that was begun last.
func (l *lists[T]) add(x T) { l.list = append(l.list, x) }

// close ends that list.
func (l *lists[T]) close() { l.end = append(l.end, int32(len(l.list))) }

// of returns the i-th list.
func (l *lists[T]) of(i int32) []T {
	from := int32(0)
	if i > 0 {
		from = l.end[i-1]
	}
	return l.list[from:l.end[i]]
}

var glosses = sync.OnceValue(func() *book { return read(compiled, near) })

// Load reads the glosses, which the first question else waits for.
func Load() { glosses() }

// Len returns how many glosses there are.
func Len() int { return len(glosses().terms) }

// Terms returns what reports call the i-th of the things that are described,
// folded, the most usual first.
func Terms(i int) []string { return strings.Fields(glosses().terms[i]) }

// read makes a book of the compiled files.
func read(compiled, near string) *book {
	b := &book{numbers: make(map[string]int32, 1<<14)}
	var times []int32 // by word: how many phrases have it
	for line := range strings.Lines(compiled) {
		terms, phrases, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		for text := range strings.SplitSeq(phrases, "/") {
			from := len(b.words.list)
			for w := range strings.SplitSeq(text, " ") {
				id, ok := b.numbers[w]
				if !ok {
					id = int32(len(times))
					b.numbers[w], times = id, append(times, 0)
				}
				if !slices.Contains(b.words.list[from:], id) {
					b.words.add(id)
					times[id]++
				}
			}
			b.words.close()
			b.gloss = append(b.gloss, int32(len(b.terms)))
		}
		b.terms = append(b.terms, terms)
	}
	b.weigh(times)
	b.invert(times)
	b.readNear(near)
	b.notes.New = func() any { return &notes{has: make([]float32, len(times)), tried: make([]bool, len(b.gloss))} }
	return b
}

// weigh sets what words and phrases weigh; times is in how many phrases each
// word stands.
func (b *book) weigh(times []int32) {
	weak := zh.List(zh.Sections(wordFile)["weak"]...)
	b.weight = make([]float32, len(times))
	for w, id := range b.numbers {
		b.weight[id] = float32(math.Log(1 + float64(len(b.gloss))/float64(1+times[id])))
		if weak.Has(w) {
			b.weight[id] *= float32(Used.Weak)
		}
	}
	b.all = make([]float32, len(b.gloss))
	for i := range b.all {
		for _, id := range b.words.of(int32(i)) {
			b.all[i] += b.weight[id]
		}
	}
}

// invert notes which phrases have each word.
func (b *book) invert(times []int32) {
	b.in.end = make([]int32, len(times))
	n := int32(0)
	for id, k := range times {
		b.in.end[id] = n // where its list begins, until it is filled
		n += k
	}
	b.in.list = make([]int32, n)
	for i := range b.gloss {
		for _, id := range b.words.of(int32(i)) {
			b.in.list[b.in.end[id]] = int32(i)
			b.in.end[id]++
		}
	}
}

// readNear reads which words mean about the same: a line for each that has such,
// with the others and by how many hundredths each means the same.
func (b *book) readNear(near string) {
	of := make(map[int32]string)
	for line := range strings.Lines(near) {
		w, rest, _ := strings.Cut(line, " ")
		if id, ok := b.numbers[w]; ok {
			of[id] = rest
		}
	}
	for id := range int32(len(b.weight)) {
		fields := strings.Fields(of[id])
		for k := 0; k+1 < len(fields); k += 2 {
			if other, ok := b.numbers[fields[k]]; ok {
				by, _ := strconv.Atoi(fields[k+1])
				b.near.add(alike{other, float32(by) / 100})
			}
		}
		b.near.close()
	}
}

// notes are what find notes down for one text: of each word of a gloss, how well
// some word of the text stands for it, and which phrases were tried.
type notes struct {
	has     []float32
	noted   []int32 // words
	tried   []bool
	phrases []int32
}

func (x *notes) note(word int32, by float32) {
	if x.has[word] == 0 {
		x.noted = append(x.noted, word)
	}
	x.has[word] = max(x.has[word], by)
}

// clear makes x as new for the next text.
func (x *notes) clear() {
	for _, id := range x.noted {
		x.has[id] = 0
	}
	for _, p := range x.phrases {
		x.tried[p] = false
	}
	x.noted, x.phrases = x.noted[:0], x.phrases[:0]
}

// Words returns those of cut text that may be in a gloss: without blanks and
// marks, English ones without the s of the plural.
func Words(cut []string) []string {
	out := make([]string, 0, len(cut))
	for _, w := range cut {
		if w = Word(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// Word is a word as glosses have it; "" if they have none such.
func Word(w string) string {
	c := zh.FirstRune(w)
	switch {
	case zh.IsLatin(c):
		if len(w) > 3 && !strings.HasSuffix(w, "ss") {
			w = strings.TrimSuffix(w, "s")
		}
		return w
	case zh.IsHan(c), zh.IsDigit(c):
		return w
	}
	return ""
}

// Find returns what a text cut into folded words describes with a score of at
// least least, best first.
func Find(words []string, least float64) []Match { return glosses().find(words, least) }

func (b *book) find(words []string, least float64) []Match {
	x := b.notes.Get().(*notes)
	defer b.notes.Put(x)
	for _, w := range words {
		id, ok := b.numbers[w]
		if !ok {
			continue
		}
		x.note(id, 1)
		for _, a := range b.near.of(id) {
			x.note(a.word, float32(Used.Like)*a.by)
		}
	}
	for _, id := range x.noted {
		in := b.in.of(id)
		if len(in) > Used.Common {
			continue
		}
		for _, p := range in {
			if !x.tried[p] {
				x.tried[p] = true
				x.phrases = append(x.phrases, p)
			}
		}
	}
	best := make(map[int32]float64) // by gloss: the score of its best phrase
	for _, i := range x.phrases {
		sum := float32(0)
		for _, id := range b.words.of(i) {
			sum += x.has[id] * b.weight[id]
		}
		if float64(sum) < least*float64(b.all[i]) {
			continue // the factor is below 1
		}
		score := float64(sum/b.all[i]) * (1 - math.Exp(-float64(sum)/Used.Full))
		if score >= least && score > best[b.gloss[i]] {
			best[b.gloss[i]] = score
		}
	}
	x.clear()
	out := make([]Match, 0, len(best))
	for g, score := range best {
		out = append(out, Match{int(g), score})
	}
	slices.SortFunc(out, func(x, y Match) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Gloss, y.Gloss))
	})
	return out
}
