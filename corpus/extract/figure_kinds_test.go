package extract

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reviewOf makes a report whose review holds text and whose plan holds plan.
func reviewOf(text, plan string) string {
	return "某市2026年政府工作报告\n一、2025年工作回顾\n" + text + "\n二、2026年工作安排\n" + plan + "\n"
}

// TestFigureKinds shows by made-up sentences how values are named, measured
// and dated: value|number|unit|indicator|measure|period|nature.
func TestFigureKinds(t *testing.T) {
	for _, c := range []struct {
		name, review, plan string
		want               []string
	}{
		{
			"an effort behind the value is no part of the name",
			"全年地区生产总值增长5.5%、居全省前列，财政收入增长7%。", "主要预期目标是：经济增长5%左右、在实际工作中努力争取更好结果。",
			[]string{
				"5.5%|5.5|%|地区生产总值|growth|2025|actual", "7%|7|%|财政收入|growth|2025|actual",
				"5%左右|5|%|经济增长|growth|2026|target",
			},
		}, {
			"what several were and are",
			"常住人口城镇化率和户籍人口城镇化率分别从60.2%和45.4%提高到67%和50%。", "",
			[]string{
				"60.2%|60.2|%|常住人口城镇化率|level|other|background", "45.4%|45.4|%|户籍人口城镇化率|level|other|background",
				"67%|67|%|常住人口城镇化率|level|2025|actual", "50%|50|%|户籍人口城镇化率|level|2025|actual",
			},
		}, {
			"what one was and is, and the change",
			"研发投入强度由2.1%提高到2.5%，提高0.4个百分点。城乡居民收入倍差从2.42缩小至2.12。财政收入从2020年的30亿元增加到2025年的40亿元。", "",
			[]string{
				"2.1%|2.1|%|研发投入强度|level|other|background", "2.5%|2.5|%|研发投入强度|level|2025|actual",
				"0.4个百分点|0.4|个百分点|研发投入强度|change|2025|actual",
				"2.42|2.42||城乡居民收入倍差|level|other|background", "2.12|2.12||城乡居民收入倍差|level|2025|actual",
				"30亿元|3000000000|元|财政收入|level|2020|background", "40亿元|4000000000|元|财政收入|level|2025|actual",
			},
		}, {
			"ranks that changed",
			"进出口总额从全国第13位升至第9位。", "",
			[]string{"全国第13位|13|位次|进出口总额|rank|other|background", "第9位|9|位次|进出口总额|rank|2025|actual"},
		}, {
			"a total is not new",
			"新增电力装机900万千瓦、总装机9000万千瓦。", "",
			[]string{"900万千瓦|9000000|千瓦|新增电力装机|level|2025|actual", "9000万千瓦|90000000|千瓦|电力总装机|level|2025|actual"},
		}, {
			"members of a list share the unit of the last",
			"蔬菜、水果产量占比分别提高15、22个百分点。", "力争装备、电子产业规模分别达1.28万亿、8200亿元。",
			[]string{
				"15|15|个百分点|蔬菜产量占比|change|2025|actual", "22个百分点|22|个百分点|水果产量占比|change|2025|actual",
				"1.28万亿|1280000000000|元|装备产业规模|level|2026|target", "8200亿元|820000000000|元|电子产业规模|level|2026|target",
			},
		}, {
			"those counted are named without their list",
			"新增甲县、乙县、丙县3个千亿县。", "办好12类45件民生实事。",
			[]string{"3个|3|个|新增千亿县|count|2025|actual", "12类|12|类|办好民生实事|count|2026|target", "45件|45|件|办好民生实事|count|2026|target"},
		}, {
			"people reached",
			"育儿补贴惠及60万人。", "",
			[]string{"60万人|600000|人|育儿补贴惠及人数|count|2025|actual"},
		}, {
			"compared with years before",
			"固定资产投资较“十三五”时期增长4.8%。水利投资五年增加20亿元。", "",
			[]string{"4.8%|4.8|%|固定资产投资|growth|2025|actual", "20亿元|2000000000|元|水利投资增加|change|2025|actual"},
		}, {
			"a horizon within the year's plan",
			"", "到2030年，粮食综合生产能力达到500亿斤，新建水库9座。今年新建公园5个。“十五五”时期地区生产总值年均增长5%。",
			[]string{
				"500亿斤|50000000000|斤|粮食综合生产能力|level|2030|target", "9座|9|座|新建水库|count|2030|target",
				"5个|5|个|新建公园|count|2026|target", "5%|5|%|地区生产总值年均增长|growth|2026-2030|target",
			},
		}, {
			"five years told of in a year's review",
			"2025年是“十四五”收官之年。过去五年，成就举世瞩目。一是财政收入年均增长5%，森林覆盖率达到40%。\n一年来，财政收入增长3%。", "",
			[]string{
				"5%|5|%|财政收入年均增长|growth|2021-2025|actual", "40%|40|%|森林覆盖率|level|2025|actual",
				"3%|3|%|财政收入|growth|2025|actual",
			},
		}, {
			"numbers in words, with spaces and signs",
			"培训技能人才一百九十万零三千九百人。新建驿站两三百个。新建充电桩1万2千个。完成投资1 234亿元。安排伍仟万元专项资金。建设周期一年半。赤字率-2.5%。财政收入增长百分之七点八。", "",
			[]string{
				"一百九十万零三千九百人|1903900|人|培训技能人才|count|2025|actual", "两三百个|200|个|新建驿站|count|2025|actual",
				"1万2千个|12000|个|新建充电桩|count|2025|actual", "1 234亿元|123400000000|元|完成投资|level|2025|actual",
				"伍仟万元|50000000|元|专项资金规模|level|2025|actual", "一年半|1.5|年|建设周期|level|2025|actual",
				"-2.5%|-2.5|%|赤字率|level|2025|actual", "百分之七点八|7.8|%|财政收入|growth|2025|actual",
			},
		},
		{
			"spaces between digits, unit and qualifier, and a value per month",
			"地区生产总值增长 5.3%，城镇新增就业 6.2 万人，低保标准从796元/月提高至842元/月。", "地区生产总值增长 5.5% 左右。",
			[]string{
				"5.3%|5.3|%|地区生产总值|growth|2025|actual", "6.2 万人|62000|人|城镇新增就业|count|2025|actual",
				"796元/月|796|元/月|低保标准|level|other|background", "842元/月|842|元/月|低保标准|level|2025|actual",
				"5.5% 左右|5.5|%|地区生产总值|growth|2026|target",
			},
		}, {
			"what became of several things is said once",
			"16所高校、48个学科入选建设名单。", "抓好9个方面工作，建设750千伏输变电工程7个。",
			[]string{
				"16所|16|所|高校入选建设名单|count|2025|actual", "48个|48|个|学科入选建设名单|count|2025|actual",
				"7个|7|个|建设750千伏输变电工程|count|2026|target",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range ParseText(reviewOf(c.review, c.plan)).Figures {
				got = append(got, strings.Join([]string{
					f.Value, strconv.FormatFloat(f.Number, 'f', -1, 64), f.Unit, f.Indicator,
					string(f.Measure), f.Period, string(f.Nature),
				}, "|"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
