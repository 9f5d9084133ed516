package telegram

import (
	"regexp"
	"strings"

	"jinwen/bot/render"
	"jinwen/handlers/chat"
)

// measure is how Telegram counts the length of texts.
var measure = render.Measure(render.UTF16)

const (
	// maxText is what sendMessage takes: UTF-16 units after entities are parsed
	// (Bot API, sendMessage, text).
	maxText = 4096
	// maxCaption is the same for captions (Bot API, sendPhoto, caption).
	maxCaption = 1024
	// maxEntities is how many entities Telegram keeps of a message; it drops
	// the rest (limits.tginfo.me, "formatting entities").
	maxEntities = 100
	// longQuote is from how many UTF-16 units on a quote is folded. Telegram
	// shows three lines of a folded one, some 60 characters on a phone.
	longQuote = 160
)

// part is one message: the same words with and without markup.
type part struct {
	html, plain string
	units       int // upper bound of the length, with or without markup
	entities    int
}

func (p *part) empty() bool { return p.html == "" }

// add appends q after sep.
func (p *part) add(sep string, q part) {
	if p.empty() {
		*p = q
		return
	}
	p.html += sep + q.html
	p.plain += sep + q.plain
	p.units += len(sep) + q.units
	p.entities += q.entities
}

func (p *part) fits(sep string, q part, limit int) bool {
	return p.units+len(sep)+q.units <= limit && p.entities+q.entities <= maxEntities
}

// messages turns blocks into as few messages as their limit allows (in UTF-16
// units). Blocks stay whole and with what they belong to where they fit; one
// that is longer than a message is cut as split does, each piece marked up by
// itself, so no entity is ever cut. Blocks with nothing to see are left out.
func messages(blocks []chat.Block, limit int) []part {
	var (
		parts []part
		now   part
		last  chat.BlockKind
	)
	flush := func() {
		if !now.empty() {
			parts = append(parts, now)
			now = part{}
		}
	}
	blocks = chat.Visible(blocks)
	for i := 0; i < len(blocks); {
		n := cluster(blocks[i:])
		whole, ok := together(blocks[i:i+n], limit)
		if !ok { // longer than a message: block by block
			n = 1
			pieces := pieces(blocks[i], limit)
			flush()
			parts = append(parts, pieces[:len(pieces)-1]...)
			now, last = pieces[len(pieces)-1], blocks[i].Kind
			i++
			continue
		}
		sep := chat.Between(last, blocks[i].Kind)
		if !now.empty() && !now.fits(sep, whole, limit) {
			flush()
		}
		now.add(sep, whole)
		last = blocks[i+n-1].Kind
		i += n
	}
	flush()
	return parts
}

// cluster returns how many of the first blocks belong together: a heading with what
// follows, a quote with its place.
func cluster(blocks []chat.Block) int {
	n := 1
	for n < len(blocks) {
		before, after := blocks[n-1].Kind, blocks[n].Kind
		if after != chat.Place && before != chat.Title {
			break
		}
		n++
	}
	return n
}

// together returns the blocks as one part, if they fit into one message.
func together(blocks []chat.Block, limit int) (part, bool) {
	var p part
	for i, b := range blocks {
		q := mark(b)
		sep := ""
		if i > 0 {
			sep = chat.Between(blocks[i-1].Kind, b.Kind)
		}
		if !p.fits(sep, q, limit) {
			return part{}, false
		}
		p.add(sep, q)
	}
	return p, true
}

// pieces returns one block as parts that each fit into a message.
func pieces(b chat.Block, limit int) []part {
	room := limit - measure.Length(render.Prefix(b.Kind)) - 2 // the marks of a plain quote
	var list []part
	at := 0
	for _, text := range measure.Split(b.Text, room) {
		at += len(text)
		if chat.Blank(text) {
			continue
		}
		p := mark(b.Cut(at-len(text), at))
		if p.entities > maxEntities { // links alone: leave them to Telegram
			p.html, p.entities = escape(p.plain), 0
		}
		list = append(list, p)
	}
	return list
}

// mark returns a block with the looks of its role.
func mark(b chat.Block) part {
	p := part{plain: render.Prefix(b.Kind) + b.Text}
	body := escape(render.Prefix(b.Kind))
	for _, r := range b.Runs() {
		html, links := link(r.Text)
		if r.Strong {
			html = "<b>" + html + "</b>"
			p.entities++
		}
		body += html
		p.entities += links
	}
	switch b.Kind {
	case chat.Note:
		p.html, p.entities = "<i>"+body+"</i>", p.entities+1
	case chat.Table:
		p.html, p.entities = "<pre>"+escape(p.plain)+"</pre>", 1
	case chat.Quote:
		open := "<blockquote>"
		if measure.Length(b.Text) > longQuote {
			open = "<blockquote expandable>"
		}
		p.html, p.entities = open+body+"</blockquote>", p.entities+1
		p.plain = "「" + p.plain + "」"
	default:
		p.html = body
	}
	p.units = measure.Length(p.plain)
	return p
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes text inert in HTML, and inside an attribute.
func escape(text string) string { return escaper.Replace(text) }

// links are marked by us, for Telegram takes a 。 right after a bare address
// for a part of it.
var links = regexp.MustCompile(`https?://[0-9A-Za-z][-0-9A-Za-z.]*\.[A-Za-z]{2,}(?::\d+)?(?:/[-0-9A-Za-z._~/?#@!$&*+=%]*)?`)

// link returns the text escaped, with its web addresses linked, and their number.
func link(text string) (string, int) {
	var b strings.Builder
	from := 0
	found := links.FindAllStringIndex(text, -1)
	for _, at := range found {
		address := escape(text[at[0]:at[1]])
		b.WriteString(escape(text[from:at[0]]))
		b.WriteString(`<a href="` + address + `">` + address + "</a>")
		from = at[1]
	}
	b.WriteString(escape(text[from:]))
	return b.String(), len(found)
}
