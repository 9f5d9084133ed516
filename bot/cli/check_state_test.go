package cli

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"jinwen/bot/bottest"
	"jinwen/handlers/store/pgtest"
)

// check asks a database that is shared, and never shows its password; restore
// says whose business it is; a state file moves into a database that is empty.
func TestSharedState(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a database and two programs")
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	p := newProgram(t, s)
	ann := s.User("Ann", "zh-hans")
	p.start()
	s.Text(ann.Private(), ann, "/subscribe")
	s.Next(ann.Private())
	s.Drained()
	p.stop()
	run := func(state string, args ...string) string {
		cmd := p.command(args...)
		cmd.Env = append(cmd.Env, "JINWEN_STATE="+state)
		out, err := cmd.CombinedOutput()
		if _, exit := err.(*exec.ExitError); err != nil && !exit {
			t.Fatal(err)
		}
		return string(bytes.TrimSpace(out))
	}
	p.env = append(p.env, "JINWEN_STATE="+state)
	p.start()
	s.Text(ann.Private(), ann, "/subscribe")
	s.Next(ann.Private())
	s.Drained()
	p.stop()
	if got := pg.SQL(state, "SELECT count(*) FROM jinwen_kv WHERE bucket = 'subs'"); got != "1" {
		t.Errorf("%s subscriptions have moved into the database", got)
	}
	if out := run(state, "check"); !strings.Contains(out, "ok    database     PostgreSQL ") {
		t.Errorf("check says\n%s", out)
	}
	out := run("postgres://jinwen:geheim@127.0.0.1:1/none", "check")
	if !strings.Contains(out, "FAIL  database") || strings.Contains(out, "geheim") {
		t.Errorf("check without a database says\n%s", out)
	}
	if out := run(state, "restore"); !strings.Contains(out, "pg_dump") {
		t.Errorf("restore says %s", out)
	}
	// Without the database a command goes on with what the machine knows.
	if out := run("postgres://jinwen:geheim@127.0.0.1:1/none", "ask", "口袋公园"); !strings.Contains(out, "口袋公园") || strings.Contains(out, "geheim") {
		t.Errorf("ask without a database says %s", out)
	}
	if out := run("postgres://jinwen:geheim@127.0.0.1:1/none", "import", "../../../x.txt"); strings.Contains(out, "geheim") {
		t.Errorf("import without a database says %s", out)
	}
}
