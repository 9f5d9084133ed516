package corpus

// Words by which plans undertake something, each list sorted by code point.
// They are those of the genre (government work reports of all levels), not of
// one text: what is missing here is missed, so err on the side of adding.

// amounts are verbs that promise something only with a figure: 培育10家企业 can
// be checked, 培育新动能 cannot.
var amounts = []string{
	"优化",   // optimise
	"做优做强", // make better and stronger
	"做强做优", // make stronger and better
	"健全",   // complete
	"兜底帮扶", // help as a last resort
	"吸引",   // attract
	"培育",   // foster
	"增加",   // add
	"壮大",   // enlarge
	"完善",   // improve
	"巩固",   // consolidate
	"帮扶",   // help
	"引入",   // bring in
	"引育",   // attract and foster
	"引进",   // bring in
	"惠及",   // benefit
	"招引",   // attract
	"提升",   // raise
	"整治",   // put in order
	"盘活",   // bring back into use
	"确保",   // ensure
	"落地",   // land
	"转化",   // convert
}

// undertakings are verbs that promise a thing that is there afterwards or an
// act that is done on a day: 建成, 出台, 举办.
var undertakings = []string{
	"争创",   // strive to be named
	"争取",   // strive to obtain
	"完工",   // complete works
	"完成",   // complete
	"优选",   // select
	"修复",   // restore
	"修建",   // build
	"修缮",   // repair
	"修订",   // revise
	"做好",   // see to (a census, a festival)
	"公布",   // make public
	"出台",   // issue
	"创建",   // create
	"创成",   // create
	"创设",   // found
	"制定",   // draw up
	"制订",   // draw up
	"办好",   // hold
	"办成",   // bring about
	"升级改造", // upgrade
	"印发",   // issue
	"发布",   // publish
	"发放",   // hand out
	"发行",   // issue
	"召开",   // convene
	"启动",   // start
	"启用",   // take into use
	"回购",   // buy back
	"增投",   // release more
	"增设",   // add
	"增建",   // add
	"增开",   // open more
	"实施",   // carry out
	"实现",   // achieve
	"实行",   // put into effect
	"布局",   // lay out
	"建好",   // build well
	"建成",   // finish building
	"建立",   // establish
	"建设",   // build
	"开办",   // open
	"开发",   // develop
	"开工",   // break ground
	"开建",   // start building
	"开展",   // carry out
	"开行",   // run (trains)
	"开通",   // open (a line)
	"成立",   // found
	"打造",   // shape
	"打通",   // open up (a road)
	"扩建",   // extend
	"承办",   // host
	"投产",   // go into production
	"投放",   // put on the market
	"投用",   // take into use
	"拆除",   // pull down
	"推出",   // bring out
	"推广",   // spread
	"推行",   // put into practice
	"提升改造", // upgrade
	"提请",   // submit
	"搭建",   // set up
	"改建",   // rebuild
	"改扩建",  // rebuild and extend
	"改造",   // refurbish
	"新创建",  // newly create
	"新办",   // newly open
	"新增",   // add
	"新建",   // build new
	"新开",   // newly open
	"新改建",  // build new or rebuild
	"新组建",  // newly form
	"申办",   // bid for
	"申报",   // apply for
	"筹办",   // prepare
	"筹建",   // prepare to found
	"筹集",   // raise
	"签署",   // sign
	"签订",   // sign
	"编制",   // compile
	"组建",   // form
	"组织",   // organise
	"落成",   // complete
	"评选",   // select
	"试行",   // try out
	"设立",   // set up
	"迁建",   // move and rebuild
	"举办",   // hold
	"重组",   // reorganise
	"颁布",   // promulgate
	"颁发",   // award
	"疏浚",   // dredge
	"集成",   // put together
}

// advances are verbs that push on with something; what they promise can be
// checked only if it is named and the clause says what becomes of it (建设,
// 投产, 改造).
var advances = []string{
	"促进", // promote
	"加大", // increase
	"加快", // speed up
	"加速", // speed up
	"助力", // help
	"抓好", // attend to
	"抓紧", // press on with
	"推动", // push
	"推开", // extend
	"推进", // advance
	"提速", // speed up
	"支持", // support
	"服务", // serve
	"深化", // deepen
	"统筹", // coordinate
}

