package admin

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/questions"
	"jinwen/handlers/store"
	"jinwen/index"
)

var noon = time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)

const (
	admin1 = "telegram:7"
	admin2 = "telegram:12"
	nobody = "telegram:99"
)

// A talk is a bot with its admins' side, and what was said in it.
type talk struct {
	*fixture
	t     *testing.T
	bot   *handlers.Bot
	asked *questions.Log
	last  chat.Reply
	said  []chat.Reply // progress
}

func newTalk(t *testing.T, opt Options) *talk {
	dir := t.TempDir()
	clock := func() time.Time { return noon }
	opt.Clock = clock
	f := newLibrary(t, dir, opt)
	asked := questions.Open(filepath.Join(dir, "questions"), questions.Options{Location: time.UTC})
	t.Cleanup(func() { asked.Close() })
	bot := handlers.New(f.live, store.NewMemory(clock), handlers.Options{
		Topics: f.Library, Recorder: asked, Admin: NewChat(f.Library, asked, nil), Clock: clock, NoCharts: true,
	})
	return &talk{fixture: f, t: t, bot: bot, asked: asked}
}

func (k *talk) handle(m chat.Message) string {
	k.t.Helper()
	k.said = nil
	r, err := k.bot.Handle(k.t.Context(), m, func(r chat.Reply) { k.said = append(k.said, r) })
	if err != nil {
		k.t.Fatalf("Handle(%q %q %q): %v", m.Command, m.Text, m.Data, err)
	}
	if len(r.Blocks)+len(r.Files) == 0 && r.Notice == "" {
		k.t.Fatalf("Handle(%q %q %q) says nothing", m.Command, m.Text, m.Data)
	}
	for _, row := range r.Buttons {
		for _, b := range row {
			if len(b.Data) > 64 || b.Text == "" {
				k.t.Errorf("button %+v: %d bytes", b, len(b.Data))
			}
		}
	}
	if n := len([]rune(r.Notice)); n > 200 {
		k.t.Errorf("notice of %d characters", n)
	}
	k.last = r
	return r.Plain() + r.Notice
}

func message(user string) chat.Message {
	return chat.Message{Chat: chat.Chat{ID: user}, User: chat.User{ID: user, Admin: user != nobody}, Lang: "zh-hans"}
}

func (k *talk) text(user string, s string) string {
	k.t.Helper()
	m := message(user)
	m.Text = s
	if cmd, ok := strings.CutPrefix(s, "/"); ok {
		m.Command, m.Args, _ = strings.Cut(cmd, " ")
	}
	return k.handle(m)
}

