package telegram

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"jinwen/bot/dispatch"
)

const (
	// maxUpdate is the largest body taken from the webhook. An update is a few
	// kilobytes; the longest message with all its entities stays below 100.
	maxUpdate = 1 << 20
	// ackTime is how long Telegram is kept waiting for an update to be
	// handled; then it is asked to come again. Its own patience is a minute.
	ackTime = 50 * time.Second
	// connections is how many updates Telegram sends at once (Bot API,
	// setWebhook, max_connections; 40 is its default).
	connections = "40"
)

// Webhook lets Telegram push updates. The zero value is polling. TLS is the
// business of a proxy in front.
//
// An update is acknowledged (200) only after it has been handled to the end:
// answered and marked in Seen. If that takes longer than Telegram waits, it
// gets 503, and 200 when it comes again. So no update is lost by a crash, as
// with polling. With Options.Shared it is acknowledged when it is in the queue;
// while that is not reached, all is as without.
type Webhook struct {
	URL    string // where Telegram reaches us, "https://host/path"
	Listen string // own address, "host:port"; needed
	Secret string // 1–256 of A–Z a–z 0–9 _ -; "" makes one at each start
}

func (w Webhook) check() error {
	if w.URL == "" {
		return nil
	}
	u, err := url.Parse(w.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("telegram: webhook %q is not of the form https://host/path", w.URL)
	}
	if w.Listen == "" {
		return errors.New("telegram: webhook has no address to listen at: set one as host:port")
	}
	return nil
}

// receive opens the webhook, which takes in updates until ctx ends. What it has
// taken in may be acknowledged until late ends.
func (t *Telegram) receive(ctx, late context.Context, wg *sync.WaitGroup) error {
	w := t.opt.Webhook
	if w.Secret == "" {
		w.Secret = rand.Text()
	}
	addr, stopped, err := dispatch.Serve(late, w.Listen, t.hook(ctx, late, w))
	if err != nil {
		return fmt.Errorf("telegram: webhook: %w", err)
	}
	wg.Go(func() { <-stopped })
	err = t.sender.sendAnywhere(ctx, func(ctx context.Context) error {
		_, err := t.client.call(ctx, "setWebhook", params("url", w.URL, "secret_token", w.Secret,
			"allowed_updates", allowedUpdates, "max_connections", connections), t.opt.Limits.Request)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return fmt.Errorf("telegram: webhook: %w", err)
	}
	t.setReady(nil)
	t.log.Info("webhook is set", keyAddr, addr.String())
	return nil
}

// hook takes in what Telegram pushes.
func (t *Telegram) hook(ctx, late context.Context, w Webhook) http.Handler {
	u, _ := url.Parse(w.URL) // checked
	path := u.Path
	if path == "" {
		path = "/"
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		secret := r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
		switch {
		case r.URL.Path != path:
			http.NotFound(rw, r)
			return
		case subtle.ConstantTimeCompare([]byte(secret), []byte(w.Secret)) != 1:
			http.Error(rw, "wrong secret", http.StatusUnauthorized)
			return
		case r.Method != http.MethodPost:
			http.Error(rw, "want POST", http.StatusMethodNotAllowed)
			return
		}
		raw, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxUpdate))
		if err != nil {
			http.Error(rw, "body too large or cut off", http.StatusRequestEntityTooLarge)
			return
		}
		if ctx.Err() != nil {
			http.Error(rw, "stopping", http.StatusServiceUnavailable)
			return
		}
		update, field, err := parseUpdate(raw)
		if err != nil { // coming again would not mend it
			t.met.poison.Inc()
			t.log.Warn("update skipped", keyUpdate, update.ID, keyErr, err, keyField, field)
			return
		}
		switch t.enqueue(update, raw) {
		case enqueued:
			return
		case later:
			http.Error(rw, "another message of this chat is waiting", http.StatusServiceUnavailable)
			return
		case direct:
			if t.opt.Shared != nil {
				t.met.direct.Inc()
			}
		}
		it, fresh := t.hand.take(update.ID, raw)
		if fresh {
			t.admit(ctx, update.ID, idOf(update.ID), raw)
		}
		end := time.NewTimer(ackTime)
		defer end.Stop()
		select {
		case <-it.done:
			t.hand.forget(update.ID)
			return
		case <-end.C:
		case <-r.Context().Done():
		case <-late.Done():
		}
		http.Error(rw, "not answered yet", http.StatusServiceUnavailable)
	})
}

