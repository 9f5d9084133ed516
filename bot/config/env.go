package config

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fields calls f with every setting: its key, its environment variable, its
// place in c.
func (c *Config) fields(f func(key, env string, v reflect.Value) error) error {
	var walk func(prefix string, v reflect.Value) error
	walk = func(prefix string, v reflect.Value) error {
		for i := range v.NumField() {
			t := v.Type().Field(i)
			if t.Tag == "" {
				continue // no setting: read from elsewhere
			}
			key := prefix + t.Tag.Get("yaml")
			env, ok := t.Tag.Lookup("env")
			var err error
			if ok {
				err = f(key, env, v.Field(i))
			} else {
				err = walk(key+".", v.Field(i))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return walk("", reflect.ValueOf(c).Elem())
}

// Keys returns the keys of all settings, in the order of the example file.
func Keys() []string {
	var out []string
	c := Default()
	c.fields(func(key, _ string, _ reflect.Value) error { out = append(out, key); return nil })
	return out
}

// Envs returns the environment variables of all settings, in the order of the
// example file.
func Envs() []string {
	var out []string
	c := Default()
	c.fields(func(_, env string, _ reflect.Value) error { out = append(out, env); return nil })
	return out
}

func (c *Config) applyEnv(env map[string]string) error {
	return c.fields(func(key, name string, v reflect.Value) error {
		s, ok := env[name]
		if !ok {
			return nil
		}
		c.origins[key] = Origin{Env: name}
		if err := setText(key, v, strings.TrimSpace(s)); err != nil {
			return &Error{Origin: Origin{Env: name}, Problem: err.Error()}
		}
		return nil
	})
}

// setText sets v, the setting called key, to what s says.
func setText(key string, v reflect.Value, s string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(s))
	}
	switch p := v.Addr().Interface().(type) {
	case *string:
		*p = s
	case *int:
		n, err := strconv.Atoi(s)
		if err != nil {
			return fmt.Errorf("%q is not a whole number: want %v", s, spanOf(key))
		}
		*p = n
	case *bool:
		switch s {
		case "true", "false":
			*p = s == "true"
		default:
			return fmt.Errorf("%q is neither: want true or false", s)
		}
	case *time.Duration:
		d, err := time.ParseDuration(s)
		if err != nil {
			return fmt.Errorf("%q is not a duration: want one such as 20s or 5m", s)
		}
		*p = d
	case *[]string:
		*p = strings.FieldsFunc(s, func(r rune) bool {
			return r == ' ' || r == '\n' || r == ',' && key != "web.admins" // hashes hold commas
		})
	case *[]int64:
		var ids []int64
		for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == ' ' }) {
			n, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				return fmt.Errorf("%q is not a user id: want numbers separated by commas", f)
			}
			ids = append(ids, n)
		}
		*p = ids
	default:
		panic("config: no way to read a " + v.Type().String() + " from the environment")
	}
	return nil
}

// Unknown returns the variables of environ that look like settings and are
// none, each with the setting that may have been meant.
func Unknown(environ []string) []string {
	all := Envs()
	var out []string
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "JINWEN_") && name != "JINWEN_CONFIG" && !slices.Contains(all, name) {
			out = append(out, name+didYouMean(name, all))
		}
	}
	return out
}

// didYouMean returns ", did you mean X?" for the name nearest to s, or a list of
// what there is, or "".
func didYouMean(s string, names []string) string {
	best, bestDist := "", 1<<30
	for _, n := range names {
		d := distance(s, n)
		// A right name in the wrong place is as near as a slip.
		if n[strings.LastIndexByte(n, '.')+1:] == s[strings.LastIndexByte(s, '.')+1:] {
			d = min(d, 1)
		}
		if d < bestDist {
			best, bestDist = n, d
		}
	}
	if bestDist <= max(2, len(s)/4) {
		return ", did you mean " + best + "?"
	}
	var same []string // the keys beside it
	prefix := s[:strings.LastIndexByte(s, '.')+1]
	for _, n := range names {
		if rest, ok := strings.CutPrefix(n, prefix); ok {
			rest, _, _ = strings.Cut(rest, ".")
			if !slices.Contains(same, rest) {
				same = append(same, rest)
			}
		}
	}
	if len(same) == 0 || len(same) == len(names) {
		return ""
	}
	return ": want one of " + strings.Join(same, ", ")
}

// distance returns how many single bytes must be inserted, deleted, replaced or
// swapped with their neighbour to make a into b (optimal string alignment).
func distance(a, b string) int {
	rows := [3][]int{}
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
	}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row := rows[0], rows[1], rows[2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		rows[0], rows[1], rows[2] = last, row, before
	}
	return rows[1][len(b)]
}
