package handlers_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/index"
	"jinwen/index/library"
)

// Conversations are kept whole: testdata/crawl/NAME.txt has what people get to
// each message of a chat of its own, and behind each button below it, so deep.
// What changes there is what people see change; read it.
var crawls = []struct {
	name  string
	deep  int
	langs []chat.Lang
	says  []string
}{
	{"answers", 1, chat.Langs, []string{
		"今年GDP目标是多少", "社会消费品零售总额去年和今年", "新增多少学位，改造几所校舍", "港口吞吐量", "农村公路", "教育", "交通", "青溪大桥", "报告分几部分",
		"加快交通建设那部分有什么", "地铁几号线", "上海今年GDP目标", "2019年GDP", "公交枢纽多少座", "学位取消了吗", "你好", "谢谢", "？", "你是谁", "报告有多长",
		"新增学位多少？公路多少公里？", "就业人数下降了吗", "今年要建什么", "how many school places", "快速路",
	}},
	{"lists", 2, []chat.Lang{chat.Hans}, []string{
		"/start", "/help", "/about", "/figures", "/figures 公路", "/figures 2024", "/figures 没有的词", "/commitments", "/commitments 教育", "/commitments 交通 量化", "/commitments 云岭",
		"/compare", "/outline", "/outline 交通", "/kept", "/lang", "/subscribe", "/unsubscribe", "/ask", "/ask 港口", "/nosuch", "/export 公路",
	}},
	{"lists-en", 1, []chat.Lang{chat.English, chat.Hant}, []string{
		"/start", "/help", "/about", "/figures", "/figures 公路", "/figures 没有的词", "/commitments", "/compare", "/outline", "/kept", "/lang", "/subscribe", "/unsubscribe", "/ask", "/nosuch",
	}},
}

// mostPressed is how many buttons under one reply are pressed.
const mostPressed = 9

func TestCrawl(t *testing.T) {
	for _, x := range crawls {
		t.Run(x.name, func(t *testing.T) {
			var b strings.Builder
			for _, lang := range x.langs {
				for i, text := range x.says {
					c := begin(t, handlers.Options{})
					c.from.Chat.ID = chat.ID(chat.Telegram, fmt.Sprint(i))
					c.from.User.ID, c.from.Lang = c.from.Chat.ID, string(lang)
					c.crawl(&b, "", "> "+text, c.say(text), x.deep)
				}
			}
			golden.Check(t, "testdata/crawl/"+x.name+".txt", b.String())
		})
	}
}

// crawl writes r, the reply to what was done, and what is behind its buttons.
func (c *testChat) crawl(b *strings.Builder, indent, did string, r chat.Reply, deep int) {
	c.t.Helper()
	fmt.Fprintf(b, "%s%s\n", indent, did)
	for line := range strings.Lines(whole(r)) {
		b.WriteString(indent + "  " + line)
	}
	b.WriteString("\n")
	if deep == 0 {
		return
	}
	pressed := 0
	for _, row := range r.Buttons {
		for _, x := range row {
			if x.Data == "" || pressed == mostPressed {
				continue
			}
			pressed++
			c.last = r
			c.crawl(b, indent+"    ", "* "+x.Text, c.data(x.Data), deep-1)
		}
	}
}

