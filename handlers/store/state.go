package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"jinwen/handlers"
)

// What is kept, bucket by bucket; people, chats and updates have the ids of
// package chat (telegram:7), and times are big-endian Unix nanoseconds of 8
// bytes:
//
//	settings   user id     → Settings as JSON
//	subs       chat id     → Subscription as JSON
//	entries    id          → until, data
//	blocked    chat id     → nothing
//	handled    update id   → when
//	kept       update id   → the update as it came
//
// For example user 7 who chose English: settings[telegram:7] = {"lang":"en"}.
const (
	bucketSettings = "settings"
	bucketSubs     = "subs"
	bucketEntries  = "entries"
	bucketBlocked  = "blocked"
	BucketHandled  = "handled" // others look into it as well
	bucketKept     = "kept"
)

// Buckets are those that State keeps things in.
var Buckets = []string{bucketSettings, bucketSubs, bucketEntries, bucketBlocked, BucketHandled, bucketKept}

// markLife is how long a handled update is remembered. Telegram keeps updates
// for 24 hours (Bot API, getUpdates); twice that leaves room for its clock.
const markLife = 48 * time.Hour

// MaxMarks is how many handled updates are remembered at most, within half as
// many more. Telegram shows the hundred after the first that is not confirmed,
// so that no more than some hundreds can come again.
const MaxMarks = 5_000

// A State is a handlers.Store in an Engine. Safe for concurrent use.
type State struct {
	engine Engine
	now    func() time.Time

	mu       sync.Mutex
	swept    time.Time
	marks    int   // made since
	maxMarks int   // that are remembered
	most     int64 // bytes of entries
	grown    int64 // by so many since swept, at most

	dropped atomic.Int64
}

// DefaultEntries is how many bytes of forgettable entries there may be unless
// SetEntries says otherwise; those that expire first go first.
const DefaultEntries = 8 << 20

var _ handlers.Store = (*State)(nil)

// New returns the State that engine keeps; a nil now is time.Now.
func New(engine Engine, now func() time.Time) *State {
	if now == nil {
		now = time.Now
	}
	// What is there already counts as grown: the first entry has it measured.
	return &State{engine: engine, now: now, swept: now(), most: DefaultEntries, grown: DefaultEntries, maxMarks: MaxMarks}
}

// leastMarks is how many handled updates are remembered where there is little
// room: several times what Telegram may show again.
const leastMarks = 1000

// SetEntries sets how many bytes of forgettable entries there may be. Where
// that is little, fewer handled updates are remembered too.
func (s *State) SetEntries(most int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most, s.grown = most, most
	s.maxMarks = min(MaxMarks, max(leastMarks, int(most/100)))
}

// Dropped returns how many entries were deleted before their time, since there
// were too many.
func (s *State) Dropped() int64 { return s.dropped.Load() }

// Engine returns what s keeps things in.
func (s *State) Engine() Engine { return s.engine }

// Close closes the engine.
func (s *State) Close() error { return s.engine.Close() }

// errID is an id that nothing can be kept under.
var errID = errors.New("store: id is empty or longer than 1,000 bytes")

// put is an update that puts one entry. An id that an engine may refuse is
// found before.
func (s *State) put(bucket, id string, value []byte) error {
	if id == "" || len(id) > 1000 {
		return errID
	}
	return s.engine.Update(func(tx Tx) error { return tx.Put(bucket, id, value) })
}

func (s *State) drop(bucket, id string) error {
	return s.engine.Update(func(tx Tx) error { return tx.Delete(bucket, id) })
}

// get returns the value of id; nil if there is none.
func (s *State) get(bucket, id string) (value []byte, err error) {
	err = s.engine.View(func(tx Tx) error {
		v, err := tx.Get(bucket, id)
		if v != nil {
			value = append([]byte{}, v...)
		}
		return err
	})
	return value, err
}

func (s *State) read(bucket, id string, into any) (ok bool, err error) {
	v, err := s.get(bucket, id)
	if err == nil && v != nil {
		ok, err = true, json.Unmarshal(v, into)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", bucket, err)
	}
	return ok, nil
}

func (s *State) write(bucket, id string, from any) error {
	v, err := json.Marshal(from)
	if err != nil {
		return fmt.Errorf("%s: %w", bucket, err)
	}
	return s.put(bucket, id, v)
}

func (s *State) Settings(user string) (set handlers.Settings, err error) {
	_, err = s.read(bucketSettings, user, &set)
	return set, err
}

func (s *State) SaveSettings(user string, set handlers.Settings) error {
	return s.write(bucketSettings, user, set)
}

func (s *State) Subscriptions() ([]handlers.Subscription, error) {
	var out []handlers.Subscription
	err := s.engine.View(func(tx Tx) error {
		return tx.Scan(bucketSubs, "", "", func(k string, v []byte) error {
			var sub handlers.Subscription
			if err := json.Unmarshal(v, &sub); err != nil {
				return fmt.Errorf("subscription: %w", err)
			}
			out = append(out, sub)
			return nil
		})
	})
	return out, err
}

func (s *State) Subscription(id string) (sub handlers.Subscription, ok bool, err error) {
	ok, err = s.read(bucketSubs, id, &sub)
	return sub, ok, err
}

func (s *State) Subscribe(sub handlers.Subscription) error {
	return s.write(bucketSubs, sub.Chat.ID, sub)
}

func (s *State) Unsubscribe(id string) error { return s.drop(bucketSubs, id) }

