package questions

import (
	"cmp"
	"math/bits"
	"slices"
	"time"

	"jinwen/handlers"
	"jinwen/index"
)

// Stats is what was asked in a span of time.
type Stats struct {
	Since     time.Time `json:"since"`
	Until     time.Time `json:"until"`
	Questions int       `json:"questions"`
	Users     int       `json:"users"` // salted hashes seen
	Answered  int       `json:"answered"`
	NotFound  int       `json:"not_found"`
	Reasons   []Count   `json:"reasons"` // of NotFound, most frequent first
	Up        int       `json:"up"`      // 👍
	Down      int       `json:"down"`    // 👎
	Took      Took      `json:"took_us"`
	Topics    []Count   `json:"topics"` // of what was answered, most frequent first
	Days      []Day     `json:"days"`   // with a question, in order

	Unanswered []Group `json:"unanswered"` // most people first
	Disliked   []Asked `json:"disliked"`   // 👎, most frequent first
}

// A Count is how often something occurred.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Took is how long answers took, in microseconds, exact to about 3 %.
type Took struct {
	P50 int64 `json:"p50"`
	P95 int64 `json:"p95"`
	P99 int64 `json:"p99"`
}

// A Day is what was asked on a day.
type Day struct {
	Date      string `json:"date"`
	Questions int    `json:"questions"`
	Users     int    `json:"users"`
	Answered  int    `json:"answered"`
}

// Most entries in the lists of Stats, and most different questions that are
// looked at for the groups.
const (
	maxTopics     = 10
	maxDisliked   = 20
	maxGroups     = 50
	maxUnanswered = 2000
)

// Stats counts the events from since until before until.
func (l *Log) Stats(since, until time.Time) (Stats, error) {
	c := newCounter()
	err := l.Events(since, until, func(e handlers.Event) bool {
		c.add(e, l.date(e.Time))
		return true
	})
	if err != nil {
		return Stats{}, err
	}
	s := c.stats()
	s.Since, s.Until = since, until
	return s, nil
}

// A counter takes events one by one, so that the log may be larger than memory.
type counter struct {
	s        Stats
	users    map[string]struct{}
	days     map[string]*dayCounter
	reasons  map[string]int
	topics   map[string]int
	missed   map[string]*missed
	disliked map[string]*missed
	took     histogram
}

type dayCounter struct {
	Day
	users map[string]struct{}
}

// missed is a question that somebody did not get, or did not like, an answer to.
type missed struct {
	Asked
	users map[string]struct{}
}

func newCounter() *counter {
	return &counter{
		users:    make(map[string]struct{}),
		days:     make(map[string]*dayCounter),
		reasons:  make(map[string]int),
		topics:   make(map[string]int),
		missed:   make(map[string]*missed),
		disliked: make(map[string]*missed),
	}
}

func (c *counter) add(e handlers.Event, date string) {
	switch {
	case e.Vote > 0:
		c.s.Up++
		return
	case e.Vote < 0:
		c.s.Down++
		note(c.disliked, e)
		return
	}
	c.s.Questions++
	c.users[e.User] = struct{}{}
	d := c.days[date]
	if d == nil {
		d = &dayCounter{Day: Day{Date: date}, users: make(map[string]struct{})}
		c.days[date] = d
	}
	d.Questions++
	d.users[e.User] = struct{}{}
	c.took.add(e.Took.Microseconds())
	if e.Status == index.Answered {
		c.s.Answered++
		d.Answered++
		if e.Topic != "" {
			c.topics[e.Topic]++
		}
		return
	}
	c.s.NotFound++
	c.reasons[string(e.Reason)]++
	if e.Reason != index.ReasonSmallTalk && e.Reason != index.ReasonEmpty {
		note(c.missed, e)
	}
}

// note adds e to the questions of m.
func note(m map[string]*missed, e handlers.Event) {
	q := m[e.Question]
	if q == nil {
		q = &missed{Asked: Asked{Text: e.Question}, users: make(map[string]struct{})}
		m[e.Question] = q
	}
	q.N++
	q.Reason = e.Reason
	q.users[e.User] = struct{}{}
	if e.Time.After(q.Last) {
		q.Last = e.Time
	}
}

func (c *counter) stats() Stats {
	s := c.s
	s.Days, s.Disliked = []Day{}, []Asked{} // [] and not null, for those who read JSON
	s.Users = len(c.users)
	s.Reasons = top(c.reasons, len(c.reasons))
	s.Topics = top(c.topics, maxTopics)
	s.Took = Took{c.took.quantile(50), c.took.quantile(95), c.took.quantile(99)}
	for _, d := range c.days {
		d.Users = len(d.users)
		s.Days = append(s.Days, d.Day)
	}
	slices.SortFunc(s.Days, func(a, b Day) int { return cmp.Compare(a.Date, b.Date) })
	s.Unanswered = group(frequent(c.missed, maxUnanswered))
	for _, q := range frequent(c.disliked, maxDisliked) {
		s.Disliked = append(s.Disliked, q.Asked)
	}
	return s
}

// top returns the n most frequent of m.
func top(m map[string]int, n int) []Count {
	out := []Count{}
	for name, k := range m {
		out = append(out, Count{name, k})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return out[:min(n, len(out))]
}

// frequent returns the n questions of m that were asked most often.
func frequent(m map[string]*missed, n int) []*missed {
	var out []*missed
	for _, q := range m {
		out = append(out, q)
	}
	slices.SortFunc(out, func(a, b *missed) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Text, b.Text)) })
	return out[:min(n, len(out))]
}

// A histogram counts microseconds in buckets: exact below 32, then 32 to each
// doubling.
type histogram struct {
	buckets [64 * 32]int
	n       int
}

func (h *histogram) add(us int64) {
	h.buckets[bucket(uint64(max(us, 0)))]++
	h.n++
}

func bucket(v uint64) int {
	if v < 32 {
		return int(v)
	}
	shift := bits.Len64(v) - 6 // leaves 32 … 63
	return shift*32 + int(v>>shift)
}

// quantile returns a value that p of a hundred do not exceed; 0 if there are none.
func (h *histogram) quantile(p int) int64 {
	rank, seen := (h.n*p+99)/100, 0
	for i, k := range h.buckets {
		if seen += k; k > 0 && seen >= rank {
			if i < 64 {
				return int64(i)
			}
			shift := i/32 - 1
			return int64(i-shift*32)<<shift + int64(1)<<shift - 1
		}
	}
	return 0
}
