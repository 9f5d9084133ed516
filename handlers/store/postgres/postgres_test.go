package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jinwen/handlers"
	"jinwen/handlers/chat"
	"jinwen/handlers/store"
	"jinwen/handlers/store/pgtest"
	"jinwen/handlers/store/postgres"
	"jinwen/handlers/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// quick are times that tests do not wait long for: what is waited for is looked
// for often. How long something may take is long, for machines that are busy.
var quick = postgres.Times{Connect: time.Minute, Call: time.Minute, Probe: 20 * time.Millisecond, Lease: 9 * time.Second, Watch: 50 * time.Millisecond}

func open(t testing.TB, url string, times postgres.Times) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, postgres.Options{Times: times, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestConforms(t *testing.T) {
	s := pgtest.New(t)
	storetest.Engine(t, open(t, s.URL(), postgres.Times{}).Engine())
	c := storetest.NewClock()
	storetest.State(t, store.New(open(t, s.URL(), postgres.Times{}).Engine(), c.Now), c)
}

// Two connections of two processes are one engine.
func TestShared(t *testing.T) {
	url := pgtest.New(t).URL()
	a := store.New(open(t, url, postgres.Times{}).Engine(), nil)
	b := store.New(open(t, url, postgres.Times{}).Engine(), nil)
	ok(t, a.SaveSettings("telegram:1", handlers.Settings{Lang: chat.Hant}))
	ok(t, a.Mark("telegram:5"))
	if set, err := b.Settings("telegram:1"); err != nil || set.Lang != chat.Hant || !b.Handled("telegram:5") {
		t.Errorf("the other process reads %v, %v, handled %v", set, err, b.Handled("telegram:5"))
	}
}

// Of machines that move into an empty database at once one does, whole.
func TestCopyAtOnce(t *testing.T) {
	url := pgtest.New(t).URL()
	const machines = 4
	var errs [machines]error
	var wg sync.WaitGroup
	for i := range machines {
		from := store.NewMemory(nil)
		ok(t, from.SaveSettings(fmt.Sprint("telegram:", i), handlers.Settings{Lang: chat.Hant}))
		to := open(t, url, quick).Engine()
		wg.Go(func() { _, errs[i] = store.Copy(to, from.Engine(), fmt.Sprint("machine ", i)) })
	}
	wg.Wait()
	to := store.New(open(t, url, quick).Engine(), nil)
	took := 0
	for i, err := range errs {
		set, bad := to.Settings(fmt.Sprint("telegram:", i))
		ok(t, bad)
		if err == nil {
			took++
		} else if !errors.Is(err, store.ErrTaken) {
			t.Errorf("Copy of machine %d = %v, want ErrTaken", i, err)
		}
		if (set.Lang == chat.Hant) != (err == nil) {
			t.Errorf("settings of machine %d are %v, Copy = %v", i, set, err)
		}
	}
	if took != 1 {
		t.Errorf("%d machines have moved in, want one", took)
	}
}

// Tables of a later program are left alone, and two that start at once make
// them once.
func TestMigrate(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	errs := make(chan error)
	for range 4 {
		go func() {
			db, err := postgres.Open(context.Background(), url, postgres.Options{})
			if err == nil {
				err = db.Close()
			}
			errs <- err
		}()
	}
	for range 4 {
		ok(t, <-errs)
	}
	s.SQL(url, "INSERT INTO jinwen_migrations SELECT n + 100, 'later' FROM generate_series(1, 100) n")
	if _, err := postgres.Open(t.Context(), url, postgres.Options{}); err == nil || !strings.Contains(err.Error(), "start the program that made them") {
		t.Errorf("Open = %v, want what to do", err)
	}
}

// The error of an address that is wrong or not reached names no password.
func TestAddress(t *testing.T) {
	for _, url := range []string{"postgres://u:geheim@127.0.0.1:1/x", "postgres://u:geheim@127.0.0.1:x/x", "postgres://u:geheim@[/x"} {
		_, err := postgres.Open(t.Context(), url, postgres.Options{Times: quick})
		if err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("Open(%q) = %v", url, err)
		}
	}
	if _, err := postgres.Open(t.Context(), "postgres://127.0.0.1:1/x", postgres.Options{Times: quick}); !errors.Is(err, store.ErrAway) {
		t.Errorf("Open of nothing = %v, want ErrAway", err)
	}
}