func (s *State) Put(id string, data []byte, until time.Time) error {
	// An entry put again before half of its life is over, as by every answer to
	// a common question, costs no write.
	old, err := s.get(bucketEntries, id)
	if err != nil && !errors.Is(err, ErrAway) {
		return err
	}
	if len(old) >= 8 && bytes.Equal(old[8:], data) && until.Sub(keyTime(old)) < until.Sub(s.now())/2 && !until.Before(keyTime(old)) {
		return nil
	}
	if err := s.put(bucketEntries, id, append(timeKey(until), data...)); err != nil {
		return err
	}
	s.mu.Lock()
	s.grown += int64(len(id) + 8 + len(data))
	s.mu.Unlock()
	return s.sweep()
}

func (s *State) Lookup(id string) (data []byte, ok bool, err error) {
	v, err := s.get(bucketEntries, id)
	if err != nil || len(v) < 8 || !s.now().Before(keyTime(v)) {
		return nil, false, err
	}
	return v[8:], true, nil
}

func (s *State) Blocked(id string) (bool, error) {
	v, err := s.get(bucketBlocked, id)
	return v != nil, err
}

func (s *State) SetBlocked(id string, blocked bool) error {
	if blocked {
		return s.put(bucketBlocked, id, []byte{1})
	}
	return s.drop(bucketBlocked, id)
}

// Handled reports false when the state cannot be read: an update answered
// twice is better than one not answered.
func (s *State) Handled(id string) bool {
	v, _ := s.get(BucketHandled, id)
	return v != nil
}

func (s *State) Mark(id string) error {
	if err := s.put(BucketHandled, id, timeKey(s.now())); err != nil {
		return err
	}
	s.mu.Lock()
	s.marks++
	s.mu.Unlock()
	return s.sweep()
}

func (s *State) Keep(id string, update []byte) error { return s.put(bucketKept, id, update) }

// KeepAll is Keep of many at once: all are kept, or none.
func (s *State) KeepAll(ids []string, updates [][]byte) error {
	return s.engine.Update(func(tx Tx) error {
		for i, id := range ids {
			if err := tx.Put(bucketKept, id, updates[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *State) Drop(id string) error { return s.drop(bucketKept, id) }

func (s *State) Kept() (map[string][]byte, error) {
	kept := make(map[string][]byte)
	err := s.engine.View(func(tx Tx) error {
		return tx.Scan(bucketKept, "", "", func(k string, v []byte) error {
			kept[k] = slices.Clone(v)
			return nil
		})
	})
	return kept, err
}

// sweep drops what has expired, and what is too much, once an hour, after very
// many marks, and when the entries may have become too large.
func (s *State) sweep() error {
	now := s.now()
	s.mu.Lock()
	due := now.Sub(s.swept) >= time.Hour || s.marks >= s.maxMarks/2 || s.grown > s.most/10
	most, maxMarks := s.most, s.maxMarks
	if due {
		s.swept, s.marks, s.grown = now, 0, 0
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	oldest := now.Add(-markLife)
	err := s.engine.Update(func(tx Tx) error {
		if err := s.sweepEntries(tx, now, most*9/10); err != nil {
			return err
		}
		oldest := oldest
		var times []time.Time
		err := tx.Scan(BucketHandled, "", "", func(k string, v []byte) error {
			if len(v) >= 8 {
				times = append(times, keyTime(v))
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n := len(times) - maxMarks; n > 0 {
			slices.SortFunc(times, time.Time.Compare)
			if times[n].After(oldest) {
				oldest = times[n]
			}
		}
		return deleteWhere(tx, BucketHandled, func(v []byte) bool { return len(v) < 8 || keyTime(v).Before(oldest) })
	})
	if errors.Is(err, ErrAway) {
		return nil // the next time
	}
	return err
}

// sweepEntries drops the entries that have expired, and of the forgettable
// others those that expire first until there are no more than most bytes.
func (s *State) sweepEntries(tx Tx, now time.Time, most int64) error {
	type old struct {
		key   string
		until int64
		size  int64
	}
	var all []old
	var gone []string
	var total int64
	err := tx.Scan(bucketEntries, "", "", func(k string, v []byte) error {
		if len(v) < 8 || !now.Before(keyTime(v)) {
			gone = append(gone, k)
			return nil
		}
		if !handlers.Forgettable(k) {
			return nil
		}
		size := int64(len(k) + len(v))
		all = append(all, old{k, keyTime(v).UnixNano(), size})
		total += size
		return nil
	})
	if err != nil {
		return err
	}
	if total > most {
		slices.SortFunc(all, func(a, b old) int { return cmp.Or(cmp.Compare(a.until, b.until), cmp.Compare(a.key, b.key)) })
		n := 0
		for ; total > most; n++ {
			gone = append(gone, all[n].key)
			total -= all[n].size
		}
		s.dropped.Add(int64(n))
	}
	for _, k := range gone {
		if err := tx.Delete(bucketEntries, k); err != nil {
			return err
		}
	}
	return nil
}

// deleteWhere deletes the entries of a bucket whose values are old.
func deleteWhere(tx Tx, bucket string, old func(v []byte) bool) error {
	var keys []string
	err := tx.Scan(bucket, "", "", func(k string, v []byte) error {
		if old(v) {
			keys = append(keys, k)
		}
		return nil
	})
	for _, k := range keys {
		if err == nil {
			err = tx.Delete(bucket, k)
		}
	}
	return err
}

// timeKey keeps times to the nanosecond. Those outside 1970–2262 have none;
// the zero time sorts before all.
func timeKey(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(0, t.Unix()*int64(time.Second)+int64(t.Nanosecond()))))
}

func keyTime(k []byte) time.Time {
	return time.Unix(0, int64(binary.BigEndian.Uint64(k)))
}
