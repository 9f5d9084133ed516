package config

import (
	"errors"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// WeChat is how an Official Account (公众号) reaches the bot: WeChat calls it.
type WeChat struct {
	AppID         string `yaml:"app_id" env:"JINWEN_WECHAT_APP_ID"`
	Token         Secret `yaml:"token" env:"JINWEN_WECHAT_TOKEN"`
	TokenFile     string `yaml:"token_file" env:"JINWEN_WECHAT_TOKEN_FILE"`
	AESKey        Secret `yaml:"encoding_aes_key" env:"JINWEN_WECHAT_ENCODING_AES_KEY"` // "" is plain mode
	AESKeyFile    string `yaml:"encoding_aes_key_file" env:"JINWEN_WECHAT_ENCODING_AES_KEY_FILE"`
	OldToken      Secret `yaml:"old_token" env:"JINWEN_WECHAT_OLD_TOKEN"` // still taken after a change
	OldAESKey     Secret `yaml:"old_encoding_aes_key" env:"JINWEN_WECHAT_OLD_ENCODING_AES_KEY"`
	Plain         bool   `yaml:"plain" env:"JINWEN_WECHAT_PLAIN"`           // takes messages that are not encrypted beside those that are
	AppSecret     Secret `yaml:"app_secret" env:"JINWEN_WECHAT_APP_SECRET"` // of a verified account; "" sends nothing out of turn
	AppSecretFile string `yaml:"app_secret_file" env:"JINWEN_WECHAT_APP_SECRET_FILE"`

	Path        string   `yaml:"path" env:"JINWEN_WECHAT_PATH"`
	Listen      string   `yaml:"listen" env:"JINWEN_WECHAT_LISTEN"` // "" is the web page's address
	APIEndpoint string   `yaml:"api_endpoint" env:"JINWEN_WECHAT_API_ENDPOINT"`
	Admins      []string `yaml:"admins" env:"JINWEN_WECHAT_ADMINS"` // openids
}

// WeCom is how the bot reaches WeCom (企业微信), as a smart bot over its long
// connection.
type WeCom struct {
	BotID      string   `yaml:"bot_id" env:"JINWEN_WECOM_BOT_ID"`
	Secret     Secret   `yaml:"secret" env:"JINWEN_WECOM_SECRET"`
	SecretFile string   `yaml:"secret_file" env:"JINWEN_WECOM_SECRET_FILE"`
	Name       string   `yaml:"name" env:"JINWEN_WECOM_NAME"` // as people mention it
	URL        string   `yaml:"url" env:"JINWEN_WECOM_URL"`
	Admins     []string `yaml:"admins" env:"JINWEN_WECOM_ADMINS"` // user ids
}

// Addresses of the services themselves.
const (
	DefaultWeChatAPI = "https://api.weixin.qq.com"
	DefaultWeComURL  = "wss://openws.work.weixin.qq.com"
)

// Set reports whether an Official Account is set up.
func (w *WeChat) Set() bool { return w.Token.Set() }

// Set reports whether a smart bot is set up.
func (w *WeCom) Set() bool { return w.BotID != "" || w.Secret.Set() }

var (
	aesKeyForm = regexp.MustCompile(`^[A-Za-z0-9+/]{43}$`)
	pathForm   = regexp.MustCompile(`^/[A-Za-z0-9._~/-]*$`)
)

func (w *WeChat) problems(web *Web, bad func(key, format string, args ...any)) {
	if isURL(w.APIEndpoint, "http", "https") != nil {
		bad("wechat.api_endpoint", "%q is not the address of the API: want %s", w.APIEndpoint, DefaultWeChatAPI)
	}
	if w.Path == "/" || !pathForm.MatchString(w.Path) {
		bad("wechat.path", "%q is no path of its own: want one such as /wechat", w.Path)
	}
	if w.Listen != "" && !validAddr(w.Listen) {
		bad("wechat.listen", "%q is not an address to listen on: want host:port or :port", w.Listen)
	}
	for _, x := range []struct {
		key string
		aes Secret
	}{{"wechat.encoding_aes_key", w.AESKey}, {"wechat.old_encoding_aes_key", w.OldAESKey}} {
		if x.aes.Set() && !aesKeyForm.MatchString(x.aes.Reveal()) {
			bad(x.key, "has the wrong form: want the 43 letters and digits of the console (EncodingAESKey)")
		}
	}
	if !w.Set() {
		if w.AppID != "" || w.AESKey.Set() || w.AppSecret.Set() {
			bad("wechat.token", "is missing, and the other settings of wechat need it: want the Token of the console")
		}
		return
	}
	if (w.AESKey.Set() || w.AppSecret.Set()) && w.AppID == "" {
		bad("wechat.app_id", "is missing: encoding_aes_key and app_secret need it")
	}
	if w.Listen == "" && web.Listen == "" {
		bad("wechat.listen", "is missing: WeChat calls the bot, so it needs this address or web.listen")
	}
}

func (w *WeCom) problems(bad func(key, format string, args ...any)) {
	if isURL(w.URL, "ws", "wss") != nil {
		bad("wecom.url", "%q is not the address of a long connection: want %s", w.URL, DefaultWeComURL)
	}
	switch {
	case w.BotID != "" && !w.Secret.Set():
		bad("wecom.secret", "is missing beside bot_id: want the Secret of the admin console")
	case w.BotID == "" && w.Secret.Set():
		bad("wecom.bot_id", "is missing beside secret: want the BotID of the admin console")
	}
}

// isURL returns an error if s is no address with one of the schemes.
func isURL(s string, schemes ...string) error {
	u, err := url.Parse(s)
	if err != nil {
		return err
	}
	for _, x := range schemes {
		if u.Scheme == x && u.Host != "" {
			return nil
		}
	}
	return errors.New("another scheme")
}

// readSecrets fills the secrets that are kept in files of their own. A file
// that is named holds the secret and nothing else; an empty one is an error,
// since a service without its secret would stop, or do without, and look well.
func (c *Config) readSecrets() error {
	for _, x := range []struct {
		key  string
		file string
		into *Secret
	}{
		{"telegram.token", c.Telegram.TokenFile, &c.Telegram.Token},
		{"wechat.token", c.WeChat.TokenFile, &c.WeChat.Token},
		{"wechat.encoding_aes_key", c.WeChat.AESKeyFile, &c.WeChat.AESKey},
		{"wechat.app_secret", c.WeChat.AppSecretFile, &c.WeChat.AppSecret},
		{"wecom.secret", c.WeCom.SecretFile, &c.WeCom.Secret},
		{"embeddings.key", c.Embeddings.KeyFile, &c.Embeddings.Key},
		{"state", c.StateFile, &c.State},
	} {
		if x.into.Set() || x.file == "" {
			continue
		}
		key := x.key + "_file"
		data, err := os.ReadFile(x.file)
		if err != nil {
			return &Error{Origin: c.origins[key], Key: key, Problem: err.Error()}
		}
		s := strings.TrimSpace(string(data))
		if s == "" {
			return &Error{Origin: c.origins[key], Key: key, Problem: x.file + " is empty: put the " + x.key[strings.LastIndex(x.key, ".")+1:] + " into it"}
		}
		*x.into = NewSecret(s)
		c.origins[x.key] = Origin{File: x.file, Line: 1}
	}
	return nil
}
