package handlers

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
)

// What a button carries is its action, the version that it was made from and
// arguments, joined by colons: view:6f3a01c2d9e4:kX2_bQ9aLm0P:2:0. Whatever
// does not fit into 64 bytes (a question, a filter) is kept in the Store under
// a short id. Nothing in it is trusted when it comes back: anybody can send
// any data.

// Limits of the Bot API.
const (
	maxCopy   = 256 // characters, CopyTextButton.text
	maxNotice = 200 // characters, answerCallbackQuery.text
	maxStart  = 64  // characters, deep links
)

// Actions of buttons.
const (
	actView    = "view"  // question, page, context unfolded
	actYear    = "year"  // question: the same of the other year
	actPair    = "pair"  // figure: it and that of the other year
	actQuote   = "quote" // start, end: a quote too long for the clipboard button
	actVote    = "vote"  // question, + or -
	actAsk     = "ask"   // question: as if it were written
	actList    = "list"  // what, filter, page
	actFilter  = "filt"  // what, filter, choice
	actChart   = "chart" // what, argument
	actExport  = "xlsx"  // filter
	actSheet   = "sheet" // question: a spreadsheet of an answer from several reports
	actLang    = "lang"  // language
	actTopic   = "topic" // index of a topic, or all, none
	actCommand = "cmd"   // name of a command
	actAdmin   = "adm"   // of Admin
)

// An action is what a pressed button does.
type action struct {
	args     int  // number of arguments
	anyTime  bool // works whatever version it was made from
	settings bool // only for whoever opened the message
	run      func(ctx context.Context, t *Turn, args []string) (chat.Reply, error)
}

func actionOf(name string) (action, bool) {
	switch name {
	case actView:
		return action{args: 3, run: pressView}, true
	case actYear:
		return action{args: 1, run: pressYear}, true
	case actPair:
		return action{args: 1, run: pressPair}, true
	case actQuote:
		return action{args: 2, run: pressQuote}, true
	case actVote:
		return action{args: 2, run: pressVote}, true
	case actAsk:
		return action{args: 1, anyTime: true, run: pressAsk}, true
	case reply.ActSection:
		return action{args: 2, run: pressSection}, true
	case actList:
		return action{args: 3, run: pressList}, true
	case actFilter:
		return action{args: 3, run: pressFilter}, true
	case actChart:
		return action{args: 2, run: pressChart}, true
	case actExport:
		return action{args: 1, run: pressExport}, true
	case actSheet:
		return action{args: 1, run: pressSheet}, true
	case actLang:
		return action{args: 1, anyTime: true, settings: true, run: pressLang}, true
	case actTopic:
		return action{args: 1, anyTime: true, settings: true, run: pressTopic}, true
	case actCommand:
		return action{args: 1, anyTime: true, run: pressCommand}, true
	}
	return action{}, false
}

// AdminData returns what a button carries whose press goes to Admin.Button with
// args. Together they have at most 58 bytes, none of them a colon.
func AdminData(args ...string) string { return reply.Data(actAdmin, nil, args...) }

// button answers a pressed button. Buttons of long ago, of another version or
// tampered with get a short notice.
func (b *Bot) button(ctx context.Context, t *Turn) (chat.Reply, error) {
	parts := strings.Split(t.Data, ":")
	if len(t.Data) > reply.MaxData || len(parts) < 2 {
		return notice(t.text.ButtonBroken), nil
	}
	name, version, args := parts[0], parts[1], parts[2:]
	if name == actAdmin {
		if b.opt.Admin == nil {
			return notice(t.text.ButtonBroken), nil
		}
		return b.opt.Admin.Button(ctx, t, args)
	}
	act, ok := actionOf(name)
	if !ok || len(args) != act.args || !plainArgs(args) {
		return notice(t.text.ButtonBroken), nil
	}
	switch {
	case t.Report == nil:
		return notice(t.text.NoReport), nil
	case !act.anyTime && !validID(version):
		return notice(t.text.ButtonBroken), nil
	case !act.anyTime && version != t.Report.ID:
		r := t.held(version)
		if r == nil {
			return notice(t.text.ButtonOtherVersion), nil
		}
		t.Report = r
	case act.settings && t.Chat.Kind == chat.Group && t.Opener != t.User.ID:
		return notice(t.text.NotYourButton), nil
	}
	return act.run(ctx, t, args)
}

// plainArgs reports whether args hold only what our own buttons do.
func plainArgs(args []string) bool {
	for _, a := range args {
		if a == "" || strings.ContainsFunc(a, func(c rune) bool { return !idRune(c) && c != '+' }) {
			return false
		}
	}
	return true
}

