package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"syscall"

	"jinwen/handlers/chat"
)

// KeyRequest is the attribute with the id of the message that a line is about,
// the same in the lines of transport and handlers.
const KeyRequest = "request"

// FullHint says what to do about a full disk.
const FullHint = "the disk is full: make room on the disk of data_dir; the bot goes on answering, and what could not be kept is said to whoever wanted it"

// Full reports whether err is that a disk, or what the user may have of it, is
// full.
func Full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// NewLogHandler returns a handler that passes lines on to h, with the id of the
// message (chat.WithRequest) in those that are logged with its context, and with
// FullHint in those whose error is a full disk. full, if not nil, hears of each
// of the latter; it must not wait.
func NewLogHandler(h slog.Handler, full func()) slog.Handler { return logHandler{h, full} }

type logHandler struct {
	slog.Handler
	full func()
}

func (h logHandler) Handle(ctx context.Context, r slog.Record) error {
	id := chat.Request(ctx)
	disk, hint := false, false
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok && Full(err) {
			disk = true
		}
		hint = hint || a.Key == "hint"
		return true
	})
	if id != "" || disk {
		r = r.Clone()
	}
	if id != "" {
		r.AddAttrs(slog.String(KeyRequest, id))
	}
	if disk {
		if !hint {
			r.AddAttrs(slog.String("hint", FullHint))
		}
		if h.full != nil {
			h.full()
		}
	}
	return h.Handler.Handle(ctx, r)
}

func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return logHandler{h.Handler.WithAttrs(attrs), h.full}
}

func (h logHandler) WithGroup(name string) slog.Handler {
	return logHandler{h.Handler.WithGroup(name), h.full}
}
