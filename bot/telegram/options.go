package telegram

import (
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// Options are the settings of New. The zero value works.
type Options struct {
	// Endpoint is the Bot API server as "http://host:port/bot%s/%s" (token,
	// method); "" is api.telegram.org.
	Endpoint string
	// Proxy is the address of an HTTP or SOCKS5 proxy ("http://host:port",
	// "socks5://user:password@host:port"); "" takes the environment's
	// (HTTPS_PROXY, NO_PROXY).
	Proxy string
	// Admins are the user ids whose messages are marked as an admin's.
	Admins []int64

	Logger *slog.Logger // nil is slog.Default()
	Salt   []byte       // of the hash that stands for a chat in the logs; empty is a random one

	// Seen keeps the ids of handled updates; nil keeps some in memory, which
	// does not outlast the process.
	Seen dispatch.Seen
	// Lease is held by the one of several processes that polls; the others
	// stand by. Nil is that there are no others. Shared is where several
	// processes that Telegram calls put updates, and take them from; nil has
	// each answer what comes to it.
	Lease  dispatch.Lease
	Shared dispatch.Queue
	// Pace has several processes keep Limits together; nil is that there are no
	// others.
	Pace dispatch.Pace
	// Journal notes how far each update has come; nil is none: after a kill,
	// replies on their way are sent again as a whole, and an update that ends
	// the process does so for ever.
	Journal *dispatch.Journal
	// Dead takes the updates that were in hand at [dispatch.MaxTries] crashes
	// or time-outs, and gives them back when an admin wants them tried once
	// more; nil drops them. SetAside, if not nil, hears of each; it must not
	// wait.
	Dead     dispatch.Letters
	SetAside func(dispatch.DeadLetter)
	// Watch sees workers that are stuck, which /readyz then tells; nil sees none.
	Watch *dispatch.Watch

	// Named, if not nil, is called with the bot's own name, without @, once
	// Telegram has said it and before the first message is handled.
	Named func(name string)

	// Commands and Profile are registered with Telegram at the start.
	Commands []chat.Command
	Profile  map[chat.Lang]chat.Profile

	// Webhook, if its URL is set, receives updates instead of polling.
	Webhook Webhook
	// Health is the address (host:port) of /healthz, /readyz and /metrics; ""
	// opens none.
	Health string
	// Registry takes the metrics; nil is one of Telegram's own.
	Registry *prometheus.Registry

	// HandleTime is how long the handler may take for one message; 0 is a
	// minute.
	HandleTime time.Duration
	// StopTime is how long answers in hand may take once Run's context has
	// ended; 0 is 20 seconds. What is not answered by then stays unconfirmed.
	StopTime time.Duration
	// Parallel is how many messages are handled at once; 0 is 16. Replies that
	// wait for their turn to be sent do not count.
	Parallel int
	// Queue is how many updates may be in hand; 0 is 1,000. Beyond it no more
	// are taken in until some are answered.
	Queue int
	// PerUser is how many messages of one person may be in hand; 0 is 10. Who
	// sends more gets one notice and the surplus is dropped.
	PerUser int
	// MaxFile is the size in bytes beyond which incoming files cannot be
	// opened; 0 is 20 MiB, which is what getFile hands out.
	MaxFile int64

	Limits Limits
}

// Limits are the paces and times of the talk with Telegram. The zero value is
// what Telegram's documentation names (core.telegram.org/bots/faq, "My bot is
// hitting limits"): about 30 messages a second overall, one a second in a chat
// with short bursts, 20 a minute in a group.
type Limits struct {
	// Second is how long a second lasts for everything below and for
	// retry_after; 0 is a second. Tests shorten it.
	Second time.Duration

	Overall int // messages a second to all chats; 0 is 30
	Chat    int // messages a second to one chat; 0 is 1
	Burst   int // messages to one chat at once; 0 is 3
	Group   int // messages to one group in any 60 seconds; 0 is 20

	Poll    time.Duration // how long a poll waits; 0 is 50 s, which is Telegram's own maximum
	Request time.Duration // how long any other request may take; 0 is 30 s, four times that for uploads
	GiveUp  time.Duration // how long a reply is tried; 0 is 24 h, as long as Telegram keeps updates
}

func (o Options) withDefaults() Options {
	def(&o.Logger, slog.Default())
	def(&o.HandleTime, time.Minute)
	def(&o.StopTime, 20*time.Second)
	def(&o.Parallel, 16)
	def(&o.Queue, 1000)
	def(&o.PerUser, 10)
	def(&o.MaxFile, 20<<20)
	if o.Seen == nil {
		o.Seen = dispatch.NewMemorySeen(0)
	}
	l := &o.Limits
	def(&l.Second, time.Second)
	def(&l.Overall, 30)
	def(&l.Chat, 1)
	def(&l.Burst, 3)
	def(&l.Group, 20)
	def(&l.Poll, 50*time.Second)
	def(&l.Request, 30*time.Second)
	def(&l.GiveUp, 24*time.Hour)
	return o
}

// def sets a setting that has its zero value.
func def[T comparable](setting *T, value T) {
	var zero T
	if *setting == zero {
		*setting = value
	}
}
