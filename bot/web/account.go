package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// An Account is an admin's name and the argon2id hash of their password.
type Account struct {
	Name string
	hash string
}

// What hashes are made with: the second choice of RFC 9106, section 4, and what
// an account may ask for at most, so that no config stops the server.
const (
	hashTime   = 3
	hashMemory = 64 << 10 // KiB
	hashLanes  = 4
	maxTime    = 16
	maxMemory  = 512 << 10
)

// MinPassword is how many characters a password has at least.
const MinPassword = 12

// maxPassword bounds what is hashed, in bytes.
const maxPassword = 1024

// HashPassword returns the argon2id hash of a password in PHC form:
// $argon2id$v=19$m=65536,t=3,p=4$SALT$HASH.
func HashPassword(password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return "", fmt.Errorf("the password has fewer than %d characters", MinPassword)
	case len(password) > maxPassword:
		return "", fmt.Errorf("the password has more than %d bytes", maxPassword)
	}
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, hashTime, hashMemory, hashLanes, 32)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashTime, hashLanes, b64(salt), b64(key)), nil
}

// ParseAccount reads NAME:HASH, the hash as HashPassword makes it.
func ParseAccount(s string) (Account, error) {
	name, hash, ok := strings.Cut(s, ":")
	if !ok || name == "" || len(name) > 40 || strings.ContainsFunc(name, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("._-", c))
	}) {
		return Account{}, errors.New("want NAME:HASH, the name of a-z A-Z 0-9 . _ - (jinwen web password prints such a line)")
	}
	if _, err := parseHash(hash); err != nil {
		return Account{}, fmt.Errorf("%s: %w", name, err)
	}
	return Account{name, hash}, nil
}

// A hashed is the parts of a hash.
type hashed struct {
	time, memory uint32
	lanes        uint8
	salt, key    []byte
}

func parseHash(s string) (hashed, error) {
	bad := errors.New("the hash is not argon2id of version 19 (jinwen web password makes one)")
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v=19" {
		return hashed{}, bad
	}
	var h hashed
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.lanes); n != 3 || err != nil {
		return hashed{}, bad
	}
	var err1, err2 error
	h.salt, err1 = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, err2 = base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(h.salt) < 8 || len(h.key) < 16 || len(h.key) > 64 || h.time < 1 || h.lanes < 1 || h.memory < 8*uint32(h.lanes) {
		return hashed{}, bad
	}
	if h.time > maxTime || h.memory > maxMemory {
		return hashed{}, fmt.Errorf("the hash asks for more than t=%d, m=%d", maxTime, maxMemory)
	}
	return h, nil
}

// matches reports whether password is that of hash.
func matches(hash, password string) bool {
	h, err := parseHash(hash)
	if err != nil || len(password) > maxPassword {
		return false
	}
	key := argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.lanes, uint32(len(h.key)))
	return subtle.ConstantTimeCompare(key, h.key) == 1
}