// open is the updates that this process put into the shared queue and does not
// know to be handled, and the lanes in which others waited when it was looked
// last: while the queue is not reached, later ones of their chats must not
// overtake them. The zero value is empty; safe for concurrent use.
type open struct {
	mu    sync.Mutex
	lanes map[string]map[int64]opened
	seen  map[string]bool
	away  time.Time // since when the queue is not reached; zero while it is
}

type opened struct {
	raw   []byte
	until time.Time // of one that another process handles: until when it counts
}

const (
	// elsewhereTime is how long an update counts that another process handles:
	// it has been by then, for all that one can know.
	elsewhereTime = 30 * time.Second
	// awayTime is how long nothing is handled out of turn after the queue was
	// reached last: who has a chat in hand goes on with what it knows of it, and
	// an outage that short is none.
	awayTime = 3 * time.Second
	// maxOpen is from how many chats on old notes are swept.
	maxOpen = 10_000
)

// add notes an update that is about to be put into the queue.
func (o *open) add(lane string, id int64, raw []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lanes == nil {
		o.lanes = make(map[string]map[int64]opened)
	}
	if len(o.lanes) > maxOpen {
		o.sweep()
	}
	if o.lanes[lane] == nil {
		o.lanes[lane] = make(map[int64]opened)
	}
	o.lanes[lane][id] = opened{raw: raw}
}

// sweep forgets updates that others have handled.
func (o *open) sweep() {
	for lane, l := range o.lanes {
		maps.DeleteFunc(l, func(_ int64, u opened) bool { return o.over(u) })
		if len(l) == 0 {
			delete(o.lanes, lane)
		}
	}
}

// over reports whether another process has handled it, for all that one can
// know: it stood still while the queue was not reached.
func (o *open) over(u opened) bool {
	at := time.Now()
	if !o.away.IsZero() {
		at = o.away
	}
	return !u.until.IsZero() && at.After(u.until)
}

// elsewhere notes that another process has the update's lane in hand.
func (o *open) elsewhere(lane string, id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l := o.lanes[lane]; l != nil {
		l[id] = opened{until: time.Now().Add(elsewhereTime)}
	}
}

// see notes in which lanes of the queue updates wait.
func (o *open) see(lanes []string) {
	seen := make(map[string]bool, len(lanes))
	for _, lane := range lanes {
		seen[lane] = true
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = seen
}

// reached notes that the queue was.
func (o *open) reached() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.away = time.Time{}
}

// mustWait notes that the queue was not reached with an update, and reports
// whether that must wait until it is: others of its lane count, or it may be
// reached again in a moment.
func (o *open) mustWait(lane string, id int64) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if o.away.IsZero() {
		o.away = now
	}
	l := o.lanes[lane]
	delete(l, id)
	maps.DeleteFunc(l, func(_ int64, u opened) bool { return o.over(u) })
	if len(l) > 0 {
		return true
	}
	delete(o.lanes, lane)
	if o.seen[lane] {
		return true
	}
	return now.Sub(o.away) < awayTime
}

// next returns the first update of a lane that this process has to handle; "" if
// there is none.
func (o *open) next(lane string) (id string, raw []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, n := range slices.Sorted(maps.Keys(o.lanes[lane])) {
		if u := o.lanes[lane][n]; u.until.IsZero() {
			return idOf(n), u.raw
		}
	}
	return "", nil
}

// done notes that an update is handled.
func (o *open) done(lane string, id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if l := o.lanes[lane]; l != nil {
		if delete(l, id); len(l) == 0 {
			delete(o.lanes, lane)
		}
	}
}

// clear forgets everything: another process has it.
func (o *open) clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.lanes)
}
