package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// DeadLetters is the command that shows the messages that were set aside.
type DeadLetters struct {
	Show  string `placeholder:"ID" help:"Print one as it came."`
	Retry string `placeholder:"ID" help:"Have it handled once more; \"all\" is all of them."`
	JSON  bool   `name:"json" help:"One JSON object a line."`
}

func (DeadLetters) Help() string {
	return `Lists the messages that were set aside: those that the bot was handling at three crashes (crash) or that took too long three times (timeout), and answers that were on their way at two crashes, so that nobody knows whether they arrived (unsure). Handling one once more is up to you; a running bot begins within seconds, else the next that is started. They are kept for 90 days, a thousand at most. Machines that share a database share them: any shows them, and has them handled once more.

Examples:
  jinwen dead-letters
  jinwen dead-letters --show telegram:5001
  jinwen dead-letters --retry telegram:5001`
}

func (c *DeadLetters) Run(a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	dead, err := a.DeadLetters()
	if err != nil {
		return err
	}
	all, err := dead.List()
	if err != nil {
		return err
	}
	switch {
	case c.Show != "" && c.Retry != "":
		return base.Usagef("--show and --retry are two things: give one of them")
	case c.Retry != "":
		return c.retry(a, dead, all)
	case c.Show != "":
		for _, l := range all {
			if l.ID == c.Show {
				return c.print(a, l)
			}
		}
		return fmt.Errorf("%s: %w: jinwen dead-letters lists those there are", c.Show, dispatch.ErrNoLetter)
	case c.JSON:
		for _, l := range all {
			if err := json.NewEncoder(a.Out).Encode(l); err != nil {
				return err
			}
		}
		return nil
	case len(all) == 0:
		fmt.Fprintln(a.Out, "No message was set aside.")
		return nil
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, l := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d tries\n", l.ID, l.Time.Local().Format("2006-01-02 15:04:05"), l.Kind, l.Reason, l.Tries)
	}
	return w.Flush()
}

func (c *DeadLetters) print(a *base.App, l dispatch.DeadLetter) error {
	e := json.NewEncoder(a.Out)
	if !c.JSON {
		e.SetIndent("", "  ")
	}
	e.SetEscapeHTML(false)
	return e.Encode(l)
}

func (c *DeadLetters) retry(a *base.App, dead dispatch.Letters, all []dispatch.DeadLetter) error {
	ids := []string{c.Retry}
	if c.Retry == "all" {
		ids = nil
		for _, l := range all {
			ids = append(ids, l.ID)
		}
	}
	for _, id := range ids {
		if err := dead.Retry(id); err != nil {
			return err
		}
		if c.JSON {
			if err := json.NewEncoder(a.Out).Encode(map[string]any{"id": id, "retry": true}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.Out, "%s is handled once more by the bot that runs, or the next that is started.\n", id)
	}
	return nil
}

// noteSetAside takes note of a message that was set aside. It does not wait: of very
// many at once the admins hear of the first hundred.
func (s *Service) noteSetAside(l dispatch.DeadLetter) {
	select {
	case s.aside <- l:
	default:
	}
}

// fullAgain is after how long admins are told once more that the disk is full.
const fullAgain = time.Hour

// tellAside tells the admins of messages that were set aside, and of a full
// disk, until ctx ends.
func (s *Service) tellAside(ctx context.Context, a *base.App) {
	look := time.NewTicker(2 * time.Second)
	defer look.Stop()
	var told time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			if a.DiskFull() && time.Since(told) > fullAgain {
				told = time.Now()
				tellAdmins(ctx, a, s, func(lang chat.Lang) chat.Reply { return chat.Say(dispatch.FullDisk(lang)) })
			}
		case l := <-s.aside:
			tellAdmins(ctx, a, s, func(lang chat.Lang) chat.Reply { return chat.Say(dispatch.Told(l, lang)) })
		}
	}
}

// tellAdmins sends each admin, in the language that they chose, what say gives.
func tellAdmins(ctx context.Context, a *base.App, s *Service, say func(chat.Lang) chat.Reply) {
	if s.sender == nil {
		return
	}
	for _, id := range admins(a) { // the private chat with a user has the user's id
		lang := chat.Hans
		if set, err := s.users.Settings(id); err == nil && set.Lang.Valid() {
			lang = set.Lang
		}
		one, cancel := context.WithTimeout(ctx, time.Minute)
		if err := s.sender.Send(one, chat.Chat{ID: id}, say(lang)); err != nil && ctx.Err() == nil {
			a.Log.Warn("admin not told", "err", err)
		}
		cancel()
	}
}
