package extract

// Words by which plans undertake something, each list sorted by code point.
// They are those of the genre (government work reports of all levels), not of
// one text: what is missing here is missed, so err on the side of adding.

// amounts are verbs that promise something only with a figure: 培育10家企业 can
// be checked, 培育新动能 cannot.
var amounts = []string{
	"做优做强", // make better and stronger
	"做强做优", // make stronger and better
	"健全",   // complete
	"兜底帮扶", // help as a last resort
	"吸引",   // attract
	"培育",   // foster
	"增加",   // add
	"壮大",   // enlarge
	"安排",   // allot
	"完善",   // improve
	"巩固",   // consolidate
	"帮扶",   // help
	"引入",   // bring in
	"引育",   // attract and foster
	"引进",   // bring in
	"惠及",   // benefit
	"扩招",   // admit more
	"投入",   // invest
	"招引",   // attract
	"提升",   // raise
	"整治",   // put in order
	"新引进",  // newly attract
	"新造",   // plant new
	"清理",   // clear up
	"盘活",   // bring back into use
	"确保",   // ensure
	"落地",   // land
	"转化",   // convert
	"铺设",   // lay
}

// undertakings are verbs that promise a thing that is there afterwards or an
// act that is done on a day: 建成, 出台, 举办.
var undertakings = []string{
	"举办",   // hold
	"争创",   // strive to be named
	"争取",   // strive to obtain
	"优化",   // improve (a named campaign)
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
	"增建",   // add
	"增开",   // open more
	"增投",   // release more
	"增设",   // add
	"完工",   // complete works
	"完成",   // complete
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
	"开展",   // carry out
	"开工",   // break ground
	"开建",   // start building
	"开行",   // run (trains)
	"开通",   // open (a line)
	"成立",   // found
	"打通",   // open up (a road)
	"打造",   // shape
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
	"疏浚",   // dredge
	"筹办",   // prepare
	"筹建",   // prepare to found
	"筹集",   // raise
	"签署",   // sign
	"签订",   // sign
	"组建",   // form
	"组织",   // organise
	"编制",   // compile
	"落实",   // put into effect (a task, a document)
	"落成",   // complete
	"设立",   // set up
	"评选",   // select
	"试行",   // try out
	"迁建",   // move and rebuild
	"重组",   // reorganise
	"集成",   // put together
	"颁发",   // award
	"颁布",   // promulgate
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
	"上市", "上线", "修缮", "创建", "升级改造", "取得", "增资扩产", "完工", "实行", "建成", "建设", "开工", "扩建",
	"投产", "投用", "投运", "改扩建", "改造", "改革", "普查", "普法", "竣工", "纳入", "获批", "落地", "试点", "贯通",
	"达产", "迁建", "运营", "迭代升级", "通车", "量产",
}

// completions are the outcomes that name a day by themselves: whether a thing
// was opened can be checked even if it has no proper name.
var completions = []string{
	"上市", "合龙", "完工", "建成", "开园", "开学", "开工", "开馆", "投产", "投入使用", "投入运营", "投用", "投运",
	"竣工", "获批", "贯通", "达产", "达标", "通车", "量产",
}

