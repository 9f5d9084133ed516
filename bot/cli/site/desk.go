package site

import (
	"context"
	"errors"
	"slices"
	"time"

	"jinwen/bot/web"
	"jinwen/corpus/version"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
)

// What admins do on a screen is what they do in chat, with the same rules and
// the same entries in the audit trail: who is "web:NAME".

// mended turns what an admin can mend into their words.
func (s *Site) mended(err error, l chat.Lang) error {
	if err == nil {
		return nil
	}
	return s.mendedOf(err, l, "")
}

// mendedOf is mended for a decision on version id: if somebody else has decided
// meanwhile, it is to be looked at again.
func (s *Site) mendedOf(err error, l chat.Lang, id string) error {
	var conflict *version.ConflictError
	if !errors.As(err, &conflict) {
		id = ""
	}
	if text, ok := admin.Tell(err, l, s.opt.Clock().Location()); ok {
		s.opt.Logger.Info("an admin was refused", "err", err)
		return &web.Refusal{Text: text, Version: id}
	}
	return err
}

func (s *Site) by(who, from string) version.By {
	return version.By{Who: chat.ID(chat.Web, who), When: s.opt.Clock(), From: from}
}

// Versions lists the texts that are kept.
func (s *Site) Versions(ctx context.Context) ([]web.Version, error) {
	var out []web.Version
	for _, v := range s.opt.Library.Store().Versions() {
		x := web.Version{ID: v.ID, Title: v.Title, Report: v.Report, Who: v.Who, When: v.Imported, Active: v.Active, Serves: v.Serves, Before: v.Previous}
		if x.When = v.Imported.In(s.opt.Clock().Location()); v.Imported.IsZero() {
			x.When = time.Time{}
		}
		out = append(out, x)
	}
	return out, nil
}

// Import keeps a text.
func (s *Site) Import(ctx context.Context, who, name string, data []byte, l chat.Lang) (web.Preview, error) {
	p, err := s.opt.Library.Import(ctx, admin.FileName(name), data, s.by(who, ""))
	if err != nil {
		return web.Preview{}, s.mended(err, l)
	}
	if p.Unchanged() {
		return preview(p, nil, l), nil
	}
	return s.Preview(ctx, who, p.Report.ID, l)
}

// preview returns what a version would change, and after it what its self-check
// found, unless it is live already.
func preview(p *admin.Preview, checked []admin.Checked, l chat.Lang) web.Preview {
	r := admin.Show(p, l)
	if !p.Unchanged() {
		check := admin.ShowCheck(p, checked, l)
		r.Then = &check
	}
	return web.Preview{Version: p.Report.ID, Active: p.Active.ID, Live: p.Unchanged(), Reply: r}
}

// Preview shows what a version would change, and standard questions answered
// from it and from what is live.
func (s *Site) Preview(ctx context.Context, who, id string, l chat.Lang) (web.Preview, error) {
	p, checked, err := s.opt.Library.SelfCheck(ctx, id, l)
	if err != nil {
		return web.Preview{}, s.mended(err, l)
	}
	return preview(p, checked, l), nil
}

// Activate makes a version live.
func (s *Site) Activate(ctx context.Context, who, id, from string, l chat.Lang) error {
	_, err := s.opt.Library.Activate(ctx, id, s.by(who, from), nil)
	if err == nil {
		return nil
	}
	return s.mendedOf(err, l, id)
}

// Rollback goes back to version id, if that is still the one before.
func (s *Site) Rollback(ctx context.Context, who, id, from string, l chat.Lang) error {
	if to, ok := s.opt.Library.Store().Previous(); !ok || to.ID != id {
		return s.mended(version.ErrNoPrevious, l)
	}
	_, err := s.opt.Library.Rollback(ctx, s.by(who, from), nil)
	return s.mended(err, l)
}

// Discard drops a version.
func (s *Site) Discard(ctx context.Context, who, id string, l chat.Lang) error {
	return s.mended(s.opt.Library.Discard(id, s.by(who, "")), l)
}

// Missed returns what people asked and did not get, by what the questions share.
func (s *Site) Missed(ctx context.Context, days int) ([]web.Missed, error) {
	if s.opt.Asked == nil {
		return nil, nil
	}
	now := s.opt.Clock()
	stats, err := s.opt.Asked.Stats(now.AddDate(0, 0, -days), now)
	if err != nil {
		return nil, err
	}
	var out []web.Missed
	for _, g := range stats.Unanswered {
		out = append(out, web.Missed{Words: g.Words, Question: g.Questions[0].Text, Times: g.N, People: g.Users})
	}
	return out, nil
}

// Words returns those that admins added.
func (s *Site) Words(ctx context.Context) ([]string, error) {
	words, err := s.opt.Library.Words()
	if errors.Is(err, admin.ErrNoLexicon) {
		return nil, nil
	}
	var out []string
	for _, w := range words {
		out = append(out, w.String())
	}
	return out, err
}

// AddWord adds a word.
func (s *Site) AddWord(ctx context.Context, who, say, means string, l chat.Lang) error {
	w, err := admin.ParseWord(say + "=" + means)
	if err == nil {
		_, err = s.opt.Library.AddWord(ctx, w, s.by(who, ""))
	}
	return s.mended(err, l)
}

// RemoveWord takes a word out.
func (s *Site) RemoveWord(ctx context.Context, who, say string, l chat.Lang) error {
	return s.mended(s.opt.Library.RemoveWord(ctx, say, s.by(who, "")), l)
}

// Use returns how much was asked on each day.
func (s *Site) Use(ctx context.Context, days int) ([]web.Day, error) {
	if s.opt.Asked == nil {
		return nil, nil
	}
	now := s.opt.Clock()
	stats, err := s.opt.Asked.Stats(now.AddDate(0, 0, -days), now.Add(time.Minute))
	if err != nil {
		return nil, err
	}
	var out []web.Day
	for _, d := range stats.Days {
		out = append(out, web.Day{Date: d.Date, Asked: d.Questions, Answered: d.Answered})
	}
	return out, nil
}

// Audit returns the audit trail, the latest first.
func (s *Site) Audit(ctx context.Context, l chat.Lang) ([]web.Deed, error) {
	var out []web.Deed
	for _, r := range s.opt.Library.Store().Audit() {
		d := web.Deed{When: r.Time.In(s.opt.Clock().Location()), Who: r.Who, What: admin.ActionName(r.Action, l), Version: r.Version, Detail: r.Detail}
		for _, x := range []string{r.Name, r.Title} {
			if x != "" {
				if d.Detail != "" {
					d.Detail += " · "
				}
				d.Detail += x
			}
		}
		out = append(out, d)
	}
	slices.Reverse(out)
	return out, nil
}
