package index

import (
	"jinwen/index/answer"
	"jinwen/index/question"
)

// talk answers what is asked of the bot, and of the report as a whole: how
// long it is, who gave it. It reports whether the question is such.
func (ix *Index) talk(a *answer.Answer) bool {
	q, r := a.Question, ix.in.Report
	switch q.Ask {
	case question.Talk:
		a.Status, a.Reason = answer.Talk, answer.ReasonSmallTalk
		return true
	case question.About:
	default:
		return false
	}
	a.Status, a.Reason = answer.Talk, answer.ReasonNone
	switch q.Topic {
	case "parts", "summary":
		a.Sections = ix.childrenOf(-1)
	case "speaker":
		if r.Speaker != "" {
			break
		}
		if ix.aboutReport(a); len(a.Hits) == 0 {
			// Who holds the office is nothing that the report tells.
			a.Status, a.Reason, a.Subject = answer.NotFound, answer.ReasonAbsent, ""
			a.Missing = []answer.Missing{{Slot: answer.SlotQualifier, Text: q.Words}}
		}
	case "date", "session":
		ix.aboutReport(a)
	}
	return true
}