// A database that stops fails calls at once, and serves again after it starts.
func TestRestart(t *testing.T) {
	s := pgtest.New(t)
	db := open(t, s.URL(), quick)
	back := make(chan struct{}, 8)
	db.OnBack(func() { back <- struct{}{} })
	st := store.New(db.Engine(), nil)
	for i, stop := range []func(){s.Stop, s.Kill} {
		ok(t, st.Mark(fmt.Sprint("kept", i)))
		stop()
		if err := st.Mark("lost"); !errors.Is(err, store.ErrAway) {
			t.Errorf("Mark without a server = %v, want ErrAway", err)
		}
		began := time.Now()
		for range 100 {
			if err := st.Mark("lost"); !errors.Is(err, store.ErrAway) {
				t.Errorf("Mark without a server = %v, want ErrAway", err)
			}
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("100 calls without a server took %v", took)
		}
		s.Start()
		<-back
		if !st.Handled(fmt.Sprint("kept", i)) || st.Handled("lost") {
			t.Error("what was kept before is not there, or what was refused is")
		}
		ok(t, st.Mark("after"))
	}
}

// The lease goes from one to the next, and writes of who lost it change nothing.
func TestLease(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	db := open(t, url, quick)
	a, b := db.Lease("poll", "a"), open(t, url, quick).Lease("poll", "b")
	mine := store.New(db.Engine().Fenced(a), nil)
	if err := mine.Mark("1"); !errors.Is(err, postgres.ErrStale) {
		t.Errorf("Mark before the lease is held = %v, want ErrStale", err)
	}
	held, release, err := a.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ok(t, mine.Mark("1"))
	const until = "SELECT until FROM jinwen_lease"
	for first := s.SQL(url, until); s.SQL(url, until) == first; { // until it is renewed
		time.Sleep(100 * time.Millisecond)
	}
	short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, _, err := b.Hold(short); err == nil {
		t.Fatal("two hold the lease")
	}
	ok(t, a.Check(t.Context()))
	release()
	<-held.Done()
	began := time.Now()
	_, releaseB, err := b.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer releaseB()
	if took := time.Since(began); took > quick.Lease {
		t.Errorf("a lease that was given up is acquired after %v", took)
	}
	if err := mine.Mark("2"); !errors.Is(err, postgres.ErrStale) || mine.Handled("2") {
		t.Errorf("Mark after the lease was given up = %v", err)
	}
	// One who does not know yet that it was lost.
	s.SQL(url, "UPDATE jinwen_lease SET epoch = epoch + 1, until = '-infinity'")
	if got := s.SQL(url, "SELECT count(*) FROM jinwen_kv"); got != "1" {
		t.Fatalf("%s values, want 1", got)
	}
}

// Who believes to hold a lease that another took changes no row, whatever it
// writes.
func TestStaleWrites(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	db := open(t, url, postgres.Times{Lease: time.Hour}) // renews after twenty minutes
	l := db.Lease("poll", "a")
	_, release, err := l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	st := store.New(db.Engine().Fenced(l), nil)
	ok(t, st.Mark("1"))
	ok(t, st.Keep("1", []byte("x")))
	ok(t, st.SaveSettings("u", handlers.Settings{Lang: chat.Hant}))
	before := s.SQL(url, "SELECT * FROM jinwen_kv ORDER BY bucket, key")
	s.SQL(url, "UPDATE jinwen_lease SET holder = 'b', epoch = epoch + 1")
	for name, write := range map[string]func() error{
		"mark":     func() error { return st.Mark("2") },
		"keep":     func() error { return st.Keep("1", []byte("y")) },
		"drop":     func() error { return st.Drop("1") },
		"settings": func() error { return st.SaveSettings("u", handlers.Settings{Lang: chat.English}) },
		"both": func() error {
			return st.Engine().Update(func(tx store.Tx) error {
				if _, err := tx.Get("handled", "1"); err != nil {
					return err
				}
				return errors.Join(tx.Delete("handled", "1"), tx.Put("handled", "3", nil))
			})
		},
	} {
		if err := write(); !errors.Is(err, postgres.ErrStale) {
			t.Errorf("%s of a stale holder = %v, want ErrStale", name, err)
		}
	}
	if after := s.SQL(url, "SELECT * FROM jinwen_kv ORDER BY bucket, key"); after != before {
		t.Errorf("a stale holder changed rows:\n%s\nwant\n%s", after, before)
	}
}

