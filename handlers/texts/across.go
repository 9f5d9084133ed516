package texts

// Across are the words of an answer from several reports, in one language.
type Across struct {
	YearTarget, YearActual, Target, Actual string // of a year; of years that differ
	Title                                  string // what, of when
	Most, Least, TieMost, TieLeast         string // places
	Same                                   string // all have the same
	SameNumber                             string
	Cell                                   string // place, value
	CellYear                               string // place, year, value
	Silent                                 string // places that give no figure: how many of how many, which
	SilentYear                             string
	Gap, GapYear, GapHas                   string // no report: place; place, year; place, years that there are
	GapParent                              string // place, the place that it lies in, its years
	GapSoon                                string // the report that would tell is not there: place, year
	NoFigure                               string // a year whose report gives none
	Rose, Fell, Stayed, Wavered, ToAndFro  string // first year, first value, last year, last value
	Top, Bound, None, Raised, Lowered      string
	Above, Below                           string // than a place: place, value, how many, which
	NoneAbove, NoneBelow                   string // place, value
	RankOf                                 string // place, value, how many tell, its rank
	RankTied                               string // how many have that rank
	All                                    string
	Ranked                                 string // how many of how many give a figure
	Mentions, Mentioned, NoMention         string
	Unsaid, Said                           string // who does not have the word: how many of how many, the word, which; who does
	More                                   string
	KeptHead                               string // year, what
	KeptTarget, KeptResult                 string // report, name, value
	NoResult, NoTarget                     string
	Verdicts                               map[string]string
	Named                                  string   // place, year
	Holds                                  string   // place, value
	Comma                                  string   // between clauses; between things of one kind it is that of Set
	Columns                                []string // of the spreadsheet
	KeptOf, KeptSum, KeptNone, KeptMore    string   // of /kept
	KeptLine                               string   // verdict, name, target, result
}

var hansAcross = Across{
	YearTarget: "%d年目标", YearActual: "%d年实际", Target: "目标", Actual: "实际",
	Title: "%s · %s",
	Most:  "最高：%s（%s）", Least: "最低：%s（%s）", TieMost: "并列最高：%s（%s）", TieLeast: "并列最低：%s（%s）",
	Same: "相同：%s都是%s", SameNumber: "数字相同，说法不同：%s",
	Cell: "%s：%s", CellYear: "%s（%d年）：%s",
	Silent: "%d份报告中有 %d 份没有给出这个数字：%s", SilentYear: "%s的报告没有给出这个数字。",
	Gap: "报告库里没有%s的报告。", GapYear: "报告库里没有%d年%s的报告。", GapHas: "%s有%s年的报告。",
	GapParent: "有%s的报告（%s年），可以问%s。",
	GapSoon:   "%d年%s的报告不在库里，还没有结果。",
	NoFigure:  "%d年：报告没有给出这个数字。",
	Rose:      "从%d年的%s到%d年的%s，上升。", Fell: "从%d年的%s到%d年的%s，下降。", Stayed: "从%d年到%d年没有变化：%s。", Wavered: "%d年和%d年相同（%s），其间有升有降。", ToAndFro: "数字相同，说法有变化：%d年%s，%d年%s。",
	Above: "比%s（%s）高的有 %d 个：%s", Below: "比%s（%s）低的有 %d 个：%s", NoneAbove: "没有比%s（%s）更高的。", NoneBelow: "没有比%s（%s）更低的。",
	RankOf: "%s（%s）：在给出这个数字的 %d 个地方中，从高到低排第 %d。", RankTied: "并列的共 %d 个。",
	Top: "前%d名：%s", Bound: "%s的有 %d 个：%s", None: "%s的一个也没有。", Raised: "比上年定得高的有 %d 个：%s", Lowered: "比上年定得低的有 %d 个：%s",
	All:      "从高到低：%s",
	Ranked:   "%d份报告中 %d 份给出了这个数字",
	Mentions: "%d份报告中有 %d 份提到“%s”：%s。", Mentioned: "%s（%d次）", NoMention: "没有提到的 %d 个：%s。",
	Unsaid: "%d份报告中有 %d 份没有提到“%s”：%s。", Said: "提到的 %d 个：%s。",
	More:     "还有 %d 条原文",
	KeptHead: "%d年目标完成了吗 · %s", KeptTarget: "目标 · %s：%s", KeptResult: "结果 · %s：%s",
	NoResult: "%s的报告没有给出这项的结果。", NoTarget: "%s的报告没有给出“%s”的量化目标，无从核对。",
	Verdicts: map[string]string{
		"exceeded": "超额完成", "kept": "完成", "near": "略低于目标，接近完成", "partly": "部分完成：基本目标达到，力争目标没有达到", "missed": "没有完成",
		"not_reported": "报告没有给出结果", "not_comparable": "不可比",
	},
	Named: "%s%d年政府工作报告", Holds: "%s（%s）", Comma: "，",
	Columns: []string{"地区", "年度", "指标", "原文数值", "数值", "原文", "报告", "出处"},
	KeptOf:  "%s%d年目标的完成情况（按%d年报告）", KeptSum: "%d 项量化目标：%s", KeptNone: "没有%s%d年的报告，无从核对%d年的目标。", KeptMore: "另有 %d 项，见表格",
	KeptLine: "%s · %s：目标%s，结果%s",
}

