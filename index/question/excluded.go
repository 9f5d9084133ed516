package question

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/zh"
)

//go:embed excluded.txt
var excludedText string

var (
	excludedWords = zh.Sections(excludedText)
	beforeWhatNot = zh.List(excludedWords["before"]...)
	// afterWhatNot are the longest first, since one may end in another.
	afterWhatNot     = longestFirst(excludedWords["after"])
	excludedParticle = strings.Join(excludedWords["particles"], "")
)

// What a question says inside a clause that it does not mean: 除了减税, not just
// exports.
var (
	insideNot  = regexp.MustCompile(`(?:不含|不包括)([^,，。;；、)？?！!]{1,8})|(?:除了|除去|除开)([^,，。;；、)？?！!还也]{1,8})(?:以外|之外)?|^(\p{Han}{2,4})(?:以外|之外)`)
	butNot     = regexp.MustCompile(`(只[要看问算]?[^不]{2,10}?)不[要看问算]([^,，。;；、)？?！!要]{2,8})`) // 只要新增不要累计
	englishNot = regexp.MustCompile(`(?:,|^|[.?!(])\s*not (?:just |only |counting )?([^,.?!)]*)|\b(?:as opposed to|rather than|excluding|apart from)\b([^,.?!)]*)`)
	clauseOf   = regexp.MustCompile(`[^,，。;；、()？?！!]+`)
)

// withoutExcluded returns folded text without what it says that it does not
// mean, and that. Text of which nothing would be left stays.
func withoutExcluded(text string) (rest, not string) {
	var nots []string
	note := func(re *regexp.Regexp) func(string) string {
		return func(s string) string {
			for _, x := range re.FindStringSubmatch(s)[1:] {
				if x = strings.TrimSpace(x); x != "" {
					nots = append(nots, x)
				}
			}
			return ""
		}
	}
	switch {
	case zh.IsLatinText(text):
		rest = englishNot.ReplaceAllStringFunc(text, func(s string) string { return note(englishNot)(s) + " " })
	case strings.ContainsAny(text, "不别甭除外没知晓免"):
		rest = insideNot.ReplaceAllStringFunc(text, note(insideNot))
		if m := butNot.FindStringSubmatchIndex(rest); m != nil {
			nots = append(nots, rest[m[4]:m[5]])
			rest = rest[:m[3]] + rest[m[1]:]
		}
		rest = clauseOf.ReplaceAllStringFunc(rest, func(clause string) string {
			if not := excludedIn(strings.TrimSpace(clause)); not != "" {
				nots = append(nots, not)
				return ""
			}
			return clause
		})
	default:
		return text, ""
	}
	if strings.Trim(rest, " ,，。;；、()？?！!.") == "" {
		return text, ""
	}
	return strings.TrimLeft(rest, " ,，"), strings.Join(nots, ",")
}

// excludedIn returns what a clause says that is not meant; "" if it says no
// such thing.
func excludedIn(clause string) string {
	runes := []rune(clause)
	if n := beforeWhatNot.Prefix(runes); n > 0 && n < len(runes) {
		said, what := string(runes[:n]), string(runes[n:])
		if !strings.HasSuffix(said, "是") || !newWording(clause).asks() && !strings.HasPrefix(what, "说") {
			return what // 不是问去年的, and not 不是说好了吗
		}
	}
	bare := strings.TrimRight(clause, excludedParticle)
	for _, after := range afterWhatNot {
		what, ok := strings.CutSuffix(bare, after)
		if !ok {
			continue
		}
		if c := []rune(what); len(c) < 2 || len(c) > maxExcluded || strings.HasPrefix(after, "不") && strings.ContainsRune("算要看问管列提", c[len(c)-1]) || strings.HasPrefix(after, "我") && !strings.HasSuffix(what, "的") {
			return "" // 算不算, 去年我知道了
		}
		return what
	}
	return ""
}

// maxExcluded is how many characters name at most what is not meant.
const maxExcluded = 15

func longestFirst(words []string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}
