package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const example = "../../config.example.yaml"

// parseFile decodes data, the content of a file called name, on top of the
// defaults, without the environment.
func parseFile(name string, data []byte) (Config, error) {
	c := Default()
	c.origins = make(map[string]Origin)
	if err := c.parse(name, data); err != nil {
		return Config{}, err
	}
	if ps := c.problems(); len(ps) > 0 {
		return Config{}, c.refuse(ps[0], name, data)
	}
	return c, nil
}

var ignoreOrigins = cmpopts.IgnoreUnexported(Config{})

func TestExampleIsDefault(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseFile("config.example.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Admins = []int64{} // the file says [] where the zero value is nil
	want.Web.Proxies, want.Web.Admins, want.Web.Embed, want.Web.CORS = []string{}, []string{}, []string{}, []string{}
	want.WeChat.Admins, want.WeCom.Admins = []string{}, []string{}
	if d := cmp.Diff(want, c, ignoreOrigins); d != "" {
		t.Errorf("config.example.yaml differs from the defaults (-default +example):\n%s", d)
	}
	for i, key := range Keys() {
		if _, ok := c.Origin(key); !ok {
			t.Errorf("config.example.yaml does not set %s", key)
		}
		if !bytes.Contains(data, []byte(Envs()[i])) {
			t.Errorf("config.example.yaml does not name %s", Envs()[i])
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ name, yaml, want string }{
		{"mistyped key", "telegram:\n  api_endpont: x\n",
			`c.yaml:2: telegram.api_endpont: unknown key, did you mean telegram.api_endpoint? (the line reads: api_endpont: x)`},
		{"key in the wrong place", "log:\n  level: info\nformat: json\n",
			`c.yaml:3: format: unknown key, did you mean log.format? (the line reads: format: json)`},
		{"key like no other", "log:\n  colour: red\n",
			`c.yaml:2: log.colour: unknown key: want one of level, format (the line reads: colour: red)`},
		{"mistyped token is not shown", "telegram:\n  tokne: 123:abcdefghijkl\n",
			`c.yaml:2: telegram.tokne: unknown key, did you mean telegram.token? (the line reads: tokne: [redacted])`},
		{"token of the wrong form", "telegram:\n  token: hunter2\n",
			`c.yaml:2: telegram.token: is not a bot token: want the form 123456789:AbC… as given by @BotFather (the line reads: token: [redacted])`},
		{"text for a number", "keep:\n  versions: many\n",
			`c.yaml:2: keep.versions: wrong type: want a whole number, 3 to 10000 (the line reads: versions: many)`},
		{"number for a group", "log: 3\n",
			`c.yaml:1: log: wrong type: want settings of the form key: value (the line reads: log: 3)`},
		{"number for a list", "admins: 12\n",
			`c.yaml:1: admins: wrong type: want a list of numbers, as [1, 2] (the line reads: admins: 12)`},
		{"duration without unit", "stop_timeout: 20\n",
			`c.yaml:1: stop_timeout: wrong type: want a duration such as 20s or 5m (the line reads: stop_timeout: 20)`},
		{"duration in words", "stop_timeout: soon\n",
			`c.yaml:1: stop_timeout: "soon" is not a duration: want one such as 20s or 5m (the line reads: stop_timeout: soon)`},
		{"unknown level", "log:\n  level: loud\n",
			`c.yaml:2: log.level: unknown level "loud": want debug, info, warn or error (the line reads: level: loud)`},
		{"same key twice", "data_dir: a\ndata_dir: b\n",
			`c.yaml:2: mapping key "data_dir" already defined at [1:1] (the line reads: data_dir: b)`},
		{"tab", "log:\n\tlevel: info\n",
			`c.yaml:2: begins with a tab: want spaces (the line reads: level: info)`},
		{"two documents", "data_dir: a\n---\ndata_dir: b\n",
			`c.yaml:2: a second document begins here: want one (the line reads: ---)`},
		{"endpoint without places", "telegram:\n  api_endpoint: http://localhost:8081\n",
			`c.yaml:2: telegram.api_endpoint: "http://localhost:8081" has no place for token and method: want http://host:port/bot%s/%s (the line reads: api_endpoint: http://localhost:8081)`},
		{"endpoint of something else", "telegram:\n  api_endpoint: \"http://localhost:8081/%s/%s\"\n",
			`c.yaml:2: telegram.api_endpoint: "http://localhost:8081/%s/%s" is not the address of a Bot API server: want http://host:port/bot%s/%s (the line reads: api_endpoint: "http://localhost:8081/%s/%s")`},
		{"webhook without secret", "telegram:\n  webhook:\n    url: https://bot.example\n",
			`c.yaml:3: telegram.webhook.secret: is missing, and telegram.webhook.url needs it: want 1 to 256 of A-Z a-z 0-9 _ - (the line reads: url: https://bot.example)`},
		{"webhook secret of the wrong form", "telegram:\n  webhook:\n    url: https://bot.example\n    secret: hunter 2\n",
			`c.yaml:4: telegram.webhook.secret: has the wrong form: want 1 to 256 of A-Z a-z 0-9 _ - (the line reads: secret: [redacted])`},
		{"a word for true", "watch_activate: yes\n",
			`c.yaml:1: watch_activate: wrong type: want true or false, without quotes (the line reads: watch_activate: yes)`},
		{"true in quotes", "watch_activate: \"true\"\n",
			`c.yaml:1: watch_activate: wrong type: want true or false, without quotes (the line reads: watch_activate: "true")`},
		{"fraction in a list", "admins: [1.5]\n",
			`c.yaml:1: admins: wrong type: want a list of numbers, as [1, 2] (the line reads: admins: [1.5])`},
		{"text in a list, on its line", "admins:\n  - 1\n  - \"2\"\n",
			`c.yaml:3: admins: wrong type: want a list of numbers, as [1, 2] (the line reads: - "2")`},
		{"nothing in a list", "admins:\n  - 1\n  -\n",
			`c.yaml:3: admins: wrong type: want a list of numbers, as [1, 2] (the line reads: -)`},
		{"number too large in a list", "admins: [99999999999999999999]\n",
			`c.yaml:1: admins: wrong type: want a list of numbers, as [1, 2] (the line reads: admins: [99999999999999999999])`},
		{"password in a bad proxy is not shown", "telegram:\n  proxy: ftp://u:hunter2@h:1\n",
			`c.yaml:2: telegram.proxy: unknown kind of proxy "ftp": want http, https, socks5 or socks5h (the line reads: proxy: [redacted])`},
		{"number for a text", "data_dir: 5\n",
			`c.yaml:1: data_dir: wrong type: want a text; put it in quotes (the line reads: data_dir: 5)`},
		{"text in quotes for a number", "keep:\n  versions: \"7\"\n",
			`c.yaml:2: keep.versions: wrong type: want a whole number, 3 to 10000 (the line reads: versions: "7")`},
		{"fraction for a number", "keep:\n  versions: 7.5\n",
			`c.yaml:2: keep.versions: wrong type: want a whole number, 3 to 10000 (the line reads: versions: 7.5)`},
		{"number that is too large", "keep:\n  versions: 99999999999999999999\n",
			`c.yaml:2: keep.versions: wrong type: want a whole number, 3 to 10000 (the line reads: versions: 99999999999999999999)`},
		{"key without value", "data_dir:\n",
			`c.yaml:1: data_dir: has no value: want a text; put it in quotes (the line reads: data_dir:)`},
		{"not a mapping", "- a\n- b\n",
			`c.yaml:1: wrong type: want settings of the form key: value (the line reads: - a)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseFile("c.yaml", []byte(tt.yaml))
			if err == nil || err.Error() != tt.want {
				t.Errorf("Parse(%q):\n got %v\nwant %s", tt.yaml, err, tt.want)
			}
			if !reflect.ValueOf(c).IsZero() {
				t.Errorf("Parse(%q) gives %v beside its error, want the zero Config", tt.yaml, c)
			}
		})
	}
}

// A line is shown as it is, but for the secrets in it.
func TestRedaction(t *testing.T) {
	for _, tt := range []struct{ name, yaml, shown string }{
		{"a port", "listen: \":99999\"\n", `listen: ":99999"`},
		{"settings in braces", "limits: {foo: 2}\n", "limits: {foo: 2}"},
		{"two colons", "a: b: c\n", "a: b: c"},
		{"a time and an address", "data_dir: [12:30, me@example.com]\n", "data_dir: [12:30, me@example.com]"},
		{"the token's file is none", "telegram:\n  token_file: 5\n", "token_file: 5"},
		{"beside a token", "telegram:\n  token: 123:abcdefghijkl\n  api_endpoint: x\n", "api_endpoint: x"},
		{"below a token", "telegram:\n  token: 123:abcdefghijkl\nlisten: x\n", "listen: x"},
		{"a token in braces", "telegram: {token: hunter2}\n", "telegram: [redacted]"},
		{"a mistyped token in braces", "telegram: {tkoen: hunter2}\n", "telegram: [redacted]"},
		{"a mistyped key", "telegram:\n  webhook:\n    sercet: hunter2\n", "sercet: [redacted]"},
		{"a key in capitals", "PROXY: hunter2\n", "PROXY: [redacted]"},
		{"a key in quotes", "\"token\" : hunter2\n", `"token" : [redacted]`},
		{"a password", "password: hunter2\n", "password: [redacted]"},
		{"a token under another key", "listen: 123:hunter2hunter2\n", "listen: [redacted]"},
		{"a token in an address", "telegram:\n  api_endpoint: https://h/bot123:hunter2hunter2/%s\n", "api_endpoint: https://h/bot[redacted]/%s"},
		{"a password in an address", "telegram:\n  api_endpoint: https://u:hunter2@h/%s\n", "api_endpoint: https://[redacted]@h/%s"},
		{"a password with a slash", "telegram:\n  api_endpoint: https://u:x/hunter2@h/%s\n", "api_endpoint: https://[redacted]@h/%s"},
		{"a token alone on a line", "admins:\n  - 123:hunter2hunter2\n", "- [redacted]"},
		{"a secret on the next line", "telegram:\n  token:\n    - x\n    y: hunter2\n", "y: [redacted]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseFile("c.yaml", []byte(tt.yaml))
			if err == nil || !strings.HasSuffix(err.Error(), " (the line reads: "+tt.shown+")") || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("Parse(%q):\n got %v\nwant the line to read %s", tt.yaml, err, tt.shown)
			}
		})
	}
}

func TestPrecedence(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	write(t, path, "data_dir: from-file\nadmins: [1]\nkeep:\n  versions: 7\n")
	c, err := Load(path, []string{"JINWEN_DATA_DIR=from-env", "JINWEN_KEEP_VERSIONS=", "JINWEN_ADMINS=2, 3", "HOME=/"})
	if err != nil {
		t.Fatal(err)
	}
	if c.DataDir != "from-env" || c.Keep.Versions != 7 || !slices.Equal(c.Admins, []int64{2, 3}) || c.Keep.QuestionDays != Default().Keep.QuestionDays {
		t.Errorf("got %+v, want the environment over the file over the defaults", c)
	}
	for key, want := range map[string]string{"data_dir": "JINWEN_DATA_DIR", "keep.versions": path + ":4"} {
		if o, ok := c.Origin(key); !ok || o.String() != want {
			t.Errorf("Origin(%s) = %v, %v, want %s", key, o, ok, want)
		}
	}
}

// hash is of the form of a password's.
const hash = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0MTI$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

// aesKey is of the form of an EncodingAESKey.
const aesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

// TestChannelErrors: what cannot be used is named with its line, a secret
// never shown.
func TestChannelErrors(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"wechat:\n  app_id: wx1\n", `c.yaml: wechat.token: is missing`},
		{"wechat:\n  token: hunter2\n", `c.yaml: wechat.listen: is missing: WeChat calls the bot`},
		{"wechat:\n  token: hunter2\n  listen: :8\n  encoding_aes_key: hunter2\n", `c.yaml:4: wechat.encoding_aes_key: has the wrong form: want the 43`},
		{"wechat:\n  token: hunter2\n  listen: :8\n  encoding_aes_key: " + aesKey + "\n", `c.yaml: wechat.app_id: is missing`},
		{"wechat:\n  path: /\n", `c.yaml:2: wechat.path: "/" is no path of its own`},
		{"wechat:\n  api_endpoint: weixin\n", `c.yaml:2: wechat.api_endpoint: "weixin" is not the address`},
		{"wecom:\n  bot_id: b\n", `c.yaml: wecom.secret: is missing beside bot_id`},
		{"wecom:\n  secret: hunter2\n", `c.yaml: wecom.bot_id: is missing beside secret`},
		{"wecom:\n  url: https://x\n", `c.yaml:2: wecom.url: "https://x" is not the address of a long connection`},
		{"wecom:\n  botid: b\n", `c.yaml:2: wecom.botid: unknown key, did you mean wecom.bot_id?`},
	} {
		_, err := parseFile("c.yaml", []byte(tt.file))
		if want := strings.Replace(tt.want, "c.yaml: ", "", 1); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %s", tt.file, err, want)
		}
	}
}

// A secret may stand in a file of its own; an empty one is an error.
func TestSecretFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "secret", "hunter2\n")
	write(t, "empty", "\n")
	c, err := Load("", []string{"JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET_FILE=secret"})
	if err != nil || c.WeCom.Secret.Reveal() != "hunter2" {
		t.Errorf("secret = %q, %v", c.WeCom.Secret.Reveal(), err)
	}
	if _, err = Load("", []string{"JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET_FILE=empty"}); err == nil || !strings.Contains(err.Error(), "empty is empty: put the secret into it") {
		t.Errorf("an empty file: %v", err)
	}
}

// TestWebErrors: what cannot be used is named with its line, a hash never shown.
func TestWebErrors(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"web:\n  listen: here\n", `c.yaml:2: web.listen: "here" is not an address to listen on`},
		{"web:\n  base_url: \"https://x.example/path\"\n", `c.yaml:2: web.base_url: "https://x.example/path" is not the address of a site`},
		{"web:\n  trusted_proxies: [\"proxy\"]\n", `c.yaml:2: web.trusted_proxies: "proxy" is neither an address nor a network`},
		{"web:\n  trusted_proxies: \"127.0.0.1\"\n", `c.yaml:2: web.trusted_proxies: wrong type: want a list of texts`},
		{"web:\n  admins: [\"ann:" + hash + "x y\"]\n", `c.yaml:2: web.admins: holds what is no account: want NAME:HASH`},
		{"web:\n  admins: [7]\n", `c.yaml:2: web.admins: wrong type: want a list of texts`},
		{"web:\n  embed_origins: [\"*\"]\n", `c.yaml:2: web.embed_origins: "*" is not an origin`},
		{"web:\n  cors_origins: [\"https://a.example/\"]\n", `c.yaml:2: web.cors_origins: "https://a.example/" is not an origin`},
		{"web:\n  per_second: 0\n", `c.yaml:2: web.per_second: 0 is out of range: want 1 to 100000`},
		{"web:\n  conections: 9\n", `c.yaml:2: web.conections: unknown key, did you mean web.connections?`},
	} {
		_, err := parseFile("c.yaml", []byte(tt.file))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "AAECAw") || strings.Contains(err.Error(), "c2FsdH") {
			t.Errorf("%s: %v, want %s", tt.file, err, tt.want)
		}
	}
}

// TestEmbeddingErrors: what cannot be used is named with its line, a key never
// shown.
func TestEmbeddingErrors(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"embeddings:\n  url: localhost:8080\n  model: m\n", `c.yaml:2: embeddings.url: "localhost:8080" is not the address of a server: want http://host:port/v1`},
		{"embeddings:\n  url: http://localhost:8080/v1\n", `c.yaml:2: embeddings.model: is missing, and embeddings.url needs it`},
		{"embeddings:\n  model: m\n", `c.yaml:2: embeddings.url: is missing, and embeddings.model needs it`},
		{"embeddings:\n  key_file: k\n", `c.yaml:2: embeddings.url: is missing, and embeddings.key_file needs it`},
		{"embeddings:\n  timeout: 1m\n", `c.yaml:2: embeddings.timeout: 1m0s is out of range: want 10ms to 10s`},
		{"embeddings:\n  timeout: 150\n", `c.yaml:2: embeddings.timeout: wrong type: want a duration`},
		{"embeddings:\n  key: hunter2\n", `c.yaml:2: embeddings.key: unknown key, did you mean `},
		{"embeddings:\n  api_key: hunter2\n", `c.yaml:2: embeddings.api_key: unknown key`},
	} {
		_, err := parseFile("c.yaml", []byte(tt.file))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %s", tt.file, err, tt.want)
		}
	}
}

// TestStateErrors: an address that is none is named with its line, and never
// shown.
func TestStateErrors(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"state: mysql://u:hunter2@db/x\n", `c.yaml:1: state: is not the address of a PostgreSQL: want postgres://`},
		{"state: hunter2\n", `c.yaml:1: state: is not the address of a PostgreSQL`},
		{"state: [hunter2]\n", `c.yaml:1: state: wrong type`},
	} {
		_, err := parseFile("c.yaml", []byte(tt.file))
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %s", tt.file, err, tt.want)
		}
	}
}

