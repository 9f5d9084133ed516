package handlers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"jinwen/handlers/chat"
)

// stateLife is how long a button's question or filter is kept. Older buttons
// say so when pressed.
const stateLife = 30 * 24 * time.Hour

// noState is the id of what needs no keeping: the empty filter.
const noState = "-"

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
	if err := t.bot.store.Put("s:"+id, b, t.Now.Add(stateLife)); err != nil {
		t.bot.log.Warn("button state not kept", logErr, err)
		return ""
	}
	return id
}

// recallAsked finds the question that keep stored under id. The reply is then
// in the language of the answer that the button is under, unless the presser
// chose one: in groups too that answer is everybody's.
func (t *Turn) recallAsked(id string) (asked, bool) {
	var q asked
	if !t.recall(id, &q) || len(q.Texts) == 0 {
		return asked{}, false
	}
	l := t.bot.langFor(t.User, t.Message.Lang, q.Texts[0])
	if s, err := t.bot.store.Settings(t.User.ID); q.Lang.Valid() && (err != nil || !s.Lang.Valid() || t.Chat.Kind == chat.Group) {
		l = q.Lang
	}
	t.setLang(l)
	return q, true
}

// recall finds what keep stored under id.
func (t *Turn) recall(id string, v any) bool {
	b, ok, err := t.bot.store.Lookup("s:" + id)
	if err != nil {
		t.bot.log.Warn("button state not read", logErr, err)
	}
	return err == nil && ok && json.Unmarshal(b, v) == nil
}
