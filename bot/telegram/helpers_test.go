package telegram

import (
	"bytes"
	"log/slog"
	"maps"
	"sync"
	"testing"

	"jinwen/bot/dispatch"
)

// metric reads a counter or gauge.
func metric(t *testing.T, bot *Telegram, name string) float64 {
	t.Helper()
	families, err := bot.met.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			sum := 0.0
			for _, m := range f.GetMetric() { // of all labels
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
			return sum
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

// lockedBuffer is a log to look at while it is written.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// logger logs everything there.
func (l *lockedBuffer) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// memoryInbox is an Inbox that outlives a bot, as one on disk does.
type memoryInbox struct {
	dispatch.Seen
	mu   sync.Mutex
	kept map[string][]byte
}

func (b *memoryInbox) Keep(id string, raw []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept[id] = raw
	return nil
}

func (b *memoryInbox) Drop(id string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.kept, id)
	return nil
}

func (b *memoryInbox) Kept() (map[string][]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.kept), nil
}

func (b *memoryInbox) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.kept)
}
