package render

import (
	"strconv"
	"strings"

	"jinwen/bot/dispatch"
	"jinwen/handlers/chat"
)

// maxScreens is how many chats' last replies are remembered.
const maxScreens = 20_000

// Screens are what a transport without buttons last showed in each chat: what
// the numbers stand for, and what of the reply is still to come. They are kept
// in memory: after a restart a number is a question like any other. Safe for
// concurrent use, but the messages of one chat must come one after the other.
type Screens struct {
	opt  Options
	most int
	last *dispatch.Recent[string, screen]
}

type screen struct {
	choices []chat.Button
	rest    []Message
	more    string // the line that says so
}

// NewScreens returns Screens for a transport whose replies look as opt says and
// may be of so many messages at once; 0 is any number.
func NewScreens(opt Options, most int) *Screens {
	return &Screens{opt: opt, most: most, last: dispatch.NewRecent[string, screen](maxScreens)}
}

// Show returns the messages for a reply in a chat. What is too much at
// once comes when the person asks for more. A reply without choices leaves
// those of the one before, as a chat with buttons does.
func (s *Screens) Show(id string, r chat.Reply) []Message {
	opt := s.opt
	more := "\n\n" + table.In(r.Lang).More
	if s.most > 0 && opt.Limit > 0 {
		if opt.Measure == nil {
			opt.Measure = Bytes
		}
		if all := Reply(r, opt); len(all) > s.most {
			opt.Limit -= opt.Measure.Length(more)
		}
	}
	all := Reply(r, opt)
	old, _ := s.last.Get(id)
	now := screen{choices: old.choices, more: more}
	for _, m := range all {
		if len(m.Buttons) > 0 {
			now.choices = m.Buttons
		}
	}
	return s.page(id, now, all)
}

// page sends the first of messages and keeps the rest.
func (s *Screens) page(id string, now screen, all []Message) []Message {
	if s.most > 0 && len(all) > s.most {
		now.rest = all[s.most:]
		all = append([]Message(nil), all[:s.most]...)
		all[s.most-1].Text += now.more
	}
	s.last.Put(id, now)
	return all
}

// Read makes of a number that was typed the button that it stands for. If what
// was typed asks for the rest of the last reply, it returns that instead, and
// there is nothing to handle.
func (s *Screens) Read(m *chat.Message) (rest []Message) {
	m.Lacks.Buttons = true
	now, ok := s.last.Get(m.Chat.ID)
	if !ok || m.Kind != chat.KindText {
		return nil
	}
	text := strings.ToLower(strings.TrimRight(strings.TrimSpace(m.Text), "。.、！!"))
	if len(now.rest) > 0 && moreWords[text] {
		all := now.rest
		now.rest = nil
		return s.page(m.Chat.ID, now, all)
	}
	if n := choice(text); n > 0 && n <= len(now.choices) {
		m.Kind, m.Data, m.Text, m.Opener = chat.KindButton, now.choices[n-1].Data, "", m.User.ID
	}
	return nil
}

// choice returns the number that s is, also in full width or a circle; 0 if it
// is none.
func choice(s string) int {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= '①' && r <= '⑨':
			return r - '①' + '1'
		}
		return r
	}, s)
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 2 || s[0] == '+' {
		return 0
	}
	return n
}
