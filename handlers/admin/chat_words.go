package admin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jinwen/corpus/zh"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// shownChanges is how many changed answers /lexicon shows.
const shownChanges = 8

// recentQuestions is how many different questions a new word is tried on.
const recentQuestions = 200

// lexicon lists, adds, tries and removes words.
func (c *Chat) lexicon(ctx context.Context, t *handlers.Turn) (chat.Reply, error) {
	verb, rest, _ := strings.Cut(t.Args, " ")
	switch strings.ToLower(verb) {
	case "":
		return c.listWords(t)
	case "add", "添加", "新增":
		return c.addWord(ctx, t, rest)
	case "try", "试", "試", "试用", "試用":
		w, err := ParseWord(rest)
		if err != nil {
			return chat.Reply{}, err
		}
		return c.tryWord(ctx, t, w)
	case "remove", "rm", "删除", "刪除":
		return c.removeWord(ctx, t, strings.TrimSpace(rest))
	}
	return c.addWord(ctx, t, t.Args)
}

func (c *Chat) listWords(t *handlers.Turn) (chat.Reply, error) {
	words, err := c.lib.Words()
	if err != nil {
		return chat.Reply{}, err
	}
	r := para(in(t.Lang).NoWords)
	if len(words) > 0 {
		r.Blocks = blocks(chat.Title, fmt.Sprintf(in(t.Lang).Words, len(words)))
		const shown = 100
		for _, w := range words[max(0, len(words)-shown):] {
			r.Blocks = append(r.Blocks, blocks(chat.Item, w.String())...)
		}
	}
	r.Blocks = append(r.Blocks, blocks(chat.Note, in(t.Lang).HowWords)...)
	return r, nil
}

func (c *Chat) addWord(ctx context.Context, t *handlers.Turn, text string) (chat.Reply, error) {
	w, err := ParseWord(text)
	if err != nil {
		return chat.Reply{}, err
	}
	return c.keepWord(ctx, t, w)
}

// tryWord shows what w would change, with a button to keep it.
func (c *Chat) tryWord(ctx context.Context, t *handlers.Turn, w Word) (chat.Reply, error) {
	r, err := c.effect(ctx, t, w, fmt.Sprintf(in(t.Lang).WordTried, w))
	if err == nil && fits(pressKeep, w.String()) {
		r.Buttons = [][]chat.Button{{button(in(t.Lang).Keep, pressKeep, w.String())}}
	}
	return r, err
}

func (c *Chat) keepTried(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	r, err := c.addWord(ctx, t, args[0])
	r.Edit = true
	return r, err
}

// keepWord shows what w changes and applies it.
func (c *Chat) keepWord(ctx context.Context, t *handlers.Turn, w Word) (chat.Reply, error) {
	// The effect is that of the change, so it is measured before it.
	r, err := c.effect(ctx, t, w, fmt.Sprintf(in(t.Lang).WordAdded, w))
	if err != nil {
		return chat.Reply{}, err
	}
	before, err := c.lib.AddWord(ctx, w, by(t, ""))
	if err != nil {
		return chat.Reply{}, err
	}
	switch {
	case before != nil:
		r.Blocks = slices.Insert(r.Blocks, 1, chat.Block{Kind: chat.Note, Text: fmt.Sprintf(in(t.Lang).WordBefore, *before)})
	case fits(pressUndo, w.Say):
		r.Buttons = [][]chat.Button{{button(in(t.Lang).Undo, pressUndo, w.Say)}}
	}
	return r, nil
}

func (c *Chat) removeWord(ctx context.Context, t *handlers.Turn, say string) (chat.Reply, error) {
	if err := c.lib.RemoveWord(ctx, say, by(t, "")); err != nil {
		return chat.Reply{}, err
	}
	return para(fmt.Sprintf(in(t.Lang).WordGone, say)), nil
}

func (c *Chat) undo(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	r, err := c.removeWord(ctx, t, args[0])
	r.Edit = true
	return r, err
}

// effect says head, and which of the recent questions w answers otherwise.
func (c *Chat) effect(ctx context.Context, t *handlers.Turn, w Word, head string) (chat.Reply, error) {
	recent, err := c.asked.Recent(t.Now.AddDate(0, 0, -30), t.Now.Add(time.Second), recentQuestions)
	if err != nil {
		return chat.Reply{}, err
	}
	changed, err := c.lib.Effect(ctx, w, recent)
	if err != nil {
		return chat.Reply{}, err
	}
	r := para(head)
	if len(changed) == 0 {
		r.Blocks = append(r.Blocks, blocks(chat.Note, fmt.Sprintf(in(t.Lang).NoEffect, len(recent)))...)
		return r, nil
	}
	r.Blocks = append(r.Blocks, blocks(chat.Para, fmt.Sprintf(in(t.Lang).Effect, len(recent), len(changed)))...)
	quote := func(s string) string {
		if s == "" {
			return in(t.Lang).Nothing
		}
		return "「" + zh.Clip(s, 60) + "」"
	}
	for _, ch := range changed[:min(shownChanges, len(changed))] {
		r.Blocks = append(r.Blocks, blocks(chat.Item, zh.Clip(ch.Question, 60)+"\n"+quote(ch.Before)+" → "+quote(ch.After))...)
	}
	return r, nil
}

// meaning offers terms of the report for a word that people asked with.
func (c *Chat) meaning(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	say := args[0]
	if !validWord(say) || t.Report == nil {
		return chat.Reply{Notice: in(t.Lang).Stale}, nil
	}
	r := para(fmt.Sprintf(in(t.Lang).Meaning, say, say))
	for i, term := range Suggest(t.Report, say, maxSuggestions) {
		args := []string{pressMeans, say, strconv.Itoa(i), shortID(t.Report.ID)}
		if !fits(args...) {
			break
		}
		r.Buttons = append(r.Buttons, []chat.Button{{Text: say + " = " + zh.Clip(term, 30), Data: handlers.AdminData(args...)}})
	}
	return r, nil
}

const maxSuggestions = 4

// choose keeps the suggestion on the button.
func (c *Chat) choose(ctx context.Context, t *handlers.Turn, args []string) (chat.Reply, error) {
	say := args[0]
	n, err := strconv.Atoi(args[1])
	if err != nil || t.Report == nil || shortID(t.Report.ID) != args[2] || !validWord(say) {
		return chat.Reply{Notice: in(t.Lang).Stale}, nil
	}
	terms := Suggest(t.Report, say, maxSuggestions)
	if n < 0 || n >= len(terms) {
		return chat.Reply{Notice: in(t.Lang).Stale}, nil
	}
	return c.keepWord(ctx, t, Word{Say: say, Means: terms[n : n+1]})
}
