package handlers

import (
	"sync"
	"time"

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

// talks are the talks of the last ten minutes, in memory only. The zero value
// is empty; safe for concurrent use.
type talks struct {
	mu sync.Mutex
	m  map[talkKey]talk
}

func (t *Turn) talkKey() talkKey { return talkKey{t.Chat.ID, t.Thread, t.User.ID} }

// talk is what t may follow on; ok is false if there is nothing.
func (t *Turn) talk() (talk, bool) {
	if t.Chat.ID == "" {
		return t.told()
	}
	ts := &t.bot.talks
	ts.mu.Lock()
	defer ts.mu.Unlock()
	k, ok := ts.m[t.talkKey()]
	if !ok || t.Now.Sub(k.at) > talkLife || k.report != t.Report.ID {
		return talk{}, false
	}
	return k, true
}

// told is the talk that the transport itself remembers.
func (t *Turn) told() (talk, bool) {
	if len(t.Before) == 0 {
		return talk{}, false
	}
	q := asked{Texts: t.Before[max(0, len(t.Before)-maxChain+1):]}
	return talk{asked: q, last: q.read(), report: t.Report.ID, at: t.Now}, true
}

func (t *Turn) setTalk(k talk) {
	if t.Chat.ID == "" {
		return
	}
	k.at = t.Now
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
