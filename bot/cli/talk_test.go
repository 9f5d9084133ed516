package cli

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinwen/bot/bottest"
	"jinwen/handlers/sheet"
)

// A talk is a conversation with the whole program (handlers, index, store and
// transport, with the report that ships) through a Bot API that refuses what
// Telegram refuses.
type talk struct {
	*testing.T
	*bottest.Server
	logs *lockedBuffer
	stop func()
}

// begin starts the program in an empty folder with settings from environ (name,
// value, …). It ends with the test, which fails if a request was refused.
func begin(t *testing.T, s *bottest.Server, environ ...string) talk {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("TELEGRAM_BOT_TOKEN", s.Token)
	t.Setenv("JINWEN_TELEGRAM_API_ENDPOINT", s.Endpoint())
	for _, name := range []string{"ALL_PER_SECOND", "CHAT_PER_SECOND", "GROUP_PER_MINUTE", "USER_PENDING"} {
		t.Setenv("JINWEN_LIMIT_"+name, "1000")
	}
	for i := 0; i+1 < len(environ); i += 2 {
		t.Setenv(environ[i], environ[i+1])
	}
	ctx, cancel := context.WithCancel(t.Context())
	c := talk{T: t, Server: s, logs: new(lockedBuffer)}
	done := make(chan int, 1)
	go func() { done <- Main(ctx, nil, strings.NewReader(""), io.Discard, c.logs) }()
	c.stop = sync.OnceFunc(func() {
		if !t.Failed() {
			s.Drained()
		}
		cancel()
		if code := <-done; code != exitFine {
			t.Errorf("stopped with exit %d:\n%s", code, c.logs)
		}
		for _, r := range s.Rejected() {
			t.Errorf("%s refused: %s: %v", r.Method, r.Error, r.Params)
		}
		for _, r := range s.Requests("sendMessage") {
			if !strings.Contains(r.Params["link_preview_options"], `"is_disabled":true`) {
				t.Errorf("a message with a link preview: %v", r.Params)
			}
		}
	})
	t.Cleanup(c.stop)
	return c
}

// say writes to the bot in private and returns what it says.
func (c talk) say(u bottest.User, text string) bottest.Message {
	c.Helper()
	q := c.Text(u.Private(), u, text)
	m := c.Next(u.Private())
	if m.ReplyTo != q.ID {
		c.Errorf("the answer to %q replies to %d, not to it", text, m.ReplyTo)
	}
	return m
}

// press taps a button that edits its message.
func (c talk) press(u bottest.User, m bottest.Message, label string) bottest.Message {
	c.Helper()
	m = c.Now(m)
	c.CallbackAnswer(c.Press(u, m, label))
	return c.NextEdit(m)
}

// notice taps a button, or sends its data, and returns the notice.
func (c talk) notice(u bottest.User, m bottest.Message, data string) string {
	c.Helper()
	return c.CallbackAnswer(c.PressData(u, m, data)).Text
}

// want fails unless m has all of the words in its text, caption or labels.
func (c talk) want(m bottest.Message, words ...string) {
	c.Helper()
	all := m.Text + m.Caption + "\n" + strings.Join(m.Labels(), "\n")
	for _, w := range words {
		if !strings.Contains(all, w) {
			c.Errorf("no %q in:\n%s", w, all)
		}
	}
}

// button is the first of m whose label begins so.
func (c talk) button(m bottest.Message, label string) bottest.Button {
	c.Helper()
	for _, row := range m.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Text, label) {
				return b
			}
		}
	}
	c.Fatalf("no button %q, only %q", label, m.Labels())
	return bottest.Button{}
}

// inEntities returns what m has in entities of a type.
func inEntities(m bottest.Message, kind string) string {
	var list []string
	text := []rune(m.Text) // all of the report is in the basic plane: one unit a rune
	for _, e := range m.Entities {
		if e.Type == kind {
			list = append(list, string(text[e.Offset:e.Offset+e.Length]))
		}
	}
	return strings.Join(list, "\n")
}

// TestTalk is what people do, in one running program.
func TestTalk(t *testing.T) {
	s := bottest.NewServer(t)
	boss := s.User("Boss", "zh-hans")
	c := begin(t, s, "JINWEN_ADMINS", strconv.FormatInt(boss.ID, 10))
	for _, part := range []func(talk, bottest.User){
		firstContact, profile_, answers, otherYear, pages, notFoundAndSmallTalk, followUps, languages,
		browsing, takingAway, charts, inlineMode, deepLinks, groups, editsAndOddMessages, staleButtons,
	} {
		part(c, boss)
	}
	c.stop()
	// Votes are kept for admins, without who cast them.
	var log []byte
	files, _ := filepath.Glob("data/questions/*.jsonl")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, data...)
	}
	for _, v := range []string{`"vote":1`, `"vote":-1`} {
		if !bytes.Contains(log, []byte(v)) {
			t.Errorf("no %s in the question log", v)
		}
	}
}

