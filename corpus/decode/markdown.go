package decode

import (
	"regexp"
	"strings"
)

// Markdown's own marks (CommonMark 0.31, and the tables that GitHub adds). The
// report's marks (一、 （一） 1. ——) are none of them and stay: an ordered list's
// "1." is how a report numbers its sections.
var (
	mdHeading  = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+|$)|[ \t]+#+[ \t]*$`)
	mdList     = regexp.MustCompile(`^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?`)
	mdQuote    = regexp.MustCompile(`^ {0,3}(?:>[ \t]?)+`)
	mdRule     = regexp.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$`)
	mdFence    = regexp.MustCompile("^ {0,3}(?:```|~~~)")
	mdTableBar = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$`)
	mdTableRow = regexp.MustCompile(`^[ \t]*\|(.*)\|[ \t]*$`)
	mdImage    = regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`)
	mdLink     = regexp.MustCompile(`\[([^\]\n]*)\]\([^)\n]*\)`)
	mdRefLink  = regexp.MustCompile(`\[([^\]\n]+)\]\[[^\]\n]*\]`)
	mdRef      = regexp.MustCompile(`^ {0,3}\[[^\]\n]+\]:[ \t]+\S+.*$`)
	mdAuto     = regexp.MustCompile(`<((?:https?|mailto):[^ >\n]+)>`)
	mdStrong   = regexp.MustCompile(`(\*\*|__)([^\n]*?[^\s*_])(\*\*|__)`)
	mdEmph     = regexp.MustCompile(`(^|[^0-9*])\*([^\s*][^*\n]*)\*`)
	mdStrike   = regexp.MustCompile(`~~([^~\n]+)~~`)
	mdCode     = regexp.MustCompile("`+([^`\n]+)`+")
	mdComment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	mdTag      = regexp.MustCompile(`</?(?:br|p|div|span|center|font|b|strong|em|i|u|sup|sub|a|img|hr)(?:[ /][^>\n]*)?>`)
	mdEscape   = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
	mdFront    = regexp.MustCompile(`\A---[ \t]*\n(?s:.*?)\n---[ \t]*\n`)
)

// decodeMarkdown returns the text of a Markdown document as its reader sees
// it, line by line.
func decodeMarkdown(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = mdFront.ReplaceAllString(text, "")
	text = mdComment.ReplaceAllString(text, "")
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n \t")
		if mdRule.MatchString(line) || mdFence.MatchString(line) || mdTableBar.MatchString(line) || mdRef.MatchString(line) {
			out.WriteByte('\n')
			continue
		}
		line = mdQuote.ReplaceAllString(line, "")
		line = mdHeading.ReplaceAllString(line, "")
		line = mdList.ReplaceAllString(line, "")
		if m := mdTableRow.FindStringSubmatch(line); m != nil {
			cells := strings.Split(m[1], "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			line = strings.Join(cells, "\t")
		}
		out.WriteString(mdInline(line))
		out.WriteByte('\n')
	}
	return out.String()
}

// mdInline takes the marks inside a line away.
func mdInline(s string) string {
	if !strings.ContainsAny(s, "*_`[<~\\!") {
		return s
	}
	s = mdImage.ReplaceAllString(s, "")
	s = mdLink.ReplaceAllString(s, "$1")
	s = mdRefLink.ReplaceAllString(s, "$1")
	s = mdAuto.ReplaceAllString(s, "$1")
	s = mdTag.ReplaceAllString(s, "")
	s = mdCode.ReplaceAllString(s, "$1")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdEmph.ReplaceAllString(s, "$1$2")
	s = mdStrike.ReplaceAllString(s, "$1")
	return mdEscape.ReplaceAllString(s, "$1")
}
