package extract

import (
	"regexp"
	"strings"

	"jinwen/corpus"
)

// Where no title tells of when a part speaks, the wording of its clauses does.

// vote weighs the words that tell a plan from a review. Measured on the parts of
// the library's reports whose titles tell: see TestVote.
var vote = struct {
	done   int // 增长6%, 完成了, 获批: something was done
	willed int // 要, 将, 力争, 今年: something shall be done
	verb   int // a clause begins with a bare verb: 推进…
}{done: -3, willed: 3, verb: 1}

var (
	doneWords = lists.Pattern(`<doneWords>|(?:增长|下降|提高|达到?|突破|超过?|新增|建成|完成)[^，。；]{0,12}[0-9]|[0-9]+%`)
	willWords = regexp.MustCompile(`要[以把坚加进全着更大深继认切充积努推抓强统做持牢始一]|将(?:会|要|继|全|坚|着|进|加)?|力争|争取|确保|今年|我们要|必须|左右|以上`)
	planVerbs = lists.Pattern(`^<eagerness>*<planVerbs>`)
)

// score is above 0 if the paragraph speaks of what shall be done.
func (r *report) score(p corpus.Span) int {
	text := r.Quote(p)
	n := vote.done*len(doneWords.FindAllStringIndex(text, -1)) + vote.willed*len(willWords.FindAllStringIndex(text, -1))
	for _, clause := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("，。；！：", c) }) {
		if planVerbs.MatchString(clause) {
			n += vote.verb
		}
	}
	return n
}

// voted returns the zone that most paragraphs of a part speak for.
func (r *report) voted(ps []paragraph) corpus.Zone {
	n, five := 0, 0
	for _, p := range ps {
		n += r.score(p.Span)
		switch r.cue(p, nil) {
		case corpus.ZoneFiveReview, corpus.ZoneFivePlan:
			five++
		case corpus.ZoneReview, corpus.ZonePlan:
			five--
		}
	}
	switch {
	case n <= 0 && five > 0:
		return corpus.ZoneFiveReview
	case n <= 0:
		return corpus.ZoneReview
	case five > 0:
		return corpus.ZoneFivePlan
	}
	return corpus.ZonePlan
}

// zoneLoose gives zones to a text without parts: at the one point where it turns
// from what was done to what shall be done, or the other way round.
func (r *report) zoneLoose(ps []paragraph) {
	sums := make([]int, len(ps)+1)
	for i, p := range ps {
		sums[i+1] = sums[i] + r.score(p.Span)
	}
	// Review before at, plan behind: the least sum before it; the greatest turns
	// it round.
	at, gain, turned := len(ps), 0, false
	total := sums[len(ps)]
	gain = -total
	for i, s := range sums {
		if g := total - 2*s; g > gain {
			at, gain, turned = i, g, false
		}
		if g := 2*s - total; g > gain {
			at, gain, turned = i, g, true
		}
	}
	for i := range ps {
		ps[i].zone = corpus.ZoneReview
		if (i >= at) != turned {
			ps[i].zone = corpus.ZonePlan
		}
		if cue := r.cue(ps[i], nil); cue.Time() == ps[i].zone.Time() && cue != "" {
			ps[i].zone = cue
		}
	}
}

// turn returns the paragraph at which ps turn from what was done to what shall be
// done.
func (r *report) turn(ps []paragraph) int {
	at, sum, least := len(ps), 0, 0
	for i, p := range ps {
		sum += r.score(p.Span)
		if sum < least {
			at, least = i+1, sum
		}
	}
	return at
}