// TestTalkUpdate: another text goes live while people talk. Subscribers hear
// what changed of their topics, old buttons and links say that they are old.
func TestTalkUpdate(t *testing.T) {
	s := bottest.NewServer(t)
	ann, bob, eve, lin := s.User("Ann", "zh-hans"), s.User("Bob", "en"), s.User("Eve", "zh-hans"), s.User("Lin", "zh-hant")
	boss := s.User("Boss", "zh-hans")
	report, err := os.ReadFile("../../corpus/reports/tianjin-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := begin(t, s, "JINWEN_ADMINS", strconv.FormatInt(boss.ID, 10))

	m := c.say(ann, "/subscribe")
	c.want(m, "已订阅：全部主题")
	m = c.press(ann, m, "教育")
	c.want(m, "已订阅：教育", "✓ 教育")
	c.want(c.say(bob, "/subscribe 交通"), "✓ 交通港口")
	c.want(c.say(boss, "/subscribe 火星"), "选择主题", "教育")
	c.want(c.say(lin, "/subscribe"), "全部主題")
	c.want(c.say(eve, "/subscribe"), "已订阅")
	c.want(c.say(boss, "/unsubscribe"), "没有订阅")
	old := c.say(ann, "口袋公园今年建几个")
	_, link, _ := strings.Cut(c.button(old, "复制").Copy, "?start=")
	list := c.say(ann, "/figures")
	c.Block(eve.Private(), eve)
	c.Drained()

	next := strings.NewReplacer("增加学位2万个", "增加学位2.2万个", "新建提升口袋公园50个", "新建提升口袋公园60个").Replace(string(report))
	c.File(boss.Private(), boss, "新文本.txt", []byte(next))
	preview := c.Next(boss.Private()) // how far the import has come, at first
	c.Until("a preview", func() bool { return len(c.Now(preview).Buttons) > 0 })
	preview = c.Now(preview)
	c.want(preview, "天津市2024年政府工作报告", "2万个", "2.2万个")
	c.CallbackAnswer(c.Press(boss, preview, preview.Buttons[0][0].Text))
	news := c.Next(ann.Private())
	c.want(news, "报告文本已更新", "您关注的主题（教育）有 1 处变化", "2万个 → 2.2万个", "增加学位2.2万个", "/unsubscribe")
	if strings.Contains(news.Text, "口袋公园") {
		t.Errorf("told of a topic that was not chosen:\n%s", news.Text)
	}
	c.want(c.Next(lin.Private()), "報告文本已更新", "2 處變化", "口袋公园60个")
	if m := c.Next(bob.Private()); strings.Contains(m.Text, "口袋公园") || !strings.Contains(m.Text, "交通") {
		t.Errorf("told of a topic that was not chosen:\n%s", m.Text)
	}
	c.Drained()
	for _, r := range c.Requests("sendMessage") {
		if r.Status == 403 {
			t.Error("a subscriber who blocked the bot was written to")
		}
	}

	c.want(c.say(ann, "口袋公园今年建几个"), "60个")
	for _, b := range []bottest.Button{c.button(old, "整段原文"), c.button(old, "👍"), c.button(list, "还有"), c.button(list, "导出")} {
		if n := c.notice(ann, old, b.Data); !strings.Contains(n, "旧版本") {
			t.Errorf("%s of the text before: %q", b.Text, n)
		}
	}
	c.want(c.say(ann, "/start "+link), "旧版本")
	m = c.press(ann, c.say(ann, "/subscribe"), "退订")
	c.want(m, "已退订")
	c.want(c.say(ann, "/unsubscribe"), "没有订阅")
}

// TestTalkWithoutFont: a table takes the place of a picture, and the log says
// what to install.
func TestTalkWithoutFont(t *testing.T) {
	c := begin(t, bottest.NewServer(t), "JINWEN_FONT_FILE", "/nonexistent/font.ttc")
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "社零去年实际增速跟今年目标比，是高了还是低了")
	c.CallbackAnswer(c.Press(ann, m, "图表"))
	m = c.Next(ann.Private())
	c.want(m, "来源：《天津市2024年政府工作报告》", "7%", "6%")
	if p := inEntities(m, "pre"); !strings.Contains(p, "2023年实际  7%") || !strings.Contains(p, "2024年目标  6%") {
		t.Errorf("table %q", p)
	}
	if !strings.Contains(c.logs.String(), "fonts-wqy-microhei") {
		t.Errorf("the log names no package:\n%s", c.logs)
	}
}

// firstContact: a greeting with three examples that work, help, and about.
func firstContact(c talk, boss bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "/start")
	c.want(m, "《天津市2024年政府工作报告》", "逐字引用")
	if !strings.Contains(inEntities(m, "bold"), "津问") {
		c.Errorf("the greeting is not set off: %+v", m.Entities)
	}
	if n := len(m.Buttons); n != 4 {
		c.Fatalf("%d rows of buttons, want three examples and one more: %q", n, m.Labels())
	}
	for _, row := range m.Buttons[:3] {
		c.CallbackAnswer(c.Press(ann, m, row[0].Text))
		a := c.Next(ann.Private())
		c.want(a, "问："+row[0].Text, "—— ")
		if b := inEntities(a, "bold"); b == "" || strings.Contains(b, "没有") {
			c.Errorf("example %q is answered %q", row[0].Text, b)
		}
		if inEntities(a, "blockquote")+inEntities(a, "expandable_blockquote") == "" {
			c.Errorf("example %q quotes nothing:\n%s", row[0].Text, a.Text)
		}
	}
	c.CallbackAnswer(c.Press(ann, m, "能问什么"))
	h := c.Next(ann.Private())
	c.want(h, "查数字", "查承诺", "读报告", "带走", "/export")
	for _, b := range slices.Concat(h.Buttons...) {
		c.CallbackAnswer(c.PressData(ann, h, b.Data))
		c.want(c.Next(ann.Private()), "2024年")
	}
	c.want(c.say(ann, "/help"), "/subscribe")
	c.want(c.say(ann, "/about"), "不使用生成式模型", "《天津市2024年政府工作报告》")
	c.want(c.say(ann, "/nosuch"), "没有这个命令")
	c.want(c.say(ann, "/ask"), "请在 /ask 后面写上问题")
	c.want(c.say(ann, "/ask　口袋公园"), "56个")
	c.want(c.say(ann, "/ask天津港"), "天津港")
	if m := c.say(ann, "/help"); strings.Contains(m.Text, "/import") {
		c.Error("everyone is told an admin's command")
	}
	c.want(c.say(boss, "/help"), "/import", "/versions", "/stats")
	for _, name := range []string{"versions", "import", "lexicon", "stats", "unanswered", "audit"} {
		c.say(boss, "/"+name)
		c.want(c.say(ann, "/"+name), "管理员")
	}
}

