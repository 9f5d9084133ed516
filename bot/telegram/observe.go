package telegram

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/dispatch"
)

// metrics are those of /metrics. No label holds anything a person wrote.
type metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec // by kind
	handled  prometheus.Counter
	panics   prometheus.Counter
	errors   prometheus.Counter
	poison   prometheus.Counter
	late     prometheus.Counter
	dead     *prometheus.CounterVec // by reason
	limited  *prometheus.CounterVec // by who is held: chat or bot
	flooded  prometheus.Counter
	sends    *prometheus.CounterVec // by outcome
	retries  prometheus.Counter
	latency  prometheus.Histogram
	polls    *prometheus.CounterVec // by outcome
	leads    prometheus.Gauge
	lost     prometheus.Counter
	direct   prometheus.Counter
}

// newMetrics registers the metrics; a nil registry is a new one with those of
// the process as well.
func newMetrics(reg *prometheus.Registry, queue func() float64) (*metrics, error) {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "jinwen_" + name + "_total", Help: help})
	}
	vec := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jinwen_" + name + "_total", Help: help}, []string{label})
	}
	m := &metrics{
		registry: reg,
		updates:  vec("updates", "Updates taken in from Telegram.", "kind"),
		handled:  counter("updates_handled", "Updates handled to the end."),
		panics:   counter("panics", "Panics while a message was handled."),
		errors:   counter("handler_errors", "Messages that the handler failed to answer."),
		poison:   counter("updates_poison", "Updates that could not be decoded and were skipped."),
		late:     counter("handler_timeouts", "Times that the handler took too long."),
		dead:     vec("dead_letters", "Updates that were set aside.", "reason"),
		limited:  vec("limited", "Times that Telegram told us to wait (429), by who was held then: the chat, or the whole bot.", "held"),
		flooded:  counter("updates_flooded", "Messages dropped because their sender had too many in hand."),
		sends:    vec("sends", "Requests that send, edit or answer, by outcome.", "outcome"),
		retries:  counter("send_retries", "Requests that were tried again."),
		polls:    vec("polls", "Calls of getUpdates, by outcome.", "outcome"),
		leads:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "jinwen_leads", Help: "1 while this process holds the lease to take updates in, where several share the work."}),
		lost:     counter("lease_losses", "Times that another process took over."),
		direct:   counter("updates_direct", "Updates handled where they came in because the shared queue was not reached."),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "jinwen_answer_seconds",
			Help:    "From the arrival of an update to Telegram's acceptance of the reply.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300}}),
	}
	for vec, labels := range map[*prometheus.CounterVec][]string{
		m.limited: {"chat", "bot"}, m.dead: {dispatch.ReasonCrash, dispatch.ReasonLate, dispatch.ReasonUnsure},
		m.polls: {"ok", "error"}, m.sends: slices.Collect(maps.Values(outcomes)),
	} {
		for _, l := range labels {
			vec.WithLabelValues(l) // shown as 0 from the start
		}
	}
	all := []prometheus.Collector{m.updates, m.handled, m.panics, m.errors, m.poison, m.late, m.dead, m.limited, m.flooded, m.sends, m.retries, m.polls, m.latency, m.leads, m.lost, m.direct,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "jinwen_queue_length", Help: "Updates in hand."}, queue)}
	if reg == nil {
		m.registry = dispatch.NewRegistry()
	}
	for _, c := range all {
		if err := m.registry.Register(c); err != nil {
			return nil, fmt.Errorf("metrics: %w", err)
		}
	}
	return m, nil
}

// Keys of log attributes. There is none for texts, names, user ids or tokens,
// which are not logged at any level.
const (
	keyUpdate = "update_id"
	keyChat   = "chat" // a salted hash
	keyKind   = "kind"
	keyMethod = "method"
	keyTook   = "took"
	keyWait   = "wait"
	keyTry    = "try"
	keyErr    = "err"
	keyHint   = "hint" // what to do about it
	keyStack  = "stack"
	keyPanic  = "panic"
	keyField  = "field"
	keyAddr   = "addr"
	keyBot    = "bot"
	keyScope  = "scope"
	keyLang   = "lang"
	keyCount  = "count"
	keyReason = "reason"
)

// hasher turns chat ids into what logs show for them: the same chat gives the
// same word for as long as the salt stays, and the word does not lead back.
type hasher []byte

func newHasher(salt []byte) hasher {
	if len(salt) == 0 {
		salt = make([]byte, 16)
		rand.Read(salt) // never fails (crypto/rand)
	}
	return hasher(salt)
}

func (h hasher) chat(id int64) string {
	mac := hmac.New(sha256.New, h)
	mac.Write(strconv.AppendInt(nil, id, 10))
	return hex.EncodeToString(mac.Sum(nil)[:6])
}
