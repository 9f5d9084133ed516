package wecom

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/coder/websocket"
)

// errNoAck says that a frame was written and not answered: it may have arrived
// or not.
var errNoAck = errors.New("wecom: no answer to a frame")

// maxSecretTries is after how many refusals of id and secret in a row we stop:
// subscribing is limited in frequency, and nobody mends a secret by waiting.
const maxSecretTries = 5

// A link is the connection to WeCom: it subscribes, keeps the beat, comes back
// after a loss, and matches frames to their acks. Its methods are safe for
// concurrent use.
type link struct {
	opt Options
	log *slog.Logger

	mu    sync.Mutex
	conn  *connection           // nil while not subscribed
	up    chan struct{}         // closed while subscribed
	acks  map[string]chan frame // frames that wait for their ack, by req_id
	turns map[string]*turn      // one frame at a time for each req_id
}

// A turn serialises the frames of one req_id: acks have nothing else to be
// told apart by.
type turn struct {
	busy    chan struct{} // holds one value while a frame is on its way
	waiting int
}

// A connection is one WebSocket, from dialling to its end.
type connection struct {
	*websocket.Conn
	gone chan struct{} // closed when nothing more is read from it
	err  error         // why; set before gone is closed
}

func newLink(opt Options) *link {
	return &link{
		opt: opt, log: opt.Logger, up: make(chan struct{}),
		acks: make(map[string]chan frame), turns: make(map[string]*turn),
	}
}

// run keeps the link up until ctx ends, and calls on for every frame that is
// no ack, one after the other. It returns nil when ctx ended, ErrReplaced or
// ErrSecret.
func (l *link) run(ctx context.Context, on func(frame)) error {
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval, wait.MaxInterval = l.opt.Limits.ReconnectMin, l.opt.Limits.ReconnectMax
	refused := 0
	for {
		subscribed, err := l.session(ctx, on)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrReplaced):
			return err
		case errors.Is(err, ErrSecret):
			if refused++; refused >= maxSecretTries {
				return err
			}
		case subscribed:
			refused = 0
			wait.Reset()
		}
		pause := wait.NextBackOff()
		l.log.Warn("connection lost", keyErr, err, keyRetry, pause)
		l.opt.met.reconnects.Inc()
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// session returns one connection from dialling to its end; subscribed reports
// whether it got as far as being useful.
func (l *link) session(ctx context.Context, on func(frame)) (subscribed bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	dial, stop := context.WithTimeout(ctx, l.opt.Limits.Dial)
	socket, _, err := websocket.Dial(dial, l.opt.URL, &websocket.DialOptions{HTTPClient: l.opt.Client})
	stop()
	if err != nil {
		return false, fmt.Errorf("wecom: connect: %w", err)
	}
	socket.SetReadLimit(maxFrame)
	defer socket.CloseNow()
	conn := &connection{Conn: socket, gone: make(chan struct{})}
	go func() {
		defer close(conn.gone)
		conn.err = l.read(ctx, socket, on)
	}()
	end := func(err error) error {
		socket.CloseNow()
		<-conn.gone
		if errors.Is(conn.err, ErrReplaced) {
			return conn.err
		}
		return errors.Join(err, conn.err)
	}
	body := map[string]string{"bot_id": l.opt.BotID, "secret": l.opt.Secret}
	if _, err := l.exchange(ctx, conn, cmdSubscribe, newID(), body); err != nil {
		if code(err) == codeSecret {
			end(nil)
			return false, ErrSecret
		}
		return false, end(err)
	}
	l.raise(conn)
	defer l.lower(conn)
	l.log.Info("subscribed")
	return true, end(l.keepAlive(ctx, conn))
}

// raise makes conn the one that frames go out on; lower takes it away.
func (l *link) raise(conn *connection) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = conn
	close(l.up)
}

func (l *link) lower(conn *connection) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn == conn {
		l.conn = nil
		l.up = make(chan struct{})
	}
}

