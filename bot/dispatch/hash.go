package dispatch

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Hash returns what logs show for the id of a chat: the same chat gives the
// same word for as long as the salt stays, and the word does not lead back.
func Hash(salt []byte, id string) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:6])
}