// profile_: commands and descriptions, by scope and language.
func profile_(c talk, boss bottest.User) {
	c.Until("settings", func() bool { return c.Setting("setChatMenuButton", "", "") != "" })
	chat := func(u bottest.User) string { return fmt.Sprintf(`{"type":"chat","chat_id":%d}`, u.ID) }
	const private, group = `{"type":"all_private_chats"}`, `{"type":"all_group_chats"}`
	for _, x := range []struct{ method, scope, lang, want string }{
		{"setMyCommands", private, "", "承诺事项"}, {"setMyCommands", private, "zh", "承诺事项"}, {"setMyCommands", private, "en", "ommitments"},
		{"setMyCommands", group, "", "提问"}, {"setMyCommands", group, "en", "Ask"},
		{"setMyCommands", chat(boss), "", "versions"}, {"setMyCommands", chat(boss), "en", "versions"},
		{"setMyDescription", "", "", "逐字引用"}, {"setMyDescription", "", "zh", "逐字引用"}, {"setMyDescription", "", "en", "word for word"},
		{"setMyShortDescription", "", "", "津问"}, {"setMyShortDescription", "", "zh", "津问"}, {"setMyShortDescription", "", "en", "verbatim"},
	} {
		if got := c.Setting(x.method, x.scope, x.lang); !strings.Contains(got, x.want) {
			c.Errorf("%s %s %q = %s, want %s", x.method, x.scope, x.lang, got, x.want)
		}
	}
	for _, scope := range []string{private, group} {
		if got := c.Setting("setMyCommands", scope, ""); strings.Contains(got, "versions") {
			c.Errorf("%s has an admin's command: %s", scope, got)
		}
	}
	// Telegram has no code of two letters for Traditional Chinese.
	lin := c.User("Lin", "zh-hant")
	c.want(c.say(lin, "/start"), "政府工作报告")
	c.Until("a menu in Traditional Chinese", func() bool {
		return strings.Contains(c.Setting("setMyCommands", chat(lin), ""), "承諾")
	})
	m := c.say(lin, "/lang")
	c.press(lin, m, "English")
	c.Until("a menu in English", func() bool {
		return strings.Contains(c.Setting("setMyCommands", chat(lin), ""), "ommitments")
	})
}

// answers: the direct answer bold, quotes set off and with their place, and
// the buttons under them.
func answers(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "今年GDP目标是多少")
	if b := inEntities(m, "bold"); !strings.Contains(b, "4.5%左右") || strings.Contains(b, "全市") {
		c.Errorf("bold: %q", b)
	}
	if q := inEntities(m, "blockquote"); !strings.Contains(q, "地区生产总值增长4.5%左右") {
		c.Errorf("quotes: %q", q)
	}
	c.want(m, "—— 二、2024年主要目标任务")

	m = c.say(ann, "口袋公园今年建几个")
	folded := m.Text
	m = c.press(ann, m, "整段原文")
	if len(m.Text) <= len(folded) {
		c.Errorf("context unfolds nothing:\n%s", m.Text)
	}
	if m = c.press(ann, m, "收起"); m.Text != folded {
		c.Errorf("folded:\n%s\nwant\n%s", m.Text, folded)
	}
	b := c.button(m, "复制")
	if !strings.Contains(b.Copy, "「新建提升口袋公园50个。」\n—— 《天津市2024年政府工作报告》") || !strings.Contains(b.Copy, "https://t.me/"+c.Name+"?start=p_") {
		c.Errorf("copies %q", b.Copy)
	}
	if b := c.button(m, "转发"); b.Share != "口袋公园今年建几个" {
		c.Errorf("shares %q", b.Share)
	}
	for _, v := range [][2]string{{"👍", "谢谢！"}, {"👍", "已经记下了"}, {"👎", "会改进"}} {
		if n := c.CallbackAnswer(c.Press(ann, m, v[0])).Text; !strings.Contains(n, v[1]) {
			c.Errorf("%s: %q, want %q", v[0], n, v[1])
		}
	}

	// What stands under a heading of its own keeps its place when it unfolds.
	m = c.say(ann, "滨海新区2023年获批了什么")
	c.want(m, "临港综合保税区正式获批")
	m = c.press(ann, m, "整段原文")
	first, _, _ := strings.Cut(m.Text[strings.Index(m.Text, "——"):], "\n")
	if !strings.HasSuffix(first, "滨海新区支撑引领作用有效发挥") {
		c.Errorf("unfolded, its place is %q", first)
	}

	// A quote too long for the clipboard comes as a message.
	m = c.say(ann, "市长说天津有哪几样优势")
	if inEntities(m, "expandable_blockquote") == "" {
		c.Errorf("a long quote is not folded: %+v", m.Entities)
	}
	c.CallbackAnswer(c.Press(ann, m, "复制"))
	long := c.Next(ann.Private())
	c.want(long, "我市拥有京津冀协同发展的战略优势", "—— 《天津市2024年政府工作报告》")
	if u := c.button(long, "在津问中打开").URL; !strings.HasPrefix(u, "https://t.me/"+c.Name+"?start=p_") {
		c.Errorf("its link is %q", u)
	}

	// One question that reads like two is answered once.
	m = c.say(ann, "2024 target for actually utilized foreign investment, in US dollars?")
	if n := strings.Count(m.Text, "2024 target"); n != 1 {
		c.Errorf("the target is said %d times:\n%s", n, m.Text)
	}
	// A button answers in the language of the answer that it is under.
	c.want(c.press(ann, m, "Whole passage"), "2024 target", "Fold")
}

