package wecom

import (
	"cmp"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/dispatch"
)

// DefaultURL is where WeCom takes long connections; private deployments have
// an address of their own.
const DefaultURL = "wss://openws.work.weixin.qq.com"

// Options configure WeCom. BotID and Secret are required, the rest has
// defaults.
type Options struct {
	BotID  string // of the admin console, long connection
	Secret string
	URL    string // "" is DefaultURL
	// Name is the bot's display name, which people mention in groups
	// (@津问 今年…); WeCom leaves the mention in the text. "" takes off any one
	// word that follows an @ at the start.
	Name string
	// Admins are the user ids whose messages are marked as an admin's.
	Admins []string
	// Lang is the language of people until they write in another one, as a
	// tag ("zh-hans"); WeCom does not tell theirs.
	Lang string

	Client   *http.Client // of the connection, for a proxy; nil is http.DefaultClient
	Logger   *slog.Logger // nil is slog.Default()
	Salt     []byte       // of the hash that stands for a chat in the logs
	Registry prometheus.Registerer
	// Seen keeps the ids of answered messages; nil keeps some in memory.
	Seen dispatch.Seen
	// Watch sees workers that are stuck; nil sees none.
	Watch *dispatch.Watch

	Parallel   int           // messages handled at once; 0 is 16
	Queue      int           // messages in hand; 0 is 1,000. Beyond it they are dropped and counted
	PerUser    int           // of one person; 0 is 10
	HandleTime time.Duration // for one message; 0 is a minute
	StopTime   time.Duration // for what is in hand when Run's context ends; 0 is 20 s

	Limits Limits

	met *metrics
}

// Limits are the times of the connection. Zero values are what WeCom's page
// and its own SDK have.
type Limits struct {
	Ping         time.Duration // between two heart beats; 0 is 30 s
	Ack          time.Duration // for the answer to a frame; 0 is 5 s
	Dial         time.Duration // for a connection to be made; 0 is 15 s
	ReconnectMin time.Duration // first pause before the next connection; 0 is 1 s
	ReconnectMax time.Duration // longest; 0 is 30 s
	TooOften     time.Duration // first pause after "too many messages"; 0 is 2 s
	GiveUp       time.Duration // how long a reply is tried; 0 is 24 h, as long as its req_id serves
}

func (o Options) withDefaults() (Options, error) {
	if o.BotID == "" || o.Secret == "" {
		return o, errors.New("wecom: bot_id and secret are both needed")
	}
	o.URL = cmp.Or(o.URL, DefaultURL)
	o.Logger = cmp.Or(o.Logger, slog.Default())
	o.Client = cmp.Or(o.Client, http.DefaultClient)
	o.Parallel = cmp.Or(o.Parallel, 16)
	o.Queue = cmp.Or(o.Queue, 1000)
	o.PerUser = cmp.Or(o.PerUser, 10)
	o.HandleTime = cmp.Or(o.HandleTime, time.Minute)
	o.StopTime = cmp.Or(o.StopTime, 20*time.Second)
	if o.Seen == nil {
		o.Seen = dispatch.NewMemorySeen(0)
	}
	l := &o.Limits
	l.Ping = cmp.Or(l.Ping, 30*time.Second)
	l.Ack = cmp.Or(l.Ack, 5*time.Second)
	l.Dial = cmp.Or(l.Dial, 15*time.Second)
	l.ReconnectMin = cmp.Or(l.ReconnectMin, time.Second)
	l.ReconnectMax = cmp.Or(l.ReconnectMax, 30*time.Second)
	l.TooOften = cmp.Or(l.TooOften, 2*time.Second)
	l.GiveUp = cmp.Or(l.GiveUp, 24*time.Hour)
	var err error
	o.met, err = newMetrics(o.Registry)
	return o, err
}

// Keys of log attributes. There is none for texts, names or ids of people.
const (
	keyErr   = "err"
	keyRetry = "retry_in"
	keyBytes = "bytes"
	keyChat  = "chat" // a salted hash
	keyCmd   = "cmd"
	keyStack = "stack"
	keyPanic = "panic"
	keyHint  = "hint"
)

type metrics struct {
	messages, dropped, errors, reconnects, resent, limited prometheus.Counter
	connected                                              prometheus.Gauge
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "jinwen", Subsystem: "wecom", Name: name, Help: help})
	}
	m := &metrics{
		messages:   counter("messages_total", "Messages and events that came in."),
		dropped:    counter("dropped_total", "Messages that were turned away because too many were in hand."),
		errors:     counter("errors_total", "Messages that ended in an apology, and replies that were refused."),
		reconnects: counter("reconnects_total", "Connections that were lost or could not be made."),
		resent:     counter("resent_total", "Frames that were sent again because their ack was lost."),
		limited:    counter("limited_total", "Frames that were refused as too many and waited."),
		connected: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "jinwen", Subsystem: "wecom", Name: "connected", Help: "Whether the bot is subscribed.",
		}),
	}
	if r == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.messages, m.dropped, m.errors, m.reconnects, m.resent, m.limited, m.connected} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}