// nameEnds are what the names of projects, lines, institutions, documents and
// campaigns end in.
var nameEnds = []string{
	"专班", "专项行动", "中心", "主题园", "举措", "之都", "书院", "交易会", "产业园", "产业新城", "会展中心", "住房",
	"体检", "体育中心", "体育场", "体育馆", "充电站", "先行区", "全覆盖", "公园", "公寓", "养老院", "农产品交易会",
	"冠军赛", "办法", "加氢站", "医共体", "医联体", "医院", "博物馆", "博览会", "卡", "卫生室", "卫生运动", "卫生院",
	"变电站", "口岸", "号线", "商务区", "商圈建设", "园区", "园建设", "国际赛", "图书馆", "地铁", "场景", "场馆",
	"城中村", "城际", "基地", "基金", "大会", "大厦", "大学", "大桥", "大讲堂", "大赛", "大道", "学位", "学校", "学院",
	"实验室", "客厅", "家园", "小镇", "展会", "展演", "工作站", "工厂", "工坊", "工程", "平台", "幼儿园", "床位", "库",
	"廊道", "延伸线", "意见", "慧谷", "拓展区", "推介会", "推进区", "措施", "政策", "敬老院", "文化馆", "文物普查",
	"新城", "方案", "旧居", "普查", "普法", "机场", "条例", "枢纽", "查体", "标志区", "校区", "样板区", "母港", "比赛",
	"水厂", "水库", "水系", "河湖", "泊位", "法庭", "泵站", "活动", "洽谈会", "海堤", "清单", "湿地", "演出", "片区",
	"特区", "班列", "生产线", "生活圈", "电厂", "电站", "监测站", "目录", "码头", "研究所", "研究院", "示范区",
	"示范县", "示范村", "示范镇", "福利院", "科创园", "科学城", "科技城", "筛查", "管廊", "管网", "粮仓", "纪念馆", "线路",
	"细则", "综合体", "综合保税区", "绿道", "美术馆", "老旧小区", "联合体", "联盟", "联赛", "航站楼", "航线", "艺术节", "节目",
	"行动", "街区", "装置", "规划", "计划", "论坛", "设施", "试点", "试验区", "试验田", "赛事", "车站", "车间",
	"轨道交通", "软件园", "轻轨", "运动会", "通道", "道路", "邮轮", "铁路", "锦标赛", "附院", "院区", "隧道", "集群",
	"集聚区", "音乐节", "项目", "首店", "首开段", "马拉松", "驿站", "高速", "高铁",
}

// notNames are words that hold one of nameEnds but name nothing.
var notNames = []string{
	"专业化", "专业服务", "专业机构", "专业素养", "专业能力", "中心任务", "中心城区", "中心城市", "中心镇", "产业集群",
	"以人民为中心", "公园城市", "卡脖子", "各类项目", "品牌效应", "场景化", "基地化", "基础设施投资", "奖励",
	"学位供给", "工程师", "工程技术", "平台企业", "平台型", "平台承载", "平台经济", "库存", "惠企政策", "意见建议",
	"支持政策体系", "改革措施落实", "政策创新", "政策工具", "政策措施协同", "政策支持", "政策环境", "新的政策措施",
	"活动力", "清单化", "行动派", "行动自觉", "规划引领", "计划生育", "设施配套", "试点任务", "轨道交通", "运营商",
	"道路交通", "重大项目", "重大项目组织", "重要平台", "集群化", "项目化", "项目合作", "项目建设质量", "项目投资质量",
	"项目组织", "高速发展", "高速增长",
}

// manners are adverbs and words of time that may stand before the verb, and
// are part of the clause but not of the verb.
var manners = []string{
	"一体", "一次性", "上半年", "下半年", "不断", "严格", "主动", "今年", "兜底", "全力", "全力以赴", "全市", "全年",
	"全面", "全面建成并", "再", "分区域", "分年度", "分批", "分步", "分类", "切实", "力争", "加力", "加快", "加速",
	"务实", "努力", "协同", "同时", "同步", "因地制宜", "坚决", "坚定不移", "多措并举", "大力", "奋力", "实质性",
	"市场化", "常态化", "年中", "年内", "年底前", "年度", "并", "广泛", "建立健全", "总投资", "成功", "扎实", "扩面",
	"抓紧", "拟", "持续", "探索", "提质", "提速", "新", "更加", "更大力度", "更好", "有力", "有序", "有效", "有针对性",
	"机制化", "梯次", "汛前", "深入", "深度", "清单化", "滚动", "用心", "用情", "着力", "研究", "积极", "稳妥", "稳慎",
	"稳步", "精准", "精心", "精细化", "系统", "纵深", "统一", "统筹", "继续", "联合", "聚力", "落实落细", "规划",
	"计划", "认真", "谋划", "进一步", "适时", "重点", "集中力量", "项目化", "高位", "高品质", "高效", "高标准",
	"高水平", "高质量", "鼓励",
}

