package handlers

import (
	"time"

	"jinwen/index"
)

// An Event is a question that was asked, or a vote on its answer. It is state
// with its own retention, not a log line.
type Event struct {
	Time     time.Time     `json:"time"`
	User     string        `json:"user"`     // salted hash
	Question string        `json:"question"` // as asked
	Status   index.Status  `json:"status,omitempty"`
	Reason   index.Reason  `json:"reason,omitempty"`
	Topic    string        `json:"topic,omitempty"` // the heading nearest to the best hit
	Took     time.Duration `json:"took,omitempty"`
	Vote     int           `json:"vote,omitempty"` // 1 for 👍, -1 for 👎: then Status and what follows it are those of the answer voted on
}

// A Recorder keeps events. Record must not block for long; it is called after
// the answer is made.
type Recorder interface{ Record(Event) }

// RecorderFunc makes a func a Recorder.
type RecorderFunc func(Event)

// Record calls f.
func (f RecorderFunc) Record(e Event) { f(e) }
