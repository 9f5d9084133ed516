package handlers

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/index/question"
)

// talkLife is how long 那去年呢 still refers to the last question.
const talkLife = 10 * time.Minute

// maxTalks bounds the memory of talks; a full one drops the expired, and then
// begins anew.
const maxTalks = 20000

// A place where one person's questions follow on each other.
type talkKey struct {
	chat   string
	thread int
	user   string
}

// A talk is the last question there.
type talk struct {
	asked  asked
	last   *question.Question
	report string // id of the report that answered
	page   int    // last page shown
	at     time.Time
	prev   *talk // the question before it; nil if there was none
}

// talks are the talks of the last ten minutes, in memory; where several
// machines answer, in the store as well. The zero value is empty; safe for
// concurrent use.
type talks struct {
	mu sync.Mutex
	m  map[talkKey]talk
}

func (t *Turn) talkKey() talkKey { return talkKey{t.Chat.ID, t.Thread, t.User.ID} }

// talk returns what t may follow on; ok is false if there is nothing.
func (t *Turn) talk() (talk, bool) {
	if t.Chat.ID == "" {
		return t.told()
	}
	if k, ok := t.pointed(); ok {
		return k, true
	}
	k, ok := t.lastTalk()
	if !ok || t.Now.Sub(k.at) > talkLife || t.held(k.report) == nil {
		return talk{}, false
	}
	return k, true
}

// lastTalk returns the last question of the person there.
func (t *Turn) lastTalk() (talk, bool) {
	if t.bot.opt.ShareTalks {
		data, ok, err := t.bot.store.Lookup(t.talkID())
		var k sharedTalk
		if err == nil && ok {
			err = json.Unmarshal(data, &k)
		}
		if err == nil {
			return k.talk(), ok
		}
		t.log.Debug("talk not read", logErr, err)
	}
	ts := &t.bot.talks
	ts.mu.Lock()
	defer ts.mu.Unlock()
	k, ok := ts.m[t.talkKey()]
	return k, ok
}

// talkID returns the id of the store's entry for a talk. It shows nobody's id.
func (t *Turn) talkID() string {
	return talkPrefix + t.bot.hash("talk", fmt.Sprintf("%s\x00%d\x00%s", t.Chat.ID, t.Thread, t.User.ID))
}

// A sharedTalk is a talk as the store keeps it.
type sharedTalk struct {
	Asked  asked              `json:"a"`
	Last   *question.Question `json:"l,omitempty"`
	Report string             `json:"r"`
	Page   int                `json:"p,omitempty"`
	At     time.Time          `json:"t"`
	Prev   *sharedTalk        `json:"b,omitempty"`
}

// share returns k with as many as depth questions before it.
func (k *talk) share(depth int) *sharedTalk {
	if k == nil || depth < 0 {
		return nil
	}
	return &sharedTalk{k.asked, k.last, k.report, k.page, k.at, k.prev.share(depth - 1)}
}

func (k *sharedTalk) talk() talk {
	out := talk{asked: k.Asked, last: k.Last, report: k.Report, page: k.Page, at: k.At}
	if k.Prev != nil {
		prev := k.Prev.talk()
		out.prev = &prev
	}
	return out
}

// pointed returns what t replies to: the part of the bot's message that was marked,
// or what that message answered, whoever had asked it.
func (t *Turn) pointed() (talk, bool) {
	if t.Quote != "" {
		q := readAsked(withoutValues(t.Report, t.Quote))
		return talk{asked: q, last: q.Read, report: t.Report.ID, at: t.Now}, true
	}
	var q asked
	found, page := false, 0
	for _, d := range t.ReplyData {
		parts := strings.Split(d, ":")
		if len(parts) < 3 || t.held(parts[1]) == nil {
			continue
		}
		switch parts[0] {
		case actView, actYear, actVote:
			if !found {
				q, found = t.recallQuestion(parts[2])
			}
		}
		if len(parts) == 5 && parts[0] == actView && parts[4] == "1" {
			page, _ = number(parts[3], maxPages) // the button that unfolds this page
		}
	}
	if !found {
		return talk{}, false
	}
	return talk{asked: q, last: q.Read, report: t.Report.ID, page: page, at: t.Now}, true
}

// withoutValues returns a part of the report without the values of its figures, which
// are not what a question about it is after: 改建农村公路 of 改建农村公路86公里.
func withoutValues(r *corpus.Report, quote string) string {
	i := strings.Index(r.Text, quote)
	if i < 0 {
		return quote
	}
	from := utf8.RuneCountInString(r.Text[:i])
	s := corpus.Span{Start: from, End: from + utf8.RuneCountInString(quote)}
	var b strings.Builder
	for _, f := range r.Figures {
		if f.Start >= s.Start && s.Contains(f.Span) {
			b.WriteString(r.Quote(corpus.Span{Start: s.Start, End: f.Start}))
			s.Start = f.End
		}
	}
	b.WriteString(r.Quote(s))
	return b.String()
}

// told returns the talk that the transport itself remembers.
func (t *Turn) told() (talk, bool) {
	if len(t.Before) == 0 {
		return talk{}, false
	}
	q := readAsked(t.Before[max(0, len(t.Before)-maxChain+1):]...)
	return talk{asked: q, last: q.Read, report: t.Report.ID, at: t.Now}, true
}

func (t *Turn) setTalk(k talk) {
	if t.Chat.ID == "" {
		return
	}
	k.at = t.Now
	if t.bot.opt.ShareTalks {
		data, err := json.Marshal(k.share(maxChain))
		if err == nil {
			err = t.bot.store.Put(t.talkID(), data, t.Now.Add(talkLife))
		}
		if err != nil {
			t.log.Debug("talk not shared", logErr, err)
		}
	}
	ts := &t.bot.talks
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if ts.m == nil {
		ts.m = make(map[talkKey]talk)
	}
	if len(ts.m) >= maxTalks {
		for key, old := range ts.m {
			if t.Now.Sub(old.at) > talkLife {
				delete(ts.m, key)
			}
		}
		if len(ts.m) >= maxTalks {
			clear(ts.m)
		}
	}
	ts.m[t.talkKey()] = k
}