func (k *talk) file(user string, name string, data []byte) string {
	k.t.Helper()
	m := message(user)
	m.Kind = chat.KindFile
	m.File = &chat.File{Name: name, Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	return k.handle(m)
}

// press presses the button of the last reply whose label contains text.
func (k *talk) press(user string, text string) string {
	k.t.Helper()
	return k.pressOf(user, k.last, text)
}

func (k *talk) pressOf(user string, r chat.Reply, text string) string {
	k.t.Helper()
	for _, b := range slices.Concat(r.Buttons...) {
		if strings.Contains(b.Text, text) {
			return k.data(user, b.Data)
		}
	}
	k.t.Fatalf("no button %q in %+v", text, r.Buttons)
	return ""
}

func (k *talk) data(user string, data string) string {
	k.t.Helper()
	m := message(user)
	m.Kind, m.Data = chat.KindButton, data
	return k.handle(m)
}

func (k *talk) want(got string, parts ...string) {
	k.t.Helper()
	for _, p := range parts {
		if !strings.Contains(got, p) {
			k.t.Errorf("reply lacks %q:\n%s", p, got)
		}
	}
}

// docx is text as a Word document.
func docx(text string) []byte {
	var body bytes.Buffer
	for p := range strings.SplitSeq(text, "\n") {
		body.WriteString("<w:p><w:r><w:t>")
		xml.EscapeText(&body, []byte(p))
		body.WriteString("</w:t></w:r></w:p>")
	}
	return zipped(map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`,
	})
}

func zipped(files map[string]string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			panic(err)
		}
	}
	z.Close()
	return buf.Bytes()
}

// next is the report of the year after sample(2024, 0): another target, one
// commitment gone, one new.
func next() string {
	s := sample(2025, 7)
	s = strings.Replace(s, "地区生产总值增长5%左右", "地区生产总值增长5.5%左右", 1)
	return strings.Replace(s, "启用南湖图书馆新馆", "开工建设北山隧道", 1)
}

func TestJourney(t *testing.T) {
	var told []string
	var mu sync.Mutex
	k := newTalk(t, Options{Activated: func(ctx context.Context, from, to *corpus.Report) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, fmt.Sprint(from.Year, "→", to.Year, " ", len(Changes(from, to)) > 0))
	}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- k.Run(ctx) }()

	k.want(k.text(admin1, "今年GDP目标"), "5%左右")
	got := k.file(admin1, `C:\Users\li\政府工作报告2025.docx`, docx(next()))
	k.want(got, "青溪市政府工作报告", "青溪市 · 2025年", "另一份报告（2025/青溪）", "2024年目标完成情况", "地区生产总值增长：目标 5%左右，实际 5.1%（超额完成）", "附件")
	if len(k.said) == 0 {
		t.Error("no progress while the file is read")
	}
	if len(k.last.Files) != 1 || !strings.Contains(string(k.last.Files[0].Data), "未报告结果") {
		t.Errorf("%d files attached", len(k.last.Files))
	}
	k.want(k.press(admin1, "自检"), "自检：版本", "数字 25 → 25", "标准问题", "5%左右", "→ 5.5%左右")
	k.want(k.text(admin1, "今年GDP目标"), "5%左右") // not live yet
	k.want(k.text(admin1, "/versions"), "待定", "随程序附带")
	k.want(k.text(admin1, "/activate nosuch"), "没有版本“nosuch”", "待定")
	k.want(k.text(admin1, "/activate 2025/青溪"), "没有版本") // it does not serve yet
	k.want(k.text(admin1, "/activate"), "待定")
	k.press(admin1, "青溪市")
	k.want(k.press(admin1, "启用"), "已启用")
	if len(k.said) != 4 || !k.last.Edit {
		t.Errorf("%d steps, edit %v; want 4 steps in the place of the message", len(k.said), k.last.Edit)
	}
	k.want(k.text(nobody, "今年GDP目标"), "5.5%左右")
	k.want(k.text(admin1, "/audit"), "导入", "启用", "政府工作报告2025.docx", "7 ·")
	k.want(k.text(admin1, "/rollback"), "回到版本")
	k.want(k.press(admin1, "取消"), "没有改变")
	k.text(admin2, "/rollback")
	k.want(k.press(admin2, "是"), "已回到")
	k.want(k.text(nobody, "今年GDP目标"), "5%左右")
	if strings.Contains(k.text(nobody, "今年GDP目标"), "5.5%") {
		t.Error("after going back the new text still answers")
	}
	k.want(k.text(admin1, "/audit"), "回到", "12 ·")
	k.want(k.text(admin1, "/reindex"), "已重建索引")
	k.want(k.file(admin1, "same.txt", []byte(sample(2024, 0))), "没有任何变化")
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"2024→2025 true"}; !slices.Equal(told, want) {
		t.Errorf("subscribers were told %q, want %q", told, want)
	}
}

func TestOnlyAdmins(t *testing.T) {
	var log bytes.Buffer
	k := newTalk(t, Options{})
	k.bot = handlers.New(k.live, store.NewMemory(nil), handlers.Options{
		Admin: NewChat(k.Library, k.asked, slog.New(slog.NewTextHandler(&log, nil))),
	})
	id := k.bring(t, 2024, 1, "7")
	for _, name := range []string{"import", "versions", "rollback", "reindex", "lexicon", "stats", "unanswered", "audit"} {
		log.Reset()
		k.want(k.text(nobody, "/"+name+" 甲=乙"), "管理员的命令（您的用户编号是 99）")
		if !strings.Contains(log.String(), "refused") || strings.Contains(log.String(), "99") || strings.Contains(log.String(), "甲") {
			t.Errorf("/%s: log %q", name, log.String())
		}
		m := message(admin1)
		m.Chat.Kind, m.Command = chat.Group, name
		k.want(k.handle(m), "私聊")
	}
	for _, args := range [][]string{{"act", id, k.store.Active().ID}, {"dis", id}, {"back", id, id}, {"reix"}, {"undo", "甲"}} {
		k.want(k.data(nobody, handlers.AdminData(args...)), "管理员的命令")
	}
	k.file(nobody, "r.txt", []byte(sample(2024, 2)))
	if n := len(k.store.Audit()); n != 1 {
		t.Errorf("%d records, want only the import", n)
	}
	// Other languages.
	m := message(nobody)
	m.Lang, m.Command = "en", "versions"
	k.want(k.handle(m), "for admins")
	m.Lang = "zh-TW"
	k.want(k.handle(m), "這是管理員")
}

func TestTwoAdmins(t *testing.T) {
	k := newTalk(t, Options{})
	a, b := sample(2024, 1), sample(2024, 2)
	k.file(admin1, "a.txt", []byte(a))
	first := k.last
	k.file(admin2, "b.txt", []byte(b))
	second := k.last
	k.want(k.pressOf(admin1, first, "启用"), "已启用")
	got := k.pressOf(admin2, second, "启用")
	k.want(got, "在此期间 7 于 03-05 12:00 启用了版本", marker(1)+"个 → "+marker(2)+"个")
	if !strings.Contains(quotes(k.ask(t, "口袋公园")), marker(1)) {
		t.Error("the second admin changed what is live without knowing of the first")
	}
	k.want(k.press(admin2, "启用"), "已启用")
	k.want(k.pressOf(admin1, first, "启用"), "在此期间 12")
	k.want(k.pressOf(admin1, first, "丢弃"), "上一版")
	k.want(k.pressOf(admin2, second, "丢弃"), "正在启用")

	// Both at the same instant: one of them waits for the other's check.
	checking, goOn := make(chan struct{}), make(chan struct{})
	k.opt.Check = func(ctx context.Context, ix *index.Index) error {
		close(checking)
		<-goOn
		return nil
	}
	id := k.bring(t, 2024, 3, "7")
	done := make(chan error)
	go func() {
		_, err := k.Activate(context.Background(), id, k.By("7"), nil)
		done <- err
	}()
	<-checking
	k.want(k.text(admin2, "/reindex"), "7 从 03-05 12:00 起正在启用")
	close(goOn)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestCheckRefuses(t *testing.T) {
	k := newTalk(t, Options{Check: func(ctx context.Context, ix *index.Index) error {
		if strings.Contains(ix.Report().Text, marker(1)) {
			return fmt.Errorf("does not answer")
		}
		return nil
	}})
	k.file(admin1, "a.txt", []byte(sample(2024, 1)))
	k.want(k.press(admin1, "启用"), "没有通过检查")
	if v := k.store.Active(); !v.Embedded || k.live.Report().ID != v.ID {
		t.Errorf("active: %+v", v)
	}
}

// A bad file gives one clear message, and nothing changes.
func TestBadFiles(t *testing.T) {
	good := sample(2025, 1)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	png := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), bytes.Repeat([]byte{0, 1, 0xff, 0x7f}, 500)...)
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...)
	ole = append(ole, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...)
	word := docx(good)
	scan := "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>\nendobj\n"
	start := len(scan)
	scan += fmt.Sprintf("xref\n0 4\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n%010d 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		strings.Index(scan, "1 0 obj"), strings.Index(scan, "2 0 obj"), strings.Index(scan, "3 0 obj"), start)
	k := newTalk(t, Options{})
	before := k.live.Report()
	for _, c := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"empty", "r.txt", nil, "没有文字"},
		{"white space", "r.txt", []byte(" \n\r\n　\n"), "没有文字"},
		{"binary", "r.txt", bytes.Repeat([]byte{0, 1, 2, 3, 0xfe}, 4000), "不是文本文件"},
		{"image renamed", "r.txt", png, "不是文本文件"},
		{"truncated docx", "r.docx", word[:len(word)*2/3], "损坏或不完整"},
		{"zip that is no docx", "r.docx", zipped(map[string]string{"a.txt": good}), "r.docx"},
		{"zip bomb", "r.docx", zipped(map[string]string{"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + strings.Repeat(" ", 110<<20)}), "远远超过"},
		{"password", "r.docx", ole, "密码"},
		{"50 MB", "r.txt", bytes.Repeat([]byte("报告"), 50<<20/6), "20 MB"},
		{"scanned pages", "r.pdf", []byte(scan), "扫描"},
		{"no report", "r.txt", []byte(strings.Repeat("从前有座山，山里有座庙，庙里有个老和尚在讲故事。\n", 60)), "不像政府工作报告"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k.t = t
			got := k.file(admin1, c.file, c.data)
			if c.name == "zip that is no docx" {
				if !slices.ContainsFunc(table.Hans.Problems, func(p problem) bool { return p.Text == got }) {
					t.Errorf("reply %q", got)
				}
			} else {
				k.want(got, c.want)
			}
			if len(k.last.Buttons) > 0 || strings.Contains(got, "\n") {
				t.Errorf("reply %q with %d rows of buttons, want a line", got, len(k.last.Buttons))
			}
			if k.live.Report() != before || len(k.store.Audit()) != 0 {
				t.Error("a bad file changed something")
			}
		})
	}
	k.t = t
	k.want(k.file(admin1, "声称是UTF-8.txt", gbk), "青溪市 · 2025年") // decoded all the same
	if r, err := k.store.Report(extract.ParseText(good).ID); err != nil || r.Text != good {
		t.Errorf("GBK text was not kept as it is: %v", err)
	}
	k.want(k.file(admin1, "short.txt", []byte(brief(3))), "不到 2000 字")
	k.want(k.press(admin1, "仍然启用"), "已启用")
}

func TestWords(t *testing.T) {
	k := newTalk(t, Options{})
	const q = "遛娃圣境有多少"
	k.text(nobody, q)
	k.text(nobody, "口袋公园")
	if a := k.ask(t, q); a.Status == index.Answered {
		t.Fatalf("%s is answered without a lexicon: %s", q, quotes(a))
	}
	k.want(k.text(admin1, "/lexicon"), "还没有自定义词")
	k.want(k.text(admin1, "/lexicon 遛娃圣境"), "格式")
	k.want(k.text(admin1, "/lexicon try 遛娃圣境＝口袋公园"), "试用", "2 个问题中有 1 个", q, "未找到", "口袋公园"+marker(0))
	if a := k.ask(t, q); a.Status == index.Answered {
		t.Error("a word that was only tried counts")
	}
	k.want(k.press(admin1, "保存"), "已添加，立即生效：遛娃圣境=口袋公园")
	k.want(k.press(admin1, "撤销"), "已删除：遛娃圣境")
	k.want(k.text(admin1, "/lexicon 遛娃圣境=口袋公园，街心花园"), "已添加，立即生效：遛娃圣境=口袋公园,街心花园", q)
	added := k.last
	if a := k.ask(t, q); a.Status != index.Answered || !strings.Contains(quotes(a), "口袋公园") {
		t.Errorf("%s with the word = %s", q, a.Status)
	}
	k.want(k.text(admin1, "/lexicon"), "自定义词（1 个）", "遛娃圣境=口袋公园,街心花园")
	k.want(k.text(admin1, "/lexicon 遛娃圣境=口袋公园"), "原来是：遛娃圣境=口袋公园,街心花园")

	// It outlives a restart and a change of version.
	again, err := Open(t.Context(), k.store, new(index.Live), k.opt)
	if err != nil {
		t.Fatal(err)
	}
	defer again.live.Close()
	if a, err := again.live.Ask(t.Context(), index.Query{Text: q}); err != nil || a.Status != index.Answered {
		t.Errorf("after a restart: %v %v", a.Status, err)
	}
	if _, err := k.Activate(t.Context(), k.bring(t, 2024, 5, "7"), k.By("7"), nil); err != nil {
		t.Fatal(err)
	}
	if a := k.ask(t, q); a.Status != index.Answered {
		t.Error("the word is lost with the version")
	}
	k.want(k.pressOf(admin2, added, "撤销"), "已删除：遛娃圣境")
	if a := k.ask(t, q); a.Status == index.Answered {
		t.Error("the word counts after it was removed")
	}
	k.want(k.text(admin1, "/lexicon remove 遛娃圣境"), "里没有它")
	k.want(k.text(admin1, "/audit"), "添加词 遛娃圣境=口袋公园,街心花园", "7 · 删除词 遛娃圣境", "12 · 删除词 遛娃圣境")
}

func TestSight(t *testing.T) {
	k := newTalk(t, Options{})
	k.want(k.text(admin1, "/stats"), "没有人提问")
	k.want(k.text(admin1, "/unanswered"), "没有人提问")
	for _, q := range []string{"遛娃圣境有多少", "今年遛娃圣境", "口袋公园", "口袋公园"} {
		k.text(nobody, q)
	}
	k.asked.Record(handlers.Event{Time: noon, User: "u", Question: "口袋公园", Status: index.Answered, Vote: -1})
	k.want(k.text(admin1, "/stats"), "4 个问题，1 人；答出 2（50%），未找到 2", "👎 1", "99% ≤", "03-05", "建设宜居城市", "报告没有提到 2", "口袋公园")
	k.want(k.press(admin1, "未回答"), "遛娃圣境：1 人，2 次", "今年遛娃圣境")
	list := k.last
	k.want(k.press(admin1, "＋ 遛娃圣境"), "在报告里叫什么", "/lexicon 遛娃圣境=")
	for _, b := range slices.Concat(k.last.Buttons...) {
		k.want(k.data(admin1, b.Data), "已添加")
		break
	}
	k.pressOf(admin1, list, "CSV")
	if len(k.last.Files) != 1 || !strings.HasPrefix(string(k.last.Files[0].Data), "\ufeffgroup,") || !strings.Contains(string(k.last.Files[0].Data), "遛娃圣境有多少") {
		t.Errorf("CSV: %+v", k.last)
	}
	k.want(k.text(admin1, "/stats 9999"), "1 到 365")
	k.want(k.text(admin1, "/stats many"), "1 到 365")
	// Nothing on disk tells who asked.
	filepath.WalkDir(filepath.Join(k.dir, "questions"), func(path string, d os.DirEntry, err error) error {
		if data, _ := os.ReadFile(path); strings.Contains(string(data), fmt.Sprint(`"`, nobody)) || strings.Contains(string(data), fmt.Sprint(`:`, nobody, `,`)) {
			t.Errorf("%s names a user: %s", path, data)
		}
		return nil
	})
}

