package check

import (
	_ "embed"
	"regexp"
	"strings"

	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/resolve"
)

// attributeFile lists what questions ask for besides numbers; it says how it is
// written.
//
//go:embed attributes.txt
var attributeFile string

// An attribute is a kind of what is asked for of a thing: when, where, by whom.
// An answer must hold something of that kind.
type attribute struct {
	slot answer.Slot
	ask  *regexp.Regexp // in the question
	give func(h Checker, text string) bool
}

// attributes are those of attributeFile in its order. A line that is none
// panics: the list is part of the program.
var attributes = readAttributes(attributeFile)

// givers are the checks that attributeFile names.
var givers = map[string]func(h Checker, text string) bool{
	"COUNTRY": func(_ Checker, text string) bool { return resolve.NamesCountry(text) },
	"PLACE":   func(h Checker, text string) bool { return h.namesPlace(text) },
	"WHEN": func(h Checker, text string) bool {
		return dated.MatchString(text) || begins.MatchString(text) && begins.MatchString(h.Question.Words)
	},
}

var (
	// dated tells a time, or that it is done within the year that the report is of.
	dated = lists.Pattern(`<dated>|[0-9]年|[0-9一二两三四五六七八九十]+年内|年[底内初中]|[0-9]月|今[冬春年]|[前后]完成`)
	// begins tells that work on something begins, which is when only to those who ask for that.
	begins = regexp.MustCompile(`开工|动工|开建|启动`)
)

func readAttributes(list string) []attribute {
	var out []attribute
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		switch key, value, ok := strings.Cut(line, " = "); {
		case !ok:
			_, slot, _ := strings.Cut(line, " ")
			out = append(out, attribute{slot: answer.Slot(slot)})
		case key == "ask":
			out[len(out)-1].ask = regexp.MustCompile(value)
		case key == "give" && givers[value] != nil:
			out[len(out)-1].give = givers[value]
		case key == "give":
			re := regexp.MustCompile(value)
			out[len(out)-1].give = func(_ Checker, text string) bool { return re.MatchString(text) }
		default:
			panic("attributes: " + line)
		}
	}
	return out
}

// asking are the characters one of which every question for an attribute has.
const asking = "哪谁啥何几时怎咋如叫姓电号网邮公地申带准交whictpw"

var (
	// superlative asks which of several is first.
	superlative = regexp.MustCompile(`最[多高大快低少好强]|第一|排名`)
	// inside is a part of the place that reports.
	inside = regexp.MustCompile(`[县区镇州村]`)
)

// somewhere is a place without a name of its own.
var somewhere = lists.Pattern(`<somewhere>|\p{Han}{2,6}(?:[市区县州镇乡村湾岛港站山河湖江路桥]|机场|新城|大道|片区|半岛)`)

// namesPlace reports whether text names a place other than the report's own.
func (h Checker) namesPlace(text string) bool {
	return somewhere.MatchString(text) || resolve.NamesPlace(text, h.Index.Own)
}

// missingAttribute returns what the question asks for of its subject, if nothing of
// that kind stands where the evidence speaks of it.
func (h Checker) missingAttribute(a *answer.Answer) answer.Missing {
	q := h.Question
	if q.Ask == question.Compare || a.Direct > 0 && q.Ask == question.Number || len(h.Asked) > 0 || len(q.Parts) > 0 {
		return answer.Missing{}
	}
	for _, x := range attributes {
		if !strings.ContainsAny(q.Words, asking) {
			break
		}
		m := x.ask.FindString(q.Words)
		if m == "" {
			continue
		}
		if superlative.MatchString(q.Words) && !inside.MatchString(m) {
			return answer.Missing{} // which of several is first, other reports tell
		}
		for _, hit := range a.Hits[:min(len(a.Hits), Used.Looked)] {
			if h.speaksOf(hit) && x.give(h, h.Index.Report.Quote(hit.Focus)) {
				return answer.Missing{}
			}
		}
		return answer.Missing{Slot: x.slot, Text: m}
	}
	return h.missingChoice(a)
}

// speaksOf reports whether a passage is about what the question is most about.
func (h Checker) speaksOf(x answer.Hit) bool {
	return h.HoldsHeaviest(x.Passage, h.Index.Report.Passages[x.Passage].Section)
}

// choice leaves open which of two things is meant: 先女的还是男的.
var choice = regexp.MustCompile(`(\p{Han}{1,6})还是(\p{Han}{1,6})`)

// ways match both sides of a choice that every number decides.
var ways = regexp.MustCompile(`[涨跌升降增减多少高低快慢大小好坏强弱]|没|不|要|会|能|有`)

// missingChoice returns a choice between two things of which the evidence names
// neither.
func (h Checker) missingChoice(a *answer.Answer) answer.Missing {
	if !strings.Contains(h.Question.Words, "还是") {
		return answer.Missing{}
	}
	m := choice.FindStringSubmatch(h.Question.Words)
	if m == nil || a.Direct > 0 || ways.MatchString(m[2]) {
		return answer.Missing{}
	}
	text := h.Index.Report.Quote(h.Index.Report.Passages[a.Hits[0].Passage].Span)
	for i, t := range h.Question.Terms {
		if (strings.Contains(m[1], t.Text) || strings.Contains(m[2], t.Text)) && h.holds(i, a.Hits[0].Passage) > 0 {
			return answer.Missing{}
		}
	}
	for _, side := range m[1:] {
		for _, c := range side {
			if strings.ContainsRune("男女老少城乡东西南北公私", c) && strings.ContainsRune(text, c) {
				return answer.Missing{}
			}
		}
	}
	return answer.Missing{Slot: answer.SlotQualifier, Text: m[0]}
}
