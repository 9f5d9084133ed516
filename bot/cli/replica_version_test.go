package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/store/pgtest"
)

// everywhere is how long a new version may take to be active on all machines.
const everywhere = 2 * time.Second

// A version that is activated on a third machine is live on both that serve in
// time, with the admins' words, and each subscriber is told once, although the
// machine that tells is killed in the middle of it.
func TestReplicasVersion(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	report, err := filepath.Abs("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	all := []*replica{newReplica(t, s, state), newReplica(t, s, state)}
	leader(t, all...)
	var people []bottest.User
	for range 12 {
		people = append(people, s.User("x", "zh-hans"))
	}
	for _, u := range people {
		s.Text(u.Private(), u, "/subscribe")
		s.Next(u.Private())
	}
	third := newProgram(t, s, "JINWEN_STATE="+state)
	began := time.Now()
	if out, err := third.command("import", report).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	slack := time.Duration(0)
	if took := time.Since(began); took > 3*time.Second { // this machine is busy
		slack = 3 * took
	}
	held := make(chan struct{}, 1)
	s.Inject("sendMessage", func(r bottest.Request) *bottest.Fault {
		if r.Params["chat_id"] == fmt.Sprint(people[5].ID) {
			select {
			case held <- struct{}{}:
			default:
			}
			return &bottest.Fault{Delay: bottest.Patience}
		}
		return nil
	})
	id, _, _ := strings.Cut(pg.SQL(state, "SELECT convert_from(line, 'UTF8')::json->>'version' FROM jinwen_journal ORDER BY seq LIMIT 1"), "\n")
	for i, r := range all {
		if r.shows("青溪市") {
			t.Errorf("machine %d shows a report that is not active", i)
		}
	}
	ended := make(chan error, 1)
	go func() {
		out, err := third.command("activate", id).CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		ended <- err
	}()
	const activated = "SELECT count(*) FROM jinwen_journal WHERE convert_from(line, 'UTF8') LIKE '%\"activated\"%'"
	for limit := time.Now().Add(time.Minute); pg.SQL(state, activated) == "0"; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatal("nothing is activated")
		}
	}
	began = time.Now()
	for i, r := range all {
		for !r.shows("青溪市") {
			if time.Since(began) > atLast {
				t.Fatalf("not live on machine %d:\n%s", i, r.logs.String())
			}
			time.Sleep(5 * time.Millisecond)
		}
		took := time.Since(began)
		t.Logf("live on machine %d %v after it was activated on another", i, took.Round(time.Millisecond))
		if took > everywhere+slack {
			t.Errorf("want %v", everywhere)
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	<-held
	teller := pg.SQL(state, "SELECT holder FROM jinwen_lease WHERE name = 'lead'")
	killed := false
	for _, r := range all {
		if strings.Contains(teller, fmt.Sprintf(" %d ", r.cmd.Process.Pid)) {
			r.kill()
			killed = true
		}
	}
	if !killed {
		t.Fatalf("nobody is %q", teller)
	}
	began = time.Now()
	s.Inject("sendMessage", nil)
	for _, u := range people {
		if m := s.Next(u.Private()); !strings.Contains(m.Text, "青溪市") {
			t.Errorf("told %q", m.Text)
		}
	}
	t.Logf("all told %v after who told was killed", time.Since(began).Round(100*time.Millisecond))
	if took := time.Since(began); took > takeover+5*time.Second+slack {
		t.Error("too late")
	}
	time.Sleep(2 * time.Second)
	for i, u := range people {
		if n := len(s.Said(u.Private())); n != 2 {
			t.Errorf("%d messages to subscriber %d, want 2", n, i)
		}
	}
}
