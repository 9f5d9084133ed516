package telegram

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

// TestHand: which updates are in hand, and up to which they may be confirmed.
func TestHand(t *testing.T) {
	h := newHand()
	want := func(offset int64, count, waiting, known int) {
		t.Helper()
		if o, c, w := h.offset(), h.count(), h.waiting(); o != offset || c != count || w != waiting || len(h.items) != known {
			t.Errorf("offset %d, %d in hand, %d waiting, %d known; want %d, %d, %d, %d", o, c, w, len(h.items), offset, count, waiting, known)
		}
	}
	want(0, 0, 0, 0)
	for _, id := range []int64{7, 5, 6} {
		if _, fresh := h.take(id, []byte("x")); !fresh {
			t.Errorf("%d is not fresh", id)
		}
	}
	if _, fresh := h.take(5, nil); fresh {
		t.Error("5 is fresh again")
	}
	want(5, 3, 3, 3)
	for _, id := range []int64{6, 6, 99} {
		if h.done(id) {
			t.Error("the Inbox has what was never put there")
		}
	}
	want(5, 2, 2, 3) // 6 waits for 5
	h.done(5)
	want(7, 1, 1, 1)
	h.done(7)
	want(8, 0, 0, 0)
	select {
	case <-h.changed:
	default:
		t.Error("nothing is said of what is done")
	}

	// What the Inbox has is confirmed before it is done.
	if !h.adopt(3, []byte("x")) || h.adopt(3, nil) {
		t.Error("adopt of 3, twice")
	}
	want(8, 1, 0, 1)
	it, _ := h.take(9, []byte("nine"))
	h.take(10, []byte("ten"))
	h.take(11, []byte("eleven"))
	h.done(11)
	if _, err := h.park(func([]int64, [][]byte) error { return errors.New("full") }); err == nil {
		t.Error("park does not say that nothing was kept")
	}
	want(9, 3, 2, 4)
	done, err := h.park(func(ids []int64, raws [][]byte) error {
		if got := fmt.Sprintf("%d %s", ids, raws); got != "[9 10] [nine ten]" {
			t.Errorf("parked %s", got)
		}
		h.done(10) // meanwhile
		return nil
	})
	if err != nil || !slices.Equal(done, []int64{10}) {
		t.Errorf("park = %v, %v", done, err)
	}
	want(12, 2, 0, 2)
	if done, err := h.park(func([]int64, [][]byte) error { t.Error("nothing is parked"); return nil }); done != nil || err != nil {
		t.Errorf("park of nothing = %v, %v", done, err)
	}
	if !h.done(9) || !h.done(3) {
		t.Error("the Inbox does not have what was put there")
	}
	select {
	case <-it.done:
	default:
		t.Error("9 is not done")
	}
	want(12, 0, 0, 0)

	h.take(20, nil)
	h.forget(20)
	want(20, 1, 1, 1) // not done
	h.done(20)
	h.forget(20)
	h.forget(21)
	if len(h.items) != 0 {
		t.Error("what is done is not forgotten")
	}
	want(21, 0, 0, 0)
	h.reset()
	want(0, 0, 0, 0)
	h.take(30, nil)
	h.clear()
	want(0, 0, 0, 0)
}

// TestLane: what is kept in order is a chat, or who asks from another.
func TestLane(t *testing.T) {
	for raw, want := range map[string]string{
		`{"update_id":1,"message":{"chat":{"id":5}}}`:                                    "telegram:5",
		`{"update_id":1,"edited_message":{"chat":{"id":-6}}}`:                            "telegram:-6",
		`{"update_id":1,"callback_query":{"from":{"id":7},"message":{"chat":{"id":8}}}}`: "telegram:8",
		`{"update_id":1,"callback_query":{"from":{"id":7}}}`:                             "telegram:7",
		`{"update_id":1,"inline_query":{"from":{"id":9}}}`:                               "inline:telegram:9",
		`{"update_id":1,"my_chat_member":{"chat":{"id":10}}}`:                            "telegram:10",
		`{"update_id":1}`: "",
	} {
		u, _, err := parseUpdate([]byte(raw))
		if err != nil || u.lane() != want {
			t.Errorf("%s: lane %q, %v, want %q", raw, u.lane(), err, want)
		}
	}
	for raw, want := range map[string]string{
		`{"update_id":0}`: "0 update_id", `{"update_id":-1}`: "0 update_id", `{"update_id":7,"message":5}`: "7 message", `{"update_id" : 123456789012345678,"message":[]}`: "123456789012345678 message",
		`{"update_id":1234567890123456789,"message":[]}`: "0 message", `{`: "0 ", `[]`: "0 ",
	} {
		u, field, err := parseUpdate([]byte(raw))
		if got := fmt.Sprint(u.ID, " ", field); got != want || !errors.Is(err, errPoison) {
			t.Errorf("%s: %s, %v, want %s", raw, got, err, want)
		}
	}
	for status, want := range map[string]bool{"creator": true, "administrator": true, "member": true, "left": false, "kicked": false, "restricted": false, "": false} {
		if (member{Status: status}).in() != want {
			t.Errorf("%q is in: %v", status, !want)
		}
	}
	if !(member{Status: "restricted", IsMember: true}).in() || (member{Status: "left", IsMember: true}).in() {
		t.Error("who is restricted is in if they are a member")
	}
}
