package corpus

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Commitment is a clause of the plan by which the government undertakes
// something that can be checked later: it has a number, or names a project,
// place, line, institution, document or campaign.
type Commitment struct {
	Span                   // the shortest clause that still says it
	Text          string   `json:"text"`                    // verbatim
	Topic         string   `json:"topic"`                   // the nearest heading above it, without mark: 完善城市设施和服务功能
	Verb          string   `json:"verb"`                    // the leading verb: 建成, 开工, 启动, 新增, 出台; "" if an indicator leads
	Places        []string `json:"places,omitempty"`        // 蓟州下营镇, 河西区
	Organisations []string `json:"organisations,omitempty"` // 市人民医院, 中科曙光
	Figures       []int    `json:"-"`                       // indices in Report.Figures
	Passage       int      `json:"-"`                       // index in Report.Passages; -1 if in none
}

// Which clauses are commitments:
//
//   - sentences of the plan are cut at ，；：。 and, where both sides stand by
//     themselves, before a verb that follows 、 or 和 (完成A100户、新建B3个); 建成A、B、C
//     is one clause with one verb;
//   - a clause that takes its subject from the one before (达到90%, 惠及2万户) goes with
//     it;
//   - a clause with a figure that is an aim is one; so is every clause of the
//     sentence that announces the year's targets (主要预期目标是：…);
//   - a clause whose verb promises a thing (建成, 出台, 举办) is one if it names it;
//   - a clause whose verb only pushes on (推进, 支持) is one if it names the thing
//     and says what becomes of it (建设, 投产);
//   - the general requirements (总体要求是：…) hold none.
//
// What counts as a name is a matter of form: quotation marks, or the word that
// it ends in (commitment_words.go).

// parseCommitments fills Commitments. It runs after the figures are known.
func (r *Report) parseCommitments() {
	w := clauseWalker{r: r}
	for i, p := range r.Passages {
		if p.Time != Plan {
			w.mode, w.actor = modePlain, ""
			continue
		}
		var before candidate // the clause before, in the same sentence
		for _, c := range w.clauses(p.Span) {
			for k, m := range r.members(c) {
				verb, ok := r.undertakes(m)
				switch {
				case !ok:
				case k == 0 && before.sentence == c.sentence && before.Len() > 0 && (dependent(r.Quote(m.Span)) || r.countsOnly(m.Span)):
					r.joinCommitment(before, m, i)
				default:
					r.addCommitment(m, verb, i)
				}
			}
			before = c
		}
	}
}

// joinCommitment adds m, which does not stand by itself, with the clause
// before it; if that ends a commitment already, it is made longer.
func (r *Report) joinCommitment(before, m candidate, passage int) {
	whole := m
	whole.Start = before.Start
	verb, _ := r.undertakes(whole)
	if n := len(r.Commitments) - 1; n >= 0 && r.Commitments[n].End == before.End {
		whole.Start, verb = r.Commitments[n].Start, r.Commitments[n].Verb
		r.Commitments = r.Commitments[:n]
	}
	r.addCommitment(whole, verb, passage)
}

func (r *Report) addCommitment(m candidate, verb string, passage int) {
	text := r.Quote(m.Span)
	c := Commitment{Span: m.Span, Text: text, Verb: verb, Figures: r.figuresIn(m.Span), Passage: passage}
	if section := r.Passages[passage].Section; section >= 0 {
		c.Topic = r.Sections[section].Title
	}
	c.Places, c.Organisations = namesIn(text)
	if m.actor != "" && !slices.Contains(c.Places, m.actor) {
		c.Places = append([]string{m.actor}, c.Places...)
	}
	r.Commitments = append(r.Commitments, c)
}

// figuresIn returns the indices of the figures inside s.
func (r *Report) figuresIn(s Span) []int {
	var out []int
	i := sort.Search(len(r.Figures), func(i int) bool { return r.Figures[i].Start >= s.Start })
	for ; i < len(r.Figures) && r.Figures[i].End <= s.End; i++ {
		out = append(out, i)
	}
	return out
}

// undertakes reports whether c is a commitment, and its leading verb.
func (r *Report) undertakes(c candidate) (verb string, ok bool) {
	if c.mode == modeCreed {
		return "", false
	}
	text := r.Quote(c.Span)
	manner, rest := cutManners(cutSubject(text))
	strong := prefixOf(rest, undertakings)
	if v := prefixOf(rest[len(strong):], undertakings); (strong == "组织" || strong == "争取") && v != "" {
		rest, strong = rest[len(strong):], v // 组织实施, 组织开展
	}
	weak := prefixOf(rest, advances)
	if strong == "" && weak == "" {
		strong, rest = verbAfterPhrase(rest)
	}
	if strong == "" && weak == "" {
		// 加快A、B等项目建设: the adverb is the verb.
		weak = suffixOf(manner, advances)
	}
	verb = cmp.Or(strong, weak)
	if c.mode != modeAims && strings.Contains(text, "预计") {
		return "", false // a forecast
	}
	if c.mode == modeAims || r.hasAim(c.Span) {
		return cmp.Or(strong, prefixOf(rest, amounts), weak, predicateIn(text)), true
	}
	if verb == "" {
		// 市儿童医院新院区投入使用: the thing leads, the verb is the outcome.
		end := suffixOf(text, completions)
		return end, end != "" && namesThing(text) && !generic(text)
	}
	object := rest[len(prefixOf(rest, []string{verb})):]
	if generic(object) {
		return "", false
	}
	if strong != "" {
		return verb, promises(strong, object)
	}
	return verb, advancesNamed(weak, object)
}

