package dispatch

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatch: who is at work longer than they may is stuck, and the first of
// them is named.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := NewWatch()
		stuck := func(n int, why string) {
			t.Helper()
			if gotN, got := w.Stuck(); gotN != n || got != why {
				t.Errorf("Stuck = %d, %q, want %d, %q", gotN, got, n, why)
			}
		}
		stuck(0, "")
		first := w.Begin("a first", time.Minute)
		time.Sleep(time.Second)
		second := w.Begin("a second", time.Second)
		patient := w.Begin("a patient one", time.Hour)
		time.Sleep(time.Second)
		stuck(0, "") // its time is just over
		time.Sleep(time.Second)
		stuck(1, "a worker is stuck: a second for 2s")
		time.Sleep(time.Minute)
		stuck(2, "a worker is stuck: a first for 1m3s")
		first.End()
		stuck(1, "a worker is stuck: a second for 1m2s")
		second.End()
		patient.End()
		stuck(0, "")
		if len(w.work) != 0 {
			t.Errorf("%d are remembered after they ended", len(w.work))
		}
	})
	var none *Watch
	none.Begin("nothing", 0).End()
	if n, why := none.Stuck(); n != 0 || why != "" {
		t.Errorf("a nil Watch: %d, %q", n, why)
	}
}

// TestHealth: what is asked from outside: whether the process lives, whether
// people reach the bot, and the figures.
func TestHealth(t *testing.T) {
	why := "telegram: no answer yet"
	h := Health(NewRegistry(), func() string { return why })
	get := func(method, path string, code int, body string) {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != code || !strings.Contains(w.Body.String(), body) {
			t.Errorf("%s %s: %d, %.80q, want %d, %q", method, path, w.Code, w.Body.String(), code, body)
		}
	}
	get("GET", "/healthz", 200, "ok")
	get("GET", "/readyz", 503, why)
	why = ""
	get("GET", "/readyz", 200, "ok")
	get("GET", "/metrics", 200, "go_goroutines")
	get("GET", "/metrics", 200, "process_")
	get("POST", "/healthz", 405, "")
	get("GET", "/", 404, "")
}