// otherYear: the button shows the other year and leads back.
func otherYear(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "今年要启动改造的老旧小区有多少个？")
	there := m.Text
	m = c.press(ann, m, "2023年")
	c.want(m, "2023年实际", "410万平方米")
	if strings.Contains(m.Text, "2024年目标") {
		c.Errorf("the other year shows this one too:\n%s", m.Text)
	}
	if m = c.press(ann, m, "2024年"); m.Text != there {
		c.Errorf("back:\n%s\nwant\n%s", m.Text, there)
	}
	m = c.say(ann, "津治通")
	if l := fmt.Sprint(m.Labels()); strings.Contains(l, "2023年") {
		c.Errorf("where there is no other year: %s", l)
	}
	m = c.say(ann, "社零去年实际增速跟今年目标比，是高了还是低了")
	c.want(m, "7%", "6%", "低1个百分点")
}

// pages: what does not fit says how much it is, and comes by editing.
func pages(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "盘活闲置资产的推进机制今年怎么安排")
	first := m.Text
	more := c.button(m, "还有").Text
	m = c.press(ann, m, more)
	c.want(m, "第 2 页", "—— ")
	if m = c.press(ann, m, "上一页"); m.Text != first {
		c.Errorf("back on the first page:\n%s\nwant\n%s", m.Text, first)
	}
}

// notFoundAndSmallTalk: why in one sentence, topics that open; friendly
// otherwise.
func notFoundAndSmallTalk(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	for q, why := range map[string]string{
		"上海今年建几条地铁":                            "“上海”不在本报告范围内",
		"2019年的目标":                             "报告没有2019年的内容",
		"2023年全市GDP总量是多少亿元":                    "报告没有给出“GDP”的这个数字",
		"地铁4号线北段今年能通车吗":                        "报告没有提到“4号线”",
		"天津現在常住人口有多少？":                         "報告沒有提到「常住人口」",
		"Does Shanghai build a new metro line": "is outside this report",
	} {
		m := c.say(ann, q)
		if b, _, _ := strings.Cut(inEntities(m, "bold"), "\n"); !strings.Contains(b, why) { // what stands out first
			c.Errorf("%s: %q, want %q", q, b, why)
		}
		if len(m.Buttons) < 2 || m.Buttons[0][0].Data == "" {
			c.Fatalf("%s: no topics: %q", q, m.Labels())
		}
		m = c.press(ann, m, m.Buttons[0][0].Text)
		if inEntities(m, "blockquote")+inEntities(m, "expandable_blockquote") == "" && len(m.Buttons) < 3 {
			c.Errorf("%s: its nearest topic opens\n%s", q, m.Text)
		}
	}
	for _, q := range []string{"你好", "谢谢", "hello", "？", "😀"} {
		m := c.say(ann, q)
		if len(m.Buttons) != 3 || strings.Contains(m.Text, "没有提到") {
			c.Errorf("%s: %d examples under\n%s", q, len(m.Buttons), m.Text)
		}
	}
}

// followUps go on from the last question, and 还有吗 from its page.
func followUps(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	c.want(c.say(ann, "今年建多少口袋公园"), "50个")
	c.want(c.say(ann, "那去年呢"), "56个")
	c.want(c.say(ann, "详细点"), "56个")
}

