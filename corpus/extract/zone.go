package extract

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// The zone of a paragraph follows from three things: what the titles of its
// parts promise (2025年和“十四五”时期工作回顾: two reviews), the words by which
// the paragraph itself says of when it speaks (五年来, 今年, “十五五”时期), and,
// where titles are slogans or missing, how its clauses are worded: what was
// done stands with 了, 完成, 增长6%, what shall be done with 要, 力争 and bare
// verbs.

var (
	selfCriticism = regexp.MustCompile(`(?:存在|面临)(?:的|着|一些|不少|诸多)*[^。，；]{0,12}(?:问题|困难|不足|短板)|问题和不足|困难和问题|(?:清醒|也)(?:地)?(?:看到|认识到)`)
	thanks        = regexp.MustCompile(`崇高(?:的)?敬意|衷心(?:的)?感谢`)
	situation     = regexp.MustCompile(`外部环境|(?:当前|面临的?|发展)形势|风险挑战|困难挑战|机遇`)
	aims          = regexp.MustCompile(`预期目标|总体要求|主要目标|主要抓手`)

	reviewWords = lists.Pattern(`<reviewTitles>`)
	planWords   = lists.Pattern(`<planTitles>`)
	ownWords    = regexp.MustCompile(`自身建设|政府建设|政府(?:现代化)?治理|政府效能|履职|(?:法治|服务型?|廉洁|满意|让人民).{0,8}政府|行政效能|执行力|转作风|从严治政`)
	fiveYears   = regexp.MustCompile(`(?:过去|这|近|上个?)五年|五年来|五年间|五年的?工作`)
	comingFive  = regexp.MustCompile(`(?:未来|今后|下一个)五年`)

	cueFiveReview = regexp.MustCompile(`^[^。]{0,8}(?:过去(?:的)?五年|五年来|这五年|五年间|回[顾望看][^。，]{0,8}五年|本届政府(?:任期|五年)|这是[^。]{2,30}的五年)`)
	cueReview     = regexp.MustCompile(`^[^。]{0,8}(?:过去(?:的)?一年|一年来|去年|回[顾望看][^。，]{0,8}一年|刚刚过去的)`)
	cueFivePlan   = regexp.MustCompile(`^[^。]{0,8}(?:今后五年|未来五年|到20[0-9]{2}年|到二〇[一二三四五六七八九〇]{2}年)`)
	cuePlan       = regexp.MustCompile(`^[^。]{0,12}(?:今年|新的一年|做好今后)`)
	cueYear       = regexp.MustCompile(`^[^。，]{0,10}?(20[0-9]{2})年`)
	cuePeriod     = regexp.MustCompile(`^[^。]{0,60}?(?:“(十?[一二三四五六七八九十])五”(?:时期|规划|期间|以来|目标|主要)?|第(十?[一二三四五六七八九十])(?:十)?个五年(?:规划|计划))`)

	closing = regexp.MustCompile(`让我们|紧密(?:地)?团结|不懈奋斗|努力奋斗|团结奋斗|奋力谱写|共同创造`)
	ownWork = lists.Pattern(`<ownWork>|人大(?:及其常委会)?(?:的)?[^。]{0,6}监督|政协[^。]{0,6}监督`)
)

// periodOf returns when a five-year plan runs: “十四五” 2021 to 2025.
func periodOf(numeral string) (from, to int) {
	n := zh.Numeral(numeral)
	if n < 3 || n > 30 {
		return 0, 0
	}
	from = 1966 + 5*(n-3)
	return from, from + 4
}

// parseZones gives every paragraph, section and stretch of the text its zone.
func (r *report) parseZones(bs []block, body []paragraph) {
	parts := r.parts(body)
	for _, p := range parts {
		r.zonePart(body[p.from:p.to], p)
	}
	r.zoneEnd(body)
	for i := range body {
		p := &body[i]
		for _, s := range p.sentences {
			for k := s.section; k >= 0 && r.Sections[k].Zone == ""; k = r.Sections[k].Parent {
				r.Sections[k].Zone = p.zone
			}
		}
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		if s.Zone == "" && s.Parent >= 0 {
			s.Zone = r.Sections[s.Parent].Zone
		}
		if s.Zone == "" {
			s.Zone = corpus.ZoneReview
			if i > 0 {
				s.Zone = r.Sections[i-1].Zone
			}
		}
		s.Time = s.Zone.Time()
	}
	r.stretches(bs, body)
}

