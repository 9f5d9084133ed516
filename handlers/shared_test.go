package handlers_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"jinwen/handlers"
	"jinwen/handlers/store"
)

// outage is an engine that can be away.
type outage struct {
	store.Engine
	away atomic.Bool
}

func (o *outage) View(f func(store.Tx) error) error {
	if o.away.Load() {
		return store.ErrAway
	}
	return o.Engine.View(f)
}

func (o *outage) Update(f func(store.Tx) error) error {
	if o.away.Load() {
		return store.ErrAway
	}
	return o.Engine.Update(f)
}

// While the state is away questions are answered as ever, and their buttons
// work; what a person wants kept is refused with words, in their language.
func TestStateAway(t *testing.T) {
	c := begin(t, handlers.Options{})
	o := &outage{Engine: store.NewMemory(c.now).Engine()}
	c.bot = handlers.New(indexOf(t, c.report), store.New(store.NewWaiting(o), c.now), handlers.Options{Clock: c.now, Salt: []byte("salt"), Topics: ourTopics, ShareTalks: true})
	first := c.say("新建公园多少个")
	english := c.say("/lang").Buttons[0][2].Data
	o.away.Store(true)
	if again := c.say("新建公园多少个"); again.Plain() != first.Plain() {
		t.Errorf("answered with\n%s\nwant\n%s", again.Plain(), first.Plain())
	}
	if r := c.data(c.last.Buttons[0][0].Data); r.Notice == "" && len(r.Blocks) == 0 {
		t.Error("a button of an answer given meanwhile does nothing")
	}
	for _, command := range []string{"/subscribe", "/unsubscribe"} {
		if r := c.say(command); !strings.Contains(r.Plain(), "暂时连不上") {
			t.Errorf("%s: %s", command, r.Plain())
		}
	}
	if r := c.data(english); !strings.Contains(r.Notice+r.Plain(), "连不上") && !strings.Contains(r.Notice+r.Plain(), "reached") {
		t.Errorf("a choice of language: %q %s", r.Notice, r.Plain())
	}
	o.away.Store(false)
	if r := c.say("/subscribe"); strings.Contains(r.Plain(), "连不上") {
		t.Errorf("after it is back: %s", r.Plain())
	}
}

// What follows on the question before is understood by another machine.
func TestSharedTalk(t *testing.T) {
	talk := []string{"今年GDP目标是多少", "那去年呢", "新建公园多少个", "去年呢"}
	alone := begin(t, handlers.Options{})
	both := begin(t, handlers.Options{ShareTalks: true})
	other := handlers.New(indexOf(t, both.report), both.store, handlers.Options{ShareTalks: true, Clock: both.now, Salt: []byte("salt"), Topics: ourTopics})
	for _, q := range talk {
		want, got := alone.say(q), both.say(q)
		if got.Plain() != want.Plain() {
			t.Errorf("%s: two machines say\n%s\nwant\n%s", q, got.Plain(), want.Plain())
		}
		both.bot, other = other, both.bot
	}
}
