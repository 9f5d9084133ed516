package site

import (
	"context"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/web"
	"jinwen/corpus/version"
	"jinwen/handlers/admin"
	"jinwen/handlers/questions"
	"jinwen/index"
	"jinwen/index/library"
)

// The tests of the page run the whole of it: the embedded report, its index,
// the handlers, a data folder, a listener on the loopback.

// A running is a page that serves.
type running struct {
	testing.TB
	base    string // http://127.0.0.1:PORT
	server  *web.Server
	site    *Site
	library *admin.Library
	asked   *questions.Log
	logs    *syncBuffer
	stop    func()
}

// The admin of the tests, and a password that no word list holds.
const (
	adminName     = "ann"
	adminPassword = "riverside-lantern-42"
)

var adminHash = sync.OnceValue(func() string {
	h, err := web.HashPassword(adminPassword)
	if err != nil {
		panic(err)
	}
	return h
})

// start serves the page with what change makes of the options.
func start(t testing.TB, change func(*web.Options)) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	dir := t.TempDir()
	store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Keep: 10})
	if err != nil {
		t.Fatal(err)
	}
	logs := new(syncBuffer)
	logger := slog.New(slog.NewTextHandler(logs, nil))
	lib, err := admin.Open(ctx, store, new(index.Live), admin.Options{Lexicon: filepath.Join(dir, "lexicon.yaml"), Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	asked := questions.Open(filepath.Join(dir, "questions"), questions.Options{Days: 30, Logger: logger})
	salt, err := asked.Salt(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	many := library.New(store, lib.Live(), library.Options{Build: lib.Build})
	lib.OnChange(func(words bool) {
		if many.Refresh(); words {
			many.Relearn()
		}
	})
	s := New(Options{Live: many, Library: lib, Topics: lib, Recorder: asked, Asked: asked, Salt: salt, Logger: logger})
	account, err := web.ParseAccount(adminName + ":" + adminHash())
	if err != nil {
		t.Fatal(err)
	}
	opt := web.Options{Library: s, Asker: s, Sheets: s, Desk: s, Admins: []web.Account{account}, Salt: salt, Rate: 10000, Logger: logger}
	if change != nil {
		change(&opt)
	}
	server, err := web.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- server.Run(ctx, l) }()
	var once sync.Once
	r := &running{TB: t, server: server, base: "http://" + l.Addr().String(), site: s, library: lib, asked: asked, logs: logs}
	r.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
			asked.Close()
			many.Close()
			lib.Live().Close()
		})
	}
	t.Cleanup(r.stop)
	return r
}

// A syncBuffer collects what is logged.
type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

var _ io.Writer = (*syncBuffer)(nil)

// changed is the embedded report with some of its words changed.
func changed(t testing.TB, pairs ...string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../corpus/reports/tianjin-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(data)))
}