// TestEnvironment sets every setting by its variable.
func TestEnvironment(t *testing.T) {
	values := map[string]string{
		"TELEGRAM_BOT_TOKEN":           "1:abcdefghijkl",
		"JINWEN_TELEGRAM_TOKEN_FILE":   "/nowhere",
		"JINWEN_TELEGRAM_API_ENDPOINT": "http://localhost:1/bot%s/%s",
		"JINWEN_PROXY":                 "socks5://localhost:2",
		"JINWEN_POLL_TIMEOUT":          "3s",
		"JINWEN_WEBHOOK_URL":           "https://bot.example/hook",
		"JINWEN_WEBHOOK_LISTEN":        ":4",
		"JINWEN_WEBHOOK_SECRET":        "five",
		"JINWEN_ADMINS":                "6,7",
		"JINWEN_DATA_DIR":              "eight",
		"JINWEN_STATE":                 "postgres://u:hunter2@db/jinwen", "JINWEN_STATE_FILE": "/nowhere",
		"JINWEN_DICT_DIR": "nine", "JINWEN_HOME": "天津",
		"JINWEN_FONT_FILE":           "font",
		"JINWEN_WATCH_DIR":           "ten",
		"JINWEN_WATCH_ACTIVATE":      "true",
		"JINWEN_WEB_LISTEN":          ":8",
		"JINWEN_WEB_BASE_URL":        "https://jinwen.example",
		"JINWEN_WEB_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
		"JINWEN_WEB_ADMINS":          "ann:" + hash + " bob:" + hash,
		"JINWEN_WEB_EMBED_ORIGINS":   "https://a.example,https://b.example",
		"JINWEN_WEB_CORS_ORIGINS":    "https://c.example",
		"JINWEN_WEB_PER_SECOND":      "21",
		"JINWEN_WEB_CONNECTIONS":     "22",
		"JINWEN_WECHAT_APP_ID":       "wx1", "JINWEN_WECHAT_TOKEN": "t1", "JINWEN_WECHAT_TOKEN_FILE": "/nowhere",
		"JINWEN_WECHAT_ENCODING_AES_KEY": aesKey, "JINWEN_WECHAT_ENCODING_AES_KEY_FILE": "/nowhere",
		"JINWEN_WECHAT_OLD_TOKEN": "t0", "JINWEN_WECHAT_OLD_ENCODING_AES_KEY": aesKey, "JINWEN_WECHAT_PLAIN": "true",
		"JINWEN_WECHAT_APP_SECRET": "s1", "JINWEN_WECHAT_APP_SECRET_FILE": "/nowhere", "JINWEN_WECHAT_PATH": "/w",
		"JINWEN_WECHAT_LISTEN": ":9", "JINWEN_WECHAT_API_ENDPOINT": "http://localhost:3", "JINWEN_WECHAT_ADMINS": "o1,o2",
		"JINWEN_WECOM_BOT_ID": "b1", "JINWEN_WECOM_SECRET": "s2", "JINWEN_WECOM_SECRET_FILE": "/nowhere",
		"JINWEN_WECOM_NAME": "津问", "JINWEN_WECOM_URL": "ws://localhost:4", "JINWEN_WECOM_ADMINS": "ann",
		"JINWEN_EMBEDDINGS_URL": "http://localhost:5/v1", "JINWEN_EMBEDDINGS_MODEL": "bge",
		"JINWEN_EMBEDDINGS_KEY_FILE": "key", "JINWEN_EMBEDDINGS_TIMEOUT": "90ms",
		"JINWEN_KEEP_VERSIONS":          "11",
		"JINWEN_KEEP_QUESTION_DAYS":     "12",
		"JINWEN_QUESTIONS_MAX_MB":       "7",
		"JINWEN_LIMIT_ALL_PER_SECOND":   "13",
		"JINWEN_LIMIT_CHAT_PER_SECOND":  "14",
		"JINWEN_LIMIT_GROUP_PER_MINUTE": "15",
		"JINWEN_LIMIT_USER_PENDING":     "16",
		"JINWEN_LISTEN":                 ":17",
		"JINWEN_QUESTION_TIMEOUT":       "17s",
		"JINWEN_STOP_TIMEOUT":           "18s",
		"JINWEN_LOG_LEVEL":              "debug",
		"JINWEN_LOG_FORMAT":             "json",
	}
	var environ []string
	for _, name := range Envs() {
		if values[name] == "" {
			t.Fatalf("the test has no value for %s", name)
		}
		environ = append(environ, name+"="+values[name])
	}
	t.Chdir(t.TempDir())
	write(t, "key", "k1\n")
	got, err := Load("", environ)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Telegram: Telegram{
			Token: NewSecret("1:abcdefghijkl"), TokenFile: "/nowhere", APIEndpoint: "http://localhost:1/bot%s/%s",
			Proxy: NewSecret("socks5://localhost:2"), PollTimeout: 3 * time.Second,
			Webhook: Webhook{URL: "https://bot.example/hook", Listen: ":4", Secret: NewSecret("five")},
		},
		Admins: []int64{6, 7}, DataDir: "eight", State: NewSecret("postgres://u:hunter2@db/jinwen"), StateFile: "/nowhere", Home: "天津", DictDir: "nine", FontFile: "font", WatchDir: "ten", WatchActivate: true,
		Web: Web{":8", "https://jinwen.example", []string{"127.0.0.1", "10.0.0.0/8"}, []string{"ann:" + hash, "bob:" + hash},
			[]string{"https://a.example", "https://b.example"}, []string{"https://c.example"}, 21, 22},
		WeChat: WeChat{
			AppID: "wx1", Token: NewSecret("t1"), TokenFile: "/nowhere", AESKey: NewSecret(aesKey), AESKeyFile: "/nowhere",
			OldToken: NewSecret("t0"), OldAESKey: NewSecret(aesKey), Plain: true, AppSecret: NewSecret("s1"), AppSecretFile: "/nowhere",
			Path: "/w", Listen: ":9", APIEndpoint: "http://localhost:3", Admins: []string{"o1", "o2"},
		},
		WeCom:      WeCom{"b1", NewSecret("s2"), "/nowhere", "津问", "ws://localhost:4", []string{"ann"}},
		Embeddings: Embeddings{"http://localhost:5/v1", "bge", "key", 90 * time.Millisecond, NewSecret("k1")},
		Keep:       Keep{11, 12}, Questions: Questions{7}, Limits: Limits{13, 14, 15, 16}, Listen: ":17", QuestionTimeout: 17 * time.Second, StopTimeout: 18 * time.Second,
		Log: Log{Level: Level(slog.LevelDebug), Format: "json"},
	}
	if d := cmp.Diff(want, got, ignoreOrigins); d != "" {
		t.Errorf("Load of every variable (-want +got):\n%s", d)
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "bad.yaml", "limits:\n  all_per_second: 0\n")
	for _, tt := range []struct {
		name, path string
		env        []string
		want       string
	}{
		{"no such file", "none.yaml", nil, "config: open none.yaml: no such file or directory"},
		{"no such file in the environment", "", []string{"JINWEN_CONFIG=none.yaml"}, "config: open none.yaml: no such file or directory"},
		{"value out of range", "bad.yaml", nil,
			"bad.yaml:2: limits.all_per_second: 0 is out of range: want 1 to 1000 (the line reads: all_per_second: 0)"},
		{"bad variable", "", []string{"JINWEN_ADMINS=1,x"}, `JINWEN_ADMINS: "x" is not a user id: want numbers separated by commas`},
		{"text for a number in a variable", "", []string{"JINWEN_KEEP_VERSIONS=x"}, `JINWEN_KEEP_VERSIONS: "x" is not a whole number: want 3 to 10000`},
		{"exponent in a variable", "", []string{"JINWEN_LIMIT_USER_PENDING=1e3"}, `JINWEN_LIMIT_USER_PENDING: "1e3" is not a whole number: want 1 to 1000`},
		{"1 for true in a variable", "", []string{"JINWEN_WATCH_ACTIVATE=1"}, `JINWEN_WATCH_ACTIVATE: "1" is neither: want true or false`},
		{"webhook without secret in a variable", "", []string{"JINWEN_WEBHOOK_URL=https://bot.example"},
			`JINWEN_WEBHOOK_URL: telegram.webhook.secret: is missing, and telegram.webhook.url needs it: want 1 to 256 of A-Z a-z 0-9 _ -`},
		{"bad value in a variable", "", []string{"JINWEN_LOG_FORMAT=xml"}, `JINWEN_LOG_FORMAT: log.format: unknown format "xml": want text or json`},
		{"bad level in a variable", "", []string{"JINWEN_LOG_LEVEL=loud"}, `JINWEN_LOG_LEVEL: unknown level "loud": want debug, info, warn or error`},
		{"token file missing", "", []string{"JINWEN_TELEGRAM_TOKEN_FILE=none"},
			"JINWEN_TELEGRAM_TOKEN_FILE: telegram.token_file: open none: no such file or directory"},
		{"bad token in a variable", "", []string{"TELEGRAM_BOT_TOKEN=hunter2"},
			"TELEGRAM_BOT_TOKEN: telegram.token: is not a bot token: want the form 123456789:AbC… as given by @BotFather"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.path, tt.env)
			if err == nil || err.Error() != tt.want {
				t.Errorf("Load(%q, %q):\n got %v\nwant %s", tt.path, tt.env, err, tt.want)
			}
		})
	}
}

