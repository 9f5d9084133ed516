package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBounds: the last value that a setting takes on each side, and the first
// that it does not.
func TestBounds(t *testing.T) {
	for _, tt := range []struct {
		key     string // in file, with %s for the value
		file    string
		good    []string
		bad     []string
		problem string
	}{
		{"telegram.poll_timeout", "telegram:\n  poll_timeout: %s\n", []string{"1s", "50s"}, []string{"999ms", "50001ms"}, "out of range: want 1s to 50s"},
		{"question_timeout", "question_timeout: %s\n", []string{"100ms", "1m"}, []string{"99ms", "60001ms"}, "out of range: want 100ms to 1m"},
		{"stop_timeout", "stop_timeout: %s\n", []string{"1s", "10m"}, []string{"999ms", "600001ms"}, "out of range: want 1s to 10m"},
		{"embeddings.timeout", "embeddings:\n  timeout: %s\n", []string{"10ms", "10s"}, []string{"9999us", "10001ms"}, "out of range: want 10ms to 10s"},
		{"listen", "listen: %q\n", []string{":0", ":65535", "127.0.0.1:80", "[::1]:80"}, []string{":-1", ":65536", "localhost", ":http"}, "not an address to listen on"},
		{"web.listen", "web:\n  listen: %q\n", []string{":0", "localhost:8080"}, []string{":65536", "8080"}, "not an address to listen on"},
		{"wechat.listen", "wechat:\n  listen: %q\n", []string{":0", ":65535"}, []string{":65536", "wechat"}, "not an address to listen on"},
		{"telegram.webhook.listen", "telegram:\n  webhook:\n    url: https://bot.example\n    secret: s\n    listen: %q\n",
			[]string{":0", ":65535"}, []string{":65536", "hook"}, "not an address to listen on"},
		{"telegram.webhook.url", "telegram:\n  webhook:\n    url: %q\n    secret: s\n",
			[]string{"https://bot.example", "https://bot.example/hook"}, []string{"http://bot.example", "https:///hook", "https://bot example", "bot.example"}, "not an https address"},
		{"telegram.proxy", "telegram:\n  proxy: %q\n",
			[]string{"http://h:1", "https://h:1", "socks5://h:1", "socks5h://h:1"}, []string{"h:1", "http:///x", "http://h:x"}, "not an address: want http://"},
		{"telegram.proxy", "telegram:\n  proxy: %q\n", nil, []string{"socks4://h:1"}, "unknown kind of proxy"},
		{"telegram.api_endpoint", "telegram:\n  api_endpoint: %q\n",
			[]string{"http://h:1/bot%s/%s", "https://h/a/bot%s/%s"}, []string{"ftp://h/bot%s/%s", "http:///bot%s/%s", "http://h/%s/bot%s", "http://h:x/bot%s/%s"}, "not the address of a Bot API server"},
		{"telegram.api_endpoint", "telegram:\n  api_endpoint: %q\n", nil, []string{"http://h/bot%s", "http://h/bot%s/%s?%d", "http://h/%s/bot%s/%s"}, "no place for token and method"},
		{"admins", "admins: [%s]\n", []string{"1", "9007199254740993"}, []string{"0", "-100123", "5, 0"}, "not a user id"},
		{"data_dir", "data_dir: %q\n", []string{"d"}, []string{""}, "is empty"},
		{"state", "state: %q\n", []string{"", "postgres://h/d", "postgresql://h/d"}, []string{"mysql://h/d", "h"}, "not the address of a PostgreSQL"},
		{"watch_dir", "data_dir: data\nwatch_dir: %q\n", []string{"", "inbox", "data/in"}, []string{"data", "./data/"}, "the data folder itself"},
		{"watch_activate", "watch_activate: %s\n", []string{"false"}, []string{"true"}, "needs watch_dir"},
		{"watch_activate", "watch_dir: in\nwatch_activate: %s\n", []string{"false", "true"}, nil, ""},
		{"log.format", "log:\n  format: %s\n", []string{"text", "json"}, []string{"xml", `""`}, "unknown format"},
		{"web.base_url", "web:\n  base_url: %q\n", []string{"", "https://h", "http://h:8080"}, []string{"ftp://h", "https://", "https://h/", "h", "://h"}, "not the address of a site"},
		{"web.trusted_proxies", "web:\n  trusted_proxies: [%q]\n", []string{"127.0.0.1", "::1", "10.0.0.0/8"}, []string{"10.0.0.0/33", "proxy", ""}, "neither an address nor a network"},
		{"wechat.path", "wechat:\n  path: %q\n", []string{"/wechat", "/a/b"}, []string{"/", "wechat", "/天", ""}, "no path of its own"},
		{"wechat.api_endpoint", "wechat:\n  api_endpoint: %q\n", []string{"http://h", "https://h:1"}, []string{"ws://h", "https://", "https://h:x"}, "not the address of the API"},
		{"wecom.url", "wecom:\n  url: %q\n", []string{"ws://h", "wss://h:1/x"}, []string{"https://h", "wss://"}, "not the address of a long connection"},
		{"embeddings.url", "embeddings:\n  model: m\n  url: %q\n", []string{"http://h:1/v1", "https://h/v1"}, []string{"ftp://h", "https://"}, "not the address of a server"},
	} {
		for _, v := range tt.good {
			file := strings.NewReplacer("%s", v, "%q", `"`+v+`"`).Replace(tt.file)
			if _, err := parseFile("c.yaml", []byte(file)); err != nil {
				t.Errorf("%s = %s: %v, want it taken", tt.key, v, err)
			}
		}
		for _, v := range tt.bad {
			file := strings.NewReplacer("%s", v, "%q", `"`+v+`"`).Replace(tt.file)
			_, err := parseFile("c.yaml", []byte(file))
			if err == nil || !strings.Contains(err.Error(), ": "+tt.key+": ") || !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("%s = %s: %v, want %q", tt.key, v, err, tt.problem)
			}
		}
	}
}

