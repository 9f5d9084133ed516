package dispatch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Journal notes in a file how far each message in hand has come. Where the
// process is killed, the next one knows which messages it was handling then
// (one that ends the process again and again must not be handled for ever),
// which parts of their answers the service had accepted (they are not sent
// again), and which were on their way (nobody can know whether they arrived).
//
// The file is not synced: it survives the end of the process, not that of the
// machine, after which answers on their way are sent again, as without it.
// What is noted costs one write of some 30 bytes. Entries that nobody asks for
// are forgotten after two days, and the oldest beyond maxEntries.
//
// A line is an event, the id and what belongs to it, between spaces:
//
//	b telegram:5001           handling begins
//	h telegram:5001           … and has ended: there is an answer
//	t telegram:5001           … and took too long
//	s telegram:5001 0         part 0 of the answer is sent
//	r telegram:5001 0         … and was refused
//	a telegram:5001 0 77      … and was accepted, as message 77
//	e telegram:5001           all of it was accepted
//	d telegram:5001           it is marked as handled: forgotten here
//	f telegram:5001 2 0 TIME  found at the start: 2 tries, no answer yet
//	p telegram:5001 0 1       … part 0 was on its way at one crash
//
// Safe for concurrent use. A nil Journal notes nothing and knows nothing.
type Journal struct {
	path string
	now  func() time.Time

	mu    sync.Mutex
	file  *os.File
	size  int64
	least int64 // when it was written anew
	hand  map[string]*entry
	fault error // of the last write; nil if it went well
}

// An entry is how far one message has come.
type entry struct {
	since    time.Time
	tries    int  // crashes and time-outs while it was handled
	begun    bool // is being handled
	answered bool // all of the answer was accepted
	parts    map[int]*part
}

// A part is one message of an answer.
type part struct {
	sending  bool // on its way, or it was and nobody knows whether it arrived
	crashes  int  // at which it was on its way
	accepted bool
	message  int64
}

const (
	maxEntries  = 10_000
	entryLife   = 48 * time.Hour // as long as handled ids are remembered
	journalSize = 128 << 10      // bytes; then it is written anew
)

// OpenJournal reads the journal at path, if there is one, and goes on with it.
// Lines that do not read, as a torn last one, are skipped. A nil now is
// time.Now.
func OpenJournal(path string, now func() time.Time) (*Journal, error) {
	if now == nil {
		now = time.Now
	}
	j := &Journal{path: path, now: now, hand: make(map[string]*entry)}
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: %w", err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		j.read(strings.Fields(lines.Text()))
	}
	for id, e := range j.hand {
		if e.begun {
			e.tries++
			e.begun = false
		}
		for _, p := range e.parts {
			if p.sending && !p.accepted {
				p.crashes++
			}
			p.sending = false
		}
		if now().Sub(e.since) > entryLife {
			delete(j.hand, id)
		}
	}
	if err := j.rewrite(); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	return j, nil
}

// Close closes the file. After an end in good order no message counts as tried.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range j.hand {
		e.begun = false // cut off: not the message's fault
	}
	return errors.Join(j.rewrite(), j.file.Close())
}

func (j *Journal) read(f []string) {
	if len(f) < 2 {
		return
	}
	n := make([]int64, len(f)-2)
	for i, s := range f[2:] {
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return
		}
		n[i] = v
	}
	switch {
	case len(n) == 3 && f[0] == "f":
		j.hand[f[1]] = &entry{tries: int(n[0]), answered: n[1] == 1, since: time.Unix(n[2], 0)}
	default:
		j.apply(f[0], f[1], n)
	}
}

// apply changes what is known as one line says.
func (j *Journal) apply(event, id string, n []int64) *entry {
	e := j.hand[id]
	if e == nil {
		if event == "d" {
			return nil
		}
		e = &entry{since: j.now()}
		j.hand[id] = e
		j.bound()
	}
	switch {
	case event == "b":
		e.begun = true
	case event == "h":
		e.begun = false
	case event == "t":
		e.begun = false
		e.tries++
	case event == "e":
		e.answered = true
	case event == "d":
		delete(j.hand, id)
	case event == "s" && len(n) == 1:
		e.part(int(n[0])).sending = true
	case event == "r" && len(n) == 1:
		e.part(int(n[0])).sending = false
	case event == "p" && len(n) == 2:
		e.part(int(n[0])).crashes = int(n[1])
	case event == "a" && len(n) == 2:
		p := e.part(int(n[0]))
		p.accepted, p.message = true, n[1]
	}
	return e
}

func (e *entry) part(n int) *part {
	if e.parts == nil {
		e.parts = make(map[int]*part)
	}
	p := e.parts[n]
	if p == nil {
		p = &part{}
		e.parts[n] = p
	}
	return p
}

// bound forgets the oldest entries when there are too many.
func (j *Journal) bound() {
	if len(j.hand) <= maxEntries {
		return
	}
	ids := make([]string, 0, len(j.hand))
	for id := range j.hand {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return j.hand[a].since.Compare(j.hand[b].since) })
	for _, id := range ids[:len(ids)/10] {
		delete(j.hand, id)
	}
}

