package cli

import (
	"bufio"
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the order of the rooms: imports point down only, and each
// big library has one room.
func TestImports(t *testing.T) {
	// What a package may import of ours, by prefix; the longest prefix of its
	// own name decides.
	rooms := []struct {
		pkg     string
		imports []string
	}{
		{"jinwen/corpus", []string{"jinwen/corpus"}},
		{"jinwen/index", []string{"jinwen/index", "jinwen/corpus"}},
		{"jinwen/handlers/chat", nil},
		{"jinwen/handlers", []string{"jinwen/handlers", "jinwen/index", "jinwen/corpus"}},
		{"jinwen/bot/config", []string{"jinwen/bot/config"}},
		{"jinwen/bot/cli", []string{"jinwen/bot", "jinwen/handlers", "jinwen/index", "jinwen/corpus"}},
		{"jinwen/bot/object", []string{"jinwen/corpus"}},                                    // plain data
		{"jinwen/bot/web", []string{"jinwen/bot", "jinwen/handlers/chat", "jinwen/corpus"}}, // shows the report as data
		{"jinwen/bot", []string{"jinwen/bot", "jinwen/handlers/chat"}},
		{"jinwen", []string{"jinwen/bot/cli"}},
	}
	// Where a library may be imported.
	homes := []struct{ lib, pkg string }{
		{"github.com/go-telegram-bot-api/telegram-bot-api", "jinwen/bot/telegram"},
		{"github.com/blevesearch", "jinwen/index/text"},
		{"github.com/yanyiwu/gojieba", "jinwen/index/text"},
		{"go.etcd.io/bbolt", "jinwen/handlers"},
		{"github.com/jackc/pgx", "jinwen/handlers/store/postgres"},
		{"github.com/jackc/pgx", "jinwen/handlers/store/pgtest"},
		{"github.com/alecthomas/kong", "jinwen/bot/cli"},
		{"github.com/coreos/go-systemd", "jinwen/bot/cli"},
		{"github.com/coder/websocket", "jinwen/bot/wecom"},
		{"github.com/coder/websocket", "jinwen/bot/bottest/wecomtest"},
		{"github.com/goccy/go-yaml", "jinwen/bot/config"},
		{"github.com/goccy/go-yaml", "jinwen/index/lexicon"},
		{"github.com/goccy/go-yaml", "jinwen/handlers/admin"}, // the admins' lexicon
		{"golang.org/x/crypto/argon2", "jinwen/bot/web"},
		{"net/http", "jinwen/bot"},
		{"net/http", "jinwen/index/vector"}, // an embedding server
	}
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}} tests {{join .TestImports " "}} {{join .XTestImports " "}}`, "jinwen/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	seen := 0
	for sc := bufio.NewScanner(bytes.NewReader(out)); sc.Scan(); {
		seen++
		fields := strings.Fields(sc.Text())
		pkg := fields[0]
		tests := false
		for _, imp := range fields[1:] {
			if tests = tests || imp == "tests"; imp == "tests" {
				continue
			}
			if tests && under(pkg, "jinwen/bot") && under(imp, "jinwen/handlers/store") {
				continue // the faults are tried with what keeps state
			}
			if under(imp, "jinwen") {
				for _, room := range rooms {
					if !under(pkg, room.pkg) {
						continue
					}
					if !underAny(imp, room.imports) {
						t.Errorf("%s imports %s: want nothing of ours but %s", pkg, imp, strings.Join(room.imports, ", "))
					}
					break
				}
				continue
			}
			var allowed []string
			for _, h := range homes {
				if under(imp, h.lib) {
					allowed = append(allowed, h.pkg)
				}
			}
			if allowed != nil && !underAny(pkg, allowed) {
				t.Errorf("%s imports %s: only %s may", pkg, imp, strings.Join(allowed, " and "))
			}
		}
	}
	if seen < 5 {
		t.Errorf("go list names only %d packages", seen)
	}
}

// TestTransportsAreLight: a transport compiles without what finds and keeps.
func TestTransportsAreLight(t *testing.T) {
	heavy := []string{"github.com/blevesearch", "github.com/yanyiwu/gojieba", "github.com/xuri/excelize", "go.etcd.io/bbolt", "github.com/jackc/pgx",
		"golang.org/x/image", "jinwen/handlers", "jinwen/index", "jinwen/corpus"}
	for _, pkg := range []string{"jinwen/bot/telegram", "jinwen/bot/console", "jinwen/bot/dispatch", "jinwen/bot/render", "jinwen/bot/web", "jinwen/bot/wechat", "jinwen/bot/wecom"} {
		out, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatalf("go list -deps %s: %v", pkg, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if pkg == "jinwen/bot/web" && slices.Contains([]string{"jinwen/corpus", "jinwen/corpus/concept", "jinwen/corpus/place", "jinwen/corpus/zh"}, dep) {
				continue // it shows the report as data
			}
			if underAny(dep, heavy) && dep != "jinwen/handlers/chat" {
				t.Errorf("%s pulls in %s", pkg, dep)
			}
		}
	}
}

// TestNoTestingCode: fakes, golden files and what every engine must do are
// linked into no program.
func TestNoTestingCode(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "jinwen").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dep := range strings.Fields(string(out)) {
		if dep == "testing" || underAny(dep, []string{"jinwen/bot/bottest", "jinwen/corpus/golden", "github.com/google/go-cmp"}) {
			t.Errorf("the program is linked with %s", dep)
		}
	}
}

// under reports whether path is prefix or below it. A version suffix (/v2) is
// below its module too.
func under(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") }

func underAny(path string, prefixes []string) bool {
	for _, p := range prefixes {
		if under(path, p) {
			return true
		}
	}
	return false
}
