package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"jinwen/corpus/version"
	"jinwen/corpus/zh"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// shortID returns as much of a version's ID as people need to tell versions apart.
func shortID(id string) string { return id[:min(6, len(id))] }

// preview shows what p is and what it would change, with the buttons to decide.
func preview(l chat.Lang, p *Preview) chat.Reply {
	r := chat.Reply{Blocks: describe(l, p)}
	if p.Unchanged() {
		r.Blocks = append(r.Blocks, blocks(chat.Para, in(l).Same)...)
		return r
	}
	if p.Already {
		r.Blocks = append(r.Blocks, blocks(chat.Note, in(l).Already)...)
	}
	yes := in(l).Activate
	for _, w := range p.Warnings {
		yes = in(l).Anyway
		r.Blocks = append(r.Blocks, blocks(chat.Note, "⚠️ "+in(l).Warnings[w])...)
	}
	if isOther(p.Active, p.Report) {
		more, files := otherReport(l, p)
		r.Blocks, r.Files = append(r.Blocks, more...), files
	} else {
		d := compare(p.Active, p.Report)
		r.Blocks = append(r.Blocks, d.short(l)...)
		r.Files = []chat.Attachment{{
			Name: fmt.Sprintf("diff-%s-%s.md", shortID(p.Active.ID), shortID(p.Report.ID)),
			Data: []byte(d.whole(l)),
		}}
	}
	r.Buttons = [][]chat.Button{{
		button(yes, pressActivate, p.Report.ID, p.Active.ID),
		button(in(l).Discard, pressDiscard, p.Report.ID),
	}, {
		button(in(l).Check, pressCheck, p.Report.ID),
	}}
	return r
}

// describe returns what a text is: title, place, year, and how much is in it.
func describe(l chat.Lang, p *Preview) []chat.Block {
	v := p.Version
	place, year := v.Place, fmt.Sprintf(in(l).Year, v.Year)
	if place == "" {
		place = in(l).NoPlace
	}
	if v.Year == 0 {
		year = in(l).NoYear
	}
	n := version.Count(p.Report)
	return []chat.Block{
		{Kind: chat.Title, Text: v.Title},
		{Kind: chat.Para, Text: fmt.Sprintf(in(l).About, place, year, shortID(v.ID))},
		{Kind: chat.Para, Text: fmt.Sprintf(in(l).Counts, n.Chars, n.Sections, n.Passages, n.Figures, n.Commitments)},
	}
}

// steps shows an activation's progress in the place of the message under the
// button.
func (c *Chat) steps(t *handlers.Turn) func(Step) {
	return func(s Step) {
		r := para(fmt.Sprintf(in(t.Lang).Step, int(s)+1, len(in(t.Lang).Steps), in(t.Lang).Steps[s]))
		r.Edit = t.Kind == chat.KindButton
		t.Progress(r)
	}
}

// done says what went live, with the way back.
func (c *Chat) done(t *handlers.Turn, text string, v version.Version) chat.Reply {
	r := para(fmt.Sprintf("✅ "+text, v.Title, shortID(v.ID)))
	r.Edit = t.Kind == chat.KindButton
	if _, ok := c.lib.store.Previous(); ok {
		r.Buttons = [][]chat.Button{{button(in(t.Lang).Rollback, pressAskBack), button(in(t.Lang).Versions, pressVersions)}}
	}
	return r
}

