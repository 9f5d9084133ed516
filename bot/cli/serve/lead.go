package serve

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
	"jinwen/handlers/store/postgres"
)

// Of several machines one leads: it tells subscribers, and holds the
// connections of which a service takes but one.

// leadAgain is how long who stopped leading stands back, so that another may.
const leadAgain = time.Second

// leading runs jobs while this process leads, again and again until ctx ends.
// It ends with the first job that fails for another reason than that another
// process leads.
func leading(ctx context.Context, lease dispatch.Lease, jobs ...func(context.Context) error) error {
	for {
		held, release, err := lease.Hold(ctx)
		if err != nil {
			return nil
		}
		term, end := context.WithCancel(held)
		var wg sync.WaitGroup
		errs := make([]error, len(jobs))
		for i, job := range jobs {
			wg.Go(func() {
				defer end() // one does not go on without the others
				errs[i] = job(term)
			})
		}
		wg.Wait()
		end()
		lost := lease.Check(ctx) != nil
		release()
		for _, err := range errs {
			if err != nil && !lost {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(leadAgain):
		}
	}
}

// tell tells subscribers of what went live, as long as ctx lasts: of the last
// activation that they were not told of, and of those that come.
func (s *Service) tell(ctx context.Context, a *base.App) error {
	s.leads.Store(&ctx)
	defer s.leads.Store(nil)
	s.catchUp(ctx, a)
	<-ctx.Done()
	return nil
}

// careful is a sender that asks before each message whether this process leads.
type careful struct {
	lease  dispatch.Lease
	sender chat.Sender
}

func (c careful) Send(ctx context.Context, to chat.Chat, r chat.Reply) error {
	if err := c.lease.Check(ctx); err != nil {
		return err
	}
	return c.sender.Send(ctx, to, r)
}

// observe shows the database among the metrics.
func (k *keeper) observe(r prometheus.Registerer) error {
	if k.db == nil {
		return nil
	}
	for _, m := range []struct {
		name, help string
		value      func() float64
	}{
		{"jinwen_state_away", "1 while the database is not reached.", func() float64 {
			if _, err := k.db.Away(); err != nil {
				return 1
			}
			return 0
		}},
		{"jinwen_state_waiting", "Changes that wait for the database.", func() float64 { n, _ := k.waiting(); return float64(n) }},
		{"jinwen_state_refused", "Changes that found no room while the database was away, or whose process had lost its lease.", func() float64 { _, n := k.waiting(); return float64(n) }},
	} {
		if err := r.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: m.name, Help: m.help}, m.value)); err != nil {
			return err
		}
	}
	return nil
}

// queue shares pushed updates among processes, as dispatch has it.
type queue struct{ *postgres.Queue }

func (q queue) Lease() dispatch.Lease { return q.Queue.Lease() }
