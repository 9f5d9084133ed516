package config

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// An Origin says where a setting was set: in a line of the file, or in a
// variable of the environment.
type Origin struct {
	File string
	Line int
	Env  string
}

func (o Origin) String() string {
	if o.Env != "" {
		return o.Env
	}
	return fmt.Sprintf("%s:%d", o.File, o.Line)
}

// An Error is a setting that cannot be used. It prints on one line.
type Error struct {
	Origin
	Key     string // telegram.api_endpoint; "" if the file could not be read that far
	Problem string // what is wrong and what to do
	Source  string // the offending line of the file, its secret taken out; "" for the environment
}

func (e *Error) Error() string {
	var b strings.Builder
	if o := e.Origin; o != (Origin{}) {
		b.WriteString(o.String() + ": ")
	}
	if e.Key != "" {
		b.WriteString(redact(e.Key) + ": ")
	}
	b.WriteString(redact(e.Problem)) // a token may stand in any value
	if e.Source != "" {
		b.WriteString(" (the line reads: " + e.Source + ")")
	}
	return printable(b.String()) // keys and values may hold anything
}

// Paths are where a file is looked for if none is named; the first that
// exists is taken.
var Paths = []string{"config.yaml", "/etc/jinwen/config.yaml"}

// Load reads the file at path, or, if path is "", the one that JINWEN_CONFIG
// names, or the first of [Paths] that exists, or none; then environ, which is
// in the form of os.Environ. An empty variable counts as not set.
func Load(path string, environ []string) (Config, error) {
	env := make(map[string]string)
	for _, kv := range environ {
		if k, v, ok := strings.Cut(kv, "="); ok && v != "" {
			env[k] = v
		}
	}
	if path == "" {
		path = env["JINWEN_CONFIG"]
	}
	candidates := []string{path}
	if path == "" {
		candidates = Paths
	}
	c := Default()
	c.origins = make(map[string]Origin)
	var src []byte
	for _, p := range candidates {
		data, err := os.ReadFile(p)
		if err != nil {
			if path == "" && errors.Is(err, os.ErrNotExist) {
				continue
			}
			return Config{}, fmt.Errorf("config: %w", err)
		}
		path, src, c.file = p, data, p
		if err := c.parse(p, data); err != nil {
			return Config{}, err
		}
		break
	}
	if err := c.applyEnv(env); err != nil {
		return Config{}, err
	}
	if err := c.readSecrets(); err != nil {
		return Config{}, err
	}
	if ps := c.problems(); len(ps) > 0 {
		return Config{}, c.refuse(ps[0], path, src)
	}
	return c, nil
}

// refuse returns p as an error; src is the content of the file called name.
func (c *Config) refuse(p problem, name string, src []byte) *Error {
	at := cmp.Or(p.at, p.key)
	e := &Error{Origin: c.origins[at], Key: p.key, Problem: p.text}
	if e.File == name {
		e.Source = sourceLine(src, e.Line, at)
	}
	return e
}

// File returns the name of the settings file that was read; "" if there is none.
func (c *Config) File() string { return c.file }

// Origin says where the setting called key was set; false if nowhere.
func (c *Config) Origin(key string) (Origin, bool) {
	o, ok := c.origins[key]
	return o, ok
}

// parse decodes data key by key, so that each mistake is reported with its
// line and in our words.
func (c *Config) parse(name string, data []byte) error {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return yamlError(name, data, err)
	}
	if len(file.Docs) > 1 {
		line := lineOf(file.Docs[1].Start, file.Docs[1].Body)
		return &Error{Origin: Origin{File: name, Line: line}, Problem: "a second document begins here: want one", Source: sourceLine(data, line, "")}
	}
	all := Keys()
	places := make(map[string]reflect.Value)
	c.fields(func(key, _ string, v reflect.Value) error { places[key] = v; return nil })

	var decode func(prefix string, n ast.Node) error
	decode = func(prefix string, n ast.Node) error {
		if n == nil || n.Type() == ast.NullType {
			return nil // nothing below the key: all of it commented out
		}
		fail := func(n ast.Node, key, problem string) error {
			line := lineOf(nil, n)
			return &Error{Origin: Origin{File: name, Line: line}, Key: key, Problem: problem, Source: sourceLine(data, line, key)}
		}
		m, ok := n.(*ast.MappingNode)
		if !ok {
			return fail(n, strings.TrimSuffix(prefix, "."), "wrong type: want settings of the form key: value")
		}
		for _, v := range m.Values {
			key := prefix + v.Key.GetToken().Value
			group := slices.ContainsFunc(all, func(k string) bool { return strings.HasPrefix(k, key+".") })
			place, ok := places[key]
			switch {
			case group:
				if err := decode(key+".", v.Value); err != nil {
					return err
				}
			case !ok:
				return fail(v.Key, key, "unknown key"+didYouMean(key, all))
			default:
				if at, problem := setNode(key, place, v.Value); problem != "" {
					return fail(cmp.Or(at, ast.Node(v.Key)), key, problem)
				}
			}
			c.origins[key] = Origin{File: name, Line: lineOf(nil, v.Key)}
		}
		return nil
	}
	for _, d := range file.Docs {
		if err := decode("", d.Body); err != nil {
			return err
		}
	}
	return nil
}