// outcomes say what becomes of the thing that an advance is about.
var outcomes = []string{
	"上市", "上线", "创建", "升级改造", "取得", "完工", "实行", "开工", "建成", "建设", "扩建", "投产",
	"投用", "投运", "改扩建", "改造", "改革", "普查", "普法", "修缮", "纳入", "增资扩产", "竣工", "落地", "获批", "试点", "贯通",
	"达产", "迁建", "迭代升级", "运营", "通车", "量产",
	"增资扩产",
}

// completions are the outcomes that name a day by themselves: whether a thing
// was opened can be checked even if it has no proper name.
var completions = []string{
	"上市", "完工", "开工", "建成", "投产", "投用", "投运", "竣工", "获批", "贯通", "达产", "通车", "量产",
}

// nameEnds are what the names of projects, lines, institutions, documents and
// campaigns end in.
var nameEnds = []string{
	"专项行动", "中心", "举措", "产业园", "产业新城", "论坛", "公园", "冠军赛", "办法", "医院", "博物馆", "博览会", "卡",
	"号线", "图书馆", "园区", "场馆", "大会", "大厦", "大学", "大赛", "大道", "大桥", "学校", "学院", "实验室", "客厅",
	"家园", "基地", "基金", "工作站", "工厂", "工程", "平台", "库", "延伸线", "意见", "慧谷", "措施", "政策", "文物普查", "方案",
	"旧居", "普查", "普法", "机场", "条例", "校区", "标志区", "样板区", "比赛", "水厂", "水库", "泊位", "活动", "洽谈会", "泵站",
	"清单", "片区", "特区", "生产线", "电厂", "电站", "监测站", "目录", "码头", "示范区", "示范村", "示范镇", "示范县", "科技城",
	"研究所", "研究院", "科创园", "管网", "粮仓", "纪念馆", "细则", "综合体", "综合保税区", "美术馆", "联合体", "联盟", "联赛",
	"艺术节", "节目", "规划", "计划", "试点", "试验区", "试验田", "设施", "车间", "车站", "轨道交通", "轻轨",
	"软件园", "通道", "道路", "邮轮", "铁路", "锦标赛", "音乐节", "项目", "马拉松", "高速", "集聚区", "附院", "院区", "驿站",
	"商务区", "先行区", "拓展区", "小镇", "母港", "老旧小区", "城中村", "场景", "行动", "集群", "之都", "专班", "国际赛",
	"新城", "口岸", "法庭", "演出", "赛事", "展会", "首店", "公寓", "住房", "学位", "床位", "全覆盖", "展演", "首开段", "河湖",
	"农产品交易会", "交易会", "推介会", "主题园", "廊道", "绿道", "会展中心", "机场三期", "普惠园", "幼儿园",
	"工坊", "生活圈", "医共体", "医联体", "园建设", "管廊", "推进区", "大讲堂", "线路", "海堤", "运动会", "卫生运动", "查体", "体检", "筛查",
}

// notNames are words that hold one of nameEnds but name nothing.
var notNames = []string{
	"中心任务", "中心城区", "中心城市", "中心镇", "以人民为中心", "平台经济", "平台企业", "政策措施协同", "政策创新", "政策环境", "重要平台", "公园城市", "项目组织", "项目合作",
	"项目投资质量", "项目建设质量", "意见建议", "规划引领", "计划生育", "改革措施落实", "道路交通", "轨道交通", "高速增长", "高速发展", "基地化",
	"品牌效应", "专业化", "专业服务", "专业能力", "专业素养", "活动力", "库存", "奖励", "设施配套", "基础设施投资", "平台承载", "各类项目", "行动自觉", "行动派", "专业机构", "科技项目、科技平台",
	"重大项目组织", "重大项目", "集群化", "平台型", "场景化", "工程师", "工程技术", "试点任务", "产业集群", "惠企政策", "政策工具", "支持政策体系",
	"清单化", "项目化", "政策支持", "运营商", "新的政策措施", "学位供给",
}

