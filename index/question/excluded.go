package question

import (
	"regexp"
	"strings"

	"jinwen/corpus/zh"
)

// What a question says that it does not mean: 不要累计的, 房贷不算, 除了减税,
// not just exports. In Chinese it is a clause, or stands in brackets.
var (
	excludes    = regexp.MustCompile(`(^|[,，。;；、( ])(?:不要|不看|不问|别给|别报|别拿|别说|别算|不算|不计)[^,，。;；、)？?！!]{1,12}|(?:不含|不包括)[^,，。;；、)？?！!]{1,8}|(?:除了|除去|除开)[^,，。;；、)？?！!还也]{1,8}(?:以外|之外)?|^\p{Han}{2,4}(?:以外|之外)`)
	isExcluded  = regexp.MustCompile(`(^|[,，。;；、(?？!！])[^,，。;；、()？?！!]{1,14}?[^算要](?:不要|不算|甭算|别算|不用算|除外|以外|之外)([,，。;；、)！!]|$)`)
	excludedNot = regexp.MustCompile(`(?:,|^|[.?!(])\s*not (?:just |only |counting )?[^,.?!)]*|\b(?:as opposed to|rather than|excluding|apart from)\b[^,.?!)]*`)
)

// withoutExcluded returns folded text without what it says that it does not
// mean; text of which nothing would be left stays.
func withoutExcluded(text string) string {
	out := text
	switch {
	case zh.IsLatinText(text):
		out = excludedNot.ReplaceAllString(text, " ")
	case strings.ContainsAny(text, "不别甭除外"):
		out = isExcluded.ReplaceAllString(excludes.ReplaceAllString(text, "$1"), "$1$2")
	}
	if strings.Trim(out, " ,，。;；、()？?！!.") == "" {
		return text
	}
	return out
}
