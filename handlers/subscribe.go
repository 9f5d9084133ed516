package handlers

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/handlers/texts"
)

// subscribe is /subscribe [topics].
func subscribe(ctx context.Context, t *Turn) (chat.Reply, error) {
	if !t.leads(ctx) {
		return chat.Say(t.text.GroupAdminsOnly), nil
	}
	s, ok, err := t.bot.store.Subscription(t.Chat.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	reports, words := t.reportsNamed(t.Args)
	named := t.topicsNamed(words)
	if words != "" && len(named) == 0 && len(t.bot.opt.Topics.Topics()) > 0 {
		// Nothing is called so: following everything is not what was meant.
		r := t.subscription(s)
		r.Blocks = []chat.Block{{Kind: chat.Para, Text: t.text.ChooseTopic}}
		if !ok {
			r.Buttons[len(r.Buttons)-1] = []chat.Button{{Text: t.text.AllTopics, Data: reply.Data(actTopic, nil, "all")}}
		}
		return r, nil
	}
	if !ok || len(named)+len(reports) > 0 {
		s = Subscription{Chat: t.Chat, Lang: t.Lang, Topics: named, Reports: reports, Since: t.Now}
		if err := t.bot.store.Subscribe(s); err != nil {
			return chat.Reply{}, err
		}
	}
	return t.subscription(s), nil
}

// reportsNamed returns the places and reports of the library that words name, and
// the other words.
func (t *Turn) reportsNamed(words string) (reports []string, rest string) {
	shelf, ok := t.bot.src.(Shelf)
	if !ok {
		return nil, words
	}
	var others []string
	for _, w := range wordsOf(words) {
		switch r := shelf.Named(w); {
		case r == nil:
			others = append(others, w)
		case yearIn.MatchString(w):
			reports = append(reports, corpus.ReportName(r.Year, r.Place))
		default:
			reports = append(reports, corpus.ShortPlace(r.Place))
		}
	}
	return reports, strings.Join(others, " ")
}

var yearIn = regexp.MustCompile(`[0-9]{4}`)

// follows reports whether s is of r; home is the report that a question without
// a place means.
func (s *Subscription) follows(r, home *corpus.Report) bool {
	place := corpus.ShortPlace(r.Place)
	if len(s.Reports) == 0 {
		return home == nil || r.ID == home.ID || place == corpus.ShortPlace(home.Place)
	}
	return slices.Contains(s.Reports, place) || slices.Contains(s.Reports, corpus.ReportName(r.Year, r.Place))
}

// leads reports whether the person may decide what the chat follows: in a group
// only those who run it may.
func (t *Turn) leads(ctx context.Context) bool {
	if t.Chat.Kind != chat.Group || t.User.Admin || t.User.Leads == nil {
		return true
	}
	ok, err := t.User.Leads(ctx)
	if err != nil {
		t.log.Warn("group's admins not known", logErr, err)
	}
	return ok
}

// topicsNamed returns the topics that words name: wholly, in part (交通 of 交通港口),
// or by what they are about (地铁).
func (t *Turn) topicsNamed(words string) []string {
	var named []string
	topics := t.bot.opt.Topics
	for _, w := range wordsOf(words) {
		all := topics.Topics()
		i := slices.Index(all, texts.TopicNamed(all, w))
		if i < 0 {
			i = slices.IndexFunc(all, func(name string) bool { return utf8.RuneCountInString(w) > 1 && strings.Contains(name, w) })
		}
		if i < 0 {
			i = slices.IndexFunc(all, func(name string) bool { return topics.InTopic(name, w) })
		}
		if i >= 0 && !slices.Contains(named, all[i]) {
			named = append(named, all[i])
		}
	}
	return named
}

// subscription shows what the chat follows, with buttons to change it.
func (t *Turn) subscription(s Subscription) chat.Reply {
	topics := t.bot.opt.Topics.Topics()
	what := t.text.AllTopics
	if len(s.Topics) > 0 {
		what = topicList(s.Topics, t.Lang)
	}
	if len(s.Reports) > 0 {
		what = strings.Join(s.Reports, t.text.Comma) + " · " + what
	}
	r := chat.Say(fmt.Sprintf(t.text.Subscribed, what))
	var row []chat.Button
	for i, topic := range topics[:min(len(topics), maxChoices)] {
		if len(row) == 3 {
			r.Buttons = append(r.Buttons, row)
			row = nil
		}
		row = append(row, chat.Button{Text: tick(slices.Contains(s.Topics, topic), texts.Topic(topic, t.Lang)), Data: reply.Data(actTopic, nil, strconv.Itoa(i))})
	}
	r.Buttons = append(r.Buttons, row, []chat.Button{
		{Text: tick(len(s.Topics) == 0, t.text.AllTopics), Data: reply.Data(actTopic, nil, "all")},
		{Text: t.text.ButtonUnsubscribe, Data: reply.Data(actTopic, nil, "none")},
	})
	r.Buttons = nonEmpty(r.Buttons...)
	return r
}

// topicList names topics in l.
func topicList(topics []string, l chat.Lang) string {
	var names []string
	for _, topic := range topics {
		names = append(names, texts.Topic(topic, l))
	}
	return strings.Join(names, texts.Of(l).Comma)
}

// pressTopic changes what the chat follows.
func pressTopic(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	if !t.leads(ctx) {
		return notice(t.text.GroupAdminsOnly), nil
	}
	if args[0] == "none" {
		if err := t.bot.store.Unsubscribe(t.Chat.ID); err != nil {
			return chat.Reply{}, err
		}
		r := chat.Say(t.text.Unsubscribed)
		r.Edit = true
		return r, nil
	}
	s, ok, err := t.bot.store.Subscription(t.Chat.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !ok {
		s = Subscription{Chat: t.Chat, Lang: t.Lang, Since: t.Now}
	}
	if args[0] == "all" {
		if ok && len(s.Topics) == 0 {
			return notice(t.text.Saved), nil // an edit that changes nothing is refused
		}
		s.Topics = nil
	} else {
		topics := t.bot.opt.Topics.Topics()
		n, ok := number(args[0], len(topics))
		if !ok {
			return notice(t.text.ButtonBroken), nil
		}
		if i := slices.Index(s.Topics, topics[n]); i >= 0 {
			s.Topics = slices.Delete(s.Topics, i, i+1)
		} else {
			s.Topics = append(s.Topics, topics[n])
		}
	}
	if err := t.bot.store.Subscribe(s); err != nil {
		return chat.Reply{}, err
	}
	r := t.subscription(s)
	r.Edit, r.Notice = true, t.text.Saved
	return r, nil
}

// unsubscribe is /unsubscribe.
func unsubscribe(ctx context.Context, t *Turn) (chat.Reply, error) {
	if !t.leads(ctx) {
		return chat.Say(t.text.GroupAdminsOnly), nil
	}
	_, ok, err := t.bot.store.Subscription(t.Chat.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	if !ok {
		return chat.Say(t.text.NotSubscribed), nil
	}
	if err := t.bot.store.Unsubscribe(t.Chat.ID); err != nil {
		return chat.Reply{}, err
	}
	return chat.Say(t.text.Unsubscribed), nil
}

// ChangeKind is what happened to a part of the text.
type ChangeKind int

const (
	Added   ChangeKind = iota // New only
	Dropped                   // Old only
	Changed                   // both
)

// A Change is one difference between the version before and the active one.
type Change struct {
	Kind ChangeKind
	Name string // the indicator, if it is a figure's value that changed
	Year string // its period, as corpus.Figure has it, and whether it is a target; "" if of none
	Aim  bool
	// Result says that the text now is the next year's report: Old is a target of
	// Year, New is what became of it.
	Result bool
	Old    string // verbatim of the text before: a clause or sentence
	New    string // verbatim of the text now
	// Of figures, as written.
	OldValue, NewValue string
}

// maxTold is how many changes a notice names.
const maxTold = 8

// toldLife is how long it is remembered who got a notice.
const toldLife = 30 * 24 * time.Hour

// Announce tells subscribers that r is active now and what of changes is of
// their topics. Chats that cannot be reached are skipped from then on until
// they write again. It goes on after a chat that failed, and returns the first
// error after all were tried, ctx.Err() at once if ctx ends. While the state
// cannot be read or written it waits. Limits of the chat service are the
// Sender's.
//
// key names the notice: called again with it, also by another process after a
// crash, Announce goes on after the last chat that was told. "" tells all.
func (b *Bot) Announce(ctx context.Context, s chat.Sender, r *corpus.Report, changes []Change, key string) (sent, skipped int, err error) {
	subs, last, err := b.pendingSubscriptions(ctx, key)
	if err != nil {
		return 0, 0, err
	}
	var first error
	for _, sub := range subs {
		if sub.Chat.ID <= last {
			continue
		}
		if ctx.Err() != nil {
			return sent, skipped, ctx.Err()
		}
		if !sub.follows(r, b.src.Report()) {
			continue
		}
		told, err := b.tell(ctx, s, sub, b.noticeFor(sub, r, changes))
		switch {
		case ctx.Err() != nil && !told:
			return sent, skipped, ctx.Err()
		case told:
			sent++
		default:
			skipped++
		}
		if err != nil && first == nil {
			first = err
		}
		if key == "" {
			continue
		}
		if err := b.retry(context.WithoutCancel(ctx), 3, func() error {
			return b.store.Put(key, []byte(sub.Chat.ID), b.now().Add(toldLife))
		}); err != nil && first == nil {
			first = err
		}
	}
	b.log.Info("subscribers told", logVersion, r.ID, logSent, sent, logSkipped, skipped)
	return sent, skipped, first
}

// pendingSubscriptions returns the subscriptions in the order of their chats' ids, and the
// last chat that the notice called key has reached.
func (b *Bot) pendingSubscriptions(ctx context.Context, key string) (subs []Subscription, last string, err error) {
	err = b.retry(ctx, 0, func() (err error) {
		if subs, err = b.store.Subscriptions(); err != nil || key == "" {
			return err
		}
		at, _, err := b.store.Lookup(key)
		last = string(at)
		return err
	})
	return subs, last, err
}

// tell sends a notice to one subscriber and reports whether it was sent.
func (b *Bot) tell(ctx context.Context, s chat.Sender, sub Subscription, r chat.Reply) (told bool, err error) {
	var blocked bool
	err = b.retry(ctx, 0, func() (err error) {
		blocked, err = b.store.Blocked(sub.Chat.ID)
		return err
	})
	if blocked || err != nil {
		return false, err
	}
	switch err = s.Send(ctx, sub.Chat, r); {
	case err == nil:
		return true, nil
	case errors.Is(err, chat.ErrBlocked):
		return false, b.store.SetBlocked(sub.Chat.ID, true)
	}
	b.log.Warn("notice not sent", logChat, b.hash("chat", sub.Chat.ID), logErr, err)
	return false, err
}

// retry calls f, which works on the store, until it succeeds: so many times at
// most (0 is as often as it takes) until ctx ends.
func (b *Bot) retry(ctx context.Context, times int, f func() error) error {
	for n := 1; ; n++ {
		err := f()
		if err == nil || n == times || ctx.Err() != nil {
			return err
		}
		if n == 1 {
			b.log.Warn("state is not reached, and is tried again", logErr, err)
		}
		select {
		case <-time.After(min(time.Duration(n)*time.Second, 30*time.Second)):
		case <-ctx.Done():
		}
	}
}

// noticeFor returns the notice for one subscription.
func (b *Bot) noticeFor(sub Subscription, r *corpus.Report, changes []Change) chat.Reply {
	l := sub.Lang
	if !l.Valid() {
		l = chat.Hans
	}
	t := texts.Of(l)
	title, count, countIn := t.NewsTitle, t.NewsCount, t.NewsCountIn
	if len(changes) > 0 && changes[0].Result {
		title, count, countIn = t.NewsNext, t.NewsKept, t.NewsKeptIn
	}
	out := chat.Reply{Blocks: []chat.Block{{Kind: chat.Title, Text: fmt.Sprintf(title, b.newsOf(r, t))}}}
	var mine []Change
	for _, c := range changes {
		if len(sub.Topics) == 0 || slices.ContainsFunc(sub.Topics, func(topic string) bool {
			return b.opt.Topics.InTopic(topic, c.Name+"\n"+c.Old+"\n"+c.New)
		}) {
			mine = append(mine, c)
		}
	}
	switch {
	case len(changes) == 0:
	case len(mine) == 0:
		out.Blocks = append(out.Blocks, chat.Block{Kind: chat.Para, Text: fmt.Sprintf(t.NewsNone, topicList(sub.Topics, l))})
	case len(sub.Topics) == 0:
		out.Blocks = append(out.Blocks, chat.Block{Kind: chat.Para, Text: fmt.Sprintf(count, len(mine))})
	default:
		out.Blocks = append(out.Blocks, chat.Block{Kind: chat.Para, Text: fmt.Sprintf(countIn, topicList(sub.Topics, l), len(mine))})
	}
	for i, c := range mine {
		if i == maxTold || reply.Size(out.Blocks) > 2000 {
			out.Blocks = append(out.Blocks, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(t.MoreLeft, len(mine)-i)})
			break
		}
		out.Blocks = append(out.Blocks, changeBlocks(c, t)...)
	}
	out.Blocks = append(out.Blocks, chat.Block{Kind: chat.Note, Text: t.NewsWhy})
	if home := b.src.Report(); home == nil || home.ID == r.ID {
		out.Buttons = [][]chat.Button{{
			{Text: t.ButtonOutline, Data: reply.Data(actCommand, nil, "outline")},
			{Text: t.ButtonFigures, Data: reply.Data(actCommand, nil, "figures")},
		}}
	} else {
		out.Buttons = [][]chat.Button{{{Text: t.ButtonOutline, Data: reply.Data(reply.ActSection, r, noState, "0")}}}
	}
	return out
}

// newsOf names r in a notice: by its title, and with many reports by its place
// and year as well, which some titles do not have.
func (b *Bot) newsOf(r *corpus.Report, t *texts.Set) string {
	s, ok := b.src.(Shelf)
	if !ok || s.Named(corpus.ReportName(r.Year, r.Place)) == nil || strings.Contains(r.Title, r.Place) {
		return reply.Title(r, t)
	}
	return r.Place + reply.Title(r, t)
}

func changeBlocks(c Change, t *texts.Set) []chat.Block {
	switch {
	case c.Kind == Added:
		return []chat.Block{{Kind: chat.Item, Text: t.ChangeAdded}, {Kind: chat.Quote, Text: c.New}}
	case c.Kind == Dropped:
		return []chat.Block{{Kind: chat.Item, Text: t.ChangeDropped}, {Kind: chat.Quote, Text: c.Old}}
	case c.Result:
		when := func(n corpus.Nature) string { return reply.FigureWhen(&corpus.Figure{Period: c.Year, Nature: n}, t) }
		text := fmt.Sprintf(t.ChangeFigure, c.Name, when(corpus.Target)+" "+c.OldValue, when(corpus.Actual)+" "+c.NewValue)
		return []chat.Block{{Kind: chat.Item, Text: text}, {Kind: chat.Quote, Text: c.Old}, {Kind: chat.Quote, Text: c.New}}
	case c.OldValue != "" && c.NewValue != "":
		name := c.Name
		if c.Year != "" {
			nature := corpus.Actual
			if c.Aim {
				nature = corpus.Target
			}
			name = reply.FigureWhen(&corpus.Figure{Period: c.Year, Nature: nature}, t) + " · " + name
		}
		return []chat.Block{{Kind: chat.Item, Text: fmt.Sprintf(t.ChangeFigure, name, c.OldValue, c.NewValue)}, {Kind: chat.Quote, Text: c.Old}, {Kind: chat.Quote, Text: c.New}}
	}
	return []chat.Block{{Kind: chat.Item, Text: t.ChangeText}, {Kind: chat.Quote, Text: c.Old}, {Kind: chat.Quote, Text: c.New}}
}
