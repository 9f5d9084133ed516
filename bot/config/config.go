// Package config reads Jinwen's settings: from a YAML file, in which an
// unknown key or a wrong type is an error that shows the line, and from the
// environment. What is set nowhere has its [Default]; the environment wins
// over the file, and a flag of the command line over both.
//
// A new setting is a field here, its default, a line in config.example.yaml
// (a test holds the two together), and its row in the README.
package config

import (
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Config is every setting there is. The yaml tag is the key in the file, the
// env tag the environment variable.
type Config struct {
	Telegram Telegram `yaml:"telegram"`

	// Admins are the Telegram user ids that may import, activate and see statistics.
	Admins []int64 `yaml:"admins" env:"JINWEN_ADMINS"`

	DataDir string `yaml:"data_dir" env:"JINWEN_DATA_DIR"` // versions, settings, question log; made when first needed
	// State is the address of a PostgreSQL (postgres://…) that several machines
	// share; "" keeps all in DataDir. Secret, as it may hold a password.
	State     Secret `yaml:"state" env:"JINWEN_STATE"`
	StateFile string `yaml:"state_file" env:"JINWEN_STATE_FILE"` // holds the address and nothing else; read if State is empty
	DictDir   string `yaml:"dict_dir" env:"JINWEN_DICT_DIR"`     // gojieba's dictionaries; "" looks in the usual places
	// Home is the place that a question without one means; "" is the only one,
	// else the first that was imported.
	Home     string `yaml:"home" env:"JINWEN_HOME"`
	FontFile string `yaml:"font_file" env:"JINWEN_FONT_FILE"` // of charts; "" looks in the usual places
	WatchDir string `yaml:"watch_dir" env:"JINWEN_WATCH_DIR"` // reports put here are imported; "" watches nothing
	// WatchActivate makes what is put into WatchDir live if it has no warnings.
	WatchActivate bool `yaml:"watch_activate" env:"JINWEN_WATCH_ACTIVATE"`

	Web    Web    `yaml:"web"`
	WeChat WeChat `yaml:"wechat"`
	WeCom  WeCom  `yaml:"wecom"`

	Embeddings Embeddings `yaml:"embeddings"`

	Keep      Keep      `yaml:"keep"`
	Questions Questions `yaml:"questions"`
	Limits    Limits    `yaml:"limits"`

	// Listen is the address of /healthz, /readyz and /metrics; "" is none.
	Listen string `yaml:"listen" env:"JINWEN_LISTEN"`
	// QuestionTimeout is how long one question may take; then the person is told.
	QuestionTimeout time.Duration `yaml:"question_timeout" env:"JINWEN_QUESTION_TIMEOUT"`
	// StopTimeout is how long a stopping bot finishes what it has in hand.
	StopTimeout time.Duration `yaml:"stop_timeout" env:"JINWEN_STOP_TIMEOUT"`

	Log Log `yaml:"log"`

	file    string            // that was read; "" if none
	origins map[string]Origin // by key; only of what was set
}

// Telegram is how the bot reaches Telegram.
type Telegram struct {
	Token       Secret `yaml:"token" env:"TELEGRAM_BOT_TOKEN"`
	TokenFile   string `yaml:"token_file" env:"JINWEN_TELEGRAM_TOKEN_FILE"` // holds the token and nothing else; read if Token is empty
	APIEndpoint string `yaml:"api_endpoint" env:"JINWEN_TELEGRAM_API_ENDPOINT"`
	Proxy       Secret `yaml:"proxy" env:"JINWEN_PROXY"` // http://, https:// or socks5:// URL; secret, as it may hold a password

	PollTimeout time.Duration `yaml:"poll_timeout" env:"JINWEN_POLL_TIMEOUT"` // of one long poll; servers cut it at 50 s
	Webhook     Webhook       `yaml:"webhook"`
}

// Webhook is how Telegram reaches the bot, if it shall not poll.
type Webhook struct {
	URL    string `yaml:"url" env:"JINWEN_WEBHOOK_URL"` // "" polls
	Listen string `yaml:"listen" env:"JINWEN_WEBHOOK_LISTEN"`
	Secret Secret `yaml:"secret" env:"JINWEN_WEBHOOK_SECRET"`
}

// Web is the page that browsers open.
type Web struct {
	Listen      string   `yaml:"listen" env:"JINWEN_WEB_LISTEN"`                   // "" serves no page
	BaseURL     string   `yaml:"base_url" env:"JINWEN_WEB_BASE_URL"`               // https://host of lasting addresses; "" is what the browser asks for
	Proxies     []string `yaml:"trusted_proxies" env:"JINWEN_WEB_TRUSTED_PROXIES"` // whose X-Forwarded-For and -Proto count
	Admins      []string `yaml:"admins" env:"JINWEN_WEB_ADMINS"`                   // NAME:HASH
	Embed       []string `yaml:"embed_origins" env:"JINWEN_WEB_EMBED_ORIGINS"`     // may show /embed in a frame
	CORS        []string `yaml:"cors_origins" env:"JINWEN_WEB_CORS_ORIGINS"`       // whose scripts may read the API
	PerSecond   int      `yaml:"per_second" env:"JINWEN_WEB_PER_SECOND"`           // pages from one address
	Connections int      `yaml:"connections" env:"JINWEN_WEB_CONNECTIONS"`         // open at once
}

// Keep is how long things stay.
type Keep struct {
	Versions     int `yaml:"versions" env:"JINWEN_KEEP_VERSIONS"`
	QuestionDays int `yaml:"question_days" env:"JINWEN_KEEP_QUESTION_DAYS"`
}

// Questions are the bounds of what people's questions leave on disk.
type Questions struct {
	MaxMB int `yaml:"max_mb" env:"JINWEN_QUESTIONS_MAX_MB"`
}

// Limits are what the bot sends at most, and takes from one user.
type Limits struct {
	AllPerSecond   int `yaml:"all_per_second" env:"JINWEN_LIMIT_ALL_PER_SECOND"`
	ChatPerSecond  int `yaml:"chat_per_second" env:"JINWEN_LIMIT_CHAT_PER_SECOND"`
	GroupPerMinute int `yaml:"group_per_minute" env:"JINWEN_LIMIT_GROUP_PER_MINUTE"`
	UserPending    int `yaml:"user_pending" env:"JINWEN_LIMIT_USER_PENDING"`
}

// Log is what is logged, and how.
type Log struct {
	Level  Level  `yaml:"level" env:"JINWEN_LOG_LEVEL"`
	Format string `yaml:"format" env:"JINWEN_LOG_FORMAT"` // "text" or "json"
}

// Level is a slog.Level that reads only the four names it writes.
type Level slog.Level

// UnmarshalText reads debug, info, warn or error.
func (l *Level) UnmarshalText(b []byte) error {
	for _, v := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
		if strings.EqualFold(string(b), v.String()) {
			*l = Level(v)
			return nil
		}
	}
	return fmt.Errorf("unknown level %q: want debug, info, warn or error", b)
}

