// Package wechattest is a fake of WeChat's side of an Official Account for
// tests: it calls the bot's callback as WeChat does when people write, and
// serves the few API methods that a bot may call.
//
// It is as strict as WeChat: a reply later than five seconds makes it call
// again with the same MsgId, three times in all; a reply that is no well
// formed XML, is not sealed in safe mode, has a wrong signature, swapped
// names, a time in milliseconds, more than 2,047 bytes, or markup other than
// links is a violation ([Account.Violations]). People read what WeChat would
// show them: the reply, or that the service is out of order.
//
//	a := wechattest.NewAccount(t)
//	// serve the bot's callback with a.Token, a.AESKey and a.AppID
//	a.Callback = server.URL + "/wechat"
//	got := a.Say("openid-ann", "口袋公园今年建几个")
package wechattest

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"
)

// Mode is how the account's messages are encrypted.
type Mode string

// The modes of the console.
const (
	Plain  Mode = "plain"
	Compat Mode = "compat"
	Safe   Mode = "safe"
)

const (
	maxContent = 2047 // bytes of a passive reply
	maxCustom  = 2048 // bytes of a customer-service message
	customMost = 5    // customer-service messages for each message of a user
	tries      = 3
)

// An Account is one Official Account and its followers. Its methods are safe
// for concurrent use.
type Account struct {
	Name   string // gh_…
	AppID  string
	Secret string
	Token  string
	AESKey string // 43 characters
	Mode   Mode
	// Callback is the URL at which the bot answers.
	Callback string
	// API is the address that serves stable_token and customer-service
	// messages in the place of api.weixin.qq.com.
	API string
	// Wait is how long WeChat waits for a reply; 0 is 5 s.
	Wait time.Duration

	lastID atomic.Int64
	client *http.Client

	mu         sync.Mutex
	violations []string
	accesses   map[string]bool
	custom     map[string][]string // what was sent to a user unasked
	left       map[string]int      // customer-service messages that a user may still get
	Tokens     int                 // how often a token was asked for
}

// A Reply is what a person sees.
type Reply struct {
	Text  string // "" if nothing came
	Tries int    // calls until it came
	Out   bool   // 该公众号提供的服务出现故障
}

// NewAccount makes an account in safe mode; its API ends with the test.
func NewAccount(tb testing.TB) *Account {
	tb.Helper()
	var key [32]byte
	rand.Read(key[:])
	a := &Account{
		Name: "gh_" + strings.ToLower(rand.Text()[:12]), AppID: "wx" + strings.ToLower(rand.Text()[:16]), Secret: rand.Text(),
		Token: rand.Text()[:16], AESKey: base64.StdEncoding.EncodeToString(key[:])[:43], Mode: Safe,
		client: &http.Client{}, accesses: map[string]bool{}, custom: map[string][]string{}, left: map[string]int{},
	}
	a.lastID.Store(time.Now().UnixNano()) // beyond 2^53, as the real ones
	api := httptest.NewServer(http.HandlerFunc(a.serve))
	a.API = api.URL
	tb.Cleanup(func() { a.client.CloseIdleConnections(); api.Close() })
	return a
}

// Violations returns the replies that WeChat would have refused.
func (a *Account) Violations() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.violations)
}

// Custom returns the customer-service messages that a user got.
func (a *Account) Custom(openid string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.custom[openid])
}

func (a *Account) violate(format string, args ...any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.violations = append(a.violations, fmt.Sprintf(format, args...))
}

// Check does what saving the callback in the console does; it reports whether
// WeChat would take the address.
func (a *Account) Check() error {
	echo := strconv.FormatInt(time.Now().UnixNano(), 10)
	q := a.query("")
	q.Set("echostr", echo)
	res, err := a.client.Get(a.Callback + "?" + q.Encode())
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || string(b) != echo {
		return fmt.Errorf("status %d, body %q, want the echo %q and nothing else", res.StatusCode, b, echo)
	}
	return nil
}

// query returns what every call carries.
func (a *Account) query(encrypted string) url.Values {
	now, nonce := strconv.FormatInt(time.Now().Unix(), 10), strconv.FormatInt(time.Now().UnixNano()%1e9, 10)
	q := url.Values{"timestamp": {now}, "nonce": {nonce}, "signature": {sign(a.Token, now, nonce)}}
	if encrypted != "" {
		q.Set("encrypt_type", "aes")
		q.Set("msg_signature", sign(a.Token, now, nonce, encrypted))
	}
	return q
}

// Say is a text message of a follower.
func (a *Account) Say(openid, text string) Reply {
	return a.Send(openid, map[string]string{"MsgType": "text", "Content": text, "MsgId": a.NewID()})
}

// NewID returns a MsgId that was never used before.
func (a *Account) NewID() string { return strconv.FormatInt(a.lastID.Add(1), 10) }

// Send delivers a message with these fields, over up to three calls, and
// returns what the person sees.
func (a *Account) Send(openid string, fields map[string]string) Reply {
	a.mu.Lock()
	a.left[openid] = customMost
	a.mu.Unlock()
	created := strconv.FormatInt(time.Now().Unix(), 10)
	for try := 1; try <= tries; try++ {
		text, err := a.Call(openid, created, fields)
		if err == nil {
			return Reply{Text: text, Tries: try}
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			a.violate("reply to %q: %v", fields["Content"], err)
			return Reply{Out: true, Tries: try}
		}
	}
	return Reply{Out: true, Tries: tries}
}