// languages: as chosen, as written, as the client says.
func languages(c talk, _ bottest.User) {
	ann, lin, bob := c.User("Ann", "zh-hans"), c.User("Lin", "zh-TW"), c.User("Bob", "en")
	c.want(c.say(ann, "How many pocket parks are planned for 2024?"), "2024 target", "50个", "Copy")
	c.want(c.say(lin, "天津港"), "2024年計劃")
	c.want(c.say(lin, "口袋公園"), "口袋公园", "複製")
	hei := c.User("Hei", "zh-hant") // whose examples hold the report's own words
	for _, row := range c.say(hei, "/start").Buttons[:3] {
		c.CallbackAnswer(c.PressData(hei, bottest.Message{ChatID: hei.ID}, row[0].Data))
		c.want(c.Next(hei.Private()), "問：", "複製")
	}
	c.want(c.say(bob, "/start"), "Jinwen", "this year’s target", "Outline")
	c.want(c.say(bob, "口袋公园今年建几个"), "2024年目标")
	m := c.say(bob, "/lang")
	m = c.press(bob, m, "繁體中文")
	c.want(m, "✓ 繁體中文")
	c.want(c.say(bob, "/help"), "查數字")
	c.want(c.say(bob, "How many pocket parks?"), "複製")
	c.want(c.say(bob, "/lang en"), "✓ English")
	if m := c.say(bob, "/lang"); !slices.Contains(m.Labels(), "✓ English") {
		c.Errorf("the menu does not show what was chosen: %q", m.Labels())
	}
	c.press(bob, m, "自動")
	c.want(c.say(bob, "/about"), "verbatim")
}

// browsing: outline and lists are one message each, edited by its buttons.
func browsing(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "/outline")
	top := m.Text
	m = c.press(ann, m, c.button(m, "二、").Text)
	m = c.press(ann, m, c.button(m, "（二）").Text)
	m = c.press(ann, m, c.button(m, "持续释放").Text)
	m = c.press(ann, m, c.button(m, "优化生态").Text)
	c.want(m, "新建提升口袋公园50个", "—— 二、2024年主要目标任务")
	for range 4 {
		m = c.press(ann, m, "返回上级")
	}
	if m.Text != top {
		c.Errorf("back at the top:\n%s", m.Text)
	}
	m = c.say(ann, "/figures")
	c.want(m, "地区生产总值增长：4.3%", "第 1–")
	first := m.Text
	m = c.press(ann, m, c.button(m, "还有").Text)
	if m = c.press(ann, m, "上一页"); m.Text != first {
		c.Error("the first page of figures is another one after turning back")
	}
	m = c.press(ann, m, "2024年")
	c.want(m, "✓ 2024年", "4.5%左右")
	if strings.Contains(m.Text, "2023年实际") {
		c.Errorf("figures of 2024:\n%s", m.Text)
	}
	m = c.press(ann, m, "按主题")
	m = c.press(ann, m, "教育")
	c.want(m, "增加学位：2万个", "筛选：教育 · 2024年")
	m = c.press(ann, m, "全部")
	m = c.say(ann, "/commitments 教育 量化")
	c.want(m, "筛选：教育 · 量化", "✓ 量化", "2万个")
	m = c.press(ann, m, "按地点")
	m = c.press(ann, m, "返回列表")
	m = c.press(ann, m, "全部")
	m = c.press(ann, m, "按地点")
	m = c.press(ann, m, m.Buttons[0][0].Text)
	c.want(m, "筛选：")
	c.want(c.say(ann, "/figures 火星"), "没有符合条件", "全部")
	c.want(c.say(ann, "/compare 口袋公园"), "56个 → 50个 ↓")

	// Every button of the lists, three presses deep.
	for _, text := range []string{"/outline", "/figures", "/commitments", "/compare"} {
		c.walk(ann, c.say(ann, text), 40)
	}
}

// walk presses every button of a message and of what it becomes, each once,
// up to n presses.
func (c talk) walk(u bottest.User, m bottest.Message, n int) {
	c.Helper()
	seen := make(map[string]bool)
	for {
		var next bottest.Button
		for _, b := range slices.Concat(c.Now(m).Buttons...) {
			if b.Data != "" && !seen[b.Data] {
				next = b
				break
			}
		}
		if n == 0 || next.Data == "" {
			return
		}
		n--
		seen[next.Data] = true
		c.effect(u, m, next)
	}
}

// takingAway: the spreadsheet of everything, and of a filtered list.
func takingAway(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	c.Text(ann.Private(), ann, "/export")
	c.Next(ann.Private())
	all := c.Next(ann.Private())
	c.want(all, "指标 ", "承诺 ", "对照 ")
	if all.File == nil || !strings.HasSuffix(all.File.Name, ".xlsx") {
		c.Fatalf("/export sends %+v", all.File)
	}
	whole := c.book(all.File.Data)
	if whole[sheet.FigureSheet] < 100 || whole[sheet.CommitmentSheet] < 100 || whole[sheet.PairSheet] < 10 {
		c.Errorf("rows: %v", whole)
	}
	m := c.say(ann, "/commitments 教育")
	c.CallbackAnswer(c.Press(ann, m, "导出表格"))
	c.Next(ann.Private())
	part := c.Next(ann.Private())
	c.want(part, "筛选：教育")
	rows := c.book(part.File.Data)
	if n := rows[sheet.CommitmentSheet]; n == 0 || n >= whole[sheet.CommitmentSheet] {
		c.Errorf("%d commitments on education, %d in all", n, whole[sheet.CommitmentSheet])
	}
	c.want(c.say(ann, "/export 火星"), "没有符合条件", "筛选：火星")
}