// stretches fills Zones: neighbouring paragraphs of one zone are one.
func (r *report) stretches(bs []block, body []paragraph) {
	k := 0
	for _, b := range bs {
		zone := b.zone
		for k < len(body) && body[k].End <= b.Start {
			k++
		}
		switch {
		case zone != "":
		case k < len(body) && body[k].Start <= b.Start:
			zone = body[k].zone
		default:
			zone = r.headingZone(b.Start)
		}
		if n := len(r.Zones) - 1; n >= 0 && r.Zones[n].Zone == zone {
			r.Zones[n].End = b.End
			continue
		}
		r.Zones = append(r.Zones, corpus.Stretch{Span: b.Span, Zone: zone})
	}
}

// headingZone returns the zone of the section whose heading starts at pos.
func (r *report) headingZone(pos int) corpus.Zone {
	i := sort.Search(len(r.Sections), func(i int) bool { return r.Sections[i].Heading.End > pos })
	if i < len(r.Sections) && r.Sections[i].Heading.Start <= pos {
		return r.Sections[i].Zone
	}
	return corpus.ZoneFurniture
}

// A part is the paragraphs of the body below one part of the outline.
type part struct {
	section  int // -1: above the first part, or a text without parts
	from, to int // in body
}

// parts cuts the body at its parts.
func (r *report) parts(body []paragraph) []part {
	var out []part
	for i, p := range body {
		if p.zone != "" {
			continue
		}
		section := -1
		for k := p.section(); k >= 0; k = r.Sections[k].Parent {
			if r.Sections[k].Level == 1 {
				section = k
			}
		}
		if n := len(out) - 1; n >= 0 && out[n].section == section && out[n].to == i {
			out[n].to = i + 1
			continue
		}
		out = append(out, part{section, i, i + 1})
	}
	return out
}

// section returns that of the paragraph's last sentence that is no heading, or -1.
func (p paragraph) section() int {
	if len(p.sentences) == 0 {
		return -1
	}
	return p.sentences[0].section
}

// titleZones returns the zones that a part's title promises, in the order in which
// it names them; nil of a slogan.
func (r *report) titleZones(title string) []corpus.Zone {
	if ownWords.MatchString(title) && !yearOrPlan.MatchString(title) {
		return []corpus.Zone{corpus.ZoneOwnWork}
	}
	var out []corpus.Zone
	review, plan := reviewWords.MatchString(title), planWords.MatchString(title)
	for _, m := range timeWord.FindAllStringSubmatchIndex(title, -1) {
		// What is said of this time: up to the next one, or all of the rest.
		rest := title[m[1]:]
		if next := timeWord.FindStringIndex(rest); next != nil {
			rest = rest[:next[0]]
		}
		back, forth := reviewWords.MatchString(rest), planWords.MatchString(rest)
		zone := corpus.Zone("")
		switch {
		case m[2] >= 0:
			zone = r.periodZone(title[m[2]:m[3]], back && !forth, review && !plan)
		case m[4] >= 0:
			zone = corpus.ZonePlan
			if y := zh.Atoi(title[m[4]:m[5]]); r.Year != 0 && y < r.Year || back && !forth {
				zone = corpus.ZoneReview
			}
		default:
			zone = wordZone(title[m[0]:m[1]], back && !forth)
		}
		if !slices.Contains(out, zone) {
			out = append(out, zone)
		}
	}
	switch {
	case len(out) > 0:
	case review && !plan:
		out = append(out, corpus.ZoneReview)
	case plan && !review:
		out = append(out, corpus.ZonePlan)
	}
	return out
}

// periodZone returns the zone of a title that names a five-year plan; back says that
// what follows the plan's name looks back, allBack that the whole title does.
func (r *report) periodZone(numeral string, back, allBack bool) corpus.Zone {
	from, to := periodOf(numeral)
	switch {
	case to != 0 && r.Year != 0 && to < r.Year:
		return corpus.ZoneFiveReview
	case from != 0 && r.Year != 0 && from >= r.Year-1 && !back:
		return corpus.ZoneFivePlan
	case back || allBack:
		return corpus.ZoneFiveReview
	}
	return corpus.ZoneFivePlan
}

