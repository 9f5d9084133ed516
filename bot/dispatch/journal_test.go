package dispatch

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// reopen is the end of the process as a kill brings it, and the next start.
func reopen(t *testing.T, j *Journal) *Journal {
	t.Helper()
	next, err := OpenJournal(j.path, j.now)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func openJournal(t *testing.T, now func() time.Time) *Journal {
	t.Helper()
	j, err := OpenJournal(filepath.Join(t.TempDir(), "handling"), now)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestJournal(t *testing.T) {
	const id = "telegram:5001"
	tests := []struct {
		name  string
		do    func(j *Journal) *Journal
		tries int
		sent  bool // the first part
		over  bool // it is not to be sent (again)
		all   bool // the answer is complete
	}{
		{"nothing noted", func(j *Journal) *Journal { return reopen(t, j) }, 0, false, false, false},
		{"killed while it was handled", func(j *Journal) *Journal { j.Begin(id); return reopen(t, j) }, 1, false, false, false},
		{"three times", func(j *Journal) *Journal {
			for range 3 {
				j.Begin(id)
				j = reopen(t, j)
			}
			return j
		}, 3, false, false, false},
		{"it only waits to be sent", func(j *Journal) *Journal { j.Begin(id); j.Handled(id); return reopen(t, j) }, 0, false, false, false},
		{"stopped in good order", func(j *Journal) *Journal { j.Begin(id); j.Close(); return reopen(t, j) }, 0, false, false, false},
		{"a time-out counts", func(j *Journal) *Journal { j.Begin(id); j.Late(id); return reopen(t, j) }, 1, false, false, false},
		{"on its way once: sent again", func(j *Journal) *Journal {
			p, _, _ := j.Parts(id).Next()
			p.Sending()
			return reopen(t, j)
		}, 0, false, false, false},
		{"on its way twice: not a third time", func(j *Journal) *Journal {
			for range 2 {
				p, _, _ := j.Parts(id).Next()
				p.Sending()
				j = reopen(t, j)
			}
			return j
		}, 0, false, true, false},
		{"refused is not on its way", func(j *Journal) *Journal {
			for range 2 {
				p, _, _ := j.Parts(id).Next()
				p.Sending()
				p.Refused()
				j = reopen(t, j)
			}
			return j
		}, 0, false, false, false},
		{"no answer ten times is one crash", func(j *Journal) *Journal {
			p, _, _ := j.Parts(id).Next()
			for range 10 {
				p.Sending()
			}
			return reopen(t, j)
		}, 0, false, false, false},
		{"accepted is not sent again", func(j *Journal) *Journal {
			p, _, _ := j.Parts(id).Next()
			p.Sending()
			p.Accepted(77)
			return reopen(t, reopen(t, j))
		}, 0, true, true, false},
		{"complete", func(j *Journal) *Journal { j.Complete(id); return reopen(t, reopen(t, j)) }, 0, false, false, true},
		{"done is forgotten", func(j *Journal) *Journal {
			j.Begin(id)
			j.Complete(id)
			j.Done(id)
			return reopen(t, j)
		}, 0, false, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := tt.do(openJournal(t, nil))
			if got := j.Tries(id); got != tt.tries {
				t.Errorf("%d tries, want %d", got, tt.tries)
			}
			if got := j.Answered(id); got != tt.all {
				t.Errorf("Answered = %v", got)
			}
			parts := j.Parts(id)
			_, message, over := parts.Next()
			if over != tt.over || (message == 77) != tt.sent {
				t.Errorf("Next = %d, %v, want over %v", message, over, tt.over)
			}
			if want := tt.over && !tt.sent; (parts.Unsure() == 1) != want {
				t.Errorf("%d unsure", parts.Unsure())
			}
		})
	}
}

// What it holds has a bound, in memory and on disk, and an age.
func TestJournalBounds(t *testing.T) {
	now := time.Now()
	j := openJournal(t, func() time.Time { return now })
	for i := range 3 * maxEntries {
		id := fmt.Sprint("telegram:", i)
		j.Begin(id)
		p, _, _ := j.Parts(id).Next()
		p.Sending()
	}
	if n := len(j.hand); n > maxEntries {
		t.Errorf("%d entries, want at most %d", n, maxEntries)
	}
	if info, err := os.Stat(j.path); err != nil || info.Size() > 2<<20 {
		t.Errorf("the file has %d bytes, %v", info.Size(), err)
	}
	j = reopen(t, j) // from when on they have an age
	now = now.Add(entryLife + time.Second)
	if j = reopen(t, j); len(j.hand) != 0 {
		t.Errorf("%d entries after two days", len(j.hand))
	}
}

// A torn or foreign line costs nothing but itself.
func FuzzJournal(f *testing.F) {
	f.Add([]byte("b telegram:5001\nh telegram:5001\ns telegram:5001 0\na telegram:5001 0 77\ne telegram:5001\nf x 2 0 1\np x 0 1\nb tele"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "handling")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := OpenJournal(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		j.Begin("telegram:1")
		before := j.Tries("telegram:1")
		if j = reopen(t, j); j.Tries("telegram:1") != before+1 {
			t.Errorf("%d tries, want %d", j.Tries("telegram:1"), before+1)
		}
		j.Close()
	})
}