// book checks a spreadsheet as those see it who fill it in, and counts its rows.
func (c talk) book(data []byte) map[string]int {
	c.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		c.Fatal(err)
	}
	defer x.Close()
	if got := x.GetSheetList(); !slices.Equal(got, []string{sheet.FigureSheet, sheet.CommitmentSheet, sheet.PairSheet, sheet.ListSheet}) {
		c.Errorf("sheets %q", got)
	}
	rows := make(map[string]int)
	for _, name := range []string{sheet.FigureSheet, sheet.CommitmentSheet, sheet.PairSheet} {
		table, err := x.GetRows(name)
		if err != nil {
			c.Fatal(err)
		}
		head := table[0]
		rows[name] = len(table) - 1
		if p, err := x.GetPanes(name); err != nil || !p.Freeze || p.YSplit != 1 {
			c.Errorf("%s: panes %+v, %v: want a frozen header", name, p, err)
		}
		var filter bool
		for _, d := range x.GetDefinedName() {
			filter = filter || d.Name == "_xlnm._FilterDatabase" && d.Scope == name
		}
		if !filter {
			c.Errorf("%s: no filter", name)
		}
		var quotes, places, blank []int
		for i, h := range head {
			col, _ := excelize.ColumnNumberToName(i + 1)
			if w, err := x.GetColWidth(name, col); err != nil || w < 6 || w > 70 {
				c.Errorf("%s %s: width %v, %v", name, h, w, err)
			}
			switch {
			case strings.Contains(h, "原文") && h != "原文数值":
				quotes = append(quotes, i)
			case h == "出处":
				places = append(places, i)
			case slices.Contains([]string{"牵头单位", "责任单位", "完成时限", "进度"}, h):
				blank = append(blank, i)
			}
		}
		if len(quotes) == 0 || len(places) == 0 || (name == sheet.CommitmentSheet) != (len(blank) == 4) {
			c.Errorf("%s: header %q", name, head)
		}
		cell := func(row []string, i int) string {
			if i < len(row) {
				return row[i]
			}
			return ""
		}
		for n, row := range table[1:] {
			for _, i := range slices.Concat(quotes, places) {
				if cell(row, i) == "" {
					c.Errorf("%s row %d: no %s", name, n+2, head[i])
				}
			}
			for _, i := range blank {
				if cell(row, i) != "" {
					c.Errorf("%s row %d: %s holds %q", name, n+2, head[i], cell(row, i))
				}
			}
		}
	}
	return rows
}

// charts: a picture wide enough for a phone, its source, and the clauses.
func charts(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	for _, q := range []string{"供热、供水管网改造里程，23年完成和24年计划对照", "/figures 教育", "/compare"} {
		m := c.say(ann, q)
		b := c.button(m, "图")
		c.CallbackAnswer(c.PressData(ann, m, b.Data))
		p := c.Next(ann.Private())
		if !p.Photo { // a machine without a font: see TestTalkWithoutFont
			c.want(p, "来源：《天津市2024年政府工作报告》")
			continue
		}
		img, err := png.Decode(bytes.NewReader(p.File.Data))
		if err != nil || img.Bounds().Dx() != 1080 || img.Bounds().Dy() > 3000 {
			c.Errorf("%s: picture %v, %v", q, img.Bounds(), err)
		}
		c.want(p, "来源：《天津市2024年政府工作报告》")
		if clauses := c.Next(ann.Private()); inEntities(clauses, "blockquote")+inEntities(clauses, "expandable_blockquote") == "" {
			c.Errorf("%s: a picture without its clauses:\n%s", q, clauses.Text)
		}
	}
}

// inlineMode: pages of twenty, topics for nothing typed, results that render.
func inlineMode(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	a := c.InlineAnswer(c.Inline(ann, "", ""))
	if len(a.Results) == 0 || len(a.Results) > 20 || a.Start == "" || a.Param == "" || a.Next != "" {
		c.Errorf("nothing typed: %d results, start %q %q, next %q", len(a.Results), a.Start, a.Param, a.Next)
	}
	seen := make(map[string]bool)
	next, n := "", 0
	for ; n < 20; n++ {
		a := c.InlineAnswer(c.Inline(ann, "发展", next))
		if len(a.Results) == 0 || len(a.Results) > 20 {
			c.Errorf("page %d has %d results", n, len(a.Results))
		}
		if secs, _ := strconv.Atoi(a.CacheTime); secs < 60 || secs > 3600 {
			c.Errorf("cached for %q", a.CacheTime)
		}
		for _, r := range a.Results {
			if seen[r.ID] {
				c.Errorf("%s comes twice", r.ID)
			}
			seen[r.ID] = true
			m := c.Choose(r)
			if r.Title == "" || r.Description == "" || !strings.Contains(m.Text, "《天津市2024年政府工作报告》") {
				c.Errorf("result %+v", r)
			}
		}
		if next = a.Next; next == "" {
			break
		}
	}
	if n == 0 || next != "" {
		c.Errorf("%d results on %d pages, next %q", len(seen), n+1, next)
	}
	a = c.InlineAnswer(c.Inline(ann, "口袋公园", ""))
	m := c.Choose(a.Results[0])
	c.want(m, "口袋公园", "在津问中打开")
	url := c.button(m, "在津问中打开").URL
	_, payload, ok := strings.Cut(url, "?start=")
	if !ok {
		c.Fatalf("link %q", url)
	}
	c.want(c.say(ann, "/start "+payload), "口袋公园", "复制")
	// What a share button puts there: a question, or a passage.
	a = c.InlineAnswer(c.Inline(ann, payload, ""))
	if len(a.Results) != 1 {
		c.Errorf("a shared passage: %d results", len(a.Results))
	}
	a = c.InlineAnswer(c.Inline(ann, "上海地铁", ""))
	if len(a.Results) != 0 || a.Start == "" || !strings.HasPrefix(a.Param, "t_") {
		c.Errorf("nothing found: %+v", a)
	}
	c.want(c.say(ann, "/start "+a.Param), "问：上海地铁", "不在本报告范围内")
	if a := c.InlineAnswer(c.Inline(c.User("Bob", "en"), "GDP", "")); !a.Personal {
		c.Error("an answer in the client's language is shared with everybody")
	}
}

