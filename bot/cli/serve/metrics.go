package serve

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// observe registers the metrics of what no transport knows: what is dropped for
// lack of room, what notices came to, who is stuck, what the data folder holds,
// how often the embedding server failed.
func (s *Service) observe(a *base.App, r prometheus.Registerer, journal *dispatch.Journal) error {
	s.notices = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jinwen_notices_total",
		Help: "Messages sent out of turn, to subscribers and admins, by outcome."}, []string{"outcome"})
	for _, o := range []string{"ok", "blocked", "failed"} {
		s.notices.WithLabelValues(o)
	}
	count := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "jinwen_" + name + "_total", Help: help}, value)
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "jinwen_" + name, Help: help}, value)
	}
	dead, err := a.DeadLetters()
	if err != nil {
		return err
	}
	all := []prometheus.Collector{
		s.notices,
		count("question_files_dropped", "Files of the question log deleted because there was more than questions.max_mb.", func() float64 { return float64(s.asked.Dropped()) }),
		count("questions_lost", "Questions that could not be recorded.", func() float64 { return float64(s.asked.Failed()) }),
		count("buttons_dropped", "Questions that buttons remembered, dropped before their time for lack of room.", func() float64 { return float64(s.kept.users.Dropped()) }),
		count("disk_full", "Things that could not be kept because the disk was full.", func() float64 { return float64(a.DiskFulls()) }),
		gauge("workers_stuck", "Workers that are at work for longer than they may be.", func() float64 { n, _ := s.watch.Stuck(); return float64(n) }),
		gauge("dead_letters", "Messages that are set aside.", func() float64 {
			all, err := dead.List()
			if err != nil {
				return -1
			}
			return float64(len(all))
		}),
		gauge("journal_failing", "1 while it cannot be noted how far messages in hand are.", func() float64 {
			if journal.Fault() != nil {
				return 1
			}
			return 0
		}),
		gauge("data_bytes", "Size of the data folder.", func() float64 { return float64(sizeOf(a.Cfg.DataDir)) }),
	}
	if a.Cfg.Embeddings.Set() {
		all = append(all, count("embedding_failures", "Times that the embedding server gave no vectors and word vectors served.",
			func() float64 { return float64(a.EmbeddingFailures()) }))
	}
	for _, c := range all {
		if err := r.Register(c); err != nil {
			return err
		}
	}
	return nil
}

// sizeOf returns the bytes of a folder's files.
func sizeOf(dir string) (size int64) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				size += info.Size()
			}
		}
		return nil // what was deleted meanwhile has no size
	})
	return size
}

// A counting sender counts what becomes of messages.
type counting struct {
	chat.Sender
	outcomes *prometheus.CounterVec
}

func (c counting) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	err := c.Sender.Send(ctx, to, r)
	outcome := "ok"
	switch {
	case errors.Is(err, chat.ErrBlocked):
		outcome = "blocked"
	case err != nil:
		outcome = "failed"
	}
	c.outcomes.WithLabelValues(outcome).Inc()
	return err
}
