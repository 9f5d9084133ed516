package figures

import (
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// A figure's period is the year that its place in the report tells, unless
// words nearer to it say otherwise:
//
//   - 到2030年, 2019年: that year; 今年, 去年: the plan's year, the one before;
//   - 五年来, “十四五”期间, 今后五年, 2021—2025年: those years (see horizon.go);
//   - 2016年以来, 十八大以来: a stretch without an end, which is "other";
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
	zone     corpus.Zone
	section  corpus.Time // of the part, where time is Other by what its paragraph says
	span     stretch     // of the years told of; none: those of the place
	open     bool        // of a stretch that nobody tells the years of
	explicit bool        // by a word, not by the place
	past     bool        // 去年, 已: in a plan
	future   bool        // 到2030年: in a review
}

var (
	yearWords = lists.Pattern(`(比|较|与|超过|跟|和|同)?(?:(到|至|自)?((?:19|20|21)[0-9]{2})(?:年?[—\-－–~至到]((?:20|21)?[0-9]{2}))?年(底前|底|末|前|以来)?|(<times>|党的十[八九]大以来))`)
)

// paragraphContext returns the time of a paragraph's figures.
func (r *report) paragraphContext(p corpus.Span) timeContext {
	t := timeContext{time: corpus.Other, section: corpus.Other, span: r.zoneSpan(p.Start)}
	if i := r.PassageAt(p.Start); i >= 0 {
		t.time, t.zone = r.Passages[i].Time, r.Passages[i].Zone
		if sec := r.Passages[i].Section; sec >= 0 {
			t.section = r.Sections[sec].Time
		}
	}
	return t
}

// of sets the years that t tells of, by a word.
func (t *timeContext) of(r *report, st stretch) {
	t.span, t.open, t.explicit = st, false, true
	t.past = r.Year != 0 && st.to < r.Year
	t.future = r.Year != 0 && st.to >= r.Year
}

// endless makes t one of a stretch without known years.
func (t *timeContext) endless(past bool) {
	t.span, t.open, t.explicit = stretch{}, true, true
	t.past = t.past || past
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
	if st, at, ok := stretchIn(s, r.Year); ok && !comparedBefore.MatchString(s[:at]) && !quotedAt(s, at+1) {
		if st.some() {
			t.of(r, st)
		} else {
			t.endless(true)
		}
	}
	for _, m := range yearWords.FindAllStringSubmatchIndex(s, -1) {
		if m[2] >= 0 || quotedAt(s, m[0]) || facing.MatchString(s[:m[0]]) { // 比2019年
			continue
		}
		if m[6] >= 0 {
			t.readYear(r, s, m)
			continue
		}
		t.readWord(r, s[m[12]:m[13]], first)
	}
	return t
}

var comparedBefore = regexp.MustCompile(`(?:比|较|与|超过|跟|和|同|高于|快于|低于)“?$`)

// facing stands before a year that something is made for or compared with:
// 面向2030年的重大项目, 快于2024年, 是1997年的2倍.
var facing = lists.Pattern(`(?:<facing>|[，：]是|^是)$`)

// quotedAt reports whether the byte at of s stands in a title or in quotation
// marks that open before it.
func quotedAt(s string, at int) bool {
	before := s[:at]
	return strings.Count(before, "《") > strings.Count(before, "》") || strings.Count(before, "“") > strings.Count(before, "”")
}

// readYear reads a year that stands in s at the places m of yearWords.
func (t *timeContext) readYear(r *report, s string, m []int) {
	y, _ := strconv.Atoi(s[m[6]:m[7]])
	before, after := s[:m[0]], s[m[1]:]
	switch {
	case m[10] >= 0 && s[m[10]:m[11]] == "以来":
		t.endless(true)
	case m[8] >= 0:
		end, _ := strconv.Atoi(s[m[8]:m[9]])
		if end < 100 {
			end += y / 100 * 100
		}
		t.of(r, stretch{y, end})
	case strings.HasPrefix(after, "的") && fromYear.MatchString(before):
		// 由2019年的5家增加到: handled with the value
	default:
		t.of(r, stretch{y, y})
	}
}

// readWord reads a word for a year: 去年.
func (t *timeContext) readWord(r *report, w string, first bool) {
	year := func(y int) {
		if r.Year != 0 {
			t.of(r, stretch{y, y})
		}
	}
	switch w {
	case "目前", "届时": // of whatever was told of before
	case "今年", "本年", "今年以来":
		if t.time != corpus.Review {
			year(r.Year)
			t.past, t.future = false, false
		}
	case "全年":
	case "明年":
		year(r.Year + 1)
	case "去年", "上年", "过去一年", "一年来":
		if w != "上年" || first {
			year(r.ReviewYear())
		}
	default:
		t.endless(true)
	}
}

var fromYear = regexp.MustCompile(`(?:由|从)$`)