// MarshalText writes the level's name in lower case.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

func (l Level) String() string { return strings.ToLower(slog.Level(l).String()) }

// DefaultAPIEndpoint is Telegram's own server, in tgbotapi's form: the token
// takes the place of the first %s, the method that of the second.
const DefaultAPIEndpoint = "https://api.telegram.org/bot%s/%s"

// Default returns what holds where nothing is set.
func Default() Config {
	return Config{
		Telegram: Telegram{
			APIEndpoint: DefaultAPIEndpoint,
			PollTimeout: 50 * time.Second,
			Webhook:     Webhook{Listen: "127.0.0.1:8443"},
		},
		DataDir: "data",
		Web:     Web{PerSecond: 20, Connections: 4096},
		WeChat:  WeChat{Path: "/wechat", APIEndpoint: DefaultWeChatAPI},
		WeCom:   WeCom{URL: DefaultWeComURL},
		// A person does not notice the time; most servers on the same network make it.
		Embeddings: Embeddings{Timeout: 150 * time.Millisecond},
		Keep:       Keep{Versions: 10, QuestionDays: 90},
		Questions:  Questions{MaxMB: 64},
		// The first three are Telegram's own (Bots FAQ, "My bot is hitting limits").
		Limits:          Limits{AllPerSecond: 30, ChatPerSecond: 1, GroupPerMinute: 20, UserPending: 10},
		QuestionTimeout: 2 * time.Second,
		StopTimeout:     20 * time.Second,
		Log:             Log{Level: Level(slog.LevelInfo), Format: "text"},
	}
}

