package resolve

import (
	"regexp"
	"strings"

	"jinwen/index/question"
)

// Reports list by repeating a word, and readers ask by it: 三量 are 盘活存量、
// 培育增量、提升质量, 七类金融 are 科技金融、绿色金融 and so on, 四个必须 are four
// sentences that begin with 必须. Such a name is a numeral and the word that
// every item of the list ends or begins with.

// seriesName is a name of that kind in a question.
var seriesName = regexp.MustCompile(`([二两三四五六七八九十])(个|大|种|类|条|项)?(\p{Han}{1,4})`)

// readSeries finds the names of lists in folded text that the report has, adds
// them as terms, and returns text without them.
func (r *reader) readSeries(q *Question, text string) string {
	for _, m := range seriesName.FindAllStringSubmatchIndex(text, -1) {
		numeral, word := text[m[2]:m[3]], []rune(text[m[6]:m[7]])
		n, _ := question.Numeral(strings.Replace(numeral, "两", "二", 1))
		for ; len(word) > 0; word = word[:len(word)-1] {
			counted := m[4] >= 0
			if len(word) > 1 && !counted {
				continue // 七金融 is no name
			}
			if counted && r.text.Has([]rune(text[m[0]:m[6]+len(string(word))])) {
				return text // 三大工程 is printed where the three are named
			}
			at := r.text.Ending(word, int(n))
			if len(at) == 0 && counted && len(word) > 1 {
				at = r.text.Beginning(word, int(n))
			}
			if len(at) == 0 {
				continue
			}
			end := m[6] + len(string(word))
			name := text[m[0]:end]
			term := literal(name)
			term.Series = at
			q.Terms = append(q.Terms, term)
			return text[:m[0]] + strings.Repeat(" ", end-m[0]) + text[end:]
		}
	}
	return text
}