// timeOf gives fig its period and nature.
func (f *figureReader) timeOf(fig *corpus.Figure, pred predicate, p part) {
	left := string(f.r.runes[max(p.left.Start, p.q.Start-40):p.q.Start])
	place := f.time.time
	if place == corpus.Other {
		place = f.time.section
	}
	fig.Period = f.periodOf(fig, pred, left, place)
	if fig.Nature != "" { // decided by the form
		if fig.Nature == corpus.Background {
			fig.Period = periodOther
		}
		return
	}
	fig.Nature = f.natureOf(fig, pred, p, left, place)
	if fig.Nature == corpus.Background && (!pred.from || p.q.class == unitAge || p.q.class == unitDuration) {
		fig.Period = periodOther
	}
}

// periodOf returns the period of fig, which stands behind left in a part that tells
// of place.
func (f *figureReader) periodOf(fig *corpus.Figure, pred predicate, left string, place corpus.Time) string {
	r, t := f.r, f.time
	span := t.span
	if !span.some() && !t.open && r.Year != 0 {
		switch place {
		case corpus.Plan:
			span = stretch{r.Year, r.Year}
		case corpus.Review:
			span = stretch{r.ReviewYear(), r.ReviewYear()}
		}
	}
	yearly := pred.yearly || strings.Contains(left, "年均") && !strings.Contains(left, "年均浓度")
	switch {
	case pred.atYear != "" && !pred.from:
		return pred.atYear
	case pred.from && pred.fromYear != "":
		return pred.fromYear
	case pred.from:
		return periodOther
	case yearly && (span.single() || !span.some()) && !averageOfYear.MatchString(fig.Indicator):
		return periodOther
	case (pred.cumulative || strings.Contains(left, "累计") || strings.Contains(left, "截至目前")) && !t.future:
		return periodCumulative
	}
	return span.period(yearly || isFlow(fig, pred))
}

// averageOfYear names what is the mean of one year: PM2.5年均浓度.
var averageOfYear = regexp.MustCompile(`年均(?:浓度|值|气温|降水)`)

// isFlow reports whether fig is added up over time rather than there at its
// end.
func isFlow(fig *corpus.Figure, pred predicate) bool {
	switch fig.Measure {
	case corpus.MeasureGrowth, corpus.MeasureChange:
		return !pred.compare // 高于全国0.7个百分点 is where it stands
	case corpus.MeasureRank, corpus.MeasureShare:
		return false
	}
	name := []rune(fig.Indicator)
	if pred.yearly || leadingVerbs(name) > 0 && !stockVerbs.Has(string(name[:leadingVerbs(name)])) {
		return true
	}
	if yearsInName.MatchString(fig.Indicator) {
		return true // 天然气五年产量
	}
	if resultVerbs.Suffix(name) > 0 || flowNouns.MatchString(fig.Indicator) {
		return true
	}
	return pred.cumulative
}

// stockVerbs open names of what is there altogether.
var stockVerbs = zh.List("保持", "保有", "共有", "拥有", "现有", "稳定", "累计拥有", "达到", "集聚", "汇聚", "聚集")

// yearsInName says of how many years the sum is.
var yearsInName = regexp.MustCompile(`^[三四五十]年|[三四五十]年(?:总|累计)?(?:产量|产值|投资|新增|实施|转移|获得)`)

// flowNouns are names of what is added up over time.
var flowNouns = lists.Pattern(`<flows>|改造$|投资$|投资额$`)

// natureOf says whether fig was reached, is aimed at, or neither.
func (f *figureReader) natureOf(fig *corpus.Figure, pred predicate, p part, left string, place corpus.Time) corpus.Nature {
	r, t := f.r, f.time
	switch {
	case pred.from || t.zone == corpus.ZoneGlossary || t.zone == corpus.ZoneAppendix || t.zone == corpus.ZoneFurniture:
		return corpus.Background
	case p.q.class == unitAge && fig.Measure != corpus.MeasureChange && !ageLevel.MatchString(fig.Indicator):
		return corpus.Background
	case p.q.class == unitDuration && strings.HasSuffix(left, "延长") && p.q.unit == "年":
		return corpus.Background // a term of law or contract
	case t.time == corpus.Other && place == corpus.Plan && !t.explicit:
		return corpus.Background
	case place == corpus.Plan && t.explicit && t.past:
		return corpus.Actual
	case place == corpus.Plan:
		return corpus.Target
	case t.explicit && t.future && t.span.to != r.ReviewYear():
		return corpus.Target
	case place == corpus.Review:
		return corpus.Actual
	case aimWords.MatchString(left):
		return corpus.Target
	}
	return corpus.Actual
}

var (
	ageLevel = regexp.MustCompile(`寿命|年龄`)
	aimWords = regexp.MustCompile(`力争|确保|目标|计划|将|争取`)
)
