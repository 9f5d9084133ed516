package question

import (
	_ "embed"
	"regexp"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed dialect.txt
var dialectFile string

// dialectWords are the words of dialectFile with their standard ones.
var dialectWords = func() *zh.Trie[string] {
	words := make(map[string]string)
	for line := range strings.Lines(dialectFile) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			words[f[0]] = f[1]
		}
	}
	return zh.NewTrie(words)
}()

// In the south-west 好多 is 多少 and 好长 多长, elsewhere they mean very many
// and very long. So they ask only if nothing else in the text does, and nothing
// shows that they tell: 好多人都在问.
var (
	howMuch  = regexp.MustCompile(`好(多|长|高|宽|远|重|久)(?:了|个|嘛|哟|哦|噻|$|[^\p{Han}])`)
	howMany  = regexp.MustCompile(`好多(公里|公斤|平方|[万亿]?[\p{Han}])`)
	tellsAll = regexp.MustCompile(`好多[^，,。；;？?！!]{0,8}[都也还]`)
	anyMoney = regexp.MustCompile(`(?:^|[^\p{Han}]|[要是花给发得领交拿挣补])多钱`)
)

// standard puts the question words of dialects in folded text into those of the
// standard language.
func standard(folded string) string {
	var b strings.Builder
	runes := []rune(folded)
	for i := 0; i < len(runes); {
		if word, n := dialectWords.Longest(runes[i:]); n > 0 {
			b.WriteString(word)
			i += n
			continue
		}
		b.WriteRune(runes[i])
		i++
	}
	folded = anyMoney.ReplaceAllStringFunc(b.String(), func(s string) string {
		return strings.TrimSuffix(s, "多钱") + "多少钱"
	})
	if !strings.Contains(folded, "好") || tellsAll.MatchString(folded) || newWording(folded).asks() {
		return folded
	}
	folded = howMuch.ReplaceAllStringFunc(folded, func(s string) string {
		if strings.HasPrefix(s, "好多") {
			return "多少" + strings.TrimPrefix(s, "好多")
		}
		return "多" + strings.TrimPrefix(s, "好")
	})
	return howMany.ReplaceAllStringFunc(folded, func(s string) string {
		if c := strings.TrimPrefix(s, "好多"); counters[strings.TrimLeft(c, "万亿")] || len([]rune(c)) == 2 && !strings.ContainsAny(c, "万亿") {
			return "多少" + c
		}
		return s
	})
}

// Money is asked for without naming it where people get or pay it: 补贴一个月给多少.
var (
	payAsked = regexp.MustCompile(`(?:给|补|贴|补贴|发|领|拿|挣|交|缴|贷|借)(?:到|得到|得|了|个|上)?(?:多少|几百|几千)(?:$|[^\p{Han}]|[了呢啊呀吗嘛哟哦吧])`)
	sumAsked = lists.Pattern(`(?:多少|几多)<sums>`)
	moneyOf  = regexp.MustCompile(`多少[^，,。？?的了]{1,3}钱(?:$|[^\p{Han}]|[了呢啊呀吗嘛来])`) // 多少血汗钱
	payWords = lists.Pattern(`<pays>`)
)

// asksMoney reports whether w asks for money without saying so.
func (w wording) asksMoney() bool {
	return sumAsked.MatchString(w.text) || moneyOf.MatchString(w.text) || payAsked.MatchString(w.text) && payWords.MatchString(w.text)
}
