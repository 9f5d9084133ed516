package index

import "regexp"

// A question that leans on the one before: 那去年呢？ 燃气的呢？ what about 2023?
var (
	leansOn    = regexp.MustCompile(`^(?:那么?|还有|换成|改成|what about|how about|and )|呢[？?！!。~]*$`)
	leanedTerm = 0.4 // weight kept by the terms of the question before
)

// follow completes q from the question before it in the same chat, if q can
// not stand alone.
func follow(q, before *Question) *Question {
	if before == nil || q.Chat {
		return q
	}
	if len(before.Parts) > 0 {
		before = before.Parts[0]
	}
	if q.more {
		out := *before
		out.Text, out.more = q.Text, true
		return &out
	}
	telling := 0
	for _, t := range q.Terms {
		if t.Weight > 0.3 && t.Text != aims && (t.Known || t.Weight >= 0.9) {
			telling++
		}
	}
	timed := len(q.Times) > 0 || q.Beyond != ""
	switch {
	case telling == 0 && len(q.Numbers) == 0 && (timed || q.Measure != "" || q.Level || q.Ask == AskNumber):
		out := *before
		out.said += " " + q.said
		out.Text, out.Lang, out.Beyond, out.Place = q.Text, q.Lang, q.Beyond, q.Place
		if timed {
			out.Years, out.Times = q.Years, q.Times
			// The other year's number answers a comparison, or a question for
			// the target, as the first did.
			if out.Ask == AskCompare || out.Ask == AskAny && before.Aim {
				out.Ask = AskNumber
			}
			out.Aim = q.Aim
		}
		if q.Measure != "" || q.Level {
			out.Measure, out.Level, out.Unit = q.Measure, q.Level, q.Unit
		}
		if q.Ask == AskNumber || q.Ask == AskCompare {
			out.Ask = q.Ask
		}
		return &out
	case telling > 0 && telling <= 2 && leansOn.MatchString(foldKeepSpace(q.Text)):
		out := *before
		out.said += " " + q.said
		out.Text, out.Lang, out.Place = q.Text, q.Lang, q.Place
		out.Terms = append([]Term{}, q.Terms...)
		for _, t := range before.Terms {
			t.Weight *= leanedTerm
			t.start, t.end = -1, -2
			out.Terms = append(out.Terms, t)
		}
		if timed {
			out.Years, out.Times, out.Beyond = q.Years, q.Times, q.Beyond
		}
		return &out
	}
	return q
}