// tokenForm matches a token as @BotFather gives it out: the bot's id, a colon, the secret.
var tokenForm = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]{10,}$`)

// secretForm matches a secret_token that setWebhook takes.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// A problem is a value that cannot be used, by its key.
type problem struct {
	key, text string
	at        string // the key of the setting that makes it one; "" is key itself
}

// A span is which whole numbers a setting may have.
type span struct {
	key    string
	lo, hi int
}

func (s span) String() string { return fmt.Sprintf("%d to %d", s.lo, s.hi) }

var spans = []span{
	{"web.per_second", 1, 100000},
	{"web.connections", 16, 100000},
	{"keep.versions", 3, 10000},
	{"keep.question_days", 0, 3650},
	{"questions.max_mb", 1, 1 << 20},
	{"limits.all_per_second", 1, 1000},
	{"limits.chat_per_second", 1, 1000},
	{"limits.group_per_minute", 1, 60000},
	{"limits.user_pending", 1, 1000},
}

func spanOf(key string) span {
	return spans[slices.IndexFunc(spans, func(s span) bool { return s.key == key })] // a test holds that each has one
}

// problems says what is wrong with c, in the order of the file.
func (c *Config) problems() []problem {
	var out []problem
	bad := func(key, format string, args ...any) {
		out = append(out, problem{key: key, text: fmt.Sprintf(format, args...)})
	}
	t := &c.Telegram
	if t.Token.Set() && !tokenForm.MatchString(t.Token.Reveal()) {
		bad("telegram.token", "is not a bot token: want the form 123456789:AbC… as given by @BotFather")
	}
	if strings.Count(t.APIEndpoint, "%s") != 2 || strings.Count(t.APIEndpoint, "%") != 2 {
		bad("telegram.api_endpoint", "%q has no place for token and method: want http://host:port/bot%%s/%%s", t.APIEndpoint)
	} else if u, err := url.Parse(strings.ReplaceAll(t.APIEndpoint, "%s", "x")); err != nil || u.Host == "" || !strings.HasSuffix(u.Path, "/botx/x") || u.Scheme != "http" && u.Scheme != "https" {
		bad("telegram.api_endpoint", "%q is not the address of a Bot API server: want http://host:port/bot%%s/%%s", t.APIEndpoint)
	}
	if t.Proxy.Set() {
		u, err := url.Parse(t.Proxy.Reveal())
		switch {
		case err != nil || u.Host == "":
			bad("telegram.proxy", "is not an address: want http://host:port or socks5://host:port")
		case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" && u.Scheme != "socks5h":
			bad("telegram.proxy", "unknown kind of proxy %q: want http, https, socks5 or socks5h", u.Scheme)
		}
	}
	if t.PollTimeout < time.Second || t.PollTimeout > 50*time.Second {
		bad("telegram.poll_timeout", "%v is out of range: want 1s to 50s, with its unit", t.PollTimeout)
	}
	if w := t.Webhook; w.URL != "" {
		if u, err := url.Parse(w.URL); err != nil || u.Scheme != "https" || u.Host == "" {
			bad("telegram.webhook.url", "%q is not an https address: Telegram calls no other", w.URL)
		}
		if !validAddr(w.Listen) {
			bad("telegram.webhook.listen", "%q is not an address to listen on: want host:port or :port", w.Listen)
		}
		switch {
		case !w.Secret.Set():
			out = append(out, problem{"telegram.webhook.secret", "is missing, and telegram.webhook.url needs it: want 1 to 256 of A-Z a-z 0-9 _ -", "telegram.webhook.url"})
		case !secretForm.MatchString(w.Secret.Reveal()):
			bad("telegram.webhook.secret", "has the wrong form: want 1 to 256 of A-Z a-z 0-9 _ -")
		}
	}
	for _, id := range c.Admins {
		if id <= 0 {
			bad("admins", "%d is not a user id: want a positive number (send the bot /audit: it answers with yours)", id)
			break
		}
	}
	if c.DataDir == "" {
		bad("data_dir", "is empty: name a folder that Jinwen may write to")
	}
	if s := c.State.Reveal(); s != "" && !strings.HasPrefix(s, "postgres://") && !strings.HasPrefix(s, "postgresql://") {
		bad("state", "is not the address of a PostgreSQL: want postgres://user:password@host:5432/database, or nothing to keep all in data_dir")
	}
	if c.WatchDir != "" && filepath.Clean(c.WatchDir) == filepath.Clean(c.DataDir) {
		bad("watch_dir", "is the data folder itself: use a folder of its own")
	}
	if c.WatchActivate && c.WatchDir == "" {
		bad("watch_activate", "needs watch_dir: there is no folder to activate from")
	}
	c.Web.problems(bad)
	c.WeChat.problems(&c.Web, bad)
	c.WeCom.problems(bad)
	out = append(out, c.Embeddings.problems()...)
	c.fields(func(key, _ string, v reflect.Value) error {
		if n, ok := v.Interface().(int); ok {
			if s := spanOf(key); n < s.lo || n > s.hi {
				bad(key, "%d is out of range: want %v", n, s)
			}
		}
		return nil
	})
	if c.Listen != "" && !validAddr(c.Listen) {
		bad("listen", "%q is not an address to listen on: want host:port or :port", c.Listen)
	}
	if c.QuestionTimeout < 100*time.Millisecond || c.QuestionTimeout > time.Minute {
		bad("question_timeout", "%v is out of range: want 100ms to 1m, with its unit", c.QuestionTimeout)
	}
	if c.StopTimeout < time.Second || c.StopTimeout > 10*time.Minute {
		bad("stop_timeout", "%v is out of range: want 1s to 10m, with its unit", c.StopTimeout)
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		bad("log.format", "unknown format %q: want text or json", c.Log.Format)
	}
	return out
}

func validAddr(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && 0 <= n && n <= 65535
}
