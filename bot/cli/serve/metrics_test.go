package serve

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/bot/telegram"
	"jinwen/bot/wechat"
	"jinwen/bot/wecom"
	"jinwen/handlers/chat"
	"jinwen/handlers/store/postgres"
)

// exported are the names of all metrics that a bot on every channel has.
func exported(t *testing.T) map[string]bool {
	t.Helper()
	r := dispatch.NewRegistry()
	none := chat.HandlerFunc(func(context.Context, chat.Message, func(chat.Reply)) (chat.Reply, error) { return chat.Reply{}, nil })
	_, err := telegram.New("1:aaaaaaaaaa", none, telegram.Options{Registry: r})
	if err == nil {
		_, err = wecom.New(none, wecom.Options{BotID: "b", Secret: "s", Registry: r, Seen: dispatch.NewMemorySeen(1)})
	}
	if err == nil {
		_, err = wechat.New(none, wechat.Options{AppID: "a", Tokens: []string{"t"}, Plain: true, Registry: r, Seen: dispatch.NewMemorySeen(1)})
	}
	if err == nil {
		err = (&keeper{db: new(postgres.DB)}).observe(r)
	}
	if err == nil {
		err = new(Service).observe(new(base.App), r, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{"up": true} // which Prometheus makes itself
	found := regexp.MustCompile(`fqName: "([^"]+)"`)
	all := make(chan *prometheus.Desc, 1000)
	r.Describe(all)
	close(all)
	for d := range all {
		names[found.FindStringSubmatch(d.String())[1]] = true
	}
	return names
}

// TestEmbeddingMetric: failures of an embedding server are counted on every
// channel, where one is set up.
func TestEmbeddingMetric(t *testing.T) {
	for _, url := range []string{"", "http://127.0.0.1:1/v1"} {
		a, r := new(base.App), dispatch.NewRegistry()
		a.Cfg.Embeddings.URL = url
		if err := new(Service).observe(a, r, nil); err != nil {
			t.Fatal(err)
		}
		descs := make(chan *prometheus.Desc, 1000)
		r.Describe(descs)
		close(descs)
		var there bool
		for d := range descs {
			there = there || strings.Contains(d.String(), `"jinwen_embedding_failures_total"`)
		}
		if there != (url != "") {
			t.Errorf("with %q: exported %v", url, there)
		}
	}
}

// used are the names of metrics in an expression.
func used(expr string) []string {
	expr = regexp.MustCompile(`\{[^}]*\}|\[[^\]]*\]|"[^"]*"|(by|on|without) *\([^)]*\)`).ReplaceAllString(expr, " ")
	var names []string
	for _, m := range regexp.MustCompile(`[a-z][a-z_0-9]*\(?`).FindAllString(expr, -1) {
		if !strings.HasSuffix(m, "(") && m != "and" && m != "or" && m != "sum" && m != "e6" {
			names = append(names, m)
		}
	}
	return names
}

// TestDeployedMetrics: every metric that the sample rules and the sample
// dashboard name is exported, and every one of ours that tells of trouble is in
// one of them.
func TestDeployedMetrics(t *testing.T) {
	names := exported(t)
	read := func(name string) []byte {
		data, err := os.ReadFile("../../deploy/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(read("jinwen.dashboard.json"), &board); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	check := func(where, expr string) {
		if len(used(expr)) == 0 {
			t.Errorf("%s names no metric: %s", where, expr)
		}
		for _, n := range used(expr) {
			seen[n] = true
			if !names[n] && !names[strings.TrimSuffix(n, "_bucket")] {
				t.Errorf("%s names %s, which is not exported", where, n)
			}
		}
	}
	rule := regexp.MustCompile(`(?m)^ +- alert: (\w+)\n +expr: (.+)\n(?: +for: \w+\n)? +labels: .*\n +annotations:\n +summary: .{20,}$`)
	rules := string(read("jinwen.rules.yaml"))
	all := rule.FindAllStringSubmatch(rules, -1)
	if n := strings.Count(rules, "- alert:"); len(all) != n {
		t.Errorf("%d of %d rules have name, expression and a summary that says what to do", len(all), n)
	}
	for _, r := range all {
		check(r[1], r[2])
	}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			check(p.Title, target.Expr)
		}
	}
	for _, n := range []string{"jinwen_limited_total", "jinwen_updates_flooded_total", "jinwen_send_retries_total", "jinwen_dead_letters_total",
		"jinwen_workers_stuck", "jinwen_question_files_dropped_total", "jinwen_buttons_dropped_total", "jinwen_disk_full_total", "jinwen_leads"} {
		if !seen[n] {
			t.Errorf("%s is neither in the rules nor in the dashboard", n)
		}
	}
}
