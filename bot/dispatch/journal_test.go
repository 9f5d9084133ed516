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

// TestJournalKeeps: what is known of a message is the same after any number of
// starts, part by part.
func TestJournalKeeps(t *testing.T) {
	const id, other = "telegram:5001", "telegram:5002"
	now := time.Unix(1e9, 0)
	j := openJournal(t, func() time.Time { return now })
	for range 2 {
		j.Begin(id)
		j.Late(id)
	}
	parts := j.Parts(id)
	for i := range 4 {
		p, _, _ := parts.Next()
		p.Sending()
		switch i {
		case 0:
			p.Accepted(70)
		case 1:
			p.Refused()
		}
	}
	j.Complete(other)
	for start := range 3 {
		j = reopen(t, j)
		if j.Tries(id) != 2 || j.Tries(other) != 0 || j.Answered(id) || !j.Answered(other) || j.Fault() != nil {
			t.Errorf("start %d: %d and %d tries, answered %v and %v, fault %v", start, j.Tries(id), j.Tries(other), j.Answered(id), j.Answered(other), j.Fault())
		}
		parts := j.Parts(id)
		for i, want := range []struct {
			message int64
			over    bool
		}{{70, true}, {0, false}, {0, false}, {0, false}, {0, false}} {
			if p, message, over := parts.Next(); message != want.message || over != want.over || p.n != i {
				t.Errorf("start %d: part %d is %d, %v, want %d, %v", start, p.n, message, over, want.message, want.over)
			}
		}
		if parts.Unsure() != 0 {
			t.Errorf("start %d: %d unsure", start, parts.Unsure())
		}
	}
	// The third is on its way at a second crash, the fourth only at the first.
	again := j.Parts(id)
	again.Next()
	again.Next()
	third, _, _ := again.Next()
	third.Sending()
	again = reopen(t, j).Parts(id)
	var over []bool
	for range 4 {
		_, _, o := again.Next()
		over = append(over, o)
	}
	if fmt.Sprint(over) != "[true false true false]" || again.Unsure() != 1 {
		t.Errorf("over %v, %d unsure, want the first and third over, one unsure", over, again.Unsure())
	}
}

// TestJournalLines: a line that is not whole says nothing.
func TestJournalLines(t *testing.T) {
	for lines, want := range map[string]string{
		"f x 2 0 1000000000\n": "2 false", "f x 2 1 1000000000\n": "2 true", "f x 2 2 1000000000\n": "2 false",
		"f x 2 0\n": "0 false", "f x 2 0 1000000000 1\n": "0 false", "f x 2 0 y\n": "0 false", "e\n": "0 false", "e x\n": "0 true", "e x y\n": "0 false",
		"b x\n": "1 false", "b x\nh x\n": "0 false", "b x\nt x\n": "1 false", "b x\nb x\n": "1 false", "e x\nd x\n": "0 false", "d x\n": "0 false", "": "0 false", "\n\n": "0 false",
		"s x\n": "0 false", "s x 0 1\n": "0 false", "a x 0\n": "0 false", "p x 0\n": "0 false", "a x 0 77\n": "0 false 77 true",
		"p x 0 2\n": "0 false 0 true", "p x 0 1\n": "0 false", "p x 0 1\ns x 0\n": "0 false 0 true", "p x 0 1\ns x 0\nr x 0\n": "0 false", "p x 1 2\n": "0 false",
		"p x 0 1\ns x 0\na x 0 5\n": "0 false 5 true",
	} {
		path := filepath.Join(t.TempDir(), "handling")
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := OpenJournal(path, func() time.Time { return time.Unix(1e9, 0) })
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(j.Tries("x"), j.Answered("x"))
		if _, message, over := j.Parts("x").Next(); message != 0 || over {
			got += fmt.Sprint(" ", message, " ", over)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", lines, got, want)
		}
		j.Close()
	}
}

// TestJournalAge: an entry is remembered for its life and no longer.
func TestJournalAge(t *testing.T) {
	now := time.Unix(1e9, 0)
	j := openJournal(t, func() time.Time { return now })
	j.Complete("x")
	j = reopen(t, j) // from when on it has an age
	now = now.Add(entryLife)
	if j = reopen(t, j); !j.Answered("x") {
		t.Error("forgotten on the last second of its life")
	}
	now = now.Add(time.Second)
	if j = reopen(t, j); j.Answered("x") {
		t.Error("remembered after its life")
	}
}

// TestJournalOldest: the oldest tenth goes when there are too many.
func TestJournalOldest(t *testing.T) {
	now := time.Unix(1e9, 0)
	j := openJournal(t, func() time.Time { return now })
	for i := range maxEntries - 1 {
		j.hand[fmt.Sprint("telegram:", i)] = &entry{since: now.Add(time.Duration(i-maxEntries) * time.Second), answered: true}
	}
	j.Complete("the last that has room")
	if n := len(j.hand); n != maxEntries {
		t.Errorf("%d entries, want %d", n, maxEntries)
	}
	j.Complete("one too many")
	if n := len(j.hand); n != maxEntries-maxEntries/10+1 || j.Answered("telegram:999") || !j.Answered("telegram:1000") || !j.Answered("one too many") {
		t.Errorf("%d entries, the oldest there %v, the next %v", n, j.Answered("telegram:999"), j.Answered("telegram:1000"))
	}
}

// TestJournalFile: the file is written anew when it has grown, and after a
// fault with what could not be written then.
func TestJournalFile(t *testing.T) {
	j := openJournal(t, nil)
	longest := int64(0)
	for i := range 2 * journalSize / len("e telegram:5001\n") {
		j.Complete("telegram:5001")
		if i%100 == 0 {
			info, err := os.Stat(j.path)
			if err != nil {
				t.Fatal(err)
			}
			longest = max(longest, info.Size())
		}
	}
	if longest > journalSize || longest < journalSize/2 {
		t.Errorf("the file grew to %d bytes, want up to %d", longest, journalSize)
	}
	j.file.Close()
	j.Complete("telegram:5002")
	if j.Fault() == nil || !j.Answered("telegram:5002") {
		t.Errorf("a file that cannot be written: %v, known %v", j.Fault(), j.Answered("telegram:5002"))
	}
	j.Complete("telegram:5003")
	if err := j.Fault(); err != nil {
		t.Errorf("the next note: %v", err)
	}
	if j = reopen(t, j); !j.Answered("telegram:5002") || !j.Answered("telegram:5003") {
		t.Error("what was noted at a fault is lost")
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if _, err := OpenJournal(filepath.Join(j.path, "below"), nil); err == nil {
		t.Error("a journal below a file opens")
	}
}

// A nil Journal knows nothing and takes all.
func TestNoJournal(t *testing.T) {
	var j *Journal
	j.Begin("x")
	j.Complete("x")
	p, message, over := j.Parts("x").Next()
	p.Sending()
	p.Refused()
	p.Accepted(7)
	if j.Answered("x") || j.Tries("x") != 0 || message != 0 || over || j.Parts("x").Unsure() != 0 || j.Fault() != nil || j.Close() != nil {
		t.Error("a nil Journal knows something")
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
