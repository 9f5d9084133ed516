package ask

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
	"jinwen/index"
	"jinwen/index/question"
)

// A line of standard input: a question by itself, or a message of a chat.
type askLine struct {
	Text string `json:"q"`
	Chat string `json:"chat"`
	From string `json:"from"`
	Lang string `json:"lang"` // of the reply; "" is that of the question
}

// lineOf reads a line: an object is a message of a chat, anything else a
// question by itself.
func lineOf(line string) askLine {
	if strings.HasPrefix(strings.TrimSpace(line), "{") {
		var l askLine
		if json.Unmarshal([]byte(line), &l) == nil && l.Text != "" {
			return l
		}
	}
	return askLine{Text: line}
}

// A conversation is what the lines of one chat were about.
type conversation struct {
	mu     sync.Mutex
	last   *question.Question // nil before the first
	prev   *question.Question // the one before it
	offset int                // hits shown of it
}

// maxConversations bounds the memory, for standard input may go on for ever.
const maxConversations = 20_000

// conversations are those of one run, by chat and person.
type conversations struct {
	mu   sync.Mutex
	m    map[string]*conversation
	tail map[string]chan struct{} // closed when the last line of the chat is answered
}

// enter returns the conversation of l, when to begin (after the line before it
// in the same chat), and what to call at the end. They are nil for a question
// by itself.
func (c *conversations) enter(l askLine) (talk *conversation, begin <-chan struct{}, end func()) {
	if l.Chat == "" {
		return nil, nil, func() {}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil {
		c.m, c.tail = make(map[string]*conversation), make(map[string]chan struct{})
	}
	if len(c.m) >= maxConversations { // they begin anew; who waits has its own
		clear(c.m)
	}
	if len(c.tail) >= maxConversations {
		c.forget()
	}
	key := l.Chat + "\x00" + l.From
	if c.m[key] == nil {
		c.m[key] = new(conversation)
	}
	begin = c.tail[l.Chat]
	done := make(chan struct{})
	c.tail[l.Chat] = done
	return c.m[key], begin, func() { close(done) }
}

// forget drops the chats in which nobody waits.
func (c *conversations) forget() {
	for chat, done := range c.tail {
		select {
		case <-done:
			delete(c.tail, chat)
		default:
		}
	}
}

// ask answers the next message of the conversation.
func (t *conversation) ask(ctx context.Context, src index.Asker, text string, explain bool) (*index.Answer, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	q := index.Query{Asked: question.Read(text, t.last), Explain: explain}
	if q.Asked.More && t.last != nil {
		switch q.Asked.Topic {
		case question.Next:
			q.Offset = t.offset
		case question.Back:
			if t.prev != nil {
				again := *t.prev
				again.Text = text
				q.Asked = &again
			}
		}
	}
	a, err := src.Ask(ctx, q)
	if err == nil && q.Offset > 0 && len(a.Hits) == 0 {
		// There is no more: the answer as it was.
		q.Offset = 0
		a, err = src.Ask(ctx, q)
	}
	if err != nil || a.Question == nil || a.Status == index.Talk {
		return a, err
	}
	if q.Offset == 0 {
		t.prev, t.offset = t.last, 0
	}
	t.last = a.Question.Question
	t.offset = q.Offset + len(a.Hits)
	return a, nil
}

// askOne answers a line.
func (c *Command) askOne(ctx context.Context, src index.Asker, l askLine, talk *conversation) asked {
	began := time.Now()
	var a *index.Answer
	var err error
	if talk == nil {
		a, err = src.Ask(ctx, index.Query{Text: l.Text, Explain: c.Explain})
	} else {
		a, err = talk.ask(ctx, src, l.Text, c.Explain)
	}
	return asked{question: l.Text, answer: a, took: time.Since(began), err: err, lang: l.Lang}
}

// replyText returns the plain text of the first message that a chat gets, in the
// language asked for, or else of the question.
func replyText(ans *index.Answer, asked string) string {
	lang := chat.Hans
	if asked != "" {
		lang = chat.Lang(asked)
	} else if ans.Question != nil && ans.Question.Lang != "" {
		lang = chat.Lang(ans.Question.Lang)
	}
	return reply.Render(ans, lang).Plain()
}
