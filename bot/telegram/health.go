package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics is what /metrics shows. No label holds anything a person wrote.
type metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec // by kind
	handled  prometheus.Counter
	panics   prometheus.Counter
	errors   prometheus.Counter
	poison   prometheus.Counter
	flooded  prometheus.Counter
	sends    *prometheus.CounterVec // by outcome
	retries  prometheus.Counter
	latency  prometheus.Histogram
	polls    *prometheus.CounterVec // by outcome
}

// newMetrics registers the metrics; a nil registry is a new one with those of
// the process as well.
func newMetrics(reg *prometheus.Registry, queue func() float64, counts ...Count) (*metrics, error) {
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
		flooded:  counter("updates_flooded", "Messages dropped because their sender had too many in hand."),
		sends:    vec("sends", "Requests that send, edit or answer, by outcome.", "outcome"),
		retries:  counter("send_retries", "Requests that were tried again."),
		polls:    vec("polls", "Calls of getUpdates, by outcome.", "outcome"),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "jinwen_answer_seconds",
			Help:    "From the arrival of an update to Telegram's acceptance of the reply.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300}}),
	}
	all := []prometheus.Collector{m.updates, m.handled, m.panics, m.errors, m.poison, m.flooded, m.sends, m.retries, m.polls, m.latency,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "jinwen_queue_length", Help: "Updates in hand."}, queue)}
	for _, c := range counts {
		all = append(all, prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "jinwen_" + c.Name + "_total", Help: c.Help}, c.Value))
	}
	if reg == nil {
		m.registry = prometheus.NewRegistry()
		all = append(all, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	}
	for _, c := range all {
		if err := m.registry.Register(c); err != nil {
			return nil, fmt.Errorf("metrics: %w", err)
		}
	}
	return m, nil
}

// health answers /healthz (200 while the process can answer at all), /readyz
// (200 while Telegram can be reached, else 503 and one line on why) and
// /metrics.
func (t *Telegram) health() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if why := t.notReady(); why != "" {
			http.Error(w, why, http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(t.met.registry, promhttp.HandlerOpts{}))
	return mux
}

// serve answers HTTP on the address until ctx ends. It returns once the
// address is open, or can not be; stopped is closed when all is over.
func serve(ctx context.Context, addr string, h http.Handler) (at net.Addr, stopped <-chan struct{}, err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	done := make(chan struct{})
	go func() {
		defer close(done)
		stop := context.AfterFunc(ctx, func() { server.Close() })
		defer stop()
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			server.Close()
		}
	}()
	return l.Addr(), done, nil
}