// Every whole number has its range, and every range a number.
func TestSpans(t *testing.T) {
	var want, got []string
	c := Default()
	c.fields(func(key, _ string, v reflect.Value) error {
		if v.Type() == reflect.TypeFor[int]() {
			want = append(want, key)
		}
		return nil
	})
	for _, s := range spans {
		got = append(got, s.key)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("ranges (-settings +ranges):\n%s", d)
	}
}

// TestEmptyTokenFile: a service whose token was forgotten does not become a
// chat in a terminal that is not there.
func TestEmptyTokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load("", []string{"JINWEN_TELEGRAM_TOKEN_FILE=" + path})
	if want := "JINWEN_TELEGRAM_TOKEN_FILE: telegram.token_file: " + path + " is empty: put the token into it"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestTokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	write(t, path, "12:abcdefghijkl\n")
	c, err := Load("", []string{"JINWEN_TELEGRAM_TOKEN_FILE=" + path})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Telegram.Token.Reveal(); got != "12:abcdefghijkl" {
		t.Errorf("token = %q, want that of the file", got)
	}
}

func TestUnknown(t *testing.T) {
	got := Unknown([]string{"JINWEN_DATADIR=x", "JINWEN_DATA_DIR=x", "JINWEN_CONFIG=x", "HOME=x"})
	want := []string{"JINWEN_DATADIR, did you mean JINWEN_DATA_DIR?"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Unknown (-want +got):\n%s", d)
	}
}