// wordZone returns the zone of a title that names a time by a word; back says that
// what follows looks back.
func wordZone(word string, back bool) corpus.Zone {
	switch {
	case zh.Holds(word, []string{"过去一年", "一年来", "去年", "上年"}):
		return corpus.ZoneReview
	case comingFive.MatchString(word):
		return corpus.ZoneFivePlan
	case fiveYears.MatchString(word):
		return corpus.ZoneFiveReview
	case back:
		return corpus.ZoneReview // 今年以来的工作
	}
	return corpus.ZonePlan
}

var (
	timeWord   = regexp.MustCompile(`“?(十?[一二三四五六七八九十])五”?(?:时期|规划|期间|主要|发展|目标|经济)|(20[0-9]{2})年|过去一年|一年来|去年|上年|今年|(?:过去|这|近|今后|未来)五年|五年来`)
	yearOrPlan = regexp.MustCompile(`20[0-9]{2}年|今年|十?[一二三四五六七八九十]五[”时]`)
)

// zonePart gives the paragraphs of one part their zones.
func (r *report) zonePart(ps []paragraph, at part) {
	var allowed []corpus.Zone
	title := ""
	if at.section >= 0 {
		title = r.Sections[at.section].Title
		allowed = r.titleZones(title)
	}
	if len(allowed) == 1 && allowed[0] == corpus.ZoneOwnWork {
		for i := range ps {
			ps[i].zone = corpus.ZoneOwnWork
		}
		return
	}
	sure := len(allowed) > 0
	current := corpus.ZoneReview
	switch {
	case sure:
		current = allowed[0]
	case at.section < 0 && !r.hasParts():
		r.zoneLoose(ps)
		return
	default:
		current = r.voted(ps)
	}
	turns := false
	for i := range ps {
		if cue := r.cue(ps[i], allowed); cue != "" && (admits(allowed, cue) || !sure && cue.Time() == current.Time()) {
			turns = turns || cue.Time() != allowed0(allowed)
			current = cue
		}
		ps[i].zone = current
	}
	if len(allowed) == 2 && allowed[0].Time() != allowed[1].Time() && !turns {
		for i := r.turn(ps); i < len(ps); i++ {
			ps[i].zone = allowed[1] // no word says where, but the wording turns
		}
	}
	r.zoneSubtitles(ps, allowed)
}

// hasParts reports whether the outline has parts.
func (r *report) hasParts() bool {
	return slices.ContainsFunc(r.Sections, func(s corpus.Section) bool { return s.Level == 1 })
}

func allowed0(allowed []corpus.Zone) corpus.Time {
	if len(allowed) == 0 {
		return corpus.Other
	}
	return allowed[0].Time()
}

// zoneSubtitles corrects the paragraphs of sections whose own titles name a
// time: （一）过去一年工作回顾 below 一、.
func (r *report) zoneSubtitles(ps []paragraph, allowed []corpus.Zone) {
	for i := range ps {
		k := ps[i].section()
		for k >= 0 && r.Sections[k].Parent >= 0 && r.Sections[r.Sections[k].Parent].Level != 1 {
			k = r.Sections[k].Parent
		}
		if k < 0 || r.Sections[k].Inline || r.Sections[k].Level != 2 {
			continue
		}
		title := r.Sections[k].Title
		if !yearOrPlan.MatchString(title) && !strings.Contains(title, "回顾") {
			continue
		}
		if zs := r.titleZones(title); len(zs) == 1 && (len(allowed) == 0 || admits(allowed, zs[0]) || len(allowed) > 1) {
			ps[i].zone = zs[0]
		}
	}
}

// admits reports whether a part that promises allowed may hold zone: a review
// may turn to five years and back, a plan too, if the title does not say
// otherwise.
func admits(allowed []corpus.Zone, zone corpus.Zone) bool {
	for _, a := range allowed {
		if a == zone || len(allowed) == 1 && a.Time() == zone.Time() && zone != corpus.ZoneOwnWork {
			return true
		}
	}
	return false
}

