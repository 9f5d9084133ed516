package figures

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/golden"
)

// TestPhrasesGolden keeps how phrases are read that stand before and behind
// values: what of them presents the value, what is a name, a list, an owner, a
// time. What says nothing is left out.
func TestPhrasesGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		if s := strings.TrimSuffix(line, "\n"); !strings.HasPrefix(s, "#") {
			b.WriteString(s + "\n")
			beforeValue(&b, s)
			asName(&b, s)
			asList(&b, s)
		}
	}
	golden.Check(t, "testdata/phrases.golden", b.String())
}

// beforeValue prints what s says of a value behind it, by kind of value.
func beforeValue(b *strings.Builder, s string) {
	last := s
	for _, q := range []struct {
		name string
		quantity
	}{
		{"%", quantity{class: unitPercent, unit: "%"}},
		{"points", quantity{class: unitPoints, unit: "个百分点"}},
		{"things", quantity{class: unitCounter, unit: "个"}},
		{"money", quantity{class: unitMoney, unit: "元", bound: corpus.BoundOver}},
		{"rank", quantity{rank: true, unit: rankUnit}},
	} {
		subject, p := splitPredicate([]rune(s), q.quantity)
		if p.bound == q.bound {
			p.bound = ""
		}
		got := string(subject) + said(p)
		if got != last {
			fmt.Fprintf(b, "\tbefore %s: %s\n", q.name, got)
		}
		last = got
	}
	if verbs, object := Object(s); verbs != "" {
		fmt.Fprintf(b, "\tverbs %q object %q\n", verbs, object)
	}
	if st, at, ok := stretchIn(s, 2031); ok {
		fmt.Fprintf(b, "\tyears %v at %d", st, at)
		st, at, ok = stretchIn(s, 0)
		fmt.Fprintf(b, ", without a year %v at %d %v; flow %s level %s\n", st, at, ok, st.period(true), st.period(false))
	}
}

// said returns what p says, the fields that have a value.
func said(p predicate) string {
	out := ""
	for field := range strings.FieldsSeq(strings.Trim(fmt.Sprintf("%+v", p), "{}")) {
		if name, value, _ := strings.Cut(field, ":"); value != "" && value != "0" && value != "false" {
			out += " " + name + "=" + value
		}
	}
	return out
}

// asName prints what s is as a name, or as what a value counts.
func asName(b *strings.Builder, s string) {
	rs := []rune(s)
	say := func(what, got, usual string) {
		if got != usual {
			fmt.Fprintf(b, "\t%s: %s\n", what, got)
		}
	}
	say("led", string(trimAim(trimLead(rs))), s)
	say("inner", removeInner(s), s)
	say("short", shorten(s), s)
	say("list dropped", dropList(s), s)
	say("tidy", tidy(s), s)
	say("core", coreName(s), s)
	noun, n := nounAfter(rs)
	say("counted", fmt.Sprint(noun, " ", n), fmt.Sprint(s, " ", len(rs)))
	say("topic", topicOf(rs), "")
	say("institution", institutionIn(rs), "")
	say("owner", ownerOf(s), s)
	say("side", fmt.Sprint(attributeOnly(rs), attributeTail(rs), nounHeadsProject(rs), listTail(s), verbPhrase(rs)), "false 0 true false false")
	say("people", peopleReached(s), s)
	say("people by unit", ofPeople(s, "户")+" "+ofPeople(s, "人次")+" "+ofPeople(s, "名")+" "+ofPeople(s, "个"), s+" "+s+" "+s+" "+s)
	say("growth", fmt.Sprint(growthName(s), isGrowthNoun(s), comparing(rs)), "false false false")
	for _, q := range []quantity{{class: unitPhysical, unit: "吨"}, {class: unitMoney, unit: "元"}} {
		name, n := sizeOf("南湾、北湾", s, q)
		say("size", fmt.Sprint(name, " ", n), "北湾"+s+map[bool]string{true: "规模", false: "产能"}[q.class == unitMoney]+fmt.Sprintf(" %d", len(rs)))
	}
	for _, n := range []float64{2, 3} {
		say("of a list", ofList([]rune("新建"), rs, "大公园", quantity{class: unitCounter, number: n})+"/"+ofList([]rune("新建"), rs, "活动", quantity{class: unitCounter, number: n}), "/")
	}
}

// asList prints the members of s.
func asList(b *strings.Builder, s string) {
	if list := enumeration(s, true); len(list) != 1 || list[0] != s {
		fmt.Fprintf(b, "\tmembers %q, at 、 alone %q\n", list, enumeration(s, false))
	}
	for n := 1; n < 4; n++ {
		if list := subjects(s, n); list != nil {
			fmt.Fprintf(b, "\tapart %q\n", list)
		}
	}
	r := wrap(corpus.New("甲" + s + "乙"))
	all := corpus.Span{Start: 1, End: 1 + len([]rune(s))}
	if end, start := r.joint(all); end != all.End || start != all.Start {
		fmt.Fprintf(b, "\tjoint %d-%d\n", end, start)
	}
	if c := r.clauseBefore(all.End, all.Start); c != all {
		fmt.Fprintf(b, "\tclause %d-%d\n", c.Start, c.End)
	}
}
