package handlers_test

import (
	"strings"
	"testing"
	"time"

	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/index"
)

func TestFirstContact(t *testing.T) {
	c := begin(t, handlers.Options{})
	r := c.say("/start")
	want(t, r, "津问", "青溪县2024年政府工作报告")
	examples := 0
	for _, row := range r.Buttons[:3] {
		c.last = r
		a := c.press(row[0].Text)
		want(t, a, "问："+row[0].Text)
		if len(a.Blocks) < 3 {
			t.Errorf("example %q is not answered:\n%s", row[0].Text, a.Plain())
		}
		examples++
	}
	if examples != 3 {
		t.Errorf("%d examples", examples)
	}
	c.last = r
	want(t, c.press("报告目录"), "一、2023年工作回顾")
	c.last = r
	want(t, c.press("能问什么"), "/figures", "/export")
}

func TestQuestion(t *testing.T) {
	c := begin(t, handlers.Options{BotName: "jinwen_bot"})
	r := c.say("去年改造了多少所校舍")
	want(t, r, "14所", "改造校舍14所", "一是教育事业稳步发展")
	checkNumbers(t, r)
	if len(c.events) != 1 || c.events[0].Status != index.Answered || c.events[0].User == "" || c.events[0].User == "10" {
		t.Errorf("events %+v", c.events)
	}
	copied := c.button("复制").Copy
	if !strings.Contains(copied, "校舍14所") || !strings.Contains(copied, "《青溪县2024年政府工作报告》") || !strings.Contains(copied, "https://t.me/jinwen_bot?start=p_") {
		t.Errorf("copied %q", copied)
	}
	if s := c.button("转发").Share; s != "去年改造了多少所校舍" {
		t.Errorf("share %q", s)
	}
}

func TestContextUnfoldsAndFolds(t *testing.T) {
	c := begin(t, handlers.Options{})
	folded := c.say("青溪大桥")
	if !strings.Contains(labels(folded), "整段原文") {
		t.Fatalf("buttons %s under\n%s", labels(folded), folded.Plain())
	}
	open := c.press("整段原文")
	if !open.Edit || len(open.Plain()) <= len(folded.Plain()) {
		t.Errorf("unfolded (edit %v):\n%s", open.Edit, open.Plain())
	}
	again := c.press("收起")
	if !again.Edit || again.Plain() != folded.Plain() {
		t.Errorf("folded again:\n%s\nwant:\n%s", again.Plain(), folded.Plain())
	}
}

func TestVotes(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("青溪大桥")
	up, down := c.button("👍").Data, c.button("👎").Data
	for _, step := range []struct {
		data, notice string
		votes        int
	}{{up, "谢谢！", 1}, {up, "已经记下了。", 1}, {down, "谢谢，我们会改进。", 2}} {
		r := c.data(step.data)
		votes := 0
		for _, e := range c.events {
			if e.Vote != 0 {
				votes++
				if e.Question != "青溪大桥" {
					t.Errorf("vote on %q", e.Question)
				}
			}
		}
		if r.Notice != step.notice || votes != step.votes || len(r.Blocks) > 0 {
			t.Errorf("vote: %q with %d votes, want %q with %d", r.Notice, votes, step.notice, step.votes)
		}
	}
}

// numbered is a report whose plan has many items on one matter.
func numbered(n int) string {
	var b strings.Builder
	b.WriteString("青溪县2024年政府工作报告\n\n一、2023年工作回顾\n\n各项工作都有新的进步。\n\n二、2024年主要目标任务\n\n（一）加快水利建设\n\n")
	names := []rune("东西南北上下前后左右内外高低远近新旧大小长短")
	for i := range n {
		b.WriteString("开工建设" + string(names[i%len(names)]) + string(names[(i*7+3)%len(names)]) + "河水库除险加固工程，配套完善灌区渠系和沿线道路，改善周边群众生产生活条件，按期完成移民安置和库区绿化任务。\n\n")
	}
	return b.String()
}

func TestMorePages(t *testing.T) {
	c := beginOn(t, county(t, numbered(20)), handlers.Options{})
	first := c.say("今年要开工哪些水库工程")
	if !strings.Contains(labels(first), "还有 ") {
		t.Fatalf("no more under %s\n%s", labels(first), first.Plain())
	}
	second := c.press("还有 ")
	want(t, second, "第 2 页")
	if !second.Edit {
		t.Error("page is no edit")
	}
	for _, b := range second.Blocks {
		if b.Kind == chat.Quote && strings.Contains(first.Plain(), b.Text) {
			t.Errorf("repeated on page 2: %s", b.Text)
		}
	}
	back := c.press("上一页")
	if back.Plain() != first.Plain() {
		t.Errorf("back:\n%s\nwant:\n%s", back.Plain(), first.Plain())
	}
	want(t, c.say("还有吗？"), "第 2 页")
	for range 30 {
		if r := c.say("还有吗"); strings.Contains(r.Plain(), "没有更多了") {
			return
		}
	}
	t.Error("there is always more")
}

