package site

import (
	"fmt"
	"testing"
	"time"

	"jinwen/index/question"
)

// However many people use the page and the API, what is kept has a bound, and
// the last is in it.
func TestBounds(t *testing.T) {
	now := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	var talks talks
	pages := newStore()
	for i := range maxTalks + 1000 {
		id := fmt.Sprint(i)
		talks.set(id, &question.Question{Text: id}, now)
		if err := pages.Put(id, []byte(id), now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if len(talks.m) > maxTalks || len(pages.byID) > maxKept || pages.order.Len() != len(pages.byID) {
			t.Fatalf("%d talks, %d entries", len(talks.m), len(pages.byID))
		}
	}
	last := fmt.Sprint(maxTalks + 999)
	if q := talks.last(last, now); q == nil || q.Text != last {
		t.Errorf("the last talk is %v", q)
	}
	if got, ok, err := pages.Lookup(last); err != nil || !ok || string(got) != last {
		t.Errorf("the last entry is %q, %v, %v", got, ok, err)
	}
	if _, ok, _ := pages.Lookup("0"); ok {
		t.Error("the first entry is still there")
	}
}
