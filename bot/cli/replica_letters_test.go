package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/store/pgtest"
)

// What one machine set aside any machine shows, and has handled once more: once
// by all of them together.
func TestReplicaLetters(t *testing.T) {
	if testing.Short() {
		t.Skip("starts four machines")
	}
	pg := pgtest.New(t)
	for _, pushes := range []bool{false, true} {
		name := map[bool]string{false: "polled", true: "pushed"}[pushes]
		t.Run(name, func(t *testing.T) {
			s := bottest.NewServer(t)
			state := pg.URL()
			var all []*replica
			hooks := []string{freeAddress(t), freeAddress(t)}
			front := balance(t, hooks...)
			for _, hook := range hooks {
				var env []string
				if pushes {
					env = []string{"JINWEN_WEBHOOK_URL=" + front + "/hook", "JINWEN_WEBHOOK_SECRET=word", "JINWEN_WEBHOOK_LISTEN=" + hook}
				}
				all = append(all, newReplica(t, s, state, env...))
			}
			a, b := all[0], all[1]
			if pushes {
				takePart(t, a, b)
			} else {
				leader(t, a, b)
			}
			ann := s.User("Ann", "zh-hans")
			before := s.Text(ann.Private(), ann, "地铁")
			s.Next(ann.Private())
			update, err := json.Marshal(map[string]any{"update_id": 77, "message": map[string]any{"message_id": before.ID, "date": 1700000000,
				"text": "口袋公园", "from": map[string]any{"id": ann.ID, "language_code": "zh-hans"}, "chat": map[string]any{"id": ann.ID, "type": "private"}}})
			if err != nil {
				t.Fatal(err)
			}
			// As a machine leaves it that found the database away.
			err = dispatch.OpenDeadLetters(filepath.Join(a.dir, "data", "dead-letters"), nil).Put(dispatch.DeadLetter{ID: "telegram:77",
				Time: time.Now(), Kind: "text", Reason: dispatch.ReasonLate, Tries: dispatch.MaxTries, Update: update})
			if err != nil {
				t.Fatal(err)
			}
			on := func(r *replica, args ...string) string {
				t.Helper()
				out, err := r.command(append([]string{"dead-letters"}, args...)...).CombinedOutput()
				if err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				return string(out)
			}
			if got := on(a); !strings.Contains(got, "telegram:77") {
				t.Errorf("on its own machine: %q", got)
			}
			if got := on(b); !strings.Contains(got, "telegram:77") {
				t.Errorf("on the other: %q", got)
			}
			on(b, "--retry", "telegram:77")
			if m := s.Next(ann.Private()); !strings.Contains(m.Text, "口袋公园") {
				t.Errorf("handled once more: %q", m.Text)
			}
			s.Until("the letter to be gone", func() bool {
				return pg.SQL(state, "SELECT (SELECT count(*) FROM jinwen_kv WHERE bucket = 'dead') + (SELECT count(*) FROM jinwen_queue)") == "0"
			})
			time.Sleep(5 * time.Second) // in which both look twice
			if n := len(s.Said(ann.Private())); n != 2 {
				t.Errorf("%d answers, want 2", n)
			}
			if left, err := os.ReadDir(filepath.Join(a.dir, "data", "dead-letters")); err == nil {
				for _, f := range left {
					if !f.IsDir() {
						t.Errorf("%s is still in the folder", f.Name())
					}
				}
			}
			a.stop()
			b.stop()
		})
	}
}
