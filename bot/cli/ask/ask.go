// Package ask is the command that answers a question, or one a line from
// standard input, where lines of one chat are a conversation.
package ask

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/term"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/site"
	"jinwen/bot/console"
	"jinwen/bot/object"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// Command is the command that answers questions.
type Command struct {
	JSON     bool     `name:"json" help:"Print one JSON object a line."`
	Explain  bool     `help:"Show how the question was read and what each part of the scores is."`
	Question []string `arg:"" optional:"" help:"The words of one question. Without any, each line of standard input is one."`
}

func (Command) Help() string {
	return `Answers come in the order of the questions, each as soon as it is there. An empty line is a question too: with --json there are as many objects as lines.

Examples:
  jinwen ask 今年改造燃气管网多少公里
  jinwen ask --explain 口袋公园
  printf '口袋公园\n今年GDP目标\n' | jinwen ask --json | jq -r .reply`
}

func (c *Command) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	src, end, err := a.Asker()
	if err != nil {
		return err
	}
	defer end()
	if len(c.Question) > 0 {
		return c.print(a, c.ask(ctx, src, strings.Join(c.Question, " ")), false)
	}
	if f, ok := a.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprintln(a.Err, "jinwen: type a question a line; Ctrl-D ends")
	}
	return c.askLines(ctx, a, src)
}

// An asked is a question with its answer.
type asked struct {
	question string
	answer   *index.Answer
	took     time.Duration
	err      error
	lang     string // of the reply; "" is that of the question
}

func (c *Command) ask(ctx context.Context, src index.Asker, question string) asked {
	began := time.Now()
	ans, err := src.Ask(ctx, index.Query{Text: question, Explain: c.Explain})
	return asked{question: question, answer: ans, took: time.Since(began), err: err}
}

// askLines answers the lines of standard input. Questions are answered beside
// each other and printed in order; a line is out as soon as those before it
// are, so that a caller may write a question and wait for its answer.
func (c *Command) askLines(ctx context.Context, a *base.App, src index.Asker) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan asked, 8*workers) // in order of the input; bounds what is in hand
	running := make(chan struct{}, workers)
	var readErr error // written before queue is closed
	var chats conversations
	go func() {
		defer close(queue)
		r := bufio.NewReaderSize(a.In, 64<<10)
		for first := true; ; first = false {
			line, err := console.ReadLine(r)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				readErr = fmt.Errorf("standard input: %w", err)
				return
			}
			if first {
				line = strings.TrimPrefix(line, "\ufeff")
			}
			done := make(chan asked, 1)
			select {
			case running <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case queue <- done:
			case <-ctx.Done():
				return
			}
			l := lineOf(line)
			talk, begin, end := chats.enter(l)
			go func() {
				defer func() { <-running }()
				defer end()
				if begin != nil { // the line before it is in hand already
					<-begin
				}
				done <- c.askOne(ctx, src, l, talk)
			}()
		}
	}()
	for {
		select {
		case <-ctx.Done(): // standard input may stay silent for ever
			return ctx.Err()
		case done, ok := <-queue:
			if !ok {
				return errors.Join(readErr, ctx.Err())
			}
			if err := c.print(a, <-done, true); err != nil {
				return err
			}
			if err := a.Out.Flush(); err != nil {
				return err
			}
		}
	}
}

// answerJSON is the contract with scripts: see DESIGN, Command line.
type answerJSON struct {
	object.Answer
	Explain *explainJSON `json:"explain,omitempty"`
}

type explainJSON struct {
	Question string       `json:"question"` // as it was read
	Reason   index.Reason `json:"reason,omitempty"`
	Subject  string       `json:"subject,omitempty"`
	Kind     index.Kind   `json:"kind,omitempty"`
	Parts    [][]partJSON `json:"parts"` // of the score, by passage
}

type partJSON struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

func (c *Command) print(a *base.App, q asked, headed bool) error {
	if q.err != nil {
		return q.err
	}
	ans := q.answer
	reply := replyText(ans, q.lang)
	if !c.JSON {
		if headed {
			fmt.Fprintf(a.Out, "> %s\n", chat.Clean(q.question))
		}
		fmt.Fprintln(a.Out, chat.Clean(reply))
		if c.Explain {
			fmt.Fprintln(a.Out)
			explain(a.Out, ans)
		}
		if headed {
			fmt.Fprintln(a.Out)
		}
		return nil
	}
	out := answerJSON{Answer: site.Object(ans, q.question, reply, q.took)}
	if c.Explain {
		e := &explainJSON{Question: ans.Question.String(), Reason: ans.Reason, Subject: ans.Subject, Kind: ans.Kind, Parts: make([][]partJSON, 0, len(ans.Hits))}
		for _, h := range ans.Hits {
			parts := make([]partJSON, 0, len(h.Parts))
			for _, p := range h.Parts {
				parts = append(parts, partJSON(p))
			}
			e.Parts = append(e.Parts, parts)
		}
		out.Explain = e
	}
	return a.Out.JSON(out)
}

// explain prints how the question was read, and what the scores are made of.
func explain(w io.Writer, ans *index.Answer) {
	fmt.Fprintf(w, "read as  %s\n", chat.Clean(ans.Question.String()))
	fmt.Fprintf(w, "status   %s", ans.Status)
	for _, s := range []string{string(ans.Kind), string(ans.Reason), ans.Subject} {
		if s != "" {
			fmt.Fprintf(w, " %s", chat.Clean(s))
		}
	}
	fmt.Fprintln(w)
	for _, h := range ans.Hits {
		p := ans.Report.Passages[h.Passage]
		fmt.Fprintf(w, "%-6s %8.3f  %s\n", p.ID, h.Score, zh.Clip(ans.Report.Quote(p.Span), 40))
		for _, part := range h.Parts {
			fmt.Fprintf(w, "       %8.3f  %s\n", part.Value, part.Name)
		}
	}
}