// whole is all of a reply: kinds of blocks, what stands out, buttons, files.
func whole(r chat.Reply) string {
	var b strings.Builder
	if r.Chart != nil {
		fmt.Fprintf(&b, "chart %+v\n", *r.Chart) // a picture, or a table where there is no font
	}
	for _, x := range r.Blocks {
		if r.Chart != nil && x.Kind == chat.Table {
			continue
		}
		b.WriteString(strconv.Itoa(int(x.Kind)) + " ")
		for _, run := range x.Runs() {
			if run.Strong {
				b.WriteString("*" + run.Text + "*")
			} else {
				b.WriteString(run.Text)
			}
		}
		if x.At != nil {
			fmt.Fprintf(&b, " (%s %d–%d)", x.At.Report, x.At.Start, x.At.End)
		}
		b.WriteString("\n")
	}
	for _, row := range r.Buttons {
		for _, x := range row {
			kind := ""
			switch {
			case x.URL != "":
				kind = " url"
			case x.Copy != "":
				kind = " copy " + x.Copy
			case x.Share != "":
				kind = " share " + x.Share
			}
			fmt.Fprintf(&b, "[%s%s]", x.Text, kind)
		}
		b.WriteString("\n")
	}
	for _, f := range r.Files {
		if f.Image {
			continue
		}
		fmt.Fprintf(&b, "file %s %q\n", f.Name, f.Caption)
	}
	if r.Notice != "" {
		fmt.Fprintf(&b, "notice %s %v\n", r.Notice, r.Alert)
	}
	if r.Edit {
		b.WriteString("(edits)\n")
	}
	if r.Then != nil {
		b.WriteString("then\n" + whole(*r.Then))
	}
	return b.String()
}

