package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// An Entity is a marked-up run of a message. Offset and Length are UTF-16
// units of the text.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// entityOf gives the entity type of each tag that Telegram knows (Bot API,
// "HTML style").
var entityOf = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic",
	"u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// ParseHTML parses text as parse_mode HTML does and returns what a reader
// sees. Beyond Telegram's own errors (unknown, unbalanced and badly nested
// tags) it refuses a bare "&" or ">", which Telegram lets pass.
func ParseHTML(s string) (string, []Entity, error) {
	if !utf8.ValidString(s) {
		return "", nil, errors.New("strings must be encoded in UTF-8")
	}
	type open struct {
		tag    string
		entity Entity
	}
	var (
		text     strings.Builder
		units    int
		stack    []open
		entities []Entity
	)
	fail := func(i int, format string, args ...any) (string, []Entity, error) {
		return "", nil, fmt.Errorf("can't parse entities: %s at byte offset %d", fmt.Sprintf(format, args...), i)
	}
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '>':
			return fail(i, "unescaped >")
		case '&':
			end := strings.IndexByte(s[i:], ';')
			plain, ok := map[string]string{"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": "\""}[s[i:i+max(end+1, 0)]]
			if !ok {
				return fail(i, "unescaped &")
			}
			text.WriteString(plain)
			units++
			i += end + 1
		case '<':
			end := strings.IndexByte(s[i:], '>')
			if end < 0 {
				return fail(i, "Unclosed start tag")
			}
			body := s[i+1 : i+end]
			i += end + 1
			if name, ok := strings.CutPrefix(body, "/"); ok {
				if len(stack) == 0 {
					return fail(i, "Unexpected end tag %q", name)
				}
				top := stack[len(stack)-1]
				if top.tag != name {
					return fail(i, "Unmatched end tag, expected \"</%s>\", found \"</%s>\"", top.tag, name)
				}
				stack = stack[:len(stack)-1]
				top.entity.Length = units - top.entity.Offset
				if top.entity.Length > 0 {
					entities = append(entities, top.entity)
				}
				continue
			}
			name, attr, _ := strings.Cut(body, " ")
			kind, ok := entityOf[name]
			if !ok {
				return fail(i, "Unsupported start tag %q", name)
			}
			e := Entity{Type: kind, Offset: units}
			switch {
			case attr == "":
			case name == "blockquote" && attr == "expandable":
				e.Type = "expandable_blockquote"
			case name == "a" && strings.HasPrefix(attr, `href="`) && strings.HasSuffix(attr, `"`):
				e.URL = attr[len(`href="`) : len(attr)-1]
			default:
				return fail(i, "unknown attribute %q of %q", attr, name)
			}
			for _, o := range stack {
				if o.entity.Type == "pre" || o.entity.Type == "code" || name == "blockquote" && o.tag == "blockquote" {
					return fail(i, "%q inside %q", name, o.tag)
				}
			}
			stack = append(stack, open{name, e})
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			text.WriteRune(r)
			units += utf16.RuneLen(r)
			i += n
		}
	}
	if len(stack) > 0 {
		return fail(len(s), "Can't find end tag corresponding to start tag %q", stack[len(stack)-1].tag)
	}
	slices.SortStableFunc(entities, func(a, b Entity) int { return a.Offset - b.Offset })
	return text.String(), entities, nil
}

// Units returns the length of s in UTF-16 units, which is how Telegram counts.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// Blank reports whether s has nothing to see in it, so that Telegram calls it
// empty.
func Blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r) &&
			!strings.ContainsRune("\u115f\u1160\u2800\u3164\uffa0", r)
	}) < 0
}