// deepLinks open a passage, a commitment, a figure, a question; from groups too.
func deepLinks(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	_, p, _ := strings.Cut(c.button(c.say(ann, "口袋公园今年建几个"), "复制").Copy, "?start=")
	version := strings.Split(p, "_")[1]
	c.want(c.say(ann, "/start "+p), "口袋公园50个", "所在章节")
	m := c.say(ann, "/start c_"+version+"_3")
	c.want(m, "—— 二、", "复制", "转发")
	if share := c.button(m, "转发").Share; share != "c_"+version+"_3" {
		c.Errorf("a commitment shares %q", share)
	}
	if a := c.InlineAnswer(c.Inline(ann, "c_"+version+"_3", "")); len(a.Results) != 1 {
		c.Errorf("a shared commitment: %d results", len(a.Results))
	}
	m = c.say(ann, "/start f_"+version+"_0")
	c.want(m, "2023年实际 · 地区生产总值增长：4.3%")
	m = c.press(ann, m, "所在章节")
	c.want(m, "经济运行整体向好")
	c.want(c.say(ann, "/start p_00000000_3"), "旧版本")
	c.want(c.say(ann, "/start p_"+version+"_99999"), "打不开")
	c.want(c.say(ann, "/start nonsense"), "打不开")
	c.want(c.say(ann, "/start q_AAAAAAAAAAAA"), "已过期")
	g := c.Group(false)
	c.Text(g, ann, "/start@"+c.Name+" "+p)
	c.want(c.Next(g), "口袋公园50个")
}

// groups: only what is meant for the bot, in its topic; settings are whoever's
// who opened them.
func groups(c talk, _ bottest.User) {
	ann, bob := c.User("Ann", "zh-hans"), c.User("Bob", "zh-hans")
	for _, forum := range []bool{false, true} {
		g := c.Group(forum)
		thread := 0
		if forum {
			thread = 7
		}
		write := func(u bottest.User, text string, to *bottest.Message) bottest.Message {
			return c.Write(g, u, bottest.Draft{Text: text, Thread: thread, ReplyTo: to})
		}
		c.Add(g, ann)
		c.Leads(g, ann)
		c.want(c.Next(g), "大家好", "/ask")
		write(ann, "口袋公园今年建几个", nil) // to the others
		write(ann, "/figures@other_bot", nil)
		write(ann, "/weather", nil)
		q := write(ann, "@"+c.Name+" 口袋公园今年建几个", nil)
		m := c.Next(g)
		c.want(m, "50个")
		if m.ReplyTo != q.ID || m.Thread != thread {
			c.Errorf("replies to %d in topic %d, want %d in %d", m.ReplyTo, m.Thread, q.ID, thread)
		}
		write(ann, "那去年呢", &m)
		m = c.Next(g)
		c.want(m, "56个")
		m = c.press(bob, m, "整段原文") // buttons are everybody's
		// The bot alone, in reply to somebody's question: that is asked; a part
		// that was marked decides, of an answer too.
		asked := write(bob, "大家好，今年GDP目标是多少", nil)
		write(ann, "@"+c.Name, &asked)
		c.want(c.Next(g), "4.5%左右")
		c.Write(g, ann, bottest.Draft{Text: "@" + c.Name, Thread: thread, ReplyTo: &asked, Extra: map[string]any{"quote": map[string]any{"text": "今年GDP目标", "position": 4}}})
		gdp := c.Next(g)
		c.want(gdp, "4.5%左右")
		c.Write(g, bob, bottest.Draft{Text: "那去年呢", Thread: thread, ReplyTo: &gdp, Extra: map[string]any{"quote": map[string]any{"text": "地区生产总值增长4.5%左右", "position": 0}}})
		c.want(c.Next(g), "4.3%")
		c.Write(g, bob, bottest.Draft{Caption: "@" + c.Name + " 口袋公园今年建几个", Thread: thread, Extra: map[string]any{"photo": []any{map[string]any{"file_id": "x", "file_unique_id": "x"}}}})
		c.want(c.Next(g), "50个")
		write(bob, "/ask@"+c.Name+" 今年GDP目标", nil)
		c.want(c.Next(g), "4.5%左右")
		write(bob, "/compare 口袋公园", nil)
		m = c.Next(g)
		if m.Thread != thread {
			c.Errorf("/compare in topic %d, want %d", m.Thread, thread)
		}
		for _, text := range []string{"/lang", "/subscribe"} {
			write(ann, text, nil)
			m = c.Next(g)
			b := m.Buttons[0][0]
			if n := c.notice(bob, m, b.Data); !strings.Contains(n, "只有打开这个菜单的人") {
				c.Errorf("%s pressed by a stranger: %q", text, n)
			}
			if n := c.notice(ann, m, b.Data); n == "" || strings.Contains(n, "只有") {
				c.Errorf("%s pressed by who opened it: %q", text, n)
			}
		}
		total := c.Total()
		c.Write(g, ann, bottest.Draft{Thread: thread, Extra: map[string]any{"sticker": map[string]any{"file_id": "x"}}})
		c.Drained()
		if c.Total() != total {
			c.Error("a sticker in a group was answered")
		}
	}
}

