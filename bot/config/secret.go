package config

import (
	"fmt"
	"log/slog"
)

const redacted = "[redacted]"

// A Secret is a setting that must never be shown: whatever prints, logs or
// marshals it gets "[redacted]", or "" if there is none. Only [Secret.Reveal]
// gives it away.
//
// The value is behind a pointer because fmt looks through unexported fields
// without asking for methods; of a pointer it prints the address.
type Secret struct{ value *string }

// NewSecret hides s.
func NewSecret(s string) Secret {
	if s == "" {
		return Secret{}
	}
	return Secret{&s}
}

// Reveal returns the secret itself.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Set reports whether there is a secret.
func (s Secret) Set() bool { return s.value != nil }

// String returns "[redacted]", or "" if there is no secret.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return redacted
}

// Format prints String for every verb, %d and %#v too.
func (s Secret) Format(f fmt.State, verb rune) { fmt.Fprint(f, s.String()) }

// LogValue is String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is String; JSON and YAML encoders use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes the secret as it is.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = NewSecret(string(b))
	return nil
}

// Equal reports whether both hide the same.
func (s Secret) Equal(t Secret) bool { return s.Reveal() == t.Reveal() }
