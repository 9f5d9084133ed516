package telegram

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Keys of log attributes. There is none for texts, names, user ids or tokens,
// which are not logged at any level.
const (
	keyUpdate = "update_id"
	keyChat   = "chat" // a salted hash
	keyKind   = "kind"
	keyMethod = "method"
	keyTook   = "took"
	keyWait   = "wait"
	keyTry    = "try"
	keyErr    = "err"
	keyHint   = "hint" // what to do about it
	keyStack  = "stack"
	keyPanic  = "panic"
	keyField  = "field"
	keyAddr   = "addr"
	keyBot    = "bot"
	keyScope  = "scope"
	keyLang   = "lang"
	keyCount  = "count"
	keyReason = "reason"
)

// hasher turns chat ids into what logs show for them: the same chat gives the
// same word for as long as the salt stays, and the word does not lead back.
type hasher []byte

func newHasher(salt []byte) hasher {
	if len(salt) == 0 {
		salt = make([]byte, 16)
		rand.Read(salt) // never fails (crypto/rand)
	}
	return hasher(salt)
}

func (h hasher) chat(id int64) string {
	mac := hmac.New(sha256.New, h)
	mac.Write(strconv.AppendInt(nil, id, 10))
	return hex.EncodeToString(mac.Sum(nil)[:6])
}
