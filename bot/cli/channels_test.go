package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"jinwen/bot/bottest/wechattest"
	"jinwen/bot/bottest/wecomtest"
)

// TestChannels runs the program as a whole on WeChat and WeCom at once and asks
// all development questions on both: neither service has anything to refuse,
// and what is said is what jinwen ask says.
func TestChannels(t *testing.T) {
	questions := readQuestions(t, "../../index/testdata/questions.jsonl")
	account, service := wechattest.NewAccount(t), wecomtest.NewServer(t)
	service.PerMinute = 0
	t.Chdir(t.TempDir())
	addr, health := freeAddr(t), freeAddr(t)
	for k, v := range map[string]string{
		"JINWEN_LISTEN": health, "JINWEN_WEB_LISTEN": addr, "JINWEN_WEB_BASE_URL": "https://jinwen.example",
		"JINWEN_WECHAT_TOKEN": account.Token, "JINWEN_WECHAT_APP_ID": account.AppID,
		"JINWEN_WECHAT_ENCODING_AES_KEY": account.AESKey, "JINWEN_WECHAT_API_ENDPOINT": account.API,
		"JINWEN_WECOM_BOT_ID": service.BotID, "JINWEN_WECOM_SECRET": service.Secret, "JINWEN_WECOM_URL": service.URL,
	} {
		t.Setenv(k, v)
	}
	account.Callback = "http://" + addr + "/wechat"
	ctx, cancel := context.WithCancel(t.Context())
	var logs lockedBuffer
	done := make(chan int, 1)
	go func() { done <- Main(ctx, nil, strings.NewReader(""), io.Discard, &logs) }()
	stop := sync.OnceValue(func() int { cancel(); return <-done })
	defer stop()

	ann := service.Single("ann")
	service.Say(ann, questions[0])
	service.Next(ann) // the bot is up
	if err := account.Check(); err != nil {
		t.Errorf("echo check: %v", err)
	}
	want := repliesOf(t, questions)
	for i, q := range questions { // each by somebody else: no question follows another
		bob, ann := fmt.Sprint("bob", i), service.Single(fmt.Sprint("ann", i))
		said := account.Say(bob, q).Text
		for strings.Contains(said, "“更多”") {
			said = strings.ReplaceAll(said, "“更多”", "") + account.Say(bob, "更多").Text
		}
		service.Say(ann, q)
		same(t, "WeChat", q, said, want[i])
		same(t, "WeCom", q, service.Next(ann).Content, want[i])
		if t.Failed() {
			break
		}
	}
	for _, v := range append(account.Violations(), service.Violations()...) {
		t.Errorf("violation: %s", v)
	}
	res, err := http.Get("http://" + health + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := io.ReadAll(res.Body)
	res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if err != nil || !bytes.Contains(metrics, []byte("jinwen_wecom_messages_total")) || !bytes.Contains(metrics, []byte("jinwen_wechat_messages_total")) {
		t.Errorf("the metrics of a channel are missing: %v", err)
	}
	if code := stop(); code != exitFine {
		t.Errorf("stopped with exit %d:\n%s", code, logs.String())
	}
}

// same checks that every line of want is said, whatever marks a channel sets.
func same(t *testing.T, channel, question, said, want string) {
	t.Helper()
	plain := func(s string) string {
		return strings.NewReplacer("**", "", "> ", "", "「", "", "」", "", `\`, "", "- ", "", "• ", "", "\n", "", " ", "").Replace(s)
	}
	got := plain(said)
	for line := range strings.Lines(want) {
		if line = plain(line); !strings.Contains(got, line) {
			t.Errorf("%s, %s: %q does not hold the line %q of jinwen ask", channel, question, said, line)
			return
		}
	}
}

// repliesOf are the replies of jinwen ask --json.
func repliesOf(t *testing.T, questions []string) []string {
	t.Helper()
	var out bytes.Buffer
	if code := Main(t.Context(), []string{"ask", "--json"}, strings.NewReader(strings.Join(questions, "\n")+"\n"), &out, io.Discard); code != exitFine {
		t.Fatalf("ask: exit %d", code)
	}
	var replies []string
	for line := range bytes.Lines(out.Bytes()) {
		var a struct {
			Reply string `json:"reply"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		replies = append(replies, a.Reply)
	}
	if len(replies) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(replies), len(questions))
	}
	return replies
}

func readQuestions(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	for s := bufio.NewScanner(f); s.Scan(); {
		var q struct {
			Q string `json:"q"`
		}
		if err := json.Unmarshal(s.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.ReplaceAll(q.Q, "\n", " "))
	}
	return all
}