// note writes a line and changes what is known.
func (j *Journal) note(event, id string, n ...int64) {
	if j == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.apply(event, id, n)
	if j.fault != nil { // what was not written then is known here
		j.fault = j.rewrite()
		return
	}
	j.write(line(event, id, n...))
	if j.size > max(journalSize, 2*j.least) {
		j.fault = errors.Join(j.fault, j.rewrite())
	}
}

func line(event, id string, n ...int64) []byte {
	b := append([]byte(event+" "), id...)
	for _, v := range n {
		b = strconv.AppendInt(append(b, ' '), v, 10)
	}
	return append(b, '\n')
}

func (j *Journal) write(b []byte) {
	n, err := j.file.Write(b)
	j.size += int64(n)
	j.fault = err
}

// rewrite writes what is known to a new file in the place of the old one.
func (j *Journal) rewrite() error {
	var b []byte
	for id, e := range j.hand {
		answered := int64(0)
		if e.answered {
			answered = 1
		}
		b = append(b, line("f", id, int64(e.tries), answered, e.since.Unix())...)
		if e.begun {
			b = append(b, line("b", id)...)
		}
		for i, p := range e.parts {
			if p.crashes > 0 {
				b = append(b, line("p", id, int64(i), int64(p.crashes))...)
			}
			if p.sending {
				b = append(b, line("s", id, int64(i))...)
			}
			if p.accepted {
				b = append(b, line("a", id, int64(i), p.message)...)
			}
		}
	}
	f, err := os.OpenFile(j.path+".tmp", os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.Write(b); err == nil {
		err = os.Rename(j.path+".tmp", j.path)
	}
	if err != nil {
		f.Close()
		return err
	}
	if j.file != nil {
		j.file.Close()
	}
	j.file, j.size, j.least = f, int64(len(b)), int64(len(b))
	return nil
}

// Fault is why the last note could not be written; nil if it was.
func (j *Journal) Fault() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.fault
}

// Tries returns at how many crashes and time-outs the message was being handled.
func (j *Journal) Tries(id string) int {
	if j == nil {
		return 0
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if e := j.hand[id]; e != nil {
		return e.tries
	}
	return 0
}

// Answered reports whether all of the message's answer was accepted.
func (j *Journal) Answered(id string) bool {
	if j == nil {
		return false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	e := j.hand[id]
	return e != nil && e.answered
}

// Begin notes that the message is being handled, Handled that this has ended,
// Late that it took too long, Complete that all of its answer was accepted, and
// Done that it is marked as handled.
func (j *Journal) Begin(id string)    { j.note("b", id) }
func (j *Journal) Handled(id string)  { j.note("h", id) }
func (j *Journal) Late(id string)     { j.note("t", id) }
func (j *Journal) Complete(id string) { j.note("e", id) }
func (j *Journal) Done(id string)     { j.note("d", id) }

// Parts returns the parts of the message's answer, in order.
func (j *Journal) Parts(id string) *Parts {
	if j == nil {
		return nil
	}
	return &Parts{journal: j, id: id}
}

// Parts are the messages of one answer, one after the other. Its methods are
// called by one goroutine at a time. A nil Parts notes nothing.
type Parts struct {
	journal *Journal
	id      string
	next    int
	unsure  int
}

// A Part is one message of an answer on its way.
type Part struct {
	of *Parts
	n  int
}

// MaxSends is how often a part is sent that may have arrived each time.
const MaxSends = 2

// Next returns the next part. over is true if it is not to be sent: it was
// accepted as message before a crash, or was on its way at MaxSends crashes,
// which Unsure counts.
func (p *Parts) Next() (part Part, message int64, over bool) {
	if p == nil {
		return Part{}, 0, false
	}
	j := p.journal
	j.mu.Lock()
	defer j.mu.Unlock()
	part = Part{p, p.next}
	p.next++
	e := j.hand[p.id]
	if e == nil || e.parts[part.n] == nil {
		return part, 0, false
	}
	known := e.parts[part.n]
	if !known.accepted && known.crashes >= MaxSends {
		p.unsure++
		return part, 0, true
	}
	return part, known.message, known.accepted
}

// Unsure returns how many parts Next did not let be sent again although nobody
// knows whether they arrived.
func (p *Parts) Unsure() int {
	if p == nil {
		return 0
	}
	return p.unsure
}

// Sending notes that the part is about to be sent, Refused that it certainly
// was not taken, Accepted that it was.
func (p Part) Sending() { p.note("s") }
func (p Part) Refused() { p.note("r") }

// Accepted: see Sending.
func (p Part) Accepted(message int64) { p.note("a", message) }

func (p Part) note(event string, n ...int64) {
	if p.of != nil {
		p.of.journal.note(event, p.of.id, append([]int64{int64(p.n)}, n...)...)
	}
}
