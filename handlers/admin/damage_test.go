package admin

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// serve opens the library in dir as the chat does.
func serve(t *testing.T, dir string) (lib *Library, log *bytes.Buffer, err error) {
	t.Helper()
	store, err := version.Open(filepath.Join(dir, "versions"), version.Options{Embedded: zero, Keep: 5})
	if err != nil {
		t.Fatal(err)
	}
	log = new(bytes.Buffer)
	live := new(index.Live)
	lib, err = Open(t.Context(), store, live, Options{
		Lexicon: filepath.Join(dir, "lexicon.yaml"), Logger: slog.New(slog.NewTextHandler(log, nil)),
		Activated: func(context.Context, *corpus.Report, *corpus.Report) {},
	})
	if err == nil {
		t.Cleanup(func() { live.Close() })
	}
	return lib, log, err
}

var quiet = Options{Logger: slog.New(slog.DiscardHandler)}

// A chat whose active text is damaged answers from the one that was activated
// before it, and says so; never from the report that ships, which no admin
// chose. Importing again mends it.
func TestDamagedTextIsNotReplacedByTheEmbedded(t *testing.T) {
	dir := t.TempDir()
	f := newLibrary(t, dir, Options{})
	a, b := f.bring(t, 2024, 1, "7"), f.bring(t, 2024, 2, "7")
	spoil := func(id string) {
		os.WriteFile(filepath.Join(dir, "versions", "texts", id+".txt"), []byte("半"), 0o600)
	}
	for _, id := range []string{a, b} {
		if _, err := f.Activate(t.Context(), id, f.By("7"), nil); err != nil {
			t.Fatal(err)
		}
	}
	spoil(b)
	lib, log, err := serve(t, dir)
	if err != nil || lib.live.Report().ID != a {
		t.Fatalf("Open with the version before = %v", err)
	}
	if !strings.Contains(log.String(), "level=ERROR msg=\"answering from an older version\" version="+a) {
		t.Errorf("log: %s", log)
	}
	// The same file again: what it was before.
	if _, err := lib.Import(t.Context(), "r.txt", []byte(sample(2024, 2)), lib.By("7")); err != nil || lib.live.Report().ID != b {
		t.Errorf("importing again: %v, live %s, want %s", err, lib.live.Report().ID, b)
	}
	spoil(a)
	spoil(b)
	if lib, _, err := serve(t, dir); !errors.Is(err, version.ErrDamaged) || !strings.Contains(err.Error(), "jinwen import FILE --activate") || !strings.Contains(err.Error(), "jinwen rollback VERSION") {
		t.Errorf("Open without a readable version = %v, %v", lib, err)
	}
	// The shell opens all the same, and another text goes live.
	shell := newLibrary(t, dir, quiet)
	c := shell.bring(t, 2024, 3, "shell")
	if _, err := shell.Activate(t.Context(), c, shell.By("shell"), nil); err != nil {
		t.Fatal(err)
	}
	if lib, _, err := serve(t, dir); err != nil || lib.live.Report().ID != c {
		t.Errorf("Open after another import = %v", err)
	}
}

// A journal that is emptied makes nobody answer from the report that ships:
// not a bot that starts, not one that runs.
func TestEmptiedJournal(t *testing.T) {
	dir := t.TempDir()
	f := newLibrary(t, dir, Options{})
	a := f.bring(t, 2024, 1, "7")
	if _, err := f.Activate(t.Context(), a, f.By("7"), nil); err != nil {
		t.Fatal(err)
	}
	running, log, err := serve(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "versions", "journal.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := running.Sync(t.Context()); !errors.Is(err, version.ErrJournal) || running.live.Report().ID != a {
		t.Errorf("Sync = %v, live %s, want %s", err, running.live.Report().ID, a)
	}
	if !strings.Contains(log.String(), "level=ERROR msg=\"versions folder\" what=\"journal.jsonl: no line in it although texts are kept\"") {
		t.Errorf("log: %s", log)
	}
	if _, _, err := serve(t, dir); !errors.Is(err, version.ErrJournal) || !strings.Contains(err.Error(), "jinwen import FILE --activate") {
		t.Errorf("Open = %v", err)
	}
	shell := newLibrary(t, dir, quiet)
	if got := shell.bring(t, 2024, 1, "shell"); got != a {
		t.Fatalf("imported %s, want %s", got, a)
	}
	if _, err := shell.Activate(t.Context(), a, shell.By("shell"), nil); err != nil {
		t.Fatal(err)
	}
	if lib, _, err := serve(t, dir); err != nil || lib.live.Report().ID != a {
		t.Errorf("Open after importing again = %v", err)
	}
	if err := running.Sync(t.Context()); err != nil || running.live.Report().ID != a {
		t.Errorf("Sync after importing again = %v", err)
	}
}
