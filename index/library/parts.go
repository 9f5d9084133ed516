package library

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/index"
	"jinwen/index/question"
)

// A message may ask of several reports: 天津今年GDP目标多少？北京去年增长多少.
// Where its questions differ only in the place, they are places side by side;
// where they are of one report, that report's index answers them together.
// Else each is routed by itself.

var partEnd = regexp.MustCompile(`[?？!！。；;\n]+`)

// A part is one question of a message.
type part struct {
	asked *question.Question
	req   *request
}

// parts answers the questions of a message that go to different reports; nil
// if it is one question, or they go to one.
func (l *Library) parts(ctx context.Context, q *question.Question, c *catalog, home *corpus.Report, query index.Query) (*index.Answer, error) {
	list := readParts(q, c, home.Text)
	if len(list) < 2 || !l.apart(list, c) {
		return nil, nil
	}
	x := &index.Across{Kind: index.AcrossParts}
	for _, p := range list {
		query.Asked = p.asked
		a, err := l.single(ctx, p.req, c, query)
		if err != nil {
			return nil, err
		}
		x.Parts = append(x.Parts, a)
	}
	out := &index.Answer{Report: home, Question: &index.Question{Question: q}, Status: index.NotFound, Across: x}
	for _, a := range x.Parts {
		if a.Status == index.Answered {
			out.Status, out.Report = index.Answered, a.Report
			break
		}
	}
	return out, nil
}

// readParts returns the questions of q, each with what it leaves to those before
// it; nil if it is one.
func readParts(q *question.Question, c *catalog, home string) []part {
	asked, whole := q.Parts, false
	if pieces := pieces(q.Words); len(pieces) > 1 { // each leans on those before it: …；北京呢
		asked, whole = nil, true
		var before *question.Question
		for _, s := range pieces {
			before = inherit(question.Read(s, before), before)
			asked = append(asked, before)
		}
	}
	if len(asked) < 2 || len(asked) > used.Parts {
		return nil
	}
	var out []part
	var places []string
	for _, p := range asked {
		one := *p
		r := readRequest(&one, c, home)
		if !whole && r.concept() == "" && r.bare(c) {
			return nil // a clause without a thing of its own: 全国CPI涨幅，2021到2024年各多少
		}
		switch {
		case r.every || len(r.places)+len(r.absent) > 0:
			places = one.Places
			if len(r.scopes) > 0 {
				places = r.places
			}
		case len(places) > 0: // the same place again
			one.Places, one.Follows = places, true
			r = readRequest(&one, c, home)
		}
		out = append(out, part{&one, r})
	}
	return out
}

// asksWhichPlace is a question that names no thing, only which place: 哪个省最高.
var asksWhichPlace = regexp.MustCompile(`^(?:那|那么|其中|里面?|这里面|全国|目前)*(?:哪|谁|各省|排|其他|别的)`)

// inherit gives q, which ranks places, what is measured and when from the question
// before it, if it says neither itself.
func inherit(q, before *question.Question) *question.Question {
	if before == nil || q.Follows || len(conceptsOf(before)) == 0 || len(conceptsOf(q)) > 0 || len([]rune(q.Words)) > 16 || !asksWhichPlace.MatchString(q.Words) {
		return q
	}
	r := request{q: q, text: q.Words, cues: cuesByKind(zh.Fold(q.Words))}
	if !r.has(cueMost) && !r.has(cueLeast) && !r.has(cueOrder) && !r.has(cueRaise) && !r.has(cueLower) {
		return q
	}
	out := *q
	out.Concepts, out.Follows = conceptsOf(before), true
	if len(out.Periods) == 0 {
		out.Periods = before.Periods
	}
	if out.Nature == "" {
		out.Nature = before.Nature
	}
	if out.Measure == "" {
		out.Measure = before.Measure
	}
	return &out
}

// pieces returns the sentences of a message.
func pieces(words string) []string {
	var out []string
	for _, s := range partEnd.Split(words, -1) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// apart reports whether the parts of a message have to be answered by
// themselves: they are not of one report, and neither one comparison.
func (l *Library) apart(list []part, c *catalog) bool {
	first := list[0].req
	oneReport, oneThing := true, true
	var to *member
	for i, p := range list {
		r := p.req
		if r.kind != "" {
			oneReport = false
		} else if x, gap := l.route(r, c); gap != nil || i > 0 && x.member != to {
			oneReport = false
		} else {
			to = x.member
		}
		if r.kind == index.AcrossMention || r.kind == index.AcrossRanking || r.kind == index.AcrossKept || r.concept() == "" || len(r.places) == 0 ||
			!slices.Equal(r.concepts, first.concepts) || r.nature != first.nature || !slices.Equal(r.years, first.years) && !slices.Equal(r.places, first.places) {
			oneThing = false
		}
	}
	return !oneReport && !oneThing
}