var hantAcross = Across{
	YearTarget: "%d年目標", YearActual: "%d年實際", Target: "目標", Actual: "實際",
	Title: "%s · %s",
	Most:  "最高：%s（%s）", Least: "最低：%s（%s）", TieMost: "並列最高：%s（%s）", TieLeast: "並列最低：%s（%s）",
	Same: "相同：%s都是%s", SameNumber: "數字相同，說法不同：%s",
	Cell: "%s：%s", CellYear: "%s（%d年）：%s",
	Silent: "%d份報告中有 %d 份沒有給出這個數字：%s", SilentYear: "%s的報告沒有給出這個數字。",
	Gap: "報告庫裡沒有%s的報告。", GapYear: "報告庫裡沒有%d年%s的報告。", GapHas: "%s有%s年的報告。",
	GapParent: "有%s的報告（%s年），可以問%s。",
	GapSoon:   "%d年%s的報告不在庫裡，還沒有結果。",
	NoFigure:  "%d年：報告沒有給出這個數字。",
	Rose:      "從%d年的%s到%d年的%s，上升。", Fell: "從%d年的%s到%d年的%s，下降。", Stayed: "從%d年到%d年沒有變化：%s。", Wavered: "%d年和%d年相同（%s），其間有升有降。", ToAndFro: "數字相同，說法有變化：%d年%s，%d年%s。",
	Above: "比%s（%s）高的有 %d 個：%s", Below: "比%s（%s）低的有 %d 個：%s", NoneAbove: "沒有比%s（%s）更高的。", NoneBelow: "沒有比%s（%s）更低的。",
	RankOf: "%s（%s）：在給出這個數字的 %d 個地方中，從高到低排第 %d。", RankTied: "並列的共 %d 個。",
	Top: "前%d名：%s", Bound: "%s的有 %d 個：%s", None: "%s的一個也沒有。", Raised: "比上年定得高的有 %d 個：%s", Lowered: "比上年定得低的有 %d 個：%s",
	All:      "從高到低：%s",
	Ranked:   "%d份報告中 %d 份給出了這個數字",
	Mentions: "%d份報告中有 %d 份提到“%s”：%s。", Mentioned: "%s（%d次）", NoMention: "沒有提到的 %d 個：%s。",
	Unsaid: "%d份報告中有 %d 份沒有提到“%s”：%s。", Said: "提到的 %d 個：%s。",
	More:     "還有 %d 條原文",
	KeptHead: "%d年目標完成了嗎 · %s", KeptTarget: "目標 · %s：%s", KeptResult: "結果 · %s：%s",
	NoResult: "%s的報告沒有給出這項的結果。", NoTarget: "%s的報告沒有給出“%s”的量化目標，無從核對。",
	Verdicts: map[string]string{
		"exceeded": "超額完成", "kept": "完成", "near": "略低於目標，接近完成", "partly": "部分完成：基本目標達到，力爭目標沒有達到", "missed": "沒有完成",
		"not_reported": "報告沒有給出結果", "not_comparable": "不可比",
	},
	Named: "%s%d年政府工作報告", Holds: "%s（%s）", Comma: "，",
	Columns: []string{"地區", "年度", "指標", "原文數值", "數值", "原文", "報告", "出處"},
	KeptOf:  "%s%d年目標的完成情況（按%d年報告）", KeptSum: "%d 項量化目標：%s", KeptNone: "沒有%s%d年的報告，無從核對%d年的目標。", KeptMore: "另有 %d 項，見表格",
	KeptLine: "%s · %s：目標%s，結果%s",
}