// promises reports whether a verb of undertaking promises a thing that can be
// seen to be there.
func promises(verb, object string) bool {
	if (verb == "实施" || verb == "开展") && list(object) {
		return true // 实施甲、乙、丙等政策创新: what the innovations are is said
	}
	if !strings.Contains(object, "“") && (suffixOf(object, vague) != "" || strings.Contains(object, "更多")) {
		return false
	}
	switch verb {
	case "做好":
		return suffixOf(object, nameEnds) != ""
	case "落实":
		return !strings.HasPrefix(object, "“") && suffixOf(object, duties) != ""
	case "优化":
		return strings.HasPrefix(object, "“") && suffixOf(object, campaigns) != ""
	}
	return namesThing(object) || suffixOf(object, works) != "" || endsAsPlace(object)
}

// advancesNamed reports whether a verb that only pushes on is said of something
// named, with what becomes of it.
func advancesNamed(verb, object string) bool {
	switch {
	case verb == "服务" && prefixOf(object, advances) == "":
		return false // what others do
	case holds(tail(object, 6), completions) && utf8.RuneCountInString(object) > 7:
		return true
	case prefixOf(object, []string{"各", "更多"}) != "":
		return false
	case list(object) && strings.HasSuffix(object, "”"):
		return true // 推动甲广场、乙片区等一批资源“腾笼换鸟”
	}
	thing := strings.TrimSuffix(object, suffixOf(object, outcomes))
	return pushed(object) && (namesThing(object) || list(object) || thing != object && endsAsPlace(thing)) || becomesNamed(object)
}

// pushed reports whether s says what becomes of the thing that is advanced, or
// is itself of the kind that gets done.
func pushed(s string) bool {
	return holds(tail(s, 8), outcomes) || suffixOf(strings.TrimSuffix(s, "”"), []string{"工程", "项目"}) != ""
}

// becomesNamed reports whether s says that something becomes, founds or joins a
// named thing: A、B分别建设某某示范区.
func becomesNamed(s string) bool {
	for _, v := range []string{"建设", "创建", "建立", "组建", "实行", "纳入"} {
		i := strings.Index(s, v)
		if i < len("某某") {
			continue
		}
		rest := s[i+len(v):]
		if suffixOf(rest, nameEnds) != "" || strings.HasSuffix(rest, "区") || v == "实行" && strings.Contains(rest, "“") {
			return true
		}
	}
	return false
}

// hasAim reports whether a figure inside s is more than background.
func (r *Report) hasAim(s Span) bool {
	for _, i := range r.figuresIn(s) {
		if r.Figures[i].Nature != Background {
			return true
		}
	}
	return false
}

// tail is the last n characters of s.
func tail(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return s[i:]
}

// endsAsPlace reports whether s ends as the name of a place does.
func endsAsPlace(s string) bool {
	return utf8.RuneCountInString(s) >= 5 && strings.Contains(placeEnds, tail(s, 1))
}

// namesThing reports whether s names something: by quotation marks, or by a word
// that names end in with something before it that tells which.
func namesThing(s string) bool {
	if i := strings.Index(s, "“"); i >= 0 && strings.Contains(s[i:], "”") {
		return true
	}
	if strings.Contains(s, "《") {
		return true
	}
	for _, n := range notNames {
		s = strings.ReplaceAll(s, n, "\x00")
	}
	for _, e := range nameEnds {
		if i := strings.Index(s, e); i >= 2*len("字") {
			return true
		}
	}
	return false
}

// list reports whether s enumerates: A、B等.
func list(s string) bool {
	i := strings.Index(s, "、")
	return i > 0 && strings.Contains(s[i:], "等")
}

// generic reports whether nothing is left of s when the words that any such
// clause has are taken away: 重大项目开工建设、投产达产.
func generic(s string) bool {
	for _, w := range []string{"重大", "重点", "各类", "更多", "一批", "标志性", "基础", "生态", "新的", "政策", "措施", "项目", "工程", "设施", "建设", "早日", "尽快", "开工", "投产", "达产", "落地", "改造", "试点", "改革", "等", "、", "和"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return utf8.RuneCountInString(s) < 2
}

func holds(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// prefixOf is the longest of words that s starts with, or "".
func prefixOf(s string, words []string) string {
	best := ""
	for _, w := range words {
		if len(w) > len(best) && strings.HasPrefix(s, w) {
			best = w
		}
	}
	return best
}

// suffixOf is the longest of words that s ends in, or "".
func suffixOf(s string, words []string) string {
	best := ""
	for _, w := range words {
		if len(w) > len(best) && strings.HasSuffix(s, w) {
			best = w
		}
	}
	return best
}

func isHan(c rune) bool { return unicode.Is(unicode.Han, c) }
