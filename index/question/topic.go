package question

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"

	"jinwen/corpus/zh"
)

// talkList holds sayings that are no questions to the report.
//
//go:embed talk.txt
var talkList string

// A saying is a kind of message that is no question to the report.
type saying struct {
	ask   Ask
	topic string
	re    *regexp.Regexp
}

// sayings are those of talkList in its order. A line that is none panics: the
// list is part of the program.
var sayings = func() []saying {
	var out []saying
	for line := range strings.Lines(talkList) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, pattern, _ := strings.Cut(line, " = ")
		kind, topic, ok := strings.Cut(name, ".")
		if !ok {
			panic("talk: no topic in " + line)
		}
		out = append(out, saying{Ask(kind), topic, regexp.MustCompile(`^(?:` + pattern + `)$`)})
	}
	return out
}()

// maxSaying is how long a message may be, in characters, to be no more than
// talk: longer ones say something besides.
const maxSaying = 32

// readTopic finds out whether the message is about the bot or the report as a
// whole.
func readTopic(q *Question, w wording) {
	if len(w.runes) > maxSaying {
		return
	}
	bare := bareSaying(w.text)
	s, ok := sayingOf(bare)
	if !ok {
		s, ok = lastSaying(w.text)
	}
	if ok {
		q.Ask, q.Topic = s.ask, s.topic
		return
	}
	if topic := abouts.topic(bare); topic != "" {
		q.Ask, q.Topic = About, topic
		return
	}
	if partSaid.MatchString(bare) {
		q.Ask, q.Topic = Outline, Part
		return
	}
	for _, m := range mores {
		if m.re.MatchString(bare) {
			q.More, q.Topic = true, m.topic
		}
	}
}

// sayingOf returns the saying that bare is, by itself or behind a greeting or a nod:
// 行吧谢谢, 你好你是谁.
func sayingOf(bare string) (saying, bool) {
	for range maxNods {
		for _, s := range sayings {
			if s.re.MatchString(bare) {
				return s, true
			}
		}
		rest := bare
		if nod := nods.FindString(bare); nod != "" {
			rest = polite.ReplaceAllString(bareSaying(bare[len(nod):]), "")
		}
		if rest == bare || rest == "" {
			break
		}
		bare = rest
	}
	return saying{}, false
}

// pause separates the sayings of a message.
var pause = regexp.MustCompile(`[，,。.！!？?~、；;]+`)

// lastSaying returns the last saying of a message that has no more than sayings: 谢谢，再见.
func lastSaying(text string) (last saying, ok bool) {
	pieces := pause.Split(strings.TrimFunc(text, notWord), -1)
	if len(pieces) < 2 {
		return saying{}, false
	}
	for _, p := range pieces {
		if last, ok = sayingOf(polite.ReplaceAllString(bareSaying(p), "")); !ok {
			return saying{}, false
		}
	}
	return last, true
}

// polite opens a question.
var polite = regexp.MustCompile(`^(?:请问一?下?|麻烦问?一?下?|想问一?下?|问一?下)`)

// maxNods is how many greetings and nods may stand before a saying.
const maxNods = 3

// nods are the greetings and nods that sayings begin with, the longest first.
var nods = func() *regexp.Regexp {
	var all []string
	for _, s := range sayings {
		if s.ask == Talk && (s.topic == "hello" || s.topic == "ok" || s.topic == "thanks") {
			all = append(all, strings.TrimSuffix(strings.TrimPrefix(s.re.String(), "^"), "$"))
		}
	}
	re := regexp.MustCompile(`^(?:` + strings.Join(all, "|") + `)`)
	re.Longest()
	return re
}()

// bareSaying returns folded text without the marks and particles around it, and
// without spaces unless they stand between English words.
func bareSaying(text string) string {
	text = strings.TrimFunc(text, notWord)
	if !zh.IsLatinText(text) {
		text = strings.Map(func(c rune) rune {
			if notWord(c) {
				return -1
			}
			return c
		}, text)
	} else {
		text = strings.ReplaceAll(text, "whats", "what's")
	}
	for {
		cut := strings.TrimRight(text, "呢啊呀哦啦嘛哈嘞哟吧呗喽噢了?？!！~")
		if cut = strings.TrimSuffix(strings.TrimSuffix(cut, "吗"), "么"); cut == "" || cut == text {
			return text
		}
		// 什么 ends in 么, and is a word.
		if strings.HasSuffix(cut, "什") || strings.HasSuffix(cut, "怎") || strings.HasSuffix(cut, "那") {
			return cut + "么"
		}
		text = cut
	}
}

// notWord reports whether c is a space or a mark, which says nothing.
func notWord(c rune) bool {
	return unicode.IsSpace(c) || c != '\'' && (unicode.IsPunct(c) || unicode.IsSymbol(c)) || c == '~'
}

// mores are the wishes for more of what was answered last: the next page, the
// same at length, the answer before.
var mores = []struct {
	topic string
	re    *regexp.Regexp
}{
	{Next, regexp.MustCompile(`^(?:还有(?:吗|么|没有?|呢)?(?:其他|别的)?的?|还有(?:什么|啥|哪些)|更多|再来|再说(?:说|点)|下一?页|继续|接着说|more|next|go on)$`)},
	{Detail, regexp.MustCompile(`^(?:(?:再|说|讲)?(?:得)?详细[一]?[点些]?|具体[点些一]*|(?:说|讲)(?:得)?具体[点些]?|展开说?说?|原文|原话|detail(?:s|ed)?|more detail(?:s)?|(?:在|出自|写在)?(?:报告)?(?:的|里)?(?:哪一?个?部分|第几部分|哪一?节|哪一?章)(?:写的|说的|提到的)?|(?:出处|来源)(?:是)?(?:哪里|什么)?)$`)},
	{Back, regexp.MustCompile(`^(?:上一?[条个页]|前一[条个]|返回|back)$`)},
}

// Part is the topic of a question for the headings of one part of the report.
const Part = "part"

// Topics of a question that asks for more.
const (
	Next   = "next"
	Detail = "detail"
	Back   = "back"
)