var englishAcross = Across{
	YearTarget: "target of %d", YearActual: "result of %d", Target: "targets", Actual: "results",
	Title: "%s · %s",
	Most:  "Highest: %s (%s)", Least: "Lowest: %s (%s)", TieMost: "Highest, tied: %s (%s)", TieLeast: "Lowest, tied: %s (%s)",
	Same: "The same: %s all have %s", SameNumber: "The same number in other words: %s",
	Cell: "%s: %s", CellYear: "%s (%d): %s",
	Silent: "of %d reports %d do not give this figure: %s", SilentYear: "The report of %s does not give this figure.",
	Gap: "The library has no report of %s.", GapYear: "The library has no report of %d of %s.", GapHas: "There are those of %s for %s.",
	GapParent: "There are reports of %s (%s): ask about %s.",
	GapSoon:   "The report of %d of %s is not in the library: there is no result yet.",
	NoFigure:  "%d: the report does not give this figure.",
	Rose:      "From %d (%s) to %d (%s): up.", Fell: "From %d (%s) to %d (%s): down.", Stayed: "No change from %d to %d: %s.", Wavered: "The same in %d and %d (%s), up and down between.", ToAndFro: "The same number in other words: %d %s, %d %s.",
	Above: "Above %s (%s): %d: %s", Below: "Below %s (%s): %d: %s", NoneAbove: "Nobody is above %s (%s).", NoneBelow: "Nobody is below %s (%s).",
	RankOf: "%s (%s): among the %d that give this figure it has place %[4]d from the highest.", RankTied: "%d share that place.",
	Top: "First %d: %s", Bound: "%s: %d of them: %s", None: "%s: none.", Raised: "Higher than the year before: %d: %s", Lowered: "Lower than the year before: %d: %s",
	All:      "From highest to lowest: %s",
	Ranked:   "of %d reports %d give this figure",
	Mentions: "Of %d reports %d mention “%s”: %s.", Mentioned: "%s (%d times)", NoMention: "Not: %d: %s.",
	Unsaid: "Of %d reports %d do not mention “%s”: %s.", Said: "Those that do, %d: %s.",
	More:     "%d more quotes",
	KeptHead: "Was the target of %d reached · %s", KeptTarget: "Target · %s: %s", KeptResult: "Result · %s: %s",
	NoResult: "The report of %s gives no result of it.", NoTarget: "The report of %s sets no target with a number for “%s”.",
	Verdicts: map[string]string{
		"exceeded": "Exceeded", "kept": "Reached", "near": "Slightly below the target", "partly": "Partly: the base was reached, what was striven for not", "missed": "Not reached",
		"not_reported": "No result is reported", "not_comparable": "Not comparable",
	},
	Named: "Government work report of %[2]d, %[1]s", Holds: "%s (%s)", Comma: ", ",
	Columns: []string{"Place", "Year", "Indicator", "As printed", "Number", "Quote", "Report", "Where"},
	KeptOf:  "%s: the targets of %d by the report of %d", KeptSum: "%d targets with a number: %s", KeptNone: "There is no report of %s of %d: the targets of %d cannot be checked.", KeptMore: "%d more are in the spreadsheet",
	KeptLine: "%s · %s: target %s, result %s",
}