// manners are adverbs and words of time that may stand before the verb, and
// are part of the clause but not of the verb.
var manners = []string{
	"一体", "不断", "主动", "今年", "全力", "全力以赴", "全年", "全市", "全面", "全面建成并", "分区域", "分年度", "分步", "分类", "加力", "加快",
	"加速", "力争", "努力", "务实", "协同", "同步", "因地制宜", "坚决", "坚定不移", "大力", "实质性", "市场化", "常态化",
	"年内", "年底前", "年度", "并", "广泛", "建立健全", "成功", "扎实", "扩面", "抓紧", "持续", "提质", "提速", "有力", "有序", "有效", "更大力度", "更好",
	"更加", "机制化", "汛前", "深入", "积极", "稳妥", "稳慎", "稳步", "精准", "精心", "精细化", "系统", "纵深", "统筹", "继续", "联合", "聚力",
	"规划", "认真", "进一步", "适时", "重点", "集中力量", "高位", "高品质", "高效", "高标准", "高水平", "高质量", "鼓励", "一次性", "清单化", "项目化", "谋划",
	"再", "新", "研究", "用心", "用情", "奋力", "着力", "切实", "落实落细", "多措并举", "统一", "上半年", "下半年", "年中", "分批", "梯次", "滚动", "严格", "深度", "探索", "总投资", "同时",
	"兜底", "有针对性",
}

// slogans open clauses that say how things shall be, and undertake nothing
// that can be checked unless they hold a figure.
var slogans = []string{
	"不断提高", "为", "使", "促使", "做到", "保持", "坚持", "增强", "把", "提高", "提升", "更好", "必须", "形成", "让", "确保",
	"突出", "聚焦", "积极应对", "立足", "紧扣", "适应",
}

// predicates tie an indicator to its aim in clauses without a verb of
// undertaking: 集装箱吞吐量突破… .
var predicates = []string{
	"不低于", "不超过", "下降", "保持", "减少", "压减", "增加", "增长", "增至", "实现", "完成", "提高到", "提高", "提升到", "提升至", "控制在", "新增",
	"突破", "累计达到", "达到", "达产", "超过", "降低", "降至", "降到", "稳定在", "稳定播种", "力争", "扩大到", "使用", "投资",
	"完工",
}

// vague are what the object of a verb ends in where nothing is promised that
// will be there to be seen.
var vague = []string{
	"产业", "优势", "体系", "作用", "保障", "创新", "发展", "工作", "方式", "服务", "机制", "格局", "模式", "氛围", "水平", "环境", "生态", "经济",
	"能力", "领域", "赛道", "开放", "效能", "合作",
}

// works are what the object of a verb ends in that is done to a thing and can
// be seen to be done.
var works = []string{"修复", "改造", "普查", "清淤", "疏浚"}

// placeEnds are the last characters of names that are places though the word
// they end in is common: 产业武清园, 二号桥.
const placeEnds = "园院馆站线桥厂校"

// placeNameEnds are what the names of places end in, organisationEnds what the
// names of organisations end in.
var (
	placeNameEnds    = []string{"新区", "区", "县", "镇", "乡", "街道", "路", "大街", "新城", "科技城", "生态城", "半岛", "群岛"}
	organisationEnds = []string{
		"中心", "交易所", "公司", "剧院", "医院", "协会", "博物馆", "商会", "图书馆", "基金", "基金会", "大学", "学院", "实验室", "母基金", "研究所",
		"研究院", "联合会", "联盟", "附院", "院区", "集团", "银行", "美术馆",
	}
)

// notPlaces and notOrganisations are what such names end in, or are, that
// name none: 产业园区, 全国重点实验室.
var (
	notPlaces = []string{
		"园区", "城区", "社区", "校区", "院区", "地区", "示范区", "试验区", "集聚区", "聚集区", "景区", "标志区", "样板区", "拓展区", "功能区", "先行区",
		"承载区", "活力区", "文化区", "发展区", "创新区", "大区", "各区", "辖区", "灾区", "滞洪区", "保护区", "小区", "街区", "富集区", "活跃区", "引领区",
		"生态区", "推进区", "核心区", "开发区", "特色片区", "示范片区", "集中区", "道路", "铁路", "公路", "线路", "思路", "出路", "销路", "管路", "网路",
		"乡镇", "村镇", "特色镇", "重点镇", "示范镇", "中心镇", "小镇", "各县", "区县", "城乡", "返乡", "家乡", "水乡", "市区", "港区", "山区", "经开区", "片区",
		"自治区", "省区", "海区", "矿区", "林区", "农区", "牧区", "郊区", "老区", "自贸区", "涉农区", "市域", "革命老区",
	}
	notOrganisations = []string{"全国重点实验室", "重点实验室", "社区医院", "国有企业集团", "基层医院", "三级医院", "产业联盟", "上市公司", "科技中心", "国际消费中心", "县级医院", "公立医院", "中心"}
)