// idRune reports whether c may stand in ids and deep links.
func idRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// validID reports whether s looks like the id of a report.
func validID(s string) bool {
	return len(s) == 12 && !strings.ContainsFunc(s, func(c rune) bool { return !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') })
}

// number returns the number s, which must be in [0, limit).
func number(s string, limit int) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n < limit && strconv.Itoa(n) == s
}

// pressCommand runs the command on the button, as from /help.
func pressCommand(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	t.Message.Command, t.Message.Args = args[0], ""
	c := t.bot.command(t.Message)
	if c == nil || c.Scope&chat.ForAdmins != 0 {
		return notice(t.text.ButtonBroken), nil
	}
	return c.Run(ctx, t)
}

// stateLife is how long a button's question or filter is kept. Older buttons
// say so when pressed.
const stateLife = 30 * 24 * time.Hour

// noState is the id of what needs no keeping: the empty filter.
const noState = "-"

// Forgettable reports whether an entry of a Store only makes an old button or a
// follow-up work: it may be dropped before its time, and the button then says so.
func Forgettable(id string) bool {
	return strings.HasPrefix(id, statePrefix) || strings.HasPrefix(id, votePrefix) || strings.HasPrefix(id, talkPrefix)
}

const (
	statePrefix = "s:" // what a button is about
	votePrefix  = "v:" // who voted how
	talkPrefix  = "t:" // what a follow-up follows on
)

// keep stores v and returns its id: 12 characters of idRune that are the same
// for the same v, so that an answer given twice has the same buttons. The ids
// are keyed: nobody can find out by guessing what was asked. It returns "" if
// the store does not work; a reply then goes without the button.
func (t *Turn) keep(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("handlers: state is no JSON: " + err.Error()) // only our own types come here
	}
	mac := hmac.New(sha256.New, t.bot.opt.Salt)
	mac.Write(b)
	id := base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:9])
	if err := t.bot.store.Put(statePrefix+id, pack(b), t.Now.Add(stateLife)); err != nil {
		t.log.Warn("button state not kept", logErr, err)
		return ""
	}
	return id
}

// recallAsked finds the question that keep stored under id. The reply is then
// in the language of the answer that the button is under, unless the presser
// chose one: in groups too that answer is everybody's.
func (t *Turn) recallAsked(id string) (asked, bool) {
	q, ok := t.recallQuestion(id)
	if !ok {
		return asked{}, false
	}
	l := t.bot.langFor(t.User, t.Message.Lang, q.Texts[0])
	if s, err := t.bot.store.Settings(t.User.ID); q.Lang.Valid() && (err != nil || !s.Lang.Valid() || t.Chat.Kind == chat.Group) {
		l = q.Lang
	}
	t.setLang(l)
	return q, true
}

// recallQuestion is recallAsked that leaves the language as it is.
func (t *Turn) recallQuestion(id string) (asked, bool) {
	var q asked
	if !t.recall(id, &q) || len(q.Texts) == 0 {
		return asked{}, false
	}
	if q.Read == nil { // an earlier version kept it, of some only the texts
		q.Read = readAsked(q.Texts...).Read
	}
	return q, true
}

// recall finds what keep stored under id.
func (t *Turn) recall(id string, v any) bool {
	b, ok, err := t.bot.store.Lookup(statePrefix + id)
	if err == nil && ok {
		b, err = unpack(b)
	}
	if err != nil {
		t.away = errors.Is(err, ErrAway)
		t.log.Warn("button state not read", logErr, err)
	}
	return err == nil && ok && json.Unmarshal(b, v) == nil
}

// What buttons remember is compressed: a question stands several times in what
// was read of it. packed begins what is; JSON never begins so.
const packed = 0

// packDict is the dictionary of the compression: what most states have in common.
const packDict = `{"q":["，"],"r":{"text":"","lang":"zh-Hans","ask":"any","ask":"number","words":"","subject":"","numbers":[{"text":"","value":,"tail":"","start":,"end":}],"periods":[{"year":20}],"measure":"level","unit":"公里","concepts":["gdp"],"place":"","tense":"","nature":"target"},"t":"plan","l":"zh-Hans"}`

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriterDict(nil, flate.BestCompression, []byte(packDict))
	if err != nil {
		panic(err) // the level is one there is
	}
	return w
}}

// maxPacked is the most that is unpacked: a question is at most some kilobytes.
const maxPacked = 1 << 20

func pack(b []byte) []byte {
	out := bytes.NewBuffer([]byte{packed})
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(out)
	w.Write(b) // into memory
	w.Close()
	return out.Bytes()
}

func unpack(b []byte) ([]byte, error) {
	if len(b) == 0 || b[0] != packed {
		return b, nil // of an earlier release
	}
	r := flate.NewReaderDict(bytes.NewReader(b[1:]), []byte(packDict))
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxPacked))
}
