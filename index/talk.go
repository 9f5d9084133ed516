package index

import (
	"regexp"
	"slices"
	"strings"

	"jinwen/corpus/place"
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
		switch office := officeAsked.FindString(q.Words); {
		case r.Speaker != "" && (office == "" || office == officeOf(r.Place)):
		case office != "": // the report is another officer's, or does not say
			// Who holds an office is nothing that the report tells.
			a.Status, a.Reason, a.Subject = answer.NotFound, answer.ReasonAbsent, ""
			a.Missing = []answer.Missing{{Slot: answer.SlotQualifier, Text: q.Words}}
		default:
			ix.aboutReport(a)
			a.Status, a.Reason = answer.Talk, answer.ReasonNone
		}
	case "districts":
		a.Places = ix.districts()
	case "date", "session":
		ix.aboutReport(a)
	}
	return true
}

// officeAsked is the office whose holder is asked for.
var officeAsked = regexp.MustCompile(`市长|省长|主席|区长|县长|总理|州长|盟长|书记`)

// officeOf returns the office of the one who gives the report of a place.
func officeOf(name string) string {
	switch {
	case name == "国务院":
		return "总理"
	case strings.HasSuffix(name, "自治区"):
		return "主席"
	}
	for _, kind := range "省市区县旗州盟" {
		if strings.HasSuffix(name, string(kind)) {
			return string(kind) + "长"
		}
	}
	return ""
}

// districts returns the places in the one that reports of which the report speaks, in
// the order of the text.
func (ix *Index) districts() []string {
	r := ix.in.Report
	own, ok := place.Lookup(r.Place)
	if !ok {
		return nil
	}
	var out []string
	for _, m := range place.Find(r.Text) {
		p, in := place.LookupIn(r.Text[m.Start:m.End], own)
		if in && p.Code != own.Code && !slices.Contains(out, p.Short) {
			out = append(out, p.Short)
		}
	}
	return out
}
