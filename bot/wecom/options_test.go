package wecom

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"jinwen/handlers/chat"
)

// TestDefaults: what holds where nothing is set is what the options say, and what
// is set stays.
func TestDefaults(t *testing.T) {
	o, err := Options{BotID: "b", Secret: "s"}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	want := Limits{Ping: 30 * time.Second, Ack: 5 * time.Second, Dial: 15 * time.Second, ReconnectMin: time.Second, ReconnectMax: 30 * time.Second, TooOften: 2 * time.Second, GiveUp: 24 * time.Hour}
	if d := cmp.Diff(want, o.Limits); d != "" {
		t.Errorf("limits (-want +got):\n%s", d)
	}
	if got := fmt.Sprint(o.Parallel, o.Queue, o.PerUser, o.HandleTime, o.StopTime, o.URL == DefaultURL, o.Logger != nil, o.Client != nil, o.Seen != nil); got != "16 1000 10 1m0s 20s true true true true" {
		t.Errorf("options: %s", got)
	}
	set := Options{BotID: "b", Secret: "s", URL: "ws://h", Parallel: 1, Queue: 2, PerUser: 3, HandleTime: 4, StopTime: 5, Limits: Limits{6, 7, 8, 9, 10, 11, 12}}
	if o, err = set.withDefaults(); err != nil || fmt.Sprint(o.Parallel, o.Queue, o.PerUser, o.HandleTime, o.StopTime, o.URL, o.Limits) != fmt.Sprint(1, 2, 3, time.Duration(4), time.Duration(5), "ws://h", set.Limits) {
		t.Errorf("what was set is %+v, %v", o, err)
	}
	for _, bad := range []Options{{}, {BotID: "b"}, {Secret: "s"}} {
		if _, err := bad.withDefaults(); err == nil {
			t.Errorf("%+v will do", bad)
		}
	}
	r := prometheus.NewRegistry()
	if _, err := newMetrics(r); err != nil {
		t.Fatal(err)
	}
	if families, err := r.Gather(); err != nil || len(families) != 7 {
		t.Errorf("%d metrics, %v", len(families), err)
	}
	if _, err := newMetrics(r); err == nil {
		t.Error("the same metrics twice")
	}
}

// TestUploadBounds: what is too large is not begun.
func TestUploadBounds(t *testing.T) {
	w := &WeCom{}
	for _, a := range []chat.Attachment{{Name: "a", Data: make([]byte, maxFileBytes+1)}, {Name: strings.Repeat("a", maxNameBytes+1), Data: []byte("x")}} {
		if _, _, err := w.upload(t.Context(), a); err == nil || !strings.Contains(err.Error(), "is more than") {
			t.Errorf("%d bytes called %.10q: %v", len(a.Data), a.Name, err)
		}
	}
}