// cue returns the zone that the first words of a paragraph name, or the heading right
// above it; "" if they name none. Of a five-year plan any mention near the start
// tells if wanted holds its zone, else only one at the very start.
func (r *report) cue(p paragraph, wanted []corpus.Zone) corpus.Zone {
	if k := p.section(); k >= 0 && !r.Sections[k].Inline && p.Start-r.Sections[k].Heading.End < 6 && r.Sections[k].Level > 1 {
		if z := r.cueOf(r.Sections[k].Title, nil); z != "" {
			return z
		}
	}
	return r.cueOf(r.Quote(corpus.Span{Start: p.Start, End: min(p.End, p.Start+80)}), wanted)
}

func (r *report) cueOf(text string, wanted []corpus.Zone) corpus.Zone {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "各位代表！"), "各位代表，")
	text = strings.TrimLeft(text, "—―－- 　\n")
	switch {
	case cueFiveReview.MatchString(text):
		return corpus.ZoneFiveReview
	case cueReview.MatchString(text):
		return corpus.ZoneReview
	case cueFivePlan.MatchString(text):
		if m := cueYear.FindStringSubmatch(text); m != nil && zh.Atoi(m[1]) <= r.Year {
			return ""
		}
		return corpus.ZoneFivePlan
	case cuePlan.MatchString(text):
		return corpus.ZonePlan
	}
	if m := cueYear.FindStringSubmatch(text); m != nil && r.Year != 0 {
		switch y := zh.Atoi(m[1]); {
		case y == r.Year:
			return corpus.ZonePlan
		case y == r.Year-1:
			return corpus.ZoneReview
		}
	}
	m := cuePeriod.FindStringSubmatchIndex(text)
	if m == nil || r.Year == 0 {
		return ""
	}
	numeral := ""
	if m[2] >= 0 {
		numeral = text[m[2]:m[3]]
	} else {
		numeral = text[m[4]:m[5]]
	}
	zone := corpus.Zone("")
	switch from, to := periodOf(numeral); {
	case to != 0 && to < r.Year:
		zone = corpus.ZoneFiveReview
	case from >= r.Year:
		zone = corpus.ZoneFivePlan
	}
	if slices.Contains(wanted, zone) && len(wanted) > 1 || m[0] == 0 && startsPeriod.MatchString(text) {
		return zone
	}
	return ""
}

// startsPeriod opens with a five-year plan that is spoken of.
var startsPeriod = regexp.MustCompile(`^“十?[一二三四五六七八九十]五”(?:时期|期间|以来)`)

// zoneEnd marks what the report closes with: the last call, and before it what
// the government says of its own work.
func (r *report) zoneEnd(body []paragraph) {
	last := len(body) - 1
	for last >= 0 && (body[last].zone == corpus.ZoneGlossary || body[last].zone == corpus.ZoneAppendix || body[last].zone == corpus.ZoneTitle) {
		last--
	}
	if last < 2 {
		return
	}
	from := last
	for i := last; i > 0 && i > last-4; i-- {
		text := r.Quote(body[i].Span)
		if !closing.MatchString(text) && !strings.HasPrefix(text, "各位代表") {
			break
		}
		from = i
		if strings.HasPrefix(text, "各位代表") {
			break
		}
	}
	if text := r.Quote(body[from].Span); !strings.HasPrefix(text, "各位代表") && !closing.MatchString(text) {
		return
	}
	for i := from; i <= last; i++ {
		body[i].zone = corpus.ZoneClosing
	}
	// What the government says of its own work stands last before that, if it is
	// no part of its own.
	if from > 0 && body[from-1].zone == corpus.ZoneOwnWork {
		return
	}
	for i := from - 1; i > last-8 && i > 0 && body[i].zone.Time() == corpus.Plan; i-- {
		text := r.Quote(corpus.Span{Start: body[i].Start, End: body[from].Start})
		opens := strings.HasPrefix(text, "各位代表") || strings.Contains(r.Quote(corpus.Span{Start: body[i].Start, End: min(body[i].End, body[i].Start+100)}), "自身建设")
		if opens && len(ownWork.FindAllStringIndex(text, -1)) >= 3 && len([]rune(text)) < 2500 {
			for k := i; k < from; k++ {
				body[k].zone = corpus.ZoneOwnWork
			}
			break
		}
	}
}
