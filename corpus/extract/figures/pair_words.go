package figures

// Words by which indicators of the same meaning differ, each list sorted by
// code point.
var (
	// notTelling say when, where or how: 全市技术合同成交额 is 技术合同成交额.
	notTelling = lists["notTelling"]

	// actWords are the acts that open an indicator: 新建口袋公园 and 建设口袋公园 count
	// the same thing.
	actWords = lists["actWords"]

	// tailWords close an indicator without telling more.
	tailWords = lists["tailWords"]

	// flowWords say that something was added in a year, stockWords that it is
	// counted altogether.
	flowWords  = lists["flowWords"]
	stockWords = []string{
		"保有", "共有", "增加到", "增至", "总数", "总量", "拥有", "突破", "累计", "累计达到", "达到",
	}
)