// Call returns one call of the callback; the text that the person would see, "" for
// none. The error is a broken reply or context.DeadlineExceeded.
func (a *Account) Call(openid, created string, fields map[string]string) (string, error) {
	body := a.body(openid, created, fields)
	encrypted := ""
	if a.Mode != Plain {
		encrypted = a.seal(body)
		outer := "<xml><ToUserName><![CDATA[" + a.Name + "]]></ToUserName><Encrypt><![CDATA[" + encrypted + "]]></Encrypt></xml>"
		if a.Mode == Compat {
			outer = strings.Replace(body, "</xml>", "<Encrypt><![CDATA["+encrypted+"]]></Encrypt></xml>", 1)
		}
		body = outer
	}
	q := a.query(encrypted)
	q.Set("openid", openid)
	wait := a.Wait
	if wait == 0 {
		wait = 5 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Callback+"?"+q.Encode(), strings.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "text/xml")
	res, err := a.client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return "", err
	}
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("status %d", res.StatusCode)
	}
	if len(b) == 0 || string(b) == "success" {
		return "", nil
	}
	return a.read(openid, q.Get("nonce"), b)
}

func (a *Account) body(openid, created string, fields map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>%s</CreateTime>", a.Name, openid, created)
	for k, v := range fields {
		fmt.Fprintf(&b, "<%s><![CDATA[%s]]></%s>", k, strings.ReplaceAll(v, "]]>", "]]]]><![CDATA[>"), k)
	}
	b.WriteString("</xml>")
	return b.String()
}

// read returns the text of a reply, checked.
func (a *Account) read(openid, nonce string, b []byte) (string, error) {
	if a.Mode != Plain {
		var outer struct {
			XMLName   xml.Name `xml:"xml"`
			Encrypt   string
			Signature string `xml:"MsgSignature"`
			Time      string `xml:"TimeStamp"`
			Nonce     string
		}
		if err := xml.Unmarshal(b, &outer); err != nil {
			return "", fmt.Errorf("reply is no XML: %w", err)
		}
		if err := seconds(outer.Time); err != nil {
			return "", err
		}
		if outer.Nonce != nonce || outer.Signature != sign(a.Token, outer.Time, outer.Nonce, outer.Encrypt) {
			return "", errors.New("reply: nonce or MsgSignature is wrong")
		}
		var err error
		if b, err = a.open(outer.Encrypt); err != nil {
			return "", err
		}
	}
	var r struct {
		XMLName xml.Name `xml:"xml"`
		To      string   `xml:"ToUserName"`
		From    string   `xml:"FromUserName"`
		Time    string   `xml:"CreateTime"`
		Type    string   `xml:"MsgType"`
		Content string
	}
	if err := xml.Unmarshal(b, &r); err != nil {
		return "", fmt.Errorf("reply is no XML: %w", err)
	}
	switch {
	case r.To != openid || r.From != a.Name:
		return "", fmt.Errorf("reply goes from %q to %q", r.From, r.To)
	case r.Type != "text":
		return "", fmt.Errorf("reply: MsgType is %q", r.Type)
	}
	if err := seconds(r.Time); err != nil {
		return "", err
	}
	return r.Content, checkText(r.Content, maxContent)
}

var link = regexp.MustCompile(`<a href="[^"<>]+"(?: data-[a-z]+="[^"<>]*")*>[^<>]+</a>`)

func checkText(s string, most int) error {
	switch {
	case s == "":
		return errors.New("reply: Content is empty")
	case len(s) > most:
		return fmt.Errorf("reply: Content has %d bytes, more than %d", len(s), most)
	case !utf8.ValidString(s):
		return errors.New("reply: Content is no UTF-8")
	case strings.Contains(link.ReplaceAllString(s, ""), "<a"):
		return errors.New("reply: a link is cut or has odd markup")
	}
	return nil
}

func seconds(s string) error {
	n, err := strconv.ParseInt(s, 10, 64)
	if d := time.Since(time.Unix(n, 0)); err != nil || d > time.Minute || d < -time.Minute {
		return fmt.Errorf("reply: time %q is not now in seconds", s)
	}
	return nil
}

func sign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func (a *Account) cipher() (cipher.Block, []byte) {
	key, err := base64.StdEncoding.DecodeString(a.AESKey + "=")
	if err != nil {
		panic("wechattest: AESKey: " + err.Error())
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("wechattest: AESKey: " + err.Error())
	}
	return block, key[:16]
}

func (a *Account) seal(message string) string {
	var b bytes.Buffer
	b.WriteString(rand.Text()[:16])
	binary.Write(&b, binary.BigEndian, uint32(len(message)))
	b.WriteString(message + a.AppID)
	pad := 32 - b.Len()%32
	b.Write(bytes.Repeat([]byte{byte(pad)}, pad))
	block, iv := a.cipher()
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(b.Bytes(), b.Bytes())
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func (a *Account) open(s string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) < 32 || len(b)%32 != 0 {
		return nil, errors.New("reply: Encrypt is no whole number of blocks in base64")
	}
	block, iv := a.cipher()
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(b, b)
	b = b[:len(b)-int(b[len(b)-1])]
	n := int(binary.BigEndian.Uint32(b[16:20]))
	if 20+n+len(a.AppID) != len(b) || string(b[20+n:]) != a.AppID {
		return nil, errors.New("reply: length or app id inside is wrong")
	}
	return b[20 : 20+n], nil
}
