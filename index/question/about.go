package question

import (
	_ "embed"
	"regexp"
	"strings"
)

// aboutList holds questions on the report as a whole; the file says how it is
// written.
//
//go:embed about.txt
var aboutList string

// An aboutReader tells what is asked of the report as a whole.
type aboutReader struct {
	words, empty *regexp.Regexp
	topics       []aboutTopic
}

type aboutTopic struct {
	topic string
	alone bool // without a word for the report, too
	re    *regexp.Regexp
}

// abouts is that of aboutList. A line that is none panics: the list is part of
// the program.
var abouts = func() (r aboutReader) {
	for line := range strings.Lines(aboutList) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, pattern, ok := strings.Cut(line, " = ")
		switch {
		case !ok:
			panic("about: no topic in " + line)
		case name == "words":
			r.words = regexp.MustCompile(pattern)
		case name == "empty":
			r.empty = regexp.MustCompile(pattern)
		default:
			topic, alone := strings.CutSuffix(name, "!")
			r.topics = append(r.topics, aboutTopic{topic, alone, regexp.MustCompile(`^(?:` + pattern + `)$`)})
		}
	}
	return r
}()

// topic returns what bare asks of the report as a whole; "" if it asks something of
// what the report says.
func (r *aboutReader) topic(bare string) string {
	rest := r.words.ReplaceAllString(bare, "")
	named := rest != bare
	rest = r.empty.ReplaceAllString(rest, "")
	for _, t := range r.topics {
		if (named || t.alone) && t.re.MatchString(rest) {
			return t.topic
		}
	}
	return ""
}

// partSaid asks what one part of the report says.
var partSaid = regexp.MustCompile(`^(?:这?(?:份|个|篇)?(?:政府工作)?报告)?(?:里|中)?的?(?:第[一二三四五六七八九十][个大]*|最后一?[个大]*)(?:部分|块|章|节|板块)(?:里|中|里面)?(?:主要|都|大概|具体|的)*(?:(?:讲|说|写|谈|是|有|包括)(?:的|了|的是)*(?:些|点)?(?:什么|啥|哪些|哪几)(?:内容|东西|事|方面)?|内容(?:是什么|是啥|有哪些)?|怎么说|讲讲|说说)$|^what (?:does|is|'s) (?:in )?(?:the )?(?:part|section|chapter) (?:one|two|three|four|[1-4])(?: say| about)?$|^what (?:does|is in) the (?:first|second|third|last) (?:part|section)(?: say| about)?$`)
