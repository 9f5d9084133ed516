package store

import (
	"encoding/binary"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"jinwen/handlers"
	"jinwen/handlers/chat"
)

// A file of the time when all ids were numbers of Telegram's loses nothing.
func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	number := func(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)^1<<63) }
	until := timeKey(time.Now().Add(time.Hour))
	fill := func(tx *bbolt.Tx) error {
		for _, e := range []struct {
			bucket     string
			key, value []byte
		}{
			{bucketSettings, number(7), []byte(`{"lang":"en"}`)},
			{bucketSubs, number(-1001234567890123), []byte(`{"chat":{"ID":-1001234567890123,"Kind":1},"lang":"zh-Hant","topics":["教育"],"since":"2024-03-01T09:00:00Z"}`)},
			{bucketSubs, number(7), []byte(`{"chat":{"ID":7,"Kind":0},"since":"2024-03-01T09:00:00Z"}`)},
			{bucketEntries, []byte("told"), append(until, '3')},
			{bucketEntries, []byte("told:4:-5"), until},
			{bucketEntries, []byte("s:abcdefgh"), append(until, 'x')},
			{bucketBlocked, number(-5), []byte{1}},
			{BucketHandled, number(5001), timeKey(time.Now())},
			{bucketKept, number(5002), []byte(`{"update_id":5002}`)},
		} {
			b, err := tx.CreateBucketIfNotExists([]byte(e.bucket))
			if err != nil {
				return err
			}
			if err := b.Put(e.key, e.value); err != nil {
				return err
			}
		}
		return nil
	}
	ok(t, db.Update(fill))
	ok(t, db.Close())

	for range 2 { // the second time there is nothing to do
		s, err := Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := must(s.Settings("telegram:7"))(t); got.Lang != chat.English {
			t.Errorf("Settings = %v, want English", got)
		}
		since := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
		want := []handlers.Subscription{
			{Chat: chat.Chat{ID: "telegram:-1001234567890123", Kind: chat.Group}, Lang: chat.Hant, Topics: []string{"教育"}, Since: since},
			{Chat: chat.Chat{ID: "telegram:7"}, Since: since},
		}
		if diff := cmp.Diff(want, must(s.Subscriptions())(t)); diff != "" {
			t.Errorf("Subscriptions (-want +got):\n%s", diff)
		}
		for _, id := range []string{"told", "told:4:telegram:-5", "s:abcdefgh"} {
			if _, found, err := s.Lookup(id); !found || err != nil {
				t.Errorf("Lookup(%s) = %v, %v, want found", id, found, err)
			}
		}
		if !must(s.Blocked("telegram:-5"))(t) || !s.Handled("telegram:5001") {
			t.Error("a blocked chat or a handled update is lost")
		}
		if kept := must(s.Kept())(t); len(kept) != 1 || len(kept["telegram:5002"]) == 0 {
			t.Errorf("Kept = %v, want telegram:5002", kept)
		}
		ok(t, s.Close())
	}
}

// A file of a later program is left alone.
func TestMigrateBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s, err := Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	ok(t, s.file.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketFormat).Put(formatKey, []byte("4")) }))
	ok(t, s.Close())
	if _, err := Open(path, nil); err == nil || !strings.Contains(err.Error(), `format "4"`) {
		t.Errorf("Open = %v, want an error that names the format", err)
	}
}