// keepAlive pings until the connection ends: two pings without an answer and it is
// held for dead.
func (l *link) keepAlive(ctx context.Context, conn *connection) error {
	tick := time.NewTicker(l.opt.Limits.Ping)
	defer tick.Stop()
	missed := 0
	for {
		select {
		case <-conn.gone:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		switch _, err := l.exchange(ctx, conn, cmdPing, newID(), nil); {
		case err == nil:
			missed = 0
		case errors.Is(err, errNoAck):
			if missed++; missed >= 2 {
				return fmt.Errorf("wecom: heart beat: %w", err)
			}
		default:
			return fmt.Errorf("wecom: heart beat: %w", err)
		}
	}
}

// read takes frames until the connection ends: acks go to whoever waits,
// everything else to on.
func (l *link) read(ctx context.Context, conn *websocket.Conn, on func(frame)) error {
	for {
		kind, b, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		var f frame
		if kind != websocket.MessageText || json.Unmarshal(b, &f) != nil {
			l.log.Warn("frame is no JSON", keyBytes, len(b))
			continue
		}
		if f.Cmd == "" {
			l.mu.Lock()
			ack := l.acks[f.Headers.ReqID]
			delete(l.acks, f.Headers.ReqID)
			l.mu.Unlock()
			if ack != nil {
				ack <- f // buffered: whoever waited may have gone
			}
			continue
		}
		if f.Cmd == cmdEvent && eventType(f.Body) == eventGone {
			return ErrReplaced
		}
		on(f)
	}
}

// exchange writes one frame on conn and waits for its ack. The caller sees to
// it that no other frame of reqID is on its way.
func (l *link) exchange(ctx context.Context, conn *connection, cmd, reqID string, body any) (frame, error) {
	f := frame{Cmd: cmd, Headers: headers{reqID}}
	if body != nil {
		b, err := encode(body)
		if err != nil {
			return frame{}, err
		}
		f.Body = b
	}
	b, err := encode(f)
	if err != nil {
		return frame{}, err
	}
	ack := make(chan frame, 1)
	l.mu.Lock()
	l.acks[reqID] = ack
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.acks, reqID)
		l.mu.Unlock()
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, l.opt.Limits.Ack, errNoAck)
	defer cancel()
	if err := conn.Write(ctx, websocket.MessageText, b); err != nil {
		return frame{}, fmt.Errorf("%w: %s: %w", errNoAck, cmd, err)
	}
	select {
	case f := <-ack:
		return f, refused(cmd, f)
	case <-conn.gone:
		select {
		case f := <-ack: // it came just before
			return f, refused(cmd, f)
		default:
		}
		return frame{}, fmt.Errorf("%s: %w: the connection ended", cmd, errNoAck)
	case <-ctx.Done():
		return frame{}, fmt.Errorf("%s: %w", cmd, context.Cause(ctx))
	}
}

// call sends a frame and waits for its ack, over losses of the connection and
// refusals that pass: what was not acknowledged is sent again on the next
// connection. So body must be one that may arrive twice without being seen
// twice (a stream under one id, a part of a file). It returns other refusals
// and the end of ctx.
func (l *link) call(ctx context.Context, cmd, reqID string, body any) (frame, error) {
	done, err := l.take(ctx, reqID)
	if err != nil {
		return frame{}, err
	}
	defer done()
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = l.opt.Limits.TooOften, 16*l.opt.Limits.TooOften
	for {
		conn, err := l.connection(ctx)
		if err != nil {
			return frame{}, err
		}
		f, err := l.exchange(ctx, conn, cmd, reqID, body)
		switch {
		case err == nil || ctx.Err() != nil:
			return f, err
		case code(err) == codeTooOften:
			l.opt.met.limited.Inc()
			select {
			case <-ctx.Done():
				return frame{}, ctx.Err()
			case <-time.After(pause.NextBackOff()):
			}
		case errors.Is(err, errNoAck) || code(err) == codeSubscribe:
			// Half dead: the next connection is a new one.
			l.lower(conn)
			conn.CloseNow()
			l.opt.met.resent.Inc()
		default:
			return f, err
		}
	}
}

// connection waits for a subscribed connection.
func (l *link) connection(ctx context.Context) (*connection, error) {
	for {
		l.mu.Lock()
		conn, up := l.conn, l.up
		l.mu.Unlock()
		if conn != nil {
			return conn, nil
		}
		select {
		case <-up:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// take waits until no frame of reqID is on its way, and returns what lets the
// next one go.
func (l *link) take(ctx context.Context, reqID string) (done func(), err error) {
	l.mu.Lock()
	t := l.turns[reqID]
	if t == nil {
		t = &turn{busy: make(chan struct{}, 1)}
		l.turns[reqID] = t
	}
	t.waiting++
	l.mu.Unlock()
	leave := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if t.waiting--; t.waiting == 0 {
			delete(l.turns, reqID)
		}
	}
	select {
	case t.busy <- struct{}{}:
		return func() { <-t.busy; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
}

// ready reports whether the link is subscribed.
func (l *link) ready() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.conn != nil
}

// newID returns an id that was never used before: 26 letters and digits.
func newID() string { return rand.Text() }
