package telegram

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// freePort is an address that nobody listens at just now.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// fetch makes a request and returns status and body.
func fetch(t *testing.T, method, url, secret, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func TestWebhook(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	addr := freePort(t)
	hook := "http://" + addr + "/hook"
	seen := dispatch.NewMemorySeen(0)
	block := make(chan struct{})
	start(t, s, answering(func(m chat.Message) chat.Reply {
		if m.Text == "wait" {
			<-block
		}
		return para("答：" + m.Text)
	}), Options{Webhook: Webhook{URL: hook, Listen: addr, Secret: "s3cret"}, Seen: seen})
	for i := range 20 {
		s.Text(ann.Private(), ann, fmt.Sprint(i))
	}
	for i := range 20 {
		if m := s.Next(ann.Private()); m.Text != fmt.Sprintf("答：%d", i) {
			t.Errorf("answer %d is %q", i, m.Text)
		}
	}
	s.Drained()

	// An update is acknowledged only when it is answered, and not answered
	// again when it comes again.
	s.Text(ann.Private(), ann, "wait")
	time.AfterFunc(10*time.Millisecond, func() {
		if s.Pending() != 1 {
			t.Error("acknowledged before it was answered")
		}
		close(block)
	})
	s.Next(ann.Private())
	s.Drained()
	said := len(s.Said(ann.Private()))
	again := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":5,"from":{"id":%d},"chat":{"id":%d,"type":"private"},"text":"x"}}`, 5021, ann.ID, ann.ID)

	for _, tt := range []struct {
		name, method, url, secret, body string
		want                            int
	}{
		{"the same update again", "POST", hook, "s3cret", again, 200},
		{"no secret", "POST", hook, "", again, 401},
		{"a wrong secret", "POST", hook, "s3cres", again, 401},
		{"another path", "POST", "http://" + addr + "/", "s3cret", again, 404},
		{"another method", "GET", hook, "s3cret", "", 405},
		{"a huge body", "POST", hook, "s3cret", strings.Repeat("x", maxUpdate+1), 413},
		{"poison is not asked for again", "POST", hook, "s3cret", `{"update_id":9999,"message":[]}`, 200},
	} {
		if got, _ := fetch(t, tt.method, tt.url, tt.secret, tt.body); got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
	}
	if n := len(s.Said(ann.Private())); n != said {
		t.Errorf("%d messages more than before", n-said)
	}
	noRejects(t, s)
}

func TestPollingRemovesWebhook(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	addr := freePort(t)
	_, stop := launch(t, s, echo, Options{Webhook: Webhook{URL: "http://" + addr, Listen: addr}})
	s.Text(ann.Private(), ann, "a")
	s.Next(ann.Private())
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.Text(ann.Private(), ann, "b")
	start(t, s, echo, Options{})
	for m := s.Next(ann.Private()); m.Text != "答：b"; m = s.Next(ann.Private()) {
	}
}

func TestHealth(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	addr := freePort(t)
	start(t, s, echo, Options{Health: addr})
	s.Text(ann.Private(), ann, "x")
	s.Drained()
	for _, tt := range []struct{ path, want string }{
		{"/healthz", "ok"},
		{"/readyz", "ok"},
		{"/metrics", "jinwen_updates_handled_total 1"},
		{"/metrics", `jinwen_sends_total{outcome="ok"}`},
		{"/metrics", "jinwen_answer_seconds_count 1"},
		{"/metrics", "go_goroutines"},
	} {
		if code, body := fetch(t, "GET", "http://"+addr+tt.path, "", ""); code != 200 || !strings.Contains(body, tt.want) {
			t.Errorf("%s: %d, want 200 with %q", tt.path, code, tt.want)
		}
	}
	s.Inject("getUpdates", func(bottest.Request) *bottest.Fault {
		return &bottest.Fault{Error: &bottest.Error{Code: 409, Description: "Conflict"}}
	})
	s.Text(ann.Private(), ann, "y") // ends the poll that waits
	s.Until("the bot to fail", func() bool {
		for _, r := range s.Requests("getUpdates") {
			if r.Status == 409 {
				return true
			}
		}
		return false
	})
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		code, body := fetch(t, "GET", "http://"+addr+"/readyz", "", "")
		if code == 503 && strings.Contains(body, "another program") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("readyz: %d %q", code, body)
		}
	}
	if code, _ := fetch(t, "GET", "http://"+addr+"/healthz", "", ""); code != 200 {
		t.Errorf("healthz: %d while Telegram refuses", code)
	}
}

func TestStartWithoutNetwork(t *testing.T) {
	s := bottest.NewServer(t)
	ann := s.User("Ann", "")
	s.Inject("getMe", bottest.Once(5, bottest.Fault{Reset: true}))
	s.Text(ann.Private(), ann, "x")
	start(t, s, echo, Options{})
	s.Next(ann.Private())
}

// TestReadyBeforeAnythingComes: /readyz says yes once the bot can answer, while
// its first poll still waits for somebody to write.
func TestReadyBeforeAnythingComes(t *testing.T) {
	s := bottest.NewServer(t)
	addr := freePort(t)
	start(t, s, echo, Options{Health: addr})
	code, body := 0, ""
	for range 2000 {
		if c, err := net.Dial("tcp", addr); err != nil { // not open yet
			time.Sleep(time.Millisecond)
			continue
		} else {
			c.Close()
		}
		if code, body = fetch(t, "GET", "http://"+addr+"/readyz", "", ""); code == 200 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if code != 200 {
		t.Errorf("readyz: %d %s", code, body)
	}
}
