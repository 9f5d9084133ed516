package figures

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A figure's period is the year that its place in the report tells, unless
// words nearer to it say otherwise:
//
//   - 到2030年, 2019年: that year; 今年, 去年: the plan's year, the one before;
//   - 五年来, 年均, “十四五”期间, 2016年以来: a stretch, which is "other";
//   - 累计: a total up to now, "cumulative".
//
// What a value is compared with (比2019年) is no period. Words that open a
// sentence hold to its end, those that open a paragraph to the paragraph's.

const (
	periodOther      = "other"
	periodCumulative = "cumulative"
)

// A timeContext is what has been read of time so far.
type timeContext struct {
	time     corpus.Time
	section  corpus.Time // of the part, where time is Other by what its paragraph says
	period   string
	explicit bool // by a word, not by the place
	past     bool // 去年, 已: in a plan
	future   bool // 到2030年: in a review
}

var (
	yearWords = regexp.MustCompile(`(比|较|与|超过|跟|和|同)?(?:(到|至|自)?((?:19|20|21)[0-9]{2})(?:[—\-－–~至到](?:20|21)?[0-9]{2})?年(底前|底|末|前|以来)?|(今年以来|今年|全年|去年|上年|本年|过去一年|一年来|明年|五年来|过去五年|五年间|五年里|三年来|四年来|近五年|近三年|未来五年|今后五年|未来三年|届内|本届政府|[“]?十[三四五六]五[”]?(?:时期|期间|以来)|党的十[八九]大以来|十年来|目前))`)
	stretch   = regexp.MustCompile(`(?:五|三|四|两|十|[0-9]+)年(?:来|间|里)|过去五年|近[三五十]年|期间|时期|以来|今后[三五]年|未来[三五]年|届内|本届政府`)
	range4    = regexp.MustCompile(`[0-9]{4}(?:年?[—\-－–~至到])(?:20|21)?[0-9]{2}年`)
)

// paragraphContext is the time of a paragraph's figures.
func (r *report) paragraphContext(p corpus.Span) timeContext {
	t := timeContext{time: corpus.Other, section: corpus.Other}
	if i := r.PassageAt(p.Start); i >= 0 {
		t.time = r.Passages[i].Time
		sec := r.Passages[i].Section
		if sec >= 0 {
			t.section = r.Sections[sec].Time
		}
		for ; sec >= 0; sec = r.Sections[sec].Parent {
			// 2026年和过去五年工作回顾 is of the year where its text names no stretch.
			if title := r.Sections[sec].Title; stretch.MatchString(title) && !slices.Contains(zh.YearsIn(title), r.ReviewYear()) && !r.Sections[sec].Inline && !strings.Contains(title, "一年") && t.section == corpus.Review {
				t.period = periodOther
			}
		}
	}
	return t
}

// read takes in the time words of the clause text and returns the context
// that holds from there on in the sentence.
func (t timeContext) read(r *report, text []rune, first bool) timeContext {
	s := string(text)
	if len(text) > 200 {
		s = string(text[:200])
	}
	if !strings.ContainsAny(s, "年届期来前") {
		return t
	}
	for _, m := range yearWords.FindAllStringSubmatchIndex(s, -1) {
		word := s[m[0]:m[1]]
		if m[2] >= 0 { // 比2019年
			continue
		}
		before := s[:m[0]]
		if strings.Count(before, "“") > strings.Count(before, "”") || strings.Count(before, "《") > strings.Count(before, "》") {
			continue
		}
		switch {
		case m[6] >= 0:
			y, _ := strconv.Atoi(s[m[6]:m[7]])
			after := s[m[1]:]
			switch {
			case strings.HasSuffix(word, "以来"), range4.MatchString(word):
				t.period, t.explicit = periodOther, true
			case strings.HasPrefix(after, "的") && fromYear.MatchString(before):
				// 由2019年的5家增加到: handled with the value
			default:
				t.period, t.explicit = strconv.Itoa(y), true
				t.past = r.Year != 0 && y < r.Year
				t.future = r.Year != 0 && y >= r.Year
			}
		default:
			w := s[m[10]:m[11]]
			switch {
			case w == "目前":
			case w == "今年" || w == "本年" || w == "今年以来" || w == "全年":
				if w != "全年" && t.time != corpus.Review && r.Year != 0 {
					t.period, t.explicit, t.past = strconv.Itoa(r.Year), true, false
				}
			case w == "明年":
				if r.Year != 0 {
					t.period, t.explicit, t.future = strconv.Itoa(r.Year+1), true, true
				}
			case w == "去年" || w == "上年" || w == "过去一年" || w == "一年来":
				if w == "上年" && !first {
					continue
				}
				if r.Year != 0 {
					t.period, t.explicit, t.past = strconv.Itoa(r.ReviewYear()), true, true
				}
			default:
				t.period, t.explicit = periodOther, true
				if strings.Contains(w, "来") || strings.Contains(w, "过去") || strings.HasPrefix(w, "近") || strings.HasSuffix(w, "间") {
					t.past = true
				}
			}
		}
	}
	return t
}

var fromYear = regexp.MustCompile(`(?:由|从)$`)

// timeOf gives fig its period and nature.
func (f *figureReader) timeOf(fig *corpus.Figure, pred predicate, p part) {
	r, t := f.r, f.time
	left := string(r.runes[max(p.left.Start, p.q.Start-40):p.q.Start])
	place := t.time
	if place == corpus.Other {
		place = t.section
	}
	// The value's own period.
	switch {
	case pred.yearly, strings.Contains(left, "年均") && !strings.Contains(left, "年均浓度") && stretchIn(t.period):
		fig.Period = periodOther
	case pred.cumulative || strings.Contains(left, "累计") || strings.Contains(left, "截至目前"):
		fig.Period = periodCumulative
	case pred.from && pred.fromYear != "":
		fig.Period = pred.fromYear
	case pred.from:
		fig.Period = periodOther
	case t.period != "":
		fig.Period = t.period
	case place == corpus.Plan && r.Year != 0:
		fig.Period = strconv.Itoa(r.Year)
	case r.Year != 0 && place == corpus.Review:
		fig.Period = strconv.Itoa(r.ReviewYear())
	default:
		fig.Period = periodOther
	}
	if fig.Nature != "" { // decided by the form
		fig.Period = periodOther
		return
	}
	switch {
	case pred.from:
		fig.Nature = corpus.Background
	case p.q.class == unitAge && fig.Measure != corpus.MeasureChange && !ageLevel.MatchString(fig.Indicator):
		fig.Nature = corpus.Background
		fig.Period = periodOther
	case p.q.class == unitDuration && strings.HasSuffix(left, "延长") && p.q.unit == "年":
		fig.Nature = corpus.Background // a term of law or contract
		fig.Period = periodOther
	case t.time == corpus.Other && place == corpus.Plan && !t.explicit:
		fig.Nature = corpus.Background
	case place == corpus.Plan && t.explicit && t.past:
		fig.Nature = corpus.Actual
	case place == corpus.Plan:
		fig.Nature = corpus.Target
	case t.explicit && t.future && fig.Period != strconv.Itoa(r.ReviewYear()):
		fig.Nature = corpus.Target
	case place == corpus.Review:
		fig.Nature = corpus.Actual
	case aimWords.MatchString(left):
		fig.Nature = corpus.Target
	default:
		fig.Nature = corpus.Actual
	}
}

func stretchIn(period string) bool { return period == periodOther || period == "" }

var (
	ageLevel = regexp.MustCompile(`寿命|年龄`)
	aimWords = regexp.MustCompile(`力争|确保|目标|计划|将|争取`)
)
