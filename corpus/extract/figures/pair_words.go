package figures

// Words by which indicators of the same meaning differ, each list sorted by
// code point.
var (
	// notTelling say when, where or how: 全市技术合同成交额 is 技术合同成交额.
	notTelling = []string{
		"“", "”", "、", "今年", "全区", "全县", "全国", "全市", "全年", "全省", "去年", "安排", "年内", "总", "我市",
		"我省", "预期", "（", "）",
	}

	// actWords are the acts that open an indicator: 新建口袋公园 and 建设口袋公园 count
	// the same thing.
	actWords = []string{
		"优选", "修建", "做优做强", "兜底", "净增", "创建", "创成", "发放", "启动", "和", "培育", "增加", "增建", "增投",
		"增至", "增设", "完成", "实施", "巩固", "帮扶", "年度", "建好", "建成", "建设", "开展", "开工", "引入", "引育",
		"引进", "或", "打造", "扩建", "投放", "持续", "推出", "推进", "提升", "提升改造", "改建", "改扩建", "改造",
		"新创建", "新增", "新建", "新筹集", "新设", "盘活", "稳定", "突破", "筹集", "累计", "认定", "达到", "集中",
	}

	// tailWords close an indicator without telling more.
	tailWords = []string{
		"人数", "任务", "向市民", "向社会", "增速", "增长", "完工", "左右", "建设", "建设任务", "开放", "总数", "总量",
		"提升", "改造", "改造提升", "数量", "涨幅", "竣工", "累计", "累计达到", "项目",
	}

	// flowWords say that something was added in a year, stockWords that it is
	// counted altogether.
	flowWords = []string{
		"再", "净增", "增加", "增建", "增投", "增设", "完成", "建成", "建设", "打造", "改造", "新创建", "新增", "新建",
		"新开", "新筹集", "新获批", "新设",
	}
	stockWords = []string{
		"保有", "共有", "增加到", "增至", "总数", "总量", "拥有", "突破", "累计", "累计达到", "达到",
	}
)
