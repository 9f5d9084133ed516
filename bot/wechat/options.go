package wechat

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// DefaultAPI is where customer-service messages go.
const DefaultAPI = "https://api.weixin.qq.com"

// Options configure WeChat. A token is required; everything else has defaults.
type Options struct {
	AppID string
	// Tokens and AESKeys are those of the console, the present one first.
	// After a change WeChat may use the one before for a while: give both.
	Tokens  []string
	AESKeys []string // EncodingAESKey, 43 characters; none is plain mode
	// Plain takes messages that are not encrypted although there is a key:
	// the console's 兼容模式.
	Plain bool
	// Secret is the AppSecret of a verified account. With it, an answer that
	// takes longer than WeChat waits follows as a customer-service message,
	// and notices can be sent; "" does without.
	Secret string
	API    string       // "" is DefaultAPI
	Client *http.Client // of the API; nil is http.DefaultClient
	// Admins are the openids whose messages are marked as an admin's.
	Admins []string
	// AnswerURL returns the lasting address of a question's answer on the web
	// page; nil gives no link.
	AnswerURL func(question string) string
	// PlaceURL returns the address at which the web page shows a place in a
	// report; nil gives no link.
	PlaceURL func(chat.At) string

	Logger   *slog.Logger // nil is slog.Default()
	Salt     []byte       // of the hash that stands for a chat in the logs
	Registry prometheus.Registerer
	// Seen keeps the ids of answered messages; nil keeps some in memory.
	Seen dispatch.Seen
	// Watch sees workers that are stuck; nil sees none.
	Watch *dispatch.Watch

	Parallel   int           // messages handled at once; 0 is 16
	Queue      int           // messages in hand; 0 is 1,000
	PerUser    int           // of one person; 0 is 10
	HandleTime time.Duration // for one message; 0 is a minute

	Limits Limits
}

// Limits are times of the exchange with WeChat. Zero values are right for it.
type Limits struct {
	Wait  time.Duration // for an answer before something else is said; 0 is 4 s: WeChat waits 5
	Fresh time.Duration // how far a call's time may be from now; 0 is 10 min
}

func (o Options) withDefaults() (Options, []*Crypt, error) {
	if len(o.Tokens) == 0 {
		return o, nil, errors.New("wechat: the token is missing")
	}
	if o.Secret != "" && o.AppID == "" {
		return o, nil, errors.New("wechat: app_secret needs app_id beside it")
	}
	keys := o.AESKeys
	if len(keys) == 0 {
		keys = []string{""}
	}
	var crypts []*Crypt
	for _, t := range o.Tokens {
		for _, k := range keys {
			c, err := NewCrypt(t, k, o.AppID)
			if err != nil {
				return o, nil, err
			}
			crypts = append(crypts, c)
		}
	}
	o.Plain = o.Plain || len(o.AESKeys) == 0
	o.API = strings.TrimRight(cmp.Or(o.API, DefaultAPI), "/")
	o.Client = cmp.Or(o.Client, http.DefaultClient)
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Parallel = cmp.Or(o.Parallel, 16)
	o.Queue = cmp.Or(o.Queue, 1000)
	o.PerUser = cmp.Or(o.PerUser, 10)
	o.HandleTime = cmp.Or(o.HandleTime, time.Minute)
	o.Limits.Wait = cmp.Or(o.Limits.Wait, 4*time.Second)
	o.Limits.Fresh = cmp.Or(o.Limits.Fresh, 10*time.Minute)
	if o.Seen == nil {
		o.Seen = dispatch.NewMemorySeen(0)
	}
	return o, crypts, nil
}

// Keys of log attributes. There is none for texts, names or ids of people.
const (
	keyErr   = "err"
	keyChat  = "chat" // a salted hash
	keyWhy   = "why"
	keyStack = "stack"
	keyPanic = "panic"
)

type metrics struct {
	messages, retries, refused, late, errors prometheus.Counter
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "jinwen", Subsystem: "wechat", Name: name, Help: help})
	}
	m := &metrics{
		messages: counter("messages_total", "Messages and events that came in, each counted once."),
		retries:  counter("retries_total", "Further deliveries of a message that came before."),
		refused:  counter("refused_total", "Calls with a wrong signature, an old time or a body that does not decrypt."),
		late:     counter("late_total", "Answers that took longer than WeChat waits."),
		errors:   counter("errors_total", "Messages that ended in an apology, and API calls that failed."),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.messages, m.retries, m.refused, m.late, m.errors} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