// Whatever a button carries, the answer is a valid reply, and nothing changes
// without a version that is there.
func FuzzButton(f *testing.F) {
	f.Add("act:1f0c6a2be0d4:9d3e5c7a1b20")
	f.Add("word:摇号")
	f.Add("mean:摇号:-1:1f0c6a")
	f.Add("csv:99999999999999999999")
	f.Add("back:x:y")
	f.Add("::")
	store1, err := version.Open(f.TempDir(), version.Options{Embedded: zero})
	if err != nil {
		f.Fatal(err)
	}
	live := new(index.Live)
	lib, err := Open(f.Context(), store1, live, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { live.Close() })
	bot := handlers.New(live, store.NewMemory(nil), handlers.Options{Admin: NewChat(lib, questions.Open(f.TempDir(), questions.Options{}), nil)})
	f.Fuzz(func(t *testing.T, data string) {
		m := message(admin1)
		m.Kind, m.Data = chat.KindButton, "adm:-:"+data
		r, err := bot.Handle(t.Context(), m, nil)
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if len(r.Blocks)+len(r.Files) == 0 && r.Notice == "" {
			t.Fatalf("%q: silence", data)
		}
		for _, row := range r.Buttons {
			for _, b := range row {
				if len(b.Data) > 64 || len(b.Data) == 0 {
					t.Fatalf("%q: button %+v", data, b)
				}
			}
		}
		if v := store1.Active(); !v.Embedded {
			t.Fatalf("%q: %+v is live", data, v)
		}
	})
}

func TestParseWord(t *testing.T) {
	for in, want := range map[string]string{
		"摇号=个人普通车摇号指标":                  "摇号=个人普通车摇号指标",
		" 摇号 ＝ 甲 、乙， 乙;摇号":              "摇号=甲,乙",
		"GDP=地区生产总值":                    "GDP=地区生产总值",
		"摇号":                            "",
		"=甲":                            "",
		"摇号=":                           "",
		"摇号=摇号":                         "",
		"甲=乙=丙":                         "",
		"12=34":                         "",
		"甲甲=" + strings.Repeat("长", 25): "",
		"甲甲=一,二,三,四,五,六,七,八,九": "",
	} {
		w, err := ParseWord(in)
		if got := w.String(); err == nil && got != want || err != nil && want != "" {
			t.Errorf("ParseWord(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}
