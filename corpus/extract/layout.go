package extract

import (
	_ "embed"
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

// Before the outline is read, every paragraph is told to be the report's own
// or not: what stands before the salutation is title or page, what stands behind
// the closing is glossary, appendix or page. The words of pages stand in
// furniture.txt; the rest is form and place.

// A block is a paragraph with its zone as far as it is known before the
// outline: "" is the body.
type block struct {
	corpus.Span
	zone corpus.Zone
	head bool // the heading of a glossary or an appendix
}

var (
	salutation = regexp.MustCompile(`^(?:尊敬的)?(?:各位)?代表(?:们)?(?:[、，]?(?:各位)?(?:委员|来宾|同志|朋友|列席人员)(?:们)?)*[，,]?[：:！!]?(?:$|现在)|^(?:各位)?代表(?:们)?[：:！!]`)
	mandate    = regexp.MustCompile(`(?:代表|受)[^。]{0,24}(?:政府|国务院)[^。]{0,30}(?:报告|审议)`)

	meetingLine = regexp.MustCompile(`人民代表大会|人大[一二三四五六七八九十]+次会议|[一二三四五六七八九十]+届人大`)
	dayLine     = regexp.MustCompile(`^[（(—―－\-\s]*(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})年[0-9０-９一二三四五六七八九十]{1,3}月[0-9０-９一二三四五六七八九十]{1,3}日[）)\s]*$`)
	speakerLine = lists.Pattern(`^[^。，；：]{0,24}<offices>[\s\x{a0}　]*$|^[^。，；：]{0,24}<offices>[\s\x{a0}　]+[\p{Han}·•][\p{Han}·•\s\x{a0}　]{1,14}$|^[^。，；：]{0,20}<offices>[\p{Han}·•]{2,4}$`)
	personLine  = regexp.MustCompile(`^[\p{Han}·•][\p{Han}·•\s\x{a0}　]{1,14}$`)

	pageNumber = regexp.MustCompile(`^[-—–－·\s]*[0-9０-９]{1,4}[-—–－·\s]*$|^第\s*[0-9０-９]+\s*页(?:.{0,4}共\s*[0-9０-９]+\s*页)?$|^[0-9]{1,3}\s*/\s*[0-9]{1,3}$`)

	glossaryHead = regexp.MustCompile(`^[（(]?(?:附[件录注]?[0-9一二三四五六]?[：:]?\s*)?[^。，；：]{0,24}(?:名词|术语|用语|缩略语|词汇|词语|概念)[^。，；：]{0,6}(?:解释|注释|释义|说明|注解|简释|浅释|解读)[）)]?[：:]?$|^(?:名词|注释)[：:]?$`)
	appendixHead = regexp.MustCompile(`^[（(]?附(?:件|表|录|注)?\s*[0-9０-９一二三四五六]{0,2}[）)]?\s*(?:[：:][^。]{0,40})?$`)
	entryMark    = regexp.MustCompile(`^(?:[\[［【〔（(]\s*[0-9０-９]{1,3}\s*[\]］】〕）)][．.、\s]*|[0-9０-９]{1,3}(?:[．、\s]+|\.\s*)|[①-⑳㉑-㊿]\s*|注[0-9０-９]{0,2}[：:]\s*|[*＊※]\s*)`)
	entryTerm    = regexp.MustCompile(`^([^。：:\n]{1,40}?)(?:[：:]|——)`)
	entryMeans   = regexp.MustCompile(`^(“[^”]{1,30}”[^。，：:\n]{0,16}?|[^。，：:“”\n]{2,20}?)[，,]?(?:是指|指的是|即指|系指|是一种|指)`)
)

//go:embed furniture.txt
var furnitureText string

// furniture are the expressions for lines that a page adds; tails those of them
// behind which nothing of the report comes.
var furniture, tails = furnitureWords(furnitureText)

func furnitureWords(text string) (all, tails *regexp.Regexp) {
	var a, t []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "! "):
			t = append(t, line[2:])
		default:
			a = append(a, line)
		}
	}
	a = append(a, t...)
	return regexp.MustCompile(`^(?:` + strings.Join(a, "|") + `)`), regexp.MustCompile(`^(?:` + strings.Join(t, "|") + `)`)
}

// layout tells the paragraphs of the text apart.
func (r *report) layout() []block {
	var bs []block
	for _, p := range r.Paragraphs() {
		bs = append(bs, block{Span: p})
	}
	first := r.layHead(bs)
	r.layTail(bs, first)
	r.layPages(bs, first)
	return bs
}

// maxHead is the most code points that may stand before the salutation: title,
// meeting, speaker, the page's menus, an editor's note.
const maxHead = 3000

// layHead finds where the report begins and gives what stands before it its
// zone. It returns the index of the first paragraph of the report's own text.
func (r *report) layHead(bs []block) int {
	start := -1
	for i, b := range bs {
		if b.Start > maxHead {
			break
		}
		text := r.Quote(b.Span)
		if salutation.MatchString(text) || b.Len() < 120 && mandate.MatchString(text) && strings.Contains(text, "我") {
			start = i
			break
		}
	}
	if start < 0 {
		// No salutation: the head is what has the form of one.
		for start = 0; start < len(bs) && (r.headZone(bs, start) == corpus.ZoneTitle || r.isFurniture(bs[start].Span)); {
			start++
		}
	}
	for i := range bs[:start] {
		bs[i].zone = r.headZone(bs, i)
	}
	for ; start < len(bs); start++ {
		text := r.Quote(bs[start].Span)
		if !salutation.MatchString(text) && !(bs[start].Len() < 160 && mandate.MatchString(text)) {
			break
		}
		if bs[start].Len() > 160 {
			break // the salutation opens a paragraph of the body
		}
		bs[start].zone = corpus.ZoneSalutation
	}
	return start
}