func TestFollowUpEndsAfterTenMinutes(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("青溪大桥")
	r := c.say("详细点")
	want(t, r, "青溪大桥建成通车", "改建农村公路86公里")
	c.clock = c.clock.Add(11 * time.Minute)
	if r := c.say("还有吗"); strings.Contains(r.Plain(), "没有更多了") {
		t.Errorf("followed after eleven minutes:\n%s", r.Plain())
	}
}

func TestFollowUpsKeepToTheirTalk(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("青溪大桥")
	c.from.User.ID = "telegram:11"
	if r := c.say("详细点"); strings.Contains(r.Plain(), "青溪大桥") {
		t.Errorf("another user's question was followed:\n%s", r.Plain())
	}
	c.from.User.ID, c.from.Thread = "telegram:10", 3
	if r := c.say("详细点"); strings.Contains(r.Plain(), "青溪大桥") {
		t.Errorf("another thread's question was followed:\n%s", r.Plain())
	}
}

func TestEditedQuestionEditsTheAnswer(t *testing.T) {
	c := begin(t, handlers.Options{})
	m := c.from
	m.Kind, m.Text = chat.KindEdit, "青溪大桥"
	if r := c.send(m); !r.Edit || !strings.Contains(r.Plain(), "青溪大桥建成通车") {
		t.Errorf("edit %v:\n%s", r.Edit, r.Plain())
	}
}

func TestNotFound(t *testing.T) {
	c := begin(t, handlers.Options{})
	r := c.say("航天发射场什么时候建")
	want(t, r, "报告没有提到")
	if strings.Contains(labels(r), "复制") {
		t.Errorf("something to copy: %s", labels(r))
	}
	r = c.say("你好")
	want(t, r, "您好", "试试：")
	if len(r.Buttons) != 3 {
		t.Errorf("buttons %s", labels(r))
	}
}

func TestLanguages(t *testing.T) {
	c := begin(t, handlers.Options{})
	for _, step := range []struct{ client, say, copy string }{
		{"zh-hans", "二中新校区", "复制"},
		{"", "二中", "复制"},
		{"zh-TW", "二中", "複製"},
		{"zh-hans", "青溪大橋建成了嗎", "複製"},
		{"en", "青溪大桥通车了吗", "复制"},
		{"en", "二中", "复制"},
	} {
		c.from.Lang = step.client
		if r := c.say(step.say); !strings.Contains(labels(r), step.copy) {
			t.Errorf("%s to a client in %q: buttons %s\n%s", step.say, step.client, labels(r), r.Plain())
		}
	}
	for client, text := range map[string]string{
		"en-GB": "no generative model", "fr": "no generative model", "zh-TW": "不使用生成式模型：所有引文與原文", "": "不使用生成式模型：所有引文与原文",
	} {
		c.from.Lang = client
		want(t, c.say("/about"), text)
	}
	c.from.Lang = "zh-hans"
	want(t, c.say("hello there"), "Try: ")
}

func TestChosenLanguage(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("/lang")
	r := c.press("English")
	want(t, r, "Choose the language")
	if r.Notice != "Saved" || !r.Edit || !strings.Contains(labels(r), "✓ English") {
		t.Errorf("chosen: %q, %s", r.Notice, labels(r))
	}
	wantButton := func(say, label string) {
		t.Helper()
		if r := c.say(say); !strings.Contains(labels(r), label) {
			t.Errorf("%s: buttons %s, want %s", say, labels(r), label)
		}
	}
	wantButton("青溪大桥", "Copy")
	c.say("/lang zh-Hant")
	wantButton("青溪大桥", "複製")
	c.say("/lang")
	c.press("自動")
	wantButton("青溪大桥", "复制")
}

// An edited question follows on what stood before it, not on itself.
func TestEditOfAFollowUp(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("2024年改建多少公里农村公路")
	first := c.say("那去年呢")
	m := c.from
	m.Kind, m.Text = chat.KindEdit, "那去年呢？"
	if again := c.send(m); again.Plain() != first.Plain() {
		t.Errorf("edited:\n%s\nwant:\n%s", again.Plain(), first.Plain())
	}
}

func TestOtherYear(t *testing.T) {
	c := begin(t, handlers.Options{})
	c.say("今年公路建设有哪些安排")
	first := c.last
	if !strings.Contains(labels(first), "看 2023 年") {
		t.Skipf("answered from both years:\n%s", first.Plain())
	}
	r := c.press("看 2023 年")
	if !r.Edit || !strings.Contains(r.Plain(), "86公里") {
		t.Errorf("the other year (edit %v, %q):\n%s", r.Edit, r.Notice, r.Plain())
	}
	if back := c.press("看 2024 年"); back.Plain() != first.Plain() {
		t.Errorf("back:\n%s\nwant:\n%s", back.Plain(), first.Plain())
	}
}
