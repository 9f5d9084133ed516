package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/handlers"
)

// A shelf is a source with a second report beside the home place's.
type shelf struct {
	handlers.Source
	other *corpus.Report
}

func (s shelf) Held(id string) *corpus.Report {
	if s.other.ID == id {
		return s.other
	}
	return nil
}

func (s shelf) Before(*corpus.Report) *corpus.Report { return nil }
func (s shelf) Newest(string) *corpus.Report         { return nil }

func (s shelf) Named(word string) *corpus.Report {
	if slices.Contains([]string{"云岭", "云岭县", "2024/云岭", corpus.ReportName(s.other.Year, s.other.Place)}, word) {
		return s.other
	}
	return nil
}

// Browsing, lists and notices go by report where there are several.
func TestByReport(t *testing.T) {
	c := begin(t, handlers.Options{})
	other := extract.ParseText(strings.NewReplacer("青溪县", "云岭县", "5.5%", "6.5%", "全县", "全县").Replace(reportText))
	home := c.bot
	src := shelf{indexOf(t, c.report), other}
	c.bot = handlers.New(src, c.store, handlers.Options{Clock: c.now, Salt: []byte("salt"), Topics: ourTopics})
	c.report = other

	want(t, c.say("/figures 云岭 生产总值"), "6.5%")
	wantNo(t, c.last, "5.5%")
	want(t, c.say("/figures 云岭，生产总值"), "6.5%")
	want(t, c.say("/outline 2024/云岭"), "云岭县2024年")
	r := c.press("2024年主要目标任务")
	want(t, r, "2024年主要目标任务")
	want(t, c.say("/commitments 云岭县 教育"), "新增义务教育学位4000个")
	want(t, c.say("/compare 云岭"), "6.5%")

	c.report = src.Report()
	want(t, c.say("/figures 生产总值"), "5.5%")
	if got := c.say("/subscribe 云岭 教育").Plain(); !strings.Contains(got, "云岭 · 教育") {
		t.Errorf("subscribed: %s", got)
	}
	c.from.Chat.ID, c.from.User.ID = "11", "11"
	want(t, c.say("/subscribe"), "已订阅：全部主题")
	changes := []handlers.Change{{Kind: handlers.Added, New: "新增义务教育学位4000个"}}
	for _, x := range []struct {
		of   *corpus.Report
		told string
	}{{other, "telegram:10"}, {src.Report(), "11"}} {
		out := &outbox{sent: make(map[string]string)}
		if sent, _, err := c.bot.Announce(t.Context(), out, x.of, changes, ""); sent != 1 || err != nil || !strings.Contains(out.sent[x.told], x.of.Place) {
			t.Errorf("Announce of %s told %v, %v; want %s alone", x.of.Place, out.sent, err, x.told)
		}
	}

	// With one report a place is a word like others, and everybody is told.
	c.bot = home
	c.from.Chat.ID, c.from.User.ID = "12", "12"
	wantNo(t, c.say("/figures 云岭"), "6.5%")
	out := &outbox{sent: make(map[string]string)}
	c.say("/subscribe")
	if sent, _, _ := home.Announce(t.Context(), out, src.Report(), changes, ""); sent != 2 {
		t.Errorf("%d told of the only report, want 2", sent)
	}
}