// What waited while the database was away is made at the epoch at which it
// came: who lost the lease meanwhile changes no row with it, not even when it
// holds the lease again.
func TestStaleWaits(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	db := open(t, url, quick)
	back := make(chan struct{}, 8)
	db.OnBack(func() { back <- struct{}{} })
	l := db.Lease("poll", "a")
	_, release, err := l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w := store.NewWaiting(db.Engine().Fenced(l))
	st := store.New(w, nil)
	away := func() {
		t.Helper()
		s.Stop()
		ok(t, st.Mark("1"))
		ok(t, st.Keep("2", []byte("x")))
		if n, _ := w.Waits(); n != 2 {
			t.Fatalf("%d changes wait, want 2", n)
		}
		s.Start()
		<-back
	}
	away()
	release()
	_, release, err = l.Hold(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := st.Kept(); err != nil || len(kept) > 0 || st.Handled("1") {
		t.Errorf("what waits of an epoch that is over is read: %v, %v", kept, err)
	}
	if err := w.Flush(); !errors.Is(err, postgres.ErrStale) {
		t.Errorf("Flush = %v, want ErrStale", err)
	}
	if got := s.SQL(url, "SELECT count(*) FROM jinwen_kv"); got != "0" {
		t.Errorf("%s rows, want none", got)
	}
	if n, refused := w.Waits(); n != 0 || refused != 2 {
		t.Errorf("%d wait and %d were refused, want 0 and 2", n, refused)
	}
	away()
	ok(t, w.Flush())
	if kept, err := st.Kept(); err != nil || len(kept) != 1 || !st.Handled("1") {
		t.Errorf("what waits of this epoch is not kept: %v, %v", kept, err)
	}
	release()
}

// However long the database was away, who held a lease before still does when
// it is back: others leave it the time to come back, and take what was given up.
func TestLeaseAfterOutage(t *testing.T) {
	s := pgtest.New(t)
	url := s.URL()
	slow := quick
	slow.Lease = time.Hour // so that nothing depends on how fast this machine is
	dbA, dbB := open(t, url, slow), open(t, url, slow)
	a, b := dbA.Lease("poll", "a"), dbB.Lease("poll", "b")
	qa, qb := dbA.Queue("a"), dbB.Queue("b")
	_, release, err := a.Hold(t.Context())
	ok(t, err)
	for _, q := range []*postgres.Queue{qa, qb} {
		_, done, err := q.Lease().Hold(t.Context())
		ok(t, err)
		defer done()
	}
	taken, err := qa.Add("1", "lane", 1, []byte{}, true)
	if !taken || err != nil {
		t.Fatal(taken, err)
	}
	back := make(chan struct{}, 2)
	for _, db := range []*postgres.DB{dbA, dbB} {
		db.OnBack(func() { back <- struct{}{} })
	}
	s.Stop()
	for _, db := range []*postgres.DB{dbA, dbB} {
		if err := store.New(db.Engine(), nil).Mark("x"); !errors.Is(err, store.ErrAway) {
			t.Fatal(err)
		}
	}
	s.Start()
	s.SQL(url, "UPDATE jinwen_lease SET until = clock_timestamp() - interval '1 day'") // so long it was away
	<-back
	<-back
	short, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, _, err := b.Hold(short); err == nil {
		t.Error("another process took the lease as soon as the database was back")
	}
	if lanes, err := qb.Take(short, 1); err == nil {
		t.Errorf("another process took %v as soon as the database was back", lanes)
	}
	ok(t, a.Check(t.Context()))
	if id, _, err := qa.Next("lane", nil); id != "1" || err != nil {
		t.Errorf("Next = %q, %v, want the update in hand", id, err)
	}
	release()
	_, release, err = b.Hold(t.Context())
	ok(t, err)
	release()
}
