package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/corpus/zh"
)

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
func (r *report) parseCommitments() {
	w := clauseWalker{r: r}
	for i, p := range r.Passages {
		if p.Time != corpus.Plan {
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
func (r *report) joinCommitment(before, m candidate, passage int) {
	whole := m
	whole.Start = before.Start
	verb, _ := r.undertakes(whole)
	if n := len(r.Commitments) - 1; n >= 0 && r.Commitments[n].End == before.End {
		whole.Start, verb = r.Commitments[n].Start, r.Commitments[n].Verb
		r.Commitments = r.Commitments[:n]
	}
	r.addCommitment(whole, verb, passage)
}

func (r *report) addCommitment(m candidate, verb string, passage int) {
	text := r.Quote(m.Span)
	c := corpus.Commitment{Span: m.Span, Text: text, Verb: verb, Figures: r.FiguresIn(m.Span), Passage: passage}
	if section := r.Passages[passage].Section; section >= 0 {
		c.Topic = r.Sections[section].Title
	}
	c.Places, c.Organisations = namesIn(text)
	if m.actor != "" && !slices.Contains(c.Places, m.actor) {
		c.Places = append([]string{m.actor}, c.Places...)
	}
	r.Commitments = append(r.Commitments, c)
}

// undertakes reports whether c is a commitment, and its leading verb.
func (r *report) undertakes(c candidate) (verb string, ok bool) {
	if c.mode == modeCreed {
		return "", false
	}
	text := r.Quote(c.Span)
	manner, rest := cutManners(cutSubject(text))
	strong := zh.PrefixOf(rest, undertakings)
	if v := zh.PrefixOf(rest[len(strong):], undertakings); (strong == "组织" || strong == "争取") && v != "" {
		rest, strong = rest[len(strong):], v // 组织实施, 组织开展
	}
	weak := zh.PrefixOf(rest, advances)
	if strong == "" && weak == "" {
		strong, rest = verbAfterPhrase(rest)
	}
	if strong == "" && weak == "" {
		// 加快A、B等项目建设: the adverb is the verb.
		weak = zh.SuffixOf(manner, advances)
	}
	verb = cmp.Or(strong, weak)
	if c.mode != modeAims && strings.Contains(text, "预计") {
		return "", false // a forecast
	}
	if c.mode == modeAims || r.hasAim(c.Span) || relative.MatchString(text) {
		return cmp.Or(strong, zh.PrefixOf(rest, amounts), weak, predicateIn(text)), true
	}
	act := zh.PrefixOf(rest, acts)
	thing := rest[len(act):]
	if act == "" {
		act = zh.SuffixOf(manner, acts)
	}
	if actorOf(text) != "" || c.actor != "" && cmp.Or(verb, act) != "" {
		return cmp.Or(verb, act), true // 某某区要…: a task for one
	}
	if act != "" && r.undertakesNamed(act, thing) {
		return cmp.Or(verb, act), true
	}
	if verb == "" {
		// 市儿童医院新院区投入使用: the thing leads, the verb is the outcome.
		if end := zh.SuffixOf(text, completions); end != "" && namesThing(text) && !generic(text) {
			return end, true
		}
		return r.thingLed(text)
	}
	object := rest[len(zh.PrefixOf(rest, []string{verb})):]
	if generic(object) {
		return "", false
	}
	if strong != "" {
		return verb, promises(strong, object)
	}
	return verb, advancesNamed(weak, object)
}

// thingLed reports whether the clause opens with a thing or an institution that
// a verb of undertaking is said of: 省引导基金设立并购子基金.
func (r *report) thingLed(text string) (verb string, ok bool) {
	for i := range text {
		if i < 4*len("字") {
			continue
		}
		v := zh.PrefixOf(text[i:], []string{"设立", "建成", "开通", "启动", "出台", "举办", "落户", "开工", "组建", "新增"})
		if v == "" {
			continue
		}
		object := text[i+len(v):]
		return v, zh.PrefixOf(text[:i], others) == "" && !strings.ContainsAny(text[:i], "的、") && strongName(object)
	}
	return "", false
}

// others are who acts where the government does not.
var others = []string{"企业", "各", "让", "使", "为", "以", "对", "在", "从"}

// promises reports whether a verb of undertaking promises a thing that can be
// seen to be there.
func promises(verb, object string) bool {
	if (verb == "实施" || verb == "开展") && list(object) {
		return true // 实施甲、乙、丙等政策创新: what the innovations are is said
	}
	if !strings.Contains(object, "“") && (zh.SuffixOf(object, vague) != "" && zh.SuffixOf(object, works) == "" || strings.Contains(object, "更多")) {
		return false
	}
	switch verb {
	case "做好":
		return zh.SuffixOf(object, nameEnds) != ""
	case "落实":
		return !strings.HasPrefix(object, "“") && zh.SuffixOf(object, duties) != ""
	case "优化":
		return strings.HasPrefix(object, "“") && zh.SuffixOf(object, campaigns) != ""
	}
	return namesThing(object) || zh.SuffixOf(object, works) != "" || endsAsPlace(object)
}

// advancesNamed reports whether a verb that only pushes on is said of something
// named, with what becomes of it.
func advancesNamed(verb, object string) bool {
	switch {
	case verb == "服务" && zh.PrefixOf(object, advances) == "":
		return false // what others do
	case zh.Holds(zh.Tail(object, 6), completions) && utf8.RuneCountInString(object) > 7:
		return true
	case zh.PrefixOf(object, []string{"各", "更多"}) != "":
		return false
	case list(object) && strings.HasSuffix(object, "”"):
		return true // 推动甲广场、乙片区等一批资源“腾笼换鸟”
	}
	thing := strings.TrimSuffix(object, zh.SuffixOf(object, outcomes))
	return pushed(object) && (namesThing(object) || list(object) || thing != object && endsAsPlace(thing)) || becomesNamed(object)
}

// pushed reports whether s says what becomes of the thing that is advanced, or
// is itself of the kind that gets done.
func pushed(s string) bool {
	return zh.Holds(zh.Tail(s, 8), outcomes) || zh.SuffixOf(strings.TrimSuffix(s, "”"), []string{"工程", "项目"}) != ""
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
		if zh.SuffixOf(rest, nameEnds) != "" || strings.HasSuffix(rest, "区") || v == "实行" && strings.Contains(rest, "“") {
			return true
		}
	}
	return false
}

// hasAim reports whether a figure inside s is more than background.
func (r *report) hasAim(s corpus.Span) bool {
	for _, i := range r.FiguresIn(s) {
		if r.Figures[i].Nature != corpus.Background {
			return true
		}
	}
	return false
}

// endsAsPlace reports whether s ends as the name of a place does.
func endsAsPlace(s string) bool {
	return utf8.RuneCountInString(s) >= 5 && strings.ContainsRune(placeEnds, zh.LastRune(s))
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
	for _, w := range commonWords {
		s = strings.ReplaceAll(s, w, "")
	}
	return utf8.RuneCountInString(s) < 2
}