// predicates tie an indicator to its aim in clauses without a verb of
// undertaking: 集装箱吞吐量突破… .
var predicates = []string{
	"下降", "不低于", "不超过", "使用", "保持", "减少", "出栏", "力争", "压减", "压缩至", "增加", "增至", "增长",
	"存栏", "安排", "完工", "完成", "实现", "扩大到", "扩招", "投资", "控制在", "提升到", "提升至", "提高", "提高到",
	"新增", "稳定在", "稳定播种", "突破", "累计达到", "超过", "达产", "达到", "降低", "降到", "降至",
}

// vague are what the object of a verb ends in where nothing is promised that
// will be there to be seen.
var vague = []string{
	"产业", "优势", "体系", "作用", "保障", "创新", "发展", "合作", "工作", "开放", "效能", "方式", "服务", "机制",
	"格局", "模式", "氛围", "水平", "环境", "生态", "经济", "能力", "赛道", "领域",
}

// works are what the object of a verb ends in that is done to a thing and can
// be seen to be done.
var works = []string{
	"二次开发", "修复", "改造", "整改", "普查", "清淤", "疏浚",
}

// duties are what a government puts into effect that others can check.
var duties = []string{
	"任务", "指引", "方案", "条例", "纲要", "纲要”", "规划",
}

// campaigns are what a named campaign ends in.
var campaigns = []string{
	"工程", "行动", "行动计划", "计划",
}

// placeEnds are the last characters of names that are places though the word
// they end in is common: 产业武清园, 二号桥.
const placeEnds = "园院馆站线桥厂校"

// placeNameEnds are what the names of places end in, organisationEnds what the
// names of organisations end in.
var (
	placeNameEnds = []string{
		"乡", "区", "半岛", "县", "大街", "广场", "新区", "新城", "生态城", "科技城", "群岛", "街道", "路", "镇",
	}
	organisationEnds = []string{
		"中心", "交易所", "公司", "剧院", "医院", "协会", "博物馆", "商会", "图书馆", "基金", "基金会", "大学", "学院",
		"实验室", "母基金", "研究所", "研究院", "美术馆", "联合会", "联盟", "银行", "附院", "院区", "集团",
	}
)

// notPlaces and notOrganisations are what such names end in, or are, that
// name none: 产业园区, 全国重点实验室.
var (
	notPlaces = []string{
		"中心镇", "乡镇", "保护区", "先行区", "公路", "农区", "出路", "创新区", "功能分区", "功能区", "区县", "厂区",
		"发展区", "各区", "各县", "园区", "地区", "城乡", "城区", "大区", "家乡", "富集区", "小区", "小镇", "山区", "市区",
		"市域", "库区", "开发区", "引领区", "思路", "承载区", "拓展区", "推进区", "文化区", "景区", "村镇", "林区",
		"标志区", "校区", "样板区", "核心区", "棚户区", "水乡", "活力区", "活跃区", "海区", "涉农区", "港区", "滞洪区",
		"灾区", "片区", "牧区", "特色片区", "特色镇", "生态区", "病区", "省区", "矿区", "示范区", "示范片区", "示范镇",
		"社区", "管路", "线路", "经开区", "网路", "老区", "聚集区", "自治区", "自贸区", "街区", "街道社区", "试验区",
		"辖区", "返乡", "道路", "郊区", "重点镇", "铁路", "销路", "院区", "集中区", "集聚区", "革命老区",
	}
	notOrganisations = []string{
		"三甲医院", "三级医院", "上市公司", "专科医院", "中心", "产业联盟", "全国重点实验室", "公立医院", "县级医院",
		"国有企业集团", "国际消费中心", "基层医院", "社区医院", "社区卫生服务中心", "科技中心", "重点实验室",
	}
)

// companies are the short names by which central state-owned companies and
// their like go in reports everywhere; no form tells them from other words.
var companies = []string{
	"三峡集团", "中交", "中信", "中化", "中国宝武", "中国海油", "中国电信", "中国石化", "中国石油", "中国移动",
	"中国联通", "中广核", "中建", "中核", "中海油", "中煤", "中电科", "中石化", "中石油", "中粮", "中船", "中车",
	"中远海运", "中铁", "中铝", "五矿", "华润", "华电", "华能", "国家电投", "国家电网", "国家能源集团", "国投", "国网",
	"国能", "招商局", "通用技术", "鞍钢",
}