// TestChannelsNeedTheirSettings: what is set of a channel says what else it
// needs, and what is complete is taken.
func TestChannelsNeedTheirSettings(t *testing.T) {
	wechat := func(lines ...string) string { return "wechat:\n  " + strings.Join(lines, "\n  ") + "\n" }
	const token, listen, id, secret = "token: t", "listen: :8", "app_id: wx1", "app_secret: s"
	key, old := "encoding_aes_key: "+aesKey, "old_encoding_aes_key: "+aesKey
	for _, tt := range []struct{ name, file, missing string }{
		{"nothing", "log:\n  level: info\n", ""},
		{"an account", wechat(token, listen), ""},
		{"an account on the web's address", "web:\n  listen: :8\n" + wechat(token), ""},
		{"an account with all", wechat(token, listen, id, key, old, secret), ""},
		{"an account nowhere", wechat(token), "wechat.listen"},
		{"an id alone", wechat(id), "wechat.token"},
		{"a key alone", wechat(key), "wechat.token"},
		{"a secret alone", wechat(secret), "wechat.token"},
		{"a key without id", wechat(token, listen, key), "wechat.app_id"},
		{"a secret without id", wechat(token, listen, secret), "wechat.app_id"},
		{"an old key of the wrong form", wechat(token, listen, id, "old_encoding_aes_key: x"), "wechat.old_encoding_aes_key"},
		{"a smart bot", "wecom:\n  bot_id: b\n  secret: s\n", ""},
		{"a webhook", "telegram:\n  webhook:\n    url: https://h\n    secret: s\n", ""},
		{"a listen address without webhook", "telegram:\n  webhook:\n    listen: nowhere\n", ""},
		{"an embedding server", "embeddings:\n  url: http://h/v1\n  model: m\n", ""},
	} {
		_, err := parseFile("c.yaml", []byte(tt.file))
		switch {
		case tt.missing == "" && err != nil:
			t.Errorf("%s: %v, want it taken", tt.name, err)
		case tt.missing != "" && (err == nil || !strings.Contains(err.Error(), tt.missing+": ")):
			t.Errorf("%s: %v, want %s named", tt.name, err, tt.missing)
		}
	}
}

