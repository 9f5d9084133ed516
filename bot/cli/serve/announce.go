package serve

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/handlers"
	"jinwen/handlers/admin"
)

// Every activation is told to subscribers once, and to each of them once,
// whenever the bot is stopped or killed: the store holds the number of the last
// activation that all were told of, and whom the notice of the one after it has
// reached, in the order of the chats' ids.

// toldKey is the entry of the store with the number of the last activation
// that all subscribers were told of.
const toldKey = "told"

// forever is how long that entry is kept.
const forever = 100 * 365 * 24 * time.Hour

// announce tells subscribers that another version went live.
func (s *Service) announce(ctx context.Context, a *base.App, from, to *corpus.Report) {
	if s.sender == nil {
		return
	}
	bot, sender := s.Bot, s.sender
	if !s.alone() {
		leads := s.leads.Load()
		if leads == nil {
			return // who leads tells of it
		}
		ctx, bot, sender = *leads, s.botFor(s.kept.lead), careful{s.kept.lead.lease, s.sender}
	}
	s.telling.Lock()
	defer s.telling.Unlock()
	r, ok := lastActivation(s.Library.Store(), to.ID)
	told, known := s.told(a)
	if !ok || known && r.Seq <= told {
		return
	}
	sent, skipped, err := bot.Announce(ctx, sender, to, admin.Changes(from, to), fmt.Sprintf("%s:%d", toldKey, r.Seq))
	if ctx.Err() != nil {
		return // the rest at the next start
	}
	if err != nil {
		a.Log.Warn("some subscribers not told", "err", err)
	}
	a.Log.Info("subscribers told", "sent", sent, "skipped", skipped)
	s.setTold(a, r.Seq)
}

// catchUp tells of an activation whose notice a stop or crash cut off, or that
// was made while the bot did not run.
func (s *Service) catchUp(ctx context.Context, a *base.App) {
	if s.sender == nil {
		return
	}
	store := s.Library.Store()
	r, ok := lastActivation(store, "")
	told, known := s.told(a)
	switch {
	case known && r.Seq <= told:
	case !known || !ok || !serves(store, r.Version):
		s.setTold(a, r.Seq) // the first start, or gone back from since
	default:
		from, err := store.Report(r.From)
		if err != nil {
			a.Log.Warn("subscribers not told", "version", r.Version, "err", err)
			s.setTold(a, r.Seq)
			return
		}
		to, err := store.Report(r.Version)
		if err != nil {
			a.Log.Warn("subscribers not told", "version", r.Version, "err", err)
			return
		}
		s.announce(ctx, a, from, to)
	}
}

// serves reports whether version id answers for its report.
func serves(s *version.Store, id string) bool {
	v, err := s.Find(id)
	return err == nil && v.Serves
}

// lastActivation returns the last one of version id; "" is any.
func lastActivation(s *version.Store, id string) (last version.Record, ok bool) {
	for _, r := range s.Audit() {
		if r.Action == version.Activated && (id == "" || r.Version == id) {
			last, ok = r, true
		}
	}
	return last, ok
}

func (s *Service) told(a *base.App) (seq int64, known bool) {
	data, known, err := s.led().Lookup(toldKey)
	if err == nil && known {
		seq, err = strconv.ParseInt(string(data), 10, 64)
	}
	if err != nil {
		a.Log.Warn("not known who was told", "err", err)
	}
	return seq, known && err == nil
}

func (s *Service) setTold(a *base.App, seq int64) {
	if err := s.led().Put(toldKey, strconv.AppendInt(nil, seq, 10), a.Now().Add(forever)); err != nil {
		a.Log.Warn("not noted who was told", "err", err)
	}
}

// led returns the state of who leads.
func (s *Service) led() handlers.Store {
	if s.alone() {
		return s.users
	}
	return s.kept.lead.users
}