// editsAndOddMessages: an edited question edits its answer; what is no text
// gets one helpful line; an admin's file goes to the import.
func editsAndOddMessages(c talk, boss bottest.User) {
	ann := c.User("Ann", "zh-hans")
	q := c.Text(ann.Private(), ann, "口袋公园去年建几个")
	m := c.Next(ann.Private())
	for _, x := range [][2]string{{"口袋公园今年建几个", "50个"}, {"上海地铁", "不在本报告范围内"}, {"/figures 教育", "学位"}} {
		c.Edit(q, x[0])
		m = c.NextEdit(m)
		c.want(m, x[1])
	}
	file := map[string]any{"file_id": "x", "file_unique_id": "x"}
	for _, kind := range []string{"voice", "sticker", "video", "audio", "animation", "video_note", "contact", "dice", "poll"} {
		c.Write(ann.Private(), ann, bottest.Draft{Extra: map[string]any{kind: file}})
		c.want(c.Next(ann.Private()), "只看得懂文字")
	}
	c.Write(ann.Private(), ann, bottest.Draft{Caption: "口袋公园今年建几个", Extra: map[string]any{"photo": []any{file}}})
	c.want(c.Next(ann.Private()), "50个") // what is written under a picture is asked
	c.Write(ann.Private(), ann, bottest.Draft{Extra: map[string]any{"location": map[string]any{"latitude": 1, "longitude": 1}}})
	c.want(c.Next(ann.Private()), "只看得懂文字")
	c.File(ann.Private(), ann, "x.txt", []byte("x"))
	c.want(c.Next(ann.Private()), "只有管理员")
	c.File(boss.Private(), boss, "x.txt", []byte("x"))
	if m := c.Next(boss.Private()); m.Text == "" || strings.Contains(m.Text, "只有管理员") {
		c.Errorf("an admin's file: %q", m.Text)
	}
	c.Drained()
	total := c.Total()
	c.Push("channel_post", map[string]any{"message_id": 1, "chat": map[string]any{"id": -5, "type": "channel"}, "text": "x"})
	c.Drained()
	if c.Total() != total {
		c.Error("a channel was answered")
	}
}

// staleButtons get a notice, whatever they carry.
func staleButtons(c talk, _ bottest.User) {
	ann := c.User("Ann", "zh-hans")
	m := c.say(ann, "口袋公园今年建几个")
	fresh := c.button(m, "👍").Data
	parts := strings.Split(fresh, ":")
	for data, want := range map[string]string{
		strings.Replace(fresh, parts[1], "0123456789ab", 1): "旧版本",
		strings.Replace(fresh, parts[2], "AAAAAAAAAAAA", 1): "已过期",
		"x":                               "无法识别",
		"view:" + parts[1] + ":a:b:c":     "无法识别",
		"sect:" + parts[1] + ":99999:0":   "无法识别",
		"adm:-:activate:x":                "管理员",
		strings.Repeat("津", 30):           "无法识别",
		"list:" + parts[1] + ":zzz:-:0":   "无法识别",
		"quote:" + parts[1] + ":0:999999": "无法识别",
		"lang:-:xx":                       "无法识别",
		"topic:-:999":                     "无法识别",
	} {
		if n := c.notice(ann, m, data); !strings.Contains(n, want) {
			c.Errorf("button %q: %q, want %q", data, n, want)
		}
	}
}

// TestTalkNextYear: of the next year's report subscribers hear what became of
// the targets, each value with its year, and no difference word by word.
func TestTalkNextYear(t *testing.T) {
	s := bottest.NewServer(t)
	ann, boss := s.User("Ann", "zh-hans"), s.User("Boss", "zh-hans")
	report, err := os.ReadFile("../../corpus/reports/tianjin-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := begin(t, s, "JINWEN_ADMINS", strconv.FormatInt(boss.ID, 10))
	c.want(c.say(ann, "/subscribe"), "已订阅")
	next := strings.NewReplacer("2024", "2025", "2023", "2024", "地区生产总值增长4.3%", "地区生产总值增长4.8%").Replace(string(report))
	c.File(boss.Private(), boss, "明年.txt", []byte(next))
	preview := c.Next(boss.Private())
	c.Until("a preview", func() bool { return len(c.Now(preview).Buttons) > 0 })
	preview = c.Now(preview)
	c.want(preview, "另一份报告（2025/天津）", "2024年目标完成情况", "地区生产总值增长：目标 4.5%左右，实际 4.8%")
	c.CallbackAnswer(c.Press(boss, preview, preview.Buttons[0][0].Text))
	news := c.Next(ann.Private())
	c.want(news, "新一年的报告已上线", "地区生产总值增长：2024年目标 4.5%左右 → 2024年实际 4.8%", "全市地区生产总值增长4.8%", "/unsubscribe")
	if strings.Contains(news.Text, "4.3%") {
		t.Errorf("told of the year before that:\n%s", news.Text)
	}
}
