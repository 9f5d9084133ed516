package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What WeChat's push encryption fixes (developers.weixin.qq.com, 消息加解密说明).
const (
	keyLength = 43 // characters of an EncodingAESKey: base64 of 32 bytes without the padding
	nonceSize = 16 // random bytes before the message
	padBlock  = 32 // PKCS#7 pads to this, not to AES's 16
)

// errCrypt is all that is told of a message that does not decrypt: what was
// wrong with it is nobody's business outside.
var errCrypt = errors.New("wechat: message does not decrypt")

// A Crypt signs, checks, encrypts and decrypts what passes between WeChat and
// one Official Account. It is immutable and safe for concurrent use.
type Crypt struct {
	token string
	appID string
	block cipher.Block // nil without an EncodingAESKey: plain mode only
	iv    []byte
}

// NewCrypt returns the Crypt of an account. aesKey is its EncodingAESKey, 43
// characters; "" makes a Crypt that only checks signatures.
func NewCrypt(token, aesKey, appID string) (*Crypt, error) {
	c := &Crypt{token: token, appID: appID}
	if token == "" {
		return nil, errors.New("wechat: the token is empty")
	}
	if aesKey == "" {
		return c, nil
	}
	if appID == "" {
		return nil, errors.New("wechat: safe mode needs the app id")
	}
	// The last character carries bits that mean nothing; WeChat's own keys
	// leave them set now and then.
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if len(aesKey) != keyLength || err != nil {
		return nil, fmt.Errorf("wechat: encoding_aes_key has %d characters, want the %d of the console", len(aesKey), keyLength)
	}
	if c.block, err = aes.NewCipher(key); err != nil {
		return nil, err
	}
	c.iv = key[:aes.BlockSize]
	return c, nil
}

// Sign returns the signature over the token and parts: the SHA-1 of all of
// them, sorted as strings and joined, in hexadecimal.
func (c *Crypt) Sign(parts ...string) string {
	all := append([]string{c.token}, parts...)
	slices.Sort(all)
	sum := sha1.Sum([]byte(strings.Join(all, "")))
	return hex.EncodeToString(sum[:])
}

// Verify reports whether signature is the one over parts, in constant time.
func (c *Crypt) Verify(signature string, parts ...string) bool {
	return subtle.ConstantTimeCompare([]byte(signature), []byte(c.Sign(parts...))) == 1
}

// Seal encrypts a message for the app id.
func (c *Crypt) Seal(message []byte) (string, error) {
	var nonce [nonceSize]byte
	rand.Read(nonce[:]) // never fails
	return c.seal(nonce, message)
}

func (c *Crypt) seal(nonce [nonceSize]byte, message []byte) (string, error) {
	if c.block == nil {
		return "", errCrypt
	}
	plain := append([]byte(nil), nonce[:]...)
	plain = binary.BigEndian.AppendUint32(plain, uint32(len(message)))
	plain = append(plain, message...)
	plain = append(plain, c.appID...)
	pad := padBlock - len(plain)%padBlock
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(c.block, c.iv).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain), nil
}

// Open decrypts what Seal made. It fails unless padding, length and app id are
// all right.
func (c *Crypt) Open(encrypted string) ([]byte, error) {
	b, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || c.block == nil || len(b) == 0 || len(b)%aes.BlockSize != 0 {
		return nil, errCrypt
	}
	cipher.NewCBCDecrypter(c.block, c.iv).CryptBlocks(b, b)
	pad := int(b[len(b)-1])
	if pad < 1 || pad > padBlock || pad > len(b) {
		return nil, errCrypt
	}
	for _, p := range b[len(b)-pad:] {
		if int(p) != pad {
			return nil, errCrypt
		}
	}
	b = b[:len(b)-pad]
	if len(b) < nonceSize+4 {
		return nil, errCrypt
	}
	n := int64(binary.BigEndian.Uint32(b[nonceSize:]))
	b = b[nonceSize+4:]
	if n > int64(len(b)) || subtle.ConstantTimeCompare(b[n:], []byte(c.appID)) != 1 {
		return nil, errCrypt
	}
	return b[:n], nil
}