// headZone returns the zone of paragraph i, which stands before the salutation.
func (r *report) headZone(bs []block, i int) corpus.Zone {
	text := r.Quote(bs[i].Span)
	switch {
	case photo.MatchString(text):
		return corpus.ZoneFurniture
	case squeezed(text) == "告" && i > 0 && bs[i-1].zone == corpus.ZoneTitle,
		strings.HasSuffix(squeezed(text), "工作报"),
		bs[i].Len() <= 60 && reportTitle.MatchString(squeezed(text)) && !r.isFurniture(bs[i].Span):
		return corpus.ZoneTitle
	case meetingLine.MatchString(text) && bs[i].Len() <= 160, dayLine.MatchString(text), speakerLine.MatchString(text):
		return corpus.ZoneTitle
	case personLine.MatchString(text) && i > 0 && officeEnd.MatchString(squeezed(r.Quote(bs[i-1].Span))) && !r.isFurniture(bs[i].Span):
		return corpus.ZoneTitle
	}
	return corpus.ZoneFurniture
}

var (
	// photo is a caption: who took a picture, or what it shows.
	photo     = regexp.MustCompile(`记者[^。]{0,20}摄?[）)]?$|摄[）)]?$|^图为`)
	officeEnd = lists.Pattern(`<offices>$`)
)

// squeezed returns s without white space.
func squeezed(s string) string {
	return strings.Map(func(c rune) rune {
		if zh.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}

// isFurniture reports whether the paragraph has the words of a page.
func (r *report) isFurniture(p corpus.Span) bool {
	return p.Len() <= 80 && furniture.MatchString(r.Quote(p))
}

// layTail gives what stands behind the report its zone: glossary, appendix,
// page.
func (r *report) layTail(bs []block, first int) {
	last := first
	for i := first; i < len(bs); i++ {
		if strings.HasPrefix(r.Quote(bs[i].Span), "各位代表") {
			last = i
		}
	}
	if last == first && len(bs) > 0 {
		last = first + (len(bs)-first)/2 // no 各位代表: in the second half
	}
	zone := corpus.Zone("")
	for i := last; i < len(bs); i++ {
		b := &bs[i]
		text := r.Quote(b.Span)
		switch {
		case b.Len() <= 60 && glossaryHead.MatchString(squeezed(text)) && i > last:
			zone, b.head = corpus.ZoneGlossary, true
			if i > 0 && bs[i-1].head && bs[i-1].Len() <= 4 {
				bs[i-1].zone = corpus.ZoneGlossary // 附件 above it
			}
		case appendixHead.MatchString(text) && i > last && zone != corpus.ZoneAppendix:
			zone, b.head = corpus.ZoneAppendix, true
		case zone == "" && i > last && b.Start > r.Len()*3/5 && r.isEntry(b.Span) && i+2 < len(bs) && r.isEntry(bs[i+1].Span) && r.isEntry(bs[i+2].Span):
			zone = corpus.ZoneGlossary // without a heading
		case b.Len() <= 80 && tails.MatchString(text) && i > last:
			zone = corpus.ZoneFurniture
		}
		b.zone = zone
	}
	for i := len(bs) - 1; i > last && (r.isFurniture(bs[i].Span) || bs[i].zone == corpus.ZoneFurniture || bs[i].Len() <= 2); i-- {
		bs[i].zone = corpus.ZoneFurniture
	}
	// Footnotes on their pages: [3]三新：…
	for i := first; i < last; i++ {
		if text := r.Quote(bs[i].Span); footnote.MatchString(text) && bs[i].zone == "" {
			bs[i].zone = corpus.ZoneGlossary
		}
	}
}

var footnote = regexp.MustCompile(`^(?:[\[［【〔]\s*[0-9０-９]{1,3}\s*[\]］】〕]|[①-⑳]|注[0-9０-９]{1,2})\s*[“《]?[^。，；]{2,30}[”》]?(?:[：:]|是?指)`)

// isEntry reports whether the paragraph has the form of a glossary's entry.
func (r *report) isEntry(p corpus.Span) bool {
	text := r.Quote(p)
	mark := entryMark.FindString(text)
	rest := text[len(mark):]
	return mark != "" && (entryTerm.MatchString(rest) || entryMeans.MatchString(rest)) || strings.HasPrefix(rest, "“") && (entryTerm.MatchString(rest) || entryMeans.MatchString(rest))
}

// layPages marks what pages leave inside the text: page numbers, running heads,
// a byline at its end.
func (r *report) layPages(bs []block, first int) {
	seen := map[string]int{}
	for _, b := range bs {
		if b.Len() <= 40 {
			seen[squeezed(r.Quote(b.Span))]++
		}
	}
	for i := first; i < len(bs); i++ {
		b := &bs[i]
		if b.Len() > 80 || b.zone == corpus.ZoneFurniture {
			continue
		}
		text := r.Quote(b.Span)
		whole := i == 0 || r.ends(bs[i-1].Span) || bs[i-1].zone != ""
		switch s := squeezed(text); {
		case pageNumber.MatchString(text) && whole,
			seen[s] >= 3 && strings.Contains(s, "工作报告") && !r.ends(b.Span),
			b.zone == "" && byline.MatchString(text):
			b.zone = corpus.ZoneFurniture
		}
	}
}

// byline says where a page has the text from.
var byline = regexp.MustCompile(`^[（(]?(?:来源|稿源|责任编辑|责编|编辑|审核|校对|供稿)[：:][^。]{1,40}$`)

// ends reports whether the paragraph ends as a sentence, an announcement or a
// salutation does.
func (r *report) ends(p corpus.Span) bool {
	return strings.ContainsRune("。！？!?：:；;…”’）)", r.runes[p.End-1])
}
