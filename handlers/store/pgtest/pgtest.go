// Package pgtest starts a PostgreSQL of a test's own: a new cluster in a
// temporary folder, on a Unix socket, that can be stopped, killed, paused and
// started again. It is linked into no program.
package pgtest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTime is how long a PostgreSQL may take to start.
const startTime = time.Minute

// A Server is a PostgreSQL of a test's own.
type Server struct {
	t   testing.TB
	bin string // folder of its programs
	dir string // everything of it: data, socket, log
	as  *syscall.Credential
	cmd *exec.Cmd // nil while it is stopped
	n   int       // databases made
}

// New starts a PostgreSQL that ends with the test. Where none is installed the
// test is skipped, or fails in CI (CI=true).
func New(t testing.TB) *Server {
	t.Helper()
	bin := find()
	if bin == "" {
		const say = "no PostgreSQL server is installed (apt-get install postgresql)"
		if os.Getenv("CI") == "true" {
			t.Fatal(say)
		}
		t.Skip(say)
	}
	dir, err := os.MkdirTemp("", "pgtest") // short: the path of a socket has 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Server{t: t, bin: bin, dir: dir}
	if os.Getuid() == 0 { // as whom it does not run
		s.as = unprivileged(t)
		if err := os.Chown(dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	s.run("initdb", "-D", s.data(), "-U", "jinwen", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")
	t.Cleanup(s.Kill)
	s.Start()
	return s
}

// find returns the folder of the newest PostgreSQL; "" if there is none.
func find() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return number(a) - number(b) })
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

// number returns the major version in the path of a program.
func number(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// unprivileged returns whom it runs as where the tests run as root.
func unprivileged(t testing.TB) *syscall.Credential {
	t.Helper()
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	t.Skip("PostgreSQL does not run as root, and there is no other user to run it as")
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }
func (s *Server) log() string  { return filepath.Join(s.dir, "log") }

// command returns one of PostgreSQL's programs, as the user that it runs as.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Setpgid: true}
	return cmd
}

func (s *Server) run(name string, args ...string) string {
	s.t.Helper()
	out, err := s.command(name, args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// Start starts it again after Stop or Kill.
func (s *Server) Start() {
	s.t.Helper()
	if s.cmd != nil {
		return
	}
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	// Nothing here outlives the machine, so nothing is synced.
	s.cmd = s.command("postgres", "-D", s.data(), "-k", s.dir, "-h", "", "-F", "-c", "max_connections=60")
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for end := time.Now().Add(startTime); ; {
		if _, err := s.try("postgres", "SELECT 1"); err == nil {
			return
		}
		if time.Now().After(end) {
			out, _ := os.ReadFile(s.log())
			s.t.Fatalf("PostgreSQL does not start:\n%s", out)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Stop ends it as an administrator does who does not wait for clients.
func (s *Server) Stop() { s.end(syscall.SIGINT) }

// Kill ends it as a crash does.
func (s *Server) Kill() { s.end(syscall.SIGQUIT) }

func (s *Server) end(sig syscall.Signal) {
	if s.cmd == nil {
		return
	}
	s.cmd.Process.Signal(sig)
	s.cmd.Wait()
	s.cmd = nil
}

// URL returns the address of a new and empty database.
func (s *Server) URL() string {
	s.t.Helper()
	s.n++
	name := fmt.Sprintf("test%d", s.n)
	s.SQL("postgres", "CREATE DATABASE "+name)
	return s.address(name)
}

// SQL runs a statement in a database, or at an address that URL returned, and
// returns what it gives, a line a row, with | between its columns.
func (s *Server) SQL(db, statement string) string {
	s.t.Helper()
	out, err := s.try(db, statement)
	if err != nil {
		s.t.Fatalf("%s: %v", statement, err)
	}
	return out
}

func (s *Server) try(db, statement string) (string, error) {
	if !strings.Contains(db, "://") {
		db = s.address(db)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, db)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	results, err := conn.PgConn().Exec(ctx, statement).ReadAll()
	if err != nil {
		return "", err
	}
	var lines []string
	for _, r := range results {
		for _, row := range r.Rows {
			lines = append(lines, string(bytes.Join(row, []byte("|"))))
		}
	}
	return strings.Join(lines, "\n"), nil
}

func (s *Server) address(db string) string { return "postgres://jinwen@/" + db + "?host=" + s.dir }
