package handlers

import (
	"fmt"
	"testing"
	"time"

	"jinwen/corpus"
	"jinwen/handlers/chat"
)

// However many people ask, what is remembered of their talks has a bound.
func TestTalksBound(t *testing.T) {
	b := &Bot{}
	now := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	for i := range 2*maxTalks + 10 {
		turn := &Turn{Message: chat.Message{Chat: chat.Chat{ID: fmt.Sprint("telegram:", i)}}, Now: now.Add(time.Duration(i) * time.Millisecond), bot: b,
			Report: &corpus.Report{}}
		turn.setTalk(talk{})
		if n := len(b.talks.m); n > maxTalks {
			t.Fatalf("%d talks, want at most %d", n, maxTalks)
		}
	}
	if n := len(b.talks.m); n == 0 {
		t.Error("the last talk is forgotten as well")
	}
}

func TestPack(t *testing.T) {
	for _, s := range []string{"", "{}", `{"q":["口袋公园"],"r":{"text":"口袋公园"}}`, "\x00\x01", fmt.Sprint(make([]int, 5000))} {
		got, err := unpack(pack([]byte(s)))
		if err != nil || string(got) != s {
			t.Errorf("unpack(pack(%.20q)) = %.20q, %v", s, got, err)
		}
	}
	if got, err := unpack([]byte(`{"q":["x"]}`)); err != nil || string(got) != `{"q":["x"]}` {
		t.Errorf("what an earlier release kept = %q, %v", got, err)
	}
	if _, err := unpack([]byte{packed, 0xff, 0xff}); err == nil {
		t.Error("what is damaged unpacks")
	}
}