func (c *Chat) activate(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	v, err := c.lib.Activate(ctx, args[0], by(t, args[1]), c.steps(t))
	var conflict *version.ConflictError
	if errors.As(err, &conflict) {
		return c.again(t, args[0], conflict.Last)
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return c.done(t, in(t.Lang).Live, v), nil
}

// again shows version id once more, against what somebody else made live.
func (c *Chat) again(t *handlers.Turn, id string, last version.Record) (chat.Reply, error) {
	p, err := c.lib.Preview(id)
	if err != nil {
		return chat.Reply{}, err
	}
	r := preview(t.Lang, p)
	r.Blocks = append(blocks(chat.Para, conflictLine(t, last)), r.Blocks...)
	return r, nil
}

func conflictLine(t *handlers.Turn, last version.Record) string {
	return "⚠️ " + fmt.Sprintf(in(t.Lang).Conflict, last.Who, clock(t, last.Time), in(t.Lang).Actions[last.Action], shortID(last.Version))
}

func (c *Chat) discard(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	if err := c.lib.Discard(args[0], by(t, "")); err != nil {
		return chat.Reply{}, err
	}
	r := para(fmt.Sprintf(in(t.Lang).Discarded, shortID(args[0])))
	r.Edit = true
	return r, nil
}

// show previews a kept version from the list of versions.
func (c *Chat) show(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	p, err := c.lib.Preview(args[0])
	if err != nil {
		return chat.Reply{}, err
	}
	return preview(t.Lang, p), nil
}

// activateNamed is /activate ID: the version with what it would change and the
// button to decide; without an id, the versions there are.
func (c *Chat) activateNamed(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	if t.Args == "" {
		return c.versions(ctx, t)
	}
	v, err := c.lib.store.Find(t.Args)
	if err != nil {
		r, _ := c.versions(ctx, t)
		r.Blocks = append(blocks(chat.Para, fmt.Sprintf(in(t.Lang).NoVersion, zh.Clip(t.Args, 20))), r.Blocks...)
		return r, nil
	}
	return c.show(ctx, t, []string{v.ID})
}

func (c *Chat) versions(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	r := chat.Reply{Blocks: blocks(chat.Title, in(t.Lang).Versions)}
	_, back := c.lib.store.Previous()
	for _, v := range c.lib.store.Versions() {
		mark := in(t.Lang).IsKept
		switch {
		case v.Active:
			mark = in(t.Lang).IsActive
		case v.Previous:
			mark = in(t.Lang).IsPrevious
		case v.Activated.IsZero() && !v.Embedded:
			mark = in(t.Lang).IsPending
		}
		whence := in(t.Lang).Ships
		if !v.Imported.IsZero() && !v.Embedded {
			whence = fmt.Sprintf(in(t.Lang).By, v.Who, clock(t, v.Imported))
		}
		r.Blocks = append(r.Blocks, blocks(chat.Item, fmt.Sprintf(in(t.Lang).VersionLine, mark, shortID(v.ID), v.Title, whence))...)
		if !v.Active {
			r.Buttons = append(r.Buttons, []chat.Button{{Text: shortID(v.ID) + " " + zh.Clip(v.Title, 30), Data: handlers.AdminData(pressShow, v.ID)}})
		}
	}
	last := []chat.Button{button(in(t.Lang).Reindex, pressReindex)}
	if back {
		last = append(last, button(in(t.Lang).Rollback, pressAskBack))
	}
	r.Buttons = append(r.Buttons, last)
	return r, nil
}

// rollback asks before it goes back.
func (c *Chat) rollback(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	to, ok := c.lib.store.Previous()
	if !ok {
		return chat.Reply{}, version.ErrNoPrevious
	}
	from := c.lib.store.Active()
	r := para(fmt.Sprintf(in(t.Lang).RollbackTo, shortID(to.ID), to.Title, shortID(from.ID), from.Title))
	r.Buttons = [][]chat.Button{{
		button(in(t.Lang).Confirm, pressBack, to.ID, from.ID),
		button(in(t.Lang).Cancel, pressCancel),
	}}
	return r, nil
}

func (c *Chat) goBack(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	if to, ok := c.lib.store.Previous(); ok && to.ID != args[0] && c.lib.store.Active().ID == args[1] {
		return chat.Reply{Notice: in(t.Lang).Stale}, nil
	}
	v, err := c.lib.Rollback(ctx, by(t, args[1]), c.steps(t))
	var conflict *version.ConflictError
	if errors.As(err, &conflict) {
		r, err := c.rollback(ctx, t)
		r.Blocks = append(blocks(chat.Para, conflictLine(t, conflict.Last)), r.Blocks...)
		return r, err
	}
	if err != nil {
		return chat.Reply{}, err
	}
	return c.done(t, in(t.Lang).GoneBack, v), nil
}

func (c *Chat) reindex(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	v, err := c.lib.Reindex(ctx, by(t, ""), c.steps(t))
	if err != nil {
		return chat.Reply{}, err
	}
	return c.done(t, in(t.Lang).Reindexed, v), nil
}

// shownAudit is how many records /audit shows; all are in the file with it.
const shownAudit = 20

func (c *Chat) audit(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	records := c.lib.store.Audit()
	if len(records) == 0 {
		return para(in(t.Lang).NoAudit), nil
	}
	r := chat.Reply{Blocks: blocks(chat.Title, fmt.Sprintf(in(t.Lang).Audit, len(records)))}
	for i := len(records) - 1; i >= max(0, len(records)-shownAudit); i-- {
		r.Blocks = append(r.Blocks, blocks(chat.Item, auditLine(t, records[i]))...)
	}
	if n := len(c.lib.store.Damaged()); n > 0 {
		r.Blocks = append(r.Blocks, blocks(chat.Note, fmt.Sprintf(in(t.Lang).Damaged, n))...)
	}
	if len(records) > shownAudit {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		for _, rec := range records {
			if err := enc.Encode(rec); err != nil {
				return chat.Reply{}, err
			}
		}
		r.Files = []chat.Attachment{{Name: "audit.jsonl", Caption: in(t.Lang).AuditFile, Data: b.Bytes()}}
	}
	return r, nil
}

func auditLine(t *handlers.Turn, rec version.Record) string {
	what := string(rec.Action)
	if text, ok := in(t.Lang).Actions[rec.Action]; ok {
		what = text
	}
	var rest []string
	if rec.Detail == "" && rec.Version != "" {
		rest = append(rest, shortID(rec.Version))
	}
	for _, s := range []string{rec.Detail, rec.Name, rec.Title} {
		if s != "" {
			rest = append(rest, s)
		}
	}
	return strconv.FormatInt(rec.Seq, 10) + " · " + clock(t, rec.Time) + " · " + rec.Who + " · " + what + " " + strings.Join(rest, " · ")
}