// shelfOf is a library of made-up reports of three places and two years each,
// and more.
func shelfOf(t *testing.T, more ...version.Item) *library.Library {
	t.Helper()
	items := more
	for i, place := range []string{"天津市", "四川省", "湖北省"} {
		for year := 2031; year <= 2032; year++ {
			n := 10*i + year - 2030
			text := fmt.Sprintf(`%[1]s%[2]d年政府工作报告
——%[2]d年1月20日在%[1]s第九届人民代表大会第%[5]d次会议上

一、%[3]d年工作回顾

过去一年，地区生产总值增长%[4]d.%[5]d%%，粮食产量达到%[6]d万吨，新增城镇就业%[6]d万人。

二、%[2]d年主要目标任务

主要预期目标是：地区生产总值增长%[7]d%%左右，粮食产量%[6]d万吨以上，新增城镇就业%[8]d万人。

（一）加快产业发展

大力发展低空经济，建设产业园%[5]d个。

（二）保障和改善民生

新建停车位%[8]d00个，改造老旧小区%[5]d个。
`, place, year, year-1, 4+i, n%10, 900+10*n, 5+(i+year)%2, 30+n)
			r := extract.ParseText(text)
			items = append(items, version.Item{Report: r, Name: place + strconv.Itoa(year) + ".txt"})
		}
	}
	s, err := version.Open(t.TempDir(), version.Options{Home: "天津"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(items, true, version.By{Who: "7", When: time.Unix(1e9, 0)}); err != nil {
		t.Fatal(err)
	}
	build := func(r *corpus.Report) (*index.Index, error) { return index.New(r, index.Options{}) }
	r, err := s.Report(s.Active().ID)
	if err != nil {
		t.Fatal(err)
	}
	ix, err := build(r)
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(ix)
	l := library.New(s, live, library.Options{Build: build})
	t.Cleanup(func() { l.Close(); live.Close() })
	return l
}

// beginOver opens the private chat number n, with somebody whose client speaks
// lang, with a bot that answers from lib.
func beginOver(t *testing.T, lib *library.Library, n int, lang chat.Lang) *testChat {
	t.Helper()
	c := begin(t, handlers.Options{})
	c.bot = handlers.New(lib, c.store, handlers.Options{Clock: c.now, Salt: []byte("salt"), Topics: ourTopics})
	c.report = nil // quotes are of several
	id := chat.ID(chat.Telegram, fmt.Sprint(n))
	c.from = chat.Message{Chat: chat.Chat{ID: id}, User: chat.User{ID: id}, Lang: string(lang)}
	return c
}

// TestCrawlLibrary does the same over several reports.
func TestCrawlLibrary(t *testing.T) {
	lib := shelfOf(t)
	var b strings.Builder
	for _, lang := range chat.Langs {
		for i, text := range []string{
			"四川今年GDP目标", "四川和湖北今年GDP目标谁高", "天津这两年GDP增速", "各省今年GDP目标排名", "哪些省今年GDP目标在6%以上", "哪些地方提到低空经济", "谁没有提到低空经济",
			"去年四川的粮食目标完成了吗", "天津2029年GDP目标", "广东今年GDP目标", "湖北停车位", "粮食产量最多的是谁", "四川新增就业？湖北呢？", "/figures 四川 粮食", "/kept", "/kept 四川", "/outline 湖北",
		} {
			c := beginOver(t, lib, i, lang)
			r := c.say(text)
			fmt.Fprintf(&b, "> %s\n%s\n", text, whole(r))
			if lang != chat.Hans {
				continue
			}
			for _, row := range r.Buttons {
				for _, x := range row {
					if x.Data == "" {
						continue
					}
					fmt.Fprintf(&b, "    * %s\n%s\n", x.Text, whole(c.data(x.Data)))
				}
			}
		}
	}
	golden.Check(t, "testdata/crawl/library.txt", b.String())
}

// shelved are further reports: of a city in a province, of a place with one year
// and falls, of an older year.
func shelved() []version.Item {
	text := func(place string, year int, review, plan string) version.Item {
		r := extract.ParseText(fmt.Sprintf("%s%d年政府工作报告\n\n一、%d年工作回顾\n\n%s\n\n二、%d年主要目标任务\n\n%s\n", place, year, year-1, review, year, plan))
		return version.Item{Report: r, Name: place + strconv.Itoa(year) + ".txt"}
	}
	return []version.Item{
		text("成都市", 2032, "地区生产总值增长8.5%，常住人口下降0.2%。进出口总额下降6%。", "地区生产总值增长6%左右。"),
		text("河北省", 2032, "进出口总额下降3.5%，粮食产量达到910万吨。一般公共预算收入4500亿元。", "地区生产总值增长7%左右，一般公共预算收入增长3%。发展海洋经济。"),
		text("天津市", 2030, "地区生产总值增长5%。粮食产量达到250万吨。", "地区生产总值增长7%左右，粮食产量260万吨以上。改造老旧小区5个。"),
		text("湖北省", 2030, "地区生产总值增长6.5%。", "地区生产总值增长6%左右。"),
	}
}

// TestTalkLibrary keeps what people read of whole conversations over several
// reports: ties, falls, ranks, bounds, gaps, several years, several questions.
func TestTalkLibrary(t *testing.T) {
	lib := shelfOf(t, shelved()...)
	var b strings.Builder
	for i, lang := range []chat.Lang{chat.Hans, chat.English} {
		for k, talk := range []string{
			"今年GDP目标|四川呢|湖北呢|哪个省最高|哪个最低|去年呢|比我们高吗",
			"四川和湖北去年GDP增速谁高|今年目标呢|差多少|天津呢|历年呢",
			"天津历年GDP目标|湖北历年GDP目标|四川这两年GDP目标|天津2029到2032年GDP目标怎么变的|天津历年粮食产量|四川这几年粮食产量变化",
			"去年进出口降得最多的省|去年哪个省进出口增速最高|成都和河北去年进出口|成都去年人口",
			"各省今年GDP目标|今年GDP目标最高的两个省|今年GDP目标最低的省|今年GDP目标最高和最低的省|各省今年粮食目标从高到低",
			"比四川高的省，今年GDP目标|比河北高的省，今年GDP目标|今年GDP目标比天津低的省|四川今年GDP目标在全国排第几|天津去年GDP增速排第几|河北去年粮食产量排第几",
			"今年GDP目标超过6.5%的省|今年GDP目标低于5%的省|哪些省今年GDP目标是6%左右|今年GDP目标比去年高的省|今年GDP目标比去年低的省|去年粮食产量超过900万吨的省",
			"哪些省提到低空经济|哪些省提到海洋经济|哪些省没提海洋经济|有没有省提到飞行汽车|今年谁没提到低空经济",
			"去年GDP目标完成了吗|四川呢|去年粮食目标完成了吗|今年GDP目标完成了吗|去年的目标都完成了吗|河北去年GDP目标完成了吗|湖北前年GDP目标完成了吗",
			"广东今年GDP目标|成都今年GDP目标|武汉今年GDP目标|四川2025年GDP|四川2032年GDP目标|四川2031年GDP增速|全国今年GDP目标|美国GDP",
			"四川和河北今年低空经济|广东和四川今年GDP目标|京津冀今年GDP目标|川鄂今年粮食目标|成都和四川今年GDP目标",
			"天津今年GDP目标？湖北粮食产量？哪个省GDP目标最高？|第一个|再说详细点|还有吗",
			"四川改造老旧小区|湖北停车位|天津低空经济|四川产业园几个|河北财政收入|天津老旧小区2030年改造几个",
			"/figures 湖北|/figures 2031|/figures 四川 2031 粮食|/commitments 四川|/commitments 湖北 停车|/compare 四川|/outline|/outline 四川 2031|/kept 湖北|/kept 粮食|/kept 广东|/help|/about|/export 四川",
		} {
			c := beginOver(t, lib, 100*i+k, lang)
			for text := range strings.SplitSeq(talk, "|") {
				fmt.Fprintf(&b, "> %s\n%s\n", text, whole(c.say(text)))
			}
		}
	}
	golden.Check(t, "testdata/crawl/talks.txt", b.String())
}

// TestTalkNameless keeps the same of a report that tells neither its year nor
// its place.
func TestTalkNameless(t *testing.T) {
	r := extract.ParseText("政府工作报告\n\n一、工作回顾\n\n过去一年，新建公园12个，改造老旧小区30个，地区生产总值增长5%。新增学位800个，新建停车位1200个。\n\n二、工作安排\n\n今年，新建公园15个，改造老旧小区40个，地区生产总值增长6%左右。发展低空经济。新建停车位1500个，启动市医院迁建。\n")
	if r.Year != 0 || r.Place != "" {
		t.Fatal(r.Year, r.Place)
	}
	var b strings.Builder
	for i, lang := range chat.Langs {
		c := beginOn(t, r, handlers.Options{})
		c.from.Chat.ID = chat.ID(chat.Telegram, fmt.Sprint(i))
		c.from.User.ID, c.from.Lang = c.from.Chat.ID, string(lang)
		for _, text := range []string{
			"公园建几个", "去年呢", "今年呢", "公园", "老旧小区去年和今年", "GDP目标", "GDP增长多少", "停车位", "医院", "低空经济", "学位多少", "学位今年呢", "地铁", "2024年公园", "北京公园", "报告分几部分", "第一部分讲了什么",
			"/figures", "/figures 公园", "/figures 去年", "/commitments", "/compare", "/outline", "/kept", "/about", "/start",
		} {
			fmt.Fprintf(&b, "> %s\n%s\n", text, whole(c.say(text)))
		}
	}
	golden.Check(t, "testdata/crawl/nameless.txt", b.String())
}

// TestKeptWords: the words behind /kept may be parted and written as those
// behind other lists.
func TestKeptWords(t *testing.T) {
	c := beginOver(t, shelfOf(t), 1, chat.Hant)
	c.say("/lang zh-Hant")
	all, want := c.say("/kept 四川").Plain(), c.say("/kept 四川 粮食").Plain()
	if want == all || !strings.Contains(want, "1 項") {
		t.Fatalf("/kept 四川 粮食 says\n%s", want)
	}
	for _, text := range []string{"/kept 四川，粮食", "/kept 四川 糧食", "/kept 四川、糧食", "/kept 四川 超額完成 糧食", "/kept 四川 超额完成 粮食"} {
		if got := c.say(text).Plain(); got != want {
			t.Errorf("%s says\n%s\nwant\n%s", text, got, want)
		}
	}
}