func lineOf(tk *token.Token, n ast.Node) int {
	if tk == nil && n != nil {
		tk = n.GetToken()
	}
	if tk == nil || tk.Position == nil {
		return 1
	}
	return tk.Position.Line
}

// setNode sets v, the setting called key, to what the node says, or says what
// it wants instead; at is the part of a list that is wrong, nil is all of it.
// YAML libraries are generous (the text "7" is a number, the number 7 a text,
// 1.5 in a list of whole numbers is 1); a settings file had better not be.
func setNode(key string, v reflect.Value, n ast.Node) (at ast.Node, problem string) {
	if n == nil || n.Type() == ast.NullType {
		return nil, "has no value: want " + typeName(key, v.Type())
	}
	wrong := "wrong type: want " + typeName(key, v.Type())
	var ok bool
	switch {
	case v.Kind() == reflect.Slice:
		list, isList := n.(*ast.SequenceNode)
		if ok = isList; ok {
			want := ast.IntegerType
			if v.Type().Elem().Kind() == reflect.String {
				want = ast.StringType
			}
			for _, x := range list.Values {
				if x == nil || x.Type() != want {
					return x, wrong
				}
			}
		}
	case v.Type() == reflect.TypeFor[int]():
		ok = n.Type() == ast.IntegerType
	case v.Kind() == reflect.Bool:
		ok = n.Type() == ast.BoolType
	default:
		ok = n.Type() == ast.StringType || n.Type() == ast.LiteralType
	}
	if !ok {
		return nil, wrong
	}
	if s, ok := n.(*ast.StringNode); ok {
		switch p := v.Addr().Interface().(type) {
		case encoding.TextUnmarshaler, *time.Duration:
			if err := setText(key, v, s.Value); err != nil {
				return nil, err.Error()
			}
			return nil, ""
		case *string:
			*p = s.Value
			return nil, ""
		}
	}
	if err := yaml.NodeToValue(n, v.Addr().Interface(), yaml.Strict()); err != nil {
		return nil, wrong
	}
	return nil, ""
}

// yamlError turns an error of the YAML library into one line of ours.
func yamlError(name string, data []byte, err error) error {
	var y yaml.Error
	if !errors.As(err, &y) {
		return &Error{Origin: Origin{File: name, Line: 1}, Problem: firstLine(err.Error())}
	}
	line := 1
	if tk := y.GetToken(); tk != nil && tk.Position != nil {
		line = tk.Position.Line
	}
	msg := firstLine(y.GetMessage())
	if lines := strings.Split(string(data), "\n"); line <= len(lines) && strings.HasPrefix(strings.TrimLeft(lines[line-1], " "), "\t") {
		msg = "begins with a tab: want spaces"
	}
	return &Error{Origin: Origin{File: name, Line: line}, Problem: msg, Source: sourceLine(data, line, "")}
}

// firstLine returns the first line of s, without control characters.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return printable(s)
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func typeName(key string, t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return "a duration such as 20s or 5m"
	case reflect.TypeFor[Level]():
		return "debug, info, warn or error"
	}
	switch t.Kind() {
	case reflect.Int:
		return "a whole number, " + spanOf(key).String()
	case reflect.Bool:
		return "true or false, without quotes"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return `a list of texts, as ["a", "b"]`
		}
		return "a list of numbers, as [1, 2]"
	}
	return "a text; put it in quotes"
}
