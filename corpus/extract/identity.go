package extract

import (
	"fmt"
	"regexp"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/place"
	"jinwen/corpus/zh"
)

// What report this is, is read from its head: the title, the meeting at which
// it was given (……人民代表大会……会议), the speaker; where these are missing, from the
// salutation and from what the text names.

// identify fills Title, Place, Short, Level, Speaker and Date. Year is known, and
// the place too if known is not "".
func (r *report) identify(bs []block, known string) {
	head := r.headLines(bs)
	r.Title = r.printedTitle(bs)
	if p, name, ok := r.resolve(known); ok && p.Level != place.Nation {
		r.Place, r.Short, r.Level = name, p.Short, string(p.Level)
	} else if ok {
		p, r.Place, _ = council()
		r.Short, r.Level = p.Short, string(p.Level)
	} else if known != "" {
		r.Place, r.Short = known, known
	} else {
		r.findPlace(head)
	}
	r.Date = meetingDay(head)
	r.Speaker = r.findSpeaker(head)
	if r.Title == "" {
		r.Title = "政府工作报告"
		if r.Year != 0 {
			r.Title = fmt.Sprintf("%d年%s", r.Year, r.Title)
		}
		r.Title = r.Place + r.Title
	}
}

// headLines returns the lines of the head and the salutation, without white space
// at line ends; two lines that give one name (国务院总理⏎李克强) are one.
func (r *report) headLines(bs []block) []string {
	var out []string
	for i, b := range bs {
		if b.zone != corpus.ZoneTitle && b.zone != corpus.ZoneSalutation {
			if b.Start > maxHead {
				break
			}
			continue
		}
		text := strings.TrimSpace(r.Quote(b.Span))
		if i > 0 && len(out) > 0 && personLine.MatchString(text) && officeEnd.MatchString(squeezed(out[len(out)-1])) {
			out[len(out)-1] += " " + text
			continue
		}
		out = append(out, text)
	}
	// A salutation may open the first paragraph of the body.
	for _, b := range bs {
		if b.zone == "" {
			if m := mandate.FindString(r.Quote(corpus.Span{Start: b.Start, End: min(b.End, b.Start+400)})); m != "" {
				out = append(out, m)
			}
			break
		}
	}
	return out
}

// printedTitle returns the title as printed, its lines joined.
func (r *report) printedTitle(bs []block) string {
	best := ""
	for i, b := range bs {
		if b.zone != corpus.ZoneTitle {
			continue
		}
		text := squeezed(r.Quote(b.Span))
		if strings.HasSuffix(text, "工作报") && i+1 < len(bs) && squeezed(r.Quote(bs[i+1].Span)) == "告" {
			text += "告"
		}
		if meetingLine.MatchString(text) || !reportTitle.MatchString(text) {
			continue
		}
		text = strings.Trim(text, "《》")
		if len(text) > len(best) {
			best = text // 2026年…政府工作报告 above 政府工作报告
		}
	}
	return best
}

var (
	// congress names whose congress meets; ofTitle whose report it is.
	congress  = regexp.MustCompile(`([\p{Han}]{1,20}?)第?[一二三四五六七八九十百]+届\s*(?:人民代表大会|人大)`)
	ofTitle   = regexp.MustCompile(`^(?:[0-9]{4}年)?(?:关于)?([\p{Han}]{2,20}?)(?:人民政府)?(?:[0-9]{4}年度?)?(?:人民)?(?:政府)?(?:[0-9]{4}年度?)?工作报告$`)
	mandateOf = regexp.MustCompile(`(?:代表|受)([\p{Han}]{1,16}?)(?:人民)?政府`)
	officeOf  = lists.Pattern(`^([\p{Han}]{2,16}?)(?:人民政府)?(?:代理?|副)?<offices>`)
	lead      = regexp.MustCompile(`^(?:.*[日在于向]|年|我)`)
)

// findPlace finds the place whose government reports.
func (r *report) findPlace(head []string) {
	if p, name, ok := r.placeOf(head); ok {
		r.Place, r.Short, r.Level = name, p.Short, string(p.Level)
		return
	}
	p, n := r.mostNamed()
	if own := strings.Count(r.Text, "我国") + strings.Count(r.Text, "我國"); own >= 10 && own > 2*n {
		p, r.Place, _ = council() // a nation speaks of itself
		r.Short, r.Level = p.Short, string(p.Level)
		return
	}
	if n >= leastNamed {
		r.Place, r.Short, r.Level = p.Name, p.Short, string(p.Level)
	}
}

