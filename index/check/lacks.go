package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/index/answer"
	"jinwen/index/question"
	"jinwen/index/rank"
)

// What is asked for and the clause that answers does not give: a date, an
// amount, the number of one year, what one person gets.

var (
	// amountLast ends in the name of an amount, and so asks for it.
	amountLast = regexp.MustCompile(`(总?金额|总?投资额?|总投资|套数|户数|总?人数|总量|总额|投入强度|强度)(?:目标)?[是为有呢啊吗？? ]*$`)
	// amount is a number that may be one.
	amount = regexp.MustCompile(`[0-9]|[一二三四五六七八九十百千万亿]{2}|一半`)
	// price is what is paid for something.
	price = regexp.MustCompile(`票价|门票|房价|油价|电价|水价|菜价|肉价|学费|房租|物业费`)
	// priced speaks of prices.
	priced = regexp.MustCompile(`[价费元租票]`)
	// strength is a share of the whole, which no amount tells.
	strength = regexp.MustCompile(`(?:投入)?强度`)
	// countAsked asks how many there are, which no growth tells.
	countAsked = lists.Pattern(`(?:多少|几[千万亿百]+)[千万亿]*(?:名|位|个)?(?:\p{Han}{2})?<counted>`)
	// payAsked asks how much of some money one gets.
	payAsked = regexp.MustCompile(`(?:[发领给拿补]|补贴)(?:多少|几)[\p{Han}]{0,4}(?:补贴|津贴|奖金|工资|养老金|补助|低保)`)
	// levelNow asks how much it is now, not by how much it was raised.
	levelNow = regexp.MustCompile(`(?:现在|目前|如今)[^，。]{0,8}(?:多少|几)`)
	// oneEarns asks what one person earns on average.
	oneEarns = regexp.MustCompile(`(?:平均|人均|每个?人|一个人)[^，。]{0,8}(?:挣|赚|到手|收入)|(?:挣|赚|到手|收入)[^，。]{0,6}(?:平均|人均|每个?人|一个人)|(?:人|农民|百姓|居民|职工|工人)[^，。]{0,6}(?:挣|赚|到手)`)
	// earned is in the name of what one person earns.
	earned = regexp.MustCompile(`人均|平均|工资|薪|居民.*收入|农民.*收入|收入.*(?:每人|人均)`)
)

// missingKind returns what the question asks for and the evidence does not give,
// though it is on the matter.
func (h Checker) missingKind(a *answer.Answer) answer.Missing {
	q, r := h.Question, h.Index.Report
	if len(h.Asked) > 0 || len(q.Parts) > 0 {
		return answer.Missing{}
	}
	if m := amountLast.FindStringSubmatch(q.Words); m != nil && a.Direct == 0 && q.Ask != question.List && (!amount.MatchString(r.Quote(a.Hits[0].Focus)) || !strength.MatchString(m[1]) && h.onlyGrows(a.Hits[0])) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m[1]}
	}
	if m := price.FindString(q.Words); m != "" && q.AsksNumber() && !priced.MatchString(r.Quote(r.Passages[a.Hits[0].Passage].Span)) {
		return answer.Missing{Slot: answer.SlotThing, Text: m}
	}
	if m := strength.FindString(q.Words); m != "" && !strings.Contains(r.Quote(a.Hits[0].Focus), m) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if m := countAsked.FindString(q.Words); m != "" && a.Direct == 0 && q.Ask == question.Number && q.Measure == "" && h.onlyGrows(a.Hits[0]) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if m := payAsked.FindString(q.Words); m != "" && a.Direct == 0 && q.Measure == "" && !strings.Contains(r.Quote(a.Hits[0].Focus), "元") {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if a.Direct == 0 {
		return answer.Missing{}
	}
	return h.missingAmount(a)
}

// onlyGrows reports whether all figures of what x shows are percentages.
func (h Checker) onlyGrows(x answer.Hit) bool {
	some := false
	for _, i := range h.Index.Figures[x.Passage] {
		f := h.Index.Report.Figures[i]
		if x.Focus.Start <= f.Start && f.End <= x.Focus.End {
			if some = true; !rank.Percent(f) {
				return false
			}
		}
	}
	return some
}

// missingAmount returns what the question asks for, if the figure that answers is
// another kind of number.
func (h Checker) missingAmount(a *answer.Answer) answer.Missing {
	q, r := h.Question, h.Index.Report
	f := r.Figures[a.Figures[0]]
	if m := amountLast.FindStringSubmatch(q.Words); m != nil && q.Measure != f.Measure && (f.Measure == corpus.MeasureRank || f.Measure == corpus.MeasureGrowth && rank.Percent(f)) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m[1]}
	}
	if m := countAsked.FindString(q.Words); m != "" && q.Ask == question.Number && q.Measure == "" && f.Measure == corpus.MeasureGrowth && rank.Percent(f) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if len(q.Years) == 1 && len(q.Times) == 1 && f.Measure == corpus.MeasureGrowth && (f.Period == "other" || strings.Contains(f.Period, "-")) && strings.Contains(r.Quote(f.Clause), "年均") && !q.Several {
		return answer.Missing{Slot: answer.SlotPeriod, Text: strconv.Itoa(q.Years[0])}
	}
	if m := payAsked.FindString(q.Words); m != "" && q.Measure == "" && !strings.Contains(f.Unit, "元") {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if m := levelNow.FindString(q.Words); m != "" && q.Measure == "" && f.Measure == corpus.MeasureChange {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	if m := oneEarns.FindString(q.Words); m != "" && (q.Unit == "元" || q.Unit == "" && q.Measure == "") && !slices.ContainsFunc(a.Figures[:a.Direct], h.earnedByOne) {
		return answer.Missing{Slot: answer.SlotNumber, Text: m}
	}
	return answer.Missing{}
}

// earnedByOne reports whether figure i is money that one person earns.
func (h Checker) earnedByOne(i int) bool {
	f := h.Index.Report.Figures[i]
	return f.Number < rank.Used.MostForOne && (h.Concepts[f.Concept] || earned.MatchString(h.Index.Indicators[i])) && !strings.Contains(h.Index.Indicators[i], "生产总值") && !strings.Contains(h.Index.Indicators[i], "gdp")
}