// TestSet: a channel is there as soon as what it cannot do without is.
func TestSet(t *testing.T) {
	secret := NewSecret("s")
	for _, tt := range []struct {
		name string
		got  bool
		want bool
	}{
		{"no account", (&WeChat{AppID: "wx1"}).Set(), false},
		{"an account", (&WeChat{Token: secret}).Set(), true},
		{"no smart bot", (&WeCom{Name: "津问"}).Set(), false},
		{"a smart bot's id", (&WeCom{BotID: "b"}).Set(), true},
		{"a smart bot's secret", (&WeCom{Secret: secret}).Set(), true},
		{"no embedding server", (&Embeddings{Model: "m"}).Set(), false},
		{"an embedding server", (&Embeddings{URL: "http://h"}).Set(), true},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: Set() = %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

// TestDidYouMean: what is offered for a name that is none.
func TestDidYouMean(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"telegram.tokne", ", did you mean telegram.token?"},
		{"telegram.endpoint", ", did you mean telegram.api_endpoint?"}, // a quarter of its letters
		{"telegram.ndpoint", ": want one of token, token_file, api_endpoint, proxy, poll_timeout, webhook"},
		{"admi", ", did you mean admins?"}, // two letters of a short name
		{"admi2", ", did you mean admins?"},
		{"url", ", did you mean telegram.webhook.url?"}, // the first of several
		{"log.data_dir", ", did you mean data_dir?"},
		{"questions.size", ": want one of max_mb"},
		{"colour.of_it", ""},
	} {
		if got := didYouMean(tt.name, Keys()); got != tt.want {
			t.Errorf("didYouMean(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := didYouMean("colour", Keys()); !strings.HasPrefix(got, ": want one of telegram, admins, data_dir, ") || strings.Count(got, "telegram") != 1 {
		t.Errorf("didYouMean of what is like nothing = %q, want each key of the top once", got)
	}
	if d := cmp.Diff([]string{"JINWEN_COLOUR_OF_IT_ALL"}, Unknown([]string{"JINWEN_COLOUR_OF_IT_ALL=red"})); d != "" {
		t.Errorf("Unknown of what is like nothing (-want +got):\n%s", d)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0},
		{"abc", "abxc", 1}, {"abc", "axc", 1}, {"abc", "ac", 1}, // inserted, replaced, deleted
		{"ab", "ba", 1}, {"abcd", "acbd", 1}, {"abcd", "badc", 2}, // swapped
		{"abc", "cab", 2}, {"abc", "bca", 2}, {"abc", "xbcy", 2}, // farther than a neighbour
		{"ab", "cb", 1}, {"ab", "ca", 2}, {"abcde", "vwxyz", 5},
		{"token", "tokne", 1}, {"proxy", "proxies", 3}, {"kitten", "sitting", 3},
	} {
		for _, got := range []int{distance(tt.a, tt.b), distance(tt.b, tt.a)} {
			if got != tt.want {
				t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
		}
	}
}

// TestSourceLine: a line is shown whole if it is short, else its beginning.
func TestSourceLine(t *testing.T) {
	at := strings.Repeat("长", 120-len("home: "))
	for _, tt := range []struct {
		name, data string
		line       int
		want       string
	}{
		{"before the first", "a: 1", 0, ""},
		{"the first", "a: 1", 1, "a: 1"},
		{"the last", "a: 1\n  b: 2 ", 2, "b: 2"},
		{"after the last", "a: 1\nb: 2", 3, ""},
		{"as long as may be", "home: " + at, 1, "home: " + at},
		{"too long", "home: " + at + "长", 1, "home: " + strings.TrimSuffix(at, "长") + "…"},
		{"below a secret of another group", "token:\n  - a\nhome: x\n  y", 4, "y"},
		{"below a secret that is the first line", "token:\n\n  hunter2", 3, redacted},
		{"a secret and its key on two lines", "a:\n  token:\n    x: hunter2", 3, "x: " + redacted},
		{"a word one slip from a secret", "passwrod: hunter2", 1, "passwrod: " + redacted},
		{"a word two slips from a secret", "tkenn: hunter2", 1, "tkenn: " + redacted},
		{"a word three slips from a secret", "tkinn: shown", 1, "tkinn: shown"},
	} {
		if got := sourceLine([]byte(tt.data), tt.line, ""); got != tt.want {
			t.Errorf("%s: sourceLine(%q, %d) = %q, want %q", tt.name, tt.data, tt.line, got, tt.want)
		}
	}
}

// TestSecretFileIsOrigin: the address of a secret that was read from a file is
// that file's.
func TestSecretFileIsOrigin(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "secret", "hunter2\n")
	c, err := Load("", []string{"JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET_FILE=secret", "JINWEN_ADMINS=10， 11"})
	if err != nil {
		t.Fatal(err)
	}
	if o, ok := c.Origin("wecom.secret"); !ok || o.String() != "secret:1" {
		t.Errorf("Origin(wecom.secret) = %v, %v, want secret:1", o, ok)
	}
	if !slices.Equal(c.Admins, []int64{10, 11}) {
		t.Errorf("admins = %v, want 10 and 11", c.Admins)
	}
	if got := fmt.Sprintf("%v %s %d", c.WeCom.Secret, c.WeCom.Secret, c.WeCom.Secret); got != "[redacted] [redacted] [redacted]" {
		t.Errorf("a secret prints as %q", got)
	}
}
