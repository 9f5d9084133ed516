package corpus

// Words by which indicators of the same meaning differ, each list sorted by
// code point.
var (
	// notTelling say when, where or how: 全市技术合同成交额 is 技术合同成交额.
	notTelling = []string{"“", "”", "今年", "全市", "全年", "全省", "全区", "全县", "全国", "去年", "年内", "我市", "我省", "预期", "、", "（", "）"}

	// actWords are the acts that open an indicator: 新建口袋公园 and 建设口袋公园 count
	// the same thing.
	actWords = []string{
		"优选", "修建", "兜底", "创建", "创成", "净增", "发放", "启动", "培育", "增加", "增建", "增投", "增至", "增设", "完成", "实施", "巩固", "帮扶", "年度",
		"建成", "建设", "建好", "开工", "开展", "引育", "引进", "引入", "打造", "扩建", "投放", "提升", "提升改造", "推出", "推进", "改建", "改扩建", "改造",
		"新创建", "新增", "新建", "新筹集", "新设", "盘活", "筹集", "稳定", "累计", "认定", "达到", "集中", "持续", "突破", "做优做强", "和", "或",
	}

	// tailWords close an indicator without telling more.
	tailWords = []string{"完工", "竣工", "开放", "向市民", "向社会", "项目", "任务", "人数", "左右", "建设", "建设任务", "提升", "改造", "改造提升", "数量", "总数", "总量", "涨幅", "增速", "增长", "累计", "累计达到"}

	// flowWords say that something was added in a year, stockWords that it is
	// counted altogether.
	flowWords  = []string{"再", "净增", "增加", "增建", "增投", "增设", "完成", "建成", "建设", "新创建", "新增", "新建", "新筹集", "新设", "新开", "改造", "新获批", "打造"}
	stockWords = []string{"保有", "共有", "增至", "增加到", "总数", "总量", "拥有", "突破", "累计", "累计达到", "达到"}
)
