package index

import (
	"slices"
	"strings"
	"testing"

	"jinwen/index/answer"
)

// strangers are things of which no report tells a number.
var strangers = strings.Fields(`
钢笔 沙发 冰箱 窗帘 牙膏 蜡烛 手套 望远镜 显微镜 独轮车 油画 雕塑 吉他 二胡 魔术 木偶戏 脱口秀 漫画 邮票 明信片
洗衣粉 卫生纸 拖鞋 皮带 耳环 手镯 假发 纹身 香水 瑜伽 拳击 保龄球 台球 飞镖 攀岩 蹦极 潜水 冲浪 帆船 钓鱼竿
金鱼 乌龟 鹦鹉 兔子 孔雀 鸵鸟 鳄鱼 蜥蜴 蚂蚁 蝴蝶 仙人掌 郁金香 榴莲 芒果 椰子 菠萝 蓝莓 花生酱 巧克力 冰淇淋
豆浆 油条 月饼 粽子 饺子 泡菜 酱油 味精 胡椒 牙医 裁缝 木匠 保镖 侦探 海盗 算命 占卜 外星人 恐龙 木乃伊
`)

// strangerFrames ask for a number of a thing, by words that every report has.
var strangerFrames = []string{"去年%s增长了多少", "今年%s产量多少", "今年要新建多少%s", "%s补贴多少钱", "去年卖了多少%s", "今年%s的目标是多少"}

// TestStrangers: a number is not told of a thing that the report has nothing of,
// though the words beside the thing stand in it.
func TestStrangers(t *testing.T) {
	const most = 0.03 // of the questions
	for name, ix := range map[string]*Index{"the report that ships": testIndex(t), "kinds": newIndex(t, kinds)} {
		asked := 0
		var told []string
		for i, thing := range strangers {
			if slices.ContainsFunc(pairsIn(thing), func(pair string) bool { return strings.Contains(ix.Report().Text, pair) }) {
				continue
			}
			for k := range 2 {
				q := strings.Replace(strangerFrames[(2*i+k)%len(strangerFrames)], "%s", thing, 1)
				asked++
				if a := ask(t, ix, q); a.Status == answer.Answered && len(a.Figures) > 0 {
					told = append(told, q+" "+ix.Report().Figures[a.Figures[0]].Value)
				}
			}
		}
		if float64(len(told)) > most*float64(asked) || asked < 100 {
			t.Errorf("%s: %d of %d are answered with a number, want at most %.0f in a hundred:\n%s", name, len(told), asked, 100*most, strings.Join(told, "\n"))
		}
		t.Logf("%s: %d of %d are answered with a number", name, len(told), asked)
	}
}

// pairsIn are the pairs of neighbouring characters of a word.
func pairsIn(word string) []string {
	var out []string
	for r := []rune(word); len(r) > 1; r = r[1:] {
		out = append(out, string(r[:2]))
	}
	return out
}

// TestBesideTheWhole: beside a passage that holds all that was asked for, none
// is shown that only sounds alike.
func TestBesideTheWhole(t *testing.T) {
	ix := testIndex(t)
	for _, name := range []string{"津治通", "小站稻", "海河英才", "桥园公园"} {
		for _, q := range []string{name, "2023年" + name, "2024年" + name} {
			a := ask(t, ix, q)
			for _, h := range a.Hits {
				if p := ix.Report().Passages[h.Passage]; a.Status == answer.Answered && !strings.Contains(ix.Report().Quote(p.Span), name) && !strings.Contains(pathOf(ix, h.Passage), name) {
					t.Errorf("Ask(%q) shows %q", q, ix.Report().Quote(p.Span))
				}
			}
		}
	}
}

// pathOf are the headings above a passage.
func pathOf(ix *Index, passage int) string {
	var out []string
	for s := ix.Report().Passages[passage].Section; s >= 0; s = ix.Report().Sections[s].Parent {
		out = append(out, ix.Report().Sections[s].Title)
	}
	return strings.Join(out, " ")
}