// TestSecretNeverPrints tries every way in which a value usually gets out.
func TestSecretNeverPrints(t *testing.T) {
	const token = "123456:verysecretindeed"
	c := Default()
	c.Telegram.Token = NewSecret(token)
	hidden := struct{ inner Config }{c} // fmt may not call methods in there
	var out bytes.Buffer
	for _, v := range []any{c, &c, c.Telegram, c.Telegram.Token, &c.Telegram.Token, hidden, []any{c}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("m", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("m", "v", v)
		if b, err := json.Marshal(v); err == nil {
			out.Write(b)
		}
		if b, err := yaml.Marshal(v); err == nil {
			out.Write(b)
		}
	}
	out.WriteString(errors.Join(fmt.Errorf("%v", c.Telegram.Token)).Error())
	for _, form := range []string{token, "verysecret", fmt.Sprintf("%x", token), fmt.Sprintf("%X", token)} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the token got out as %q", form)
		}
	}
	if !strings.Contains(out.String(), "[redacted]") {
		t.Error("nothing says that there is a token")
	}
	if NewSecret("").Set() || NewSecret("").String() != "" {
		t.Error("an empty secret is none and prints as none")
	}
}

func FuzzParse(f *testing.F) {
	data, err := os.ReadFile(example)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("telegram:\n  token: \"1:abcdefghijkl\"\nadmins: [1, 2]\n"))
	f.Add([]byte("telegram: &a {token: x}\nlog: *a\n"))
	f.Add([]byte("keep: {versions: 3, question_days: }\n"))
	f.Add([]byte("\ufeffdata_dir: 数据\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parseFile("fuzz.yaml", data)
		if err == nil {
			if ps := c.problems(); len(ps) > 0 {
				t.Errorf("Parse(%q) accepts what it finds wrong: %v", data, ps)
			}
			return
		}
		if !reflect.ValueOf(c).IsZero() {
			t.Errorf("Parse(%q) gives %v beside its error", data, c)
		}
		if strings.ContainsAny(err.Error(), "\n\r\x1b") {
			t.Errorf("Parse(%q): error on more than one line, or with control characters: %q", data, err)
		}
	})
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
