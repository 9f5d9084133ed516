// Package render makes the best of a reply for a transport that cannot show all
// of it: as plain text or Markdown, cut to what a message takes, with numbered
// choices in the place of buttons ([Reply]; [Screens] remembers what the
// numbers stand for). What other transports need to show blocks is here too.
package render

import (
	"fmt"
	"slices"
	"strings"

	"jinwen/handlers/chat"
)

// Prefix returns what stands before a block's text, with and without markup.
func Prefix(kind chat.BlockKind) string {
	switch kind {
	case chat.Place:
		return "—— "
	case chat.Item:
		return "• "
	}
	return ""
}

// Options say how a reply is to look. The zero value is plain text without end
// with numbered choices.
type Options struct {
	Markdown bool    // as WeCom and most others know it; else plain text
	Limit    int     // most that a message takes; 0 is no limit
	Measure  Measure // what Limit counts; nil is bytes
	Buttons  bool    // the transport shows Message.Buttons itself
	Files    bool    // the transport shows Message.Files itself
	// Link writes a link; nil writes the address behind its text.
	Link func(text, url string) string
}

// A Message is one that a transport sends.
type Message struct {
	Text    string
	Buttons []chat.Button // of the last message: choice 1 first, if they are numbered
	Files   []chat.Attachment
}

// Reply returns r as messages in order; none if there is nothing to say. All
// of them but the last are full.
func Reply(r chat.Reply, opt Options) []Message {
	if opt.Measure == nil {
		opt.Measure = Bytes
	}
	var out []Message
	for next := &r; next != nil; next = next.Then {
		out = append(out, one(*next, opt)...)
	}
	return out
}

func one(r chat.Reply, opt Options) []Message {
	t := table.In(r.Lang)
	var units []string
	if r.Notice != "" {
		units = append(units, opt.escape(chat.Clean(r.Notice)))
	}
	blocks := chat.Visible(r.Blocks)
	for i, b := range blocks {
		sep := "\n\n" // after the notice
		if i > 0 {
			sep = chat.Between(blocks[i-1].Kind, b.Kind)
		}
		units = append(units, sep+opt.block(b))
	}
	var last Message
	if opt.Files {
		last.Files = r.Files
	}
	for _, f := range r.Files {
		switch caption := chat.Clean(f.Caption); {
		case !opt.Files:
			units = append(units, "\n\n"+opt.escape(fmt.Sprintf(t.NoFile, chat.Clean(f.Name))))
		case caption != "":
			units = append(units, "\n\n"+opt.escape(caption))
		}
	}
	tail := ""
	last.Buttons, tail = opt.choices(r.Buttons, t)
	texts := opt.pack(strings.Join(units, ""), tail)
	if len(texts) == 0 {
		if len(last.Files) == 0 {
			return nil
		}
		texts = []string{""}
	}
	out := make([]Message, 0, len(texts))
	for _, text := range texts {
		out = append(out, Message{Text: text})
	}
	last.Text = out[len(out)-1].Text
	out[len(out)-1] = last
	return out
}

// choices returns the buttons that can be pressed, and the text that numbers
// them if the transport has no buttons. What is put on the clipboard or shared
// can be copied from a text by hand.
func (opt Options) choices(rows [][]chat.Button, t *texts) (buttons []chat.Button, tail string) {
	var lines, links []string
	for _, row := range rows {
		for _, b := range row {
			text := strings.TrimSpace(chat.Clean(b.Text))
			switch {
			case text == "" || b.Minor && !opt.Buttons:
			case b.URL != "" && !opt.Buttons:
				links = append(links, opt.link(text, chat.Clean(b.URL), t))
			case b.Data != "" || opt.Buttons:
				buttons = append(buttons, b)
				lines = append(lines, fmt.Sprintf("%d. %s", len(buttons), opt.escape(text)))
			}
		}
	}
	if opt.Buttons {
		return buttons, ""
	}
	if len(lines) > 0 {
		links = append(links, t.Choose+"\n"+strings.Join(lines, "\n"))
	}
	return buttons, strings.Join(links, "\n")
}

// pack cuts text into messages, as few as their limit allows; tail stays whole
// if it can, at the end of the last one.
func (opt Options) pack(text, tail string) []string {
	cut := func(s string) []string {
		if s == "" || opt.Limit == 0 {
			return []string{s}
		}
		return opt.Measure.Split(s, opt.Limit)
	}
	texts := cut(strings.Trim(text, "\n"))
	last := &texts[len(texts)-1]
	switch whole := strings.Trim(*last+"\n\n"+tail, "\n"); {
	case tail == "":
	case opt.Limit == 0 || opt.Measure.Length(whole) <= opt.Limit:
		*last = whole
	default:
		texts = append(texts, cut(tail)...)
	}
	for i := range texts {
		texts[i] = strings.Trim(texts[i], "\n")
	}
	return slices.DeleteFunc(texts, chat.Blank)
}

// link returns a link as the transport shows one.
func (opt Options) link(text, url string, t *texts) string {
	if opt.Link != nil {
		return opt.Link(text, url)
	}
	return text + t.Colon + url
}

// block returns the text of a block with the looks of its role.
func (opt Options) block(b chat.Block) string {
	if !opt.Markdown {
		if b.Kind == chat.Quote {
			return "「" + b.Text + "」"
		}
		return Prefix(b.Kind) + b.Text
	}
	if b.Kind == chat.Table {
		return "```\n" + strings.ReplaceAll(b.Text, "```", "'''") + "\n```"
	}
	var text strings.Builder
	for _, r := range b.Runs() {
		if r.Strong && !strings.Contains(r.Text, "\n") {
			text.WriteString("**" + opt.escape(r.Text) + "**")
		} else {
			text.WriteString(opt.escape(r.Text))
		}
	}
	switch b.Kind {
	case chat.Quote:
		return "> " + strings.ReplaceAll(text.String(), "\n", "\n> ")
	case chat.Item:
		return "- " + text.String()
	}
	return Prefix(b.Kind) + text.String()
}

// marks are the characters that Markdown takes for markup within a line; a mark at the start
// of a line is none of a report's.
var marks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "`", "\\`", "<", `\<`, "[", `\[`)

func (opt Options) escape(s string) string {
	if !opt.Markdown {
		return s
	}
	return marks.Replace(s)
}
