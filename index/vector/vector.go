// Package vector says how near two texts are in meaning, by the words that
// they are made of. A word has 64 numbers, distilled from a sentence model
// (make.py); a text has the weighted sum of its words', scaled to length 1.
//
// It knows that 电梯 is near 楼 and 钱 near 资金, and not who did what to whom:
// near texts are candidates, never answers.
package vector

import (
	_ "embed"
	"math"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Dim is how many numbers a vector has.
const Dim = 64

// Of each word of wordList, a line each in the order of their bytes: Dim signed
// bytes of vectorData, and a byte of weightData, 255 times what the word tells
// (near 1 for a rare word, little for one that stands everywhere). All three
// stay in the binary: what is never looked up takes no memory.
var (
	//go:embed words.txt
	wordList string
	//go:embed vectors.i8
	vectorData string
	//go:embed weights.u8
	weightData string
)

// A Vec is the direction of a text's meaning: of length 1, or zero for a text
// of which nothing is known.
type Vec [Dim]float32

// Zero reports whether nothing is known of the text.
func (v *Vec) Zero() bool { return *v == Vec{} }

// Cos returns the cosine of the angle between two texts, -1 to 1; 0 if either
// is zero.
func (v *Vec) Cos(w *Vec) float32 {
	var a, b, c, d float32
	for i := 0; i < Dim; i += 4 {
		a += v[i] * w[i]
		b += v[i+1] * w[i+1]
		c += v[i+2] * w[i+2]
		d += v[i+3] * w[i+3]
	}
	return a + b + c + d
}

// Of returns the vector of a text cut into words. A word that is not known
// stands for its characters; skip (nil: none) tells the words to leave out.
func Of(words []string, skip func(string) bool) Vec {
	var sum [Dim]float64
	for _, w := range words {
		if skip != nil && skip(w) {
			continue
		}
		if add(&sum, w) || utf8.RuneCountInString(w) < 2 {
			continue
		}
		for _, c := range w {
			if one := string(c); skip == nil || !skip(one) {
				add(&sum, one)
			}
		}
	}
	return unit(sum[:])
}

// OfWord returns the vector of one word; zero if it is not known.
func OfWord(word string) Vec {
	var sum [Dim]float64
	add(&sum, word)
	return unit(sum[:])
}

// add adds the weighted vector of a word; false if it is not known.
func add(sum *[Dim]float64, word string) bool {
	i := find(word)
	if i < 0 {
		return false
	}
	weight := float64(weightData[i]) / 255
	for k, x := range []byte(vectorData[i*Dim : (i+1)*Dim]) {
		sum[k] += weight * float64(int8(x))
	}
	return true
}

func unit(sum []float64) (v Vec) {
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	if length == 0 {
		return v
	}
	length = math.Sqrt(length)
	for i, x := range sum {
		v[i] = float32(x / length)
	}
	return v
}

// A Word is a word that is known, with the length of its vector.
type Word struct {
	at     int32
	length float32
}

// Find returns the words of texts that are known and have more than one character.
func Find(texts []string) []Word {
	out := make([]Word, 0, len(texts))
	for _, text := range texts {
		if utf8.RuneCountInString(text) < 2 {
			continue
		}
		i := find(text)
		if i < 0 {
			continue
		}
		sum := 0
		for _, x := range []byte(vectorData[i*Dim : (i+1)*Dim]) {
			sum += int(int8(x)) * int(int8(x))
		}
		if sum > 0 {
			out = append(out, Word{int32(i), float32(math.Sqrt(float64(sum)))})
		}
	}
	return out
}

// Cos returns the cosine of the angle between a word and a text.
func (w Word) Cos(v *Vec) float32 {
	var sum float32
	at := int(w.at) * Dim
	for k := range Dim {
		sum += float32(int8(vectorData[at+k])) * v[k]
	}
	return sum / w.length
}

// stride is how many words share an entry of the table of offsets.
const stride = 16

// offsets holds where every stride-th word begins in wordList.
var offsets = sync.OnceValue(func() []int32 {
	out := make([]int32, 0, len(weightData)/stride+1)
	for i, at := 0, 0; at < len(wordList); i++ {
		if i%stride == 0 {
			out = append(out, int32(at))
		}
		at += strings.IndexByte(wordList[at:], '\n') + 1
	}
	return out
})

// find returns the place of word in wordList; -1 if it is not there.
func find(word string) int {
	table := offsets()
	lineAt := func(at int) string {
		end := at + strings.IndexByte(wordList[at:], '\n')
		return wordList[at:end]
	}
	k := sort.Search(len(table), func(i int) bool { return lineAt(int(table[i])) > word }) - 1
	if k < 0 {
		return -1
	}
	at := int(table[k])
	for i := k * stride; i < (k+1)*stride && at < len(wordList); i++ {
		line := lineAt(at)
		if line == word {
			return i
		}
		at += len(line) + 1
	}
	return -1
}
