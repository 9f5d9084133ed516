package figures

import (
	"regexp"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Reports of the year in which a five-year plan ends or begins tell of five
// years and of one, in parts of their own, in paragraphs or in one sentence.
// Whether a stretch of years is meant is read from the nearest of these:
//
//   - the words of the clause: 到2030年, “十五五”时期年均;
//   - what opens the sentence or the paragraph: 五年来，…; 2025年，…;
//   - the zone of the paragraph (corpus.ZoneFivePlan).
//
// A growth or a flow of such a stretch has its years (2026-2030), a level its
// last (2030).

// A stretch is a run of years, both ends inclusive. The zero stretch is none.
type stretch struct{ from, to int }

func (s stretch) some() bool { return s.to != 0 }

// single reports whether s is one year.
func (s stretch) single() bool { return s.to != 0 && s.from == s.to }

// period returns s as a figure's period: of a flow its years, of a level the last.
func (s stretch) period(flow bool) string {
	switch {
	case !s.some():
		return periodOther
	case !flow || s.from == s.to || s.from == 0:
		return strconv.Itoa(s.to)
	}
	return strconv.Itoa(s.from) + "-" + strconv.Itoa(s.to)
}

// planWords name five-year plans, runWords other runs of years.
var (
	planWords = regexp.MustCompile(`“?(十?[一二三四五六七八九]|十)五”?(?:规划)?(?:时期|期间|五年)`)
	runWords  = regexp.MustCompile(`(过去|近|前|最近|上届政府|未来|今后|后|下一个)?(?:的|这)?([一二三四五六七八九十两]|[0-9]{1,2})年(来|间|里)?|(?:本|上|这)届政府(?:任期|以来|成立以来)?|届内`)
)

// planYears returns the years of the n-th five-year plan, from the first (1953).
func planYears(n int) stretch {
	if n < 3 {
		return stretch{1953 + 5*(n-1), 1957 + 5*(n-1)}
	}
	return stretch{1966 + 5*(n-3), 1970 + 5*(n-3)}
}

// stretchIn returns the stretch of years that s names first, by plan or by length;
// year is the plan's year of the report.
func stretchIn(s string, year int) (st stretch, at int, ok bool) {
	if m := planWords.FindStringSubmatchIndex(s); m != nil {
		n, valid := chineseNumber([]rune(s[m[2]:m[3]]))
		if valid && !preparing.MatchString(s[:m[0]]) {
			return planYears(int(n)), m[0], true
		}
	}
	for _, m := range runWords.FindAllStringSubmatchIndex(s, -1) {
		if m[4] < 0 {
			return stretch{}, m[0], true // 本届政府: of years that nobody tells
		}
		n, ok := chineseNumber([]rune(s[m[4]:m[5]]))
		if !ok {
			n, _ = strconv.ParseFloat(s[m[4]:m[5]], 64)
		}
		if zh.IsDigit(zh.LastRune(s[:m[4]])) {
			continue // 2025年
		}
		which, tail := "", ""
		if m[2] >= 0 {
			which = s[m[2]:m[3]]
		}
		if m[6] >= 0 {
			tail = s[m[6]:m[7]]
		}
		if n < 2 {
			continue
		}
		switch which {
		case "未来", "今后", "后", "下一个":
			return stretch{year, year + int(n) - 1}, m[0], year != 0
		case "过去", "近", "最近":
		case "":
			if tail == "" && !strings.HasSuffix(s[:m[0]], "这") && !(m[0] == 0 && yearsOfWork.MatchString(s[m[1]:])) {
				continue
			}
		default:
			continue
		}
		if year == 0 {
			return stretch{}, m[0], true
		}
		return stretch{year - int(n), year - 1}, m[0], true
	}
	return stretch{}, 0, false
}

// yearsOfWork goes on behind a run of years that opens a clause: 五年改造, 三年累计.
var yearsOfWork = lists.Pattern(`^<yearsOfWork>`)

// preparing ends what names a stretch without telling of it: 为“十五五”时期打基础.
var preparing = regexp.MustCompile(`(?:为|与|同|和|向|对接|谋划|高于|快于|较|比)$`)

// oneYear opens what tells of a year: 2025年，; 过去一年; 刚刚过去的2025年.
var oneYear = regexp.MustCompile(`^(?:各位代表[！，])?(?:刚刚过去的|过去的|在)?(?:(?:(?:19|20|21)[0-9]{2})年[，,是我全]|过去一年|一年来|去年|今年|(?:一年来|过去的一年))`)

// zoneSpan returns the stretch that the zone at pos tells of; none where it tells of
// one year.
func (r *report) zoneSpan(pos int) stretch {
	i := r.PassageAt(pos)
	if i < 0 || r.Year == 0 {
		return stretch{}
	}
	const years = 5
	switch r.Passages[i].Zone {
	case corpus.ZoneFiveReview:
		return stretch{r.Year - years, r.Year - 1}
	case corpus.ZoneFivePlan:
		return stretch{r.Year, r.Year + years - 1}
	}
	return stretch{}
}

// opening reads how a sentence begins: with a stretch of years, with one year,
// or with neither.
func (r *report) opening(s corpus.Span) (st stretch, year, ok bool) {
	const reach = 24 // characters in which a sentence says when
	head := string(r.runes[s.Start:min(s.End, s.Start+reach)])
	head = strings.TrimLeft(head, " 　")
	if _, n := markBefore(head); n > 0 {
		head = head[n:]
	}
	if oneYear.MatchString(head) {
		return stretch{}, true, true
	}
	st, at, ok := stretchIn(head, r.Year)
	if !ok || !st.some() || strings.ContainsAny(head[:at], "。；") || strings.Count(head[:at], "，") > 1 {
		return stretch{}, false, false
	}
	return st, false, true
}

// pointMark is the mark of a point that a sentence may open with.
var pointMark = regexp.MustCompile(`^(?:——|—|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，|[（(][一二三四五六七八九十]+[）)])`)

func markBefore(s string) (string, int) {
	loc := pointMark.FindStringIndex(s)
	if loc == nil {
		return "", 0
	}
	return s[:loc[1]], loc[1]
}

// opens reads what the sentence s says of the years that it and the rest of
// the paragraph are of. The first sentence speaks for the paragraph; a later
// one does if it holds no figure and names a stretch or the year before
// (过去五年，成就举世瞩目。).
func (f *figureReader) opens(s corpus.Span, first, figures bool) {
	st, year, ok := f.r.opening(s)
	if !ok || !first && figures {
		return
	}
	if !first && year {
		if head := f.r.Quote(corpus.Span{Start: s.Start, End: min(s.End, s.Start+lastYearReach)}); lastYear.MatchString(head) && f.r.Year != 0 {
			f.para.of(f.r, stretch{f.r.ReviewYear(), f.r.ReviewYear()})
			f.time = f.para
		}
		return
	}
	f.para.span, f.para.open = st, false
	f.time = f.para
}

// lastYearReach is within how many characters a sentence says that it looks back.
const lastYearReach = 8

var lastYear = regexp.MustCompile(`^(?:过去(?:的)?一年|去年|一年来)`)