// placeOf reads the place off the head: the congress, the title, the mandate,
// the office.
func (r *report) placeOf(head []string) (p place.Place, name string, ok bool) {
	for _, re := range []*regexp.Regexp{congress, ofTitle, mandateOf, officeOf} {
		for _, line := range head {
			for _, m := range re.FindAllStringSubmatch(squeezed(line), -1) {
				name := lead.ReplaceAllString(m[1], "")
				if name == "全国" || strings.HasPrefix(name, "国务院") {
					return council()
				}
				if p, name, ok := r.resolve(name); ok && p.Level == place.Nation {
					return council()
				} else if ok {
					return p, name, true
				}
			}
		}
	}
	for _, line := range head {
		if s := squeezed(line); strings.Contains(s, "代表国务院") || strings.Contains(s, "受国务院") {
			return council()
		}
	}
	return place.Place{}, "", false
}

func council() (place.Place, string, bool) {
	p := place.China
	p.Short = "国务院"
	return p, "国务院", true
}

// kindOfPlace ends the name of a place.
var kindOfPlace = lists.Pattern(`<placeKinds>$`)

// resolve finds the place that is called name, in full or in short, alone or
// behind what it lies in (天津市河西区). A place that no gazetteer has keeps its
// name as printed, if it ends as places do.
func (r *report) resolve(name string) (place.Place, string, bool) {
	if len([]rune(name)) < 2 {
		return place.Place{}, "", false
	}
	if all := place.LookupAll(name); len(all) > 0 {
		p := r.likeliest(all)
		return p, p.Name, true
	}
	if found := place.Find(name); len(found) > 0 {
		last := found[len(found)-1]
		if last.End == len(name) {
			all := append([]place.Place{last.Place}, last.Others...)
			for _, p := range all {
				for _, outer := range found[:len(found)-1] {
					if p.Code != outer.Code && place.Within(p, outer.Place) {
						return p, p.Name, true
					}
				}
			}
			p := r.likeliest(all)
			return p, p.Name, true
		}
		name = name[last.End:] // 东河市青溪县: what the gazetteer does not have
	}
	if !kindOfPlace.MatchString(name) || len([]rune(name)) < 3 || len([]rune(name)) > 12 {
		return place.Place{}, "", false
	}
	p := place.Place{Name: name, Short: place.ShortOf(name), Level: place.County}
	switch {
	case strings.HasSuffix(name, "省"), strings.HasSuffix(name, "自治区"):
		p.Level = place.Province
	case strings.HasSuffix(name, "市"), strings.HasSuffix(name, "州"), strings.HasSuffix(name, "盟"):
		p.Level = place.Prefecture
	}
	return p, name, true
}

// likeliest is, of places with one name, that whose surroundings the text names
// most; the first of those.
func (r *report) likeliest(all []place.Place) place.Place {
	if len(all) == 1 || all[0].Level != all[len(all)-1].Level {
		return all[0]
	}
	best, most := all[0], -1
	for _, p := range all {
		n := 0
		for code := p.Parent; code != ""; {
			q, ok := place.ByCode(code)
			if !ok {
				break
			}
			n += strings.Count(r.Text, place.Plain(q.Name))
			code = q.Parent
		}
		if n > most {
			best, most = p, n
		}
	}
	return best
}

// leastNamed is how often a text must name a place for that to tell whose report
// it is.
const leastNamed = 5

// mostNamed returns the place that the text names most often, and how often.
func (r *report) mostNamed() (best place.Place, most int) {
	count := map[string]int{}
	for _, m := range place.Find(r.Text) {
		count[m.Code]++
	}
	for _, p := range place.All() { // in the order of codes, so that ties fall the same way
		if n := count[p.Code]; n > most {
			best, most = p, n
		}
	}
	return best, most
}

var (
	arabicDay  = regexp.MustCompile(`([12][0-9]{3})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日`)
	chineseDay = regexp.MustCompile(`([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)
)

// meetingDay returns the first day that the head names: 2026-01-27.
func meetingDay(head []string) string {
	for _, line := range head {
		line = zh.HalfWidth(line)
		if m := arabicDay.FindStringSubmatch(line); m != nil {
			return fmt.Sprintf("%s-%02d-%02d", m[1], zh.Atoi(m[2]), zh.Atoi(m[3]))
		}
		if m := chineseDay.FindStringSubmatch(line); m != nil {
			return fmt.Sprintf("%04d-%02d-%02d", zh.Numeral(m[1]), zh.Numeral(m[2]), zh.Numeral(m[3]))
		}
	}
	return ""
}

var (
	speakerName = lists.Pattern(`<offices>[\s\x{a0}　]+([\p{Han}·•][\p{Han}·•\s\x{a0}　]{1,14}?)(?:同志)?(?:$|在|代表|向|作)`)
	speakerRun  = lists.Pattern(`<offices>((?:\p{Han}{2,4}?)|(?:\p{Han}+[·•]\p{Han}+))(?:同志)?(?:在|代表|向|作|$)`)
)

// findSpeaker returns the name behind the office that gives the report.
func (r *report) findSpeaker(head []string) string {
	for _, re := range []*regexp.Regexp{speakerName, speakerRun} {
		for _, line := range head {
			if m := re.FindStringSubmatch(line); m != nil {
				return squeezed(m[1])
			}
		}
	}
	return ""
}
