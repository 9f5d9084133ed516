package handlers

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinwen/corpus"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
)

// A deep link's payload has at most 64 characters of [A-Za-z0-9_-]:
//
//	p_6f3a01c2_12   passage 12 of the report whose id begins so
//	c_6f3a01c2_3    commitment 3
//	f_6f3a01c2_40   figure 40
//	q_kX2_bQ9aLm0P  a question kept in the store
//	t_5Lit5bm0R0RQ  a short question itself, UTF-8 in base64url
const (
	linkPassage    = "p"
	linkCommitment = "c"
	linkFigure     = "f"
	linkKept       = "q"
	linkText       = "t"
	linkHelp       = "help" // all of the payload: /help
)

// linkVersion is how many digits of a report's id a link carries.
const linkVersion = 8

// payload names number n of a kind in r.
func payload(kind string, r *corpus.Report, n int) string {
	return kind + "_" + r.ID[:linkVersion] + "_" + strconv.Itoa(n)
}

// questionPayload carries a question; "" if it cannot.
func (t *Turn) questionPayload(text string) string {
	if p := linkText + "_" + base64.RawURLEncoding.EncodeToString([]byte(text)); len(p) <= maxStart {
		return p
	}
	if id := t.keep(readAsked(text)); id != "" {
		return linkKept + "_" + id
	}
	return ""
}

// link opens the chat with the bot at payload; "" as long as the bot does not
// know its own name.
func (t *Turn) link(payload string) string {
	name := *t.bot.name.Load()
	if name == "" || payload == "" {
		return ""
	}
	return "https://t.me/" + name + "?start=" + payload
}

// passageLink opens the passage that s begins in.
func (t *Turn) passageLink(r *corpus.Report, s corpus.Span) string {
	p := r.PassageAt(s.Start)
	if p < 0 {
		return ""
	}
	return t.link(payload(linkPassage, r, p))
}

// A target is what a payload names in the active report.
type target struct {
	kind  string
	n     int   // passage, commitment, figure
	asked asked // question
}

// What can be wrong with a payload.
type linkState int

const (
	linkGood linkState = iota
	linkBroken
	linkOld     // of another version
	linkExpired // the question was forgotten
)

// parseLink reads a payload. It trusts nothing in it.
func (t *Turn) parseLink(p string) (target, linkState) {
	kind, rest, ok := strings.Cut(p, "_")
	if !ok || len(p) > maxStart || strings.ContainsFunc(p, func(c rune) bool { return !idRune(c) }) {
		return target{}, linkBroken
	}
	limit := 0
	switch kind {
	case linkText:
		b, err := base64.RawURLEncoding.DecodeString(rest)
		text := strings.TrimSpace(cleanText(string(b)))
		if err != nil || text == "" || !utf8.Valid(b) {
			return target{}, linkBroken
		}
		return target{kind: kind, asked: readAsked(text)}, linkGood
	case linkKept:
		q, ok := t.recallAsked(rest)
		if !ok {
			return target{}, linkExpired
		}
		return target{kind: kind, asked: q}, linkGood
	case linkPassage:
		limit = len(t.Report.Passages)
	case linkCommitment:
		limit = len(t.Report.Commitments)
	case linkFigure:
		limit = len(t.Report.Figures)
	default:
		return target{}, linkBroken
	}
	version, num, ok := strings.Cut(rest, "_")
	if !ok || len(version) != linkVersion {
		return target{}, linkBroken
	}
	if version != t.Report.ID[:linkVersion] {
		return target{}, linkOld
	}
	n, ok := number(num, limit)
	if !ok {
		return target{}, linkBroken
	}
	return target{kind: kind, n: n}, linkGood
}

// targetSpan returns the stretch that tg shows, with the line above it if it is a figure.
func (t *Turn) targetSpan(tg target) (corpus.Span, string) {
	r := t.Report
	switch tg.kind {
	case linkCommitment:
		return r.Commitments[tg.n].Span, ""
	case linkFigure:
		f := &r.Figures[tg.n]
		return reply.FigureQuote(r, f), reply.FigureLine(r, f, t.text)
	}
	return r.Passages[tg.n].Span, ""
}

// openLink answers /start with a payload.
func openLink(ctx context.Context, t *Turn) (chat.Reply, error) {
	if t.Args == linkHelp {
		return help(ctx, t)
	}
	tg, state := t.parseLink(t.Args)
	switch {
	case state == linkOld:
		return startExamples(t, t.text.LinkOld), nil
	case state == linkExpired:
		return startExamples(t, t.text.LinkExpired), nil
	case state == linkBroken:
		return startExamples(t, t.text.LinkBroken), nil
	case len(tg.asked.Texts) > 0:
		return t.askAgain(ctx, tg.asked)
	}
	s, line := t.targetSpan(tg)
	w := reply.NewWriter(t.Report, t.text, reply.Room.Page)
	if line != "" {
		w.Add(chat.Answer, line)
	}
	w.Quote(s)
	r := chat.Reply{Blocks: w.Blocks}
	r.Buttons = [][]chat.Button{{t.copyButton(t.Report, s), {Text: t.text.ButtonShare, Share: t.Args}}}
	if p := t.Report.PassageAt(s.Start); p >= 0 {
		if section := t.Report.Passages[p].Section; section >= 0 {
			r.Buttons = append(r.Buttons, []chat.Button{{Text: t.text.ButtonSection, Data: reply.Data(reply.ActSection, t.Report, strconv.Itoa(section), "0")}})
		}
	}
	return r, nil
}
