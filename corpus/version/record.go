package version

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
	"time"
)

// Action is what a Record says was done.
type Action string

const (
	Imported       Action = "imported"
	Activated      Action = "activated"
	Joined         Action = "joined" // active as one of many: the first or a new version of its report
	RolledBack     Action = "rolled_back"
	Discarded      Action = "discarded"
	Pruned         Action = "pruned" // dropped to keep no more than Options.Keep
	Reindexed      Action = "reindexed"
	LexiconAdded   Action = "lexicon_added"
	LexiconRemoved Action = "lexicon_removed"
)

// A Record is a line of the journal: who did what, and when.
type Record struct {
	Seq     int64     `json:"seq"`
	Time    time.Time `json:"time"` // UTC
	Who     string    `json:"who"`  // as the caller names them: an admin's id, "shell", "inbox"
	Action  Action    `json:"action"`
	Version string    `json:"version,omitempty"`  // what it was done to; active after Activated and RolledBack
	From    string    `json:"from,omitempty"`     // active before Activated and RolledBack
	Name    string    `json:"name,omitempty"`     // Imported: of the file
	Title   string    `json:"title,omitempty"`    // Imported
	Place   string    `json:"place,omitempty"`    // Imported
	Year    int       `json:"year,omitempty"`     // Imported
	AsPlace string    `json:"as_place,omitempty"` // Imported: the place that it was said to be of, whatever the text says
	AsYear  int       `json:"as_year,omitempty"`  // Imported: likewise
	Counts  *Counts   `json:"counts,omitempty"`   // Imported
	Detail  string    `json:"detail,omitempty"`   // of the lexicon's actions: the line
}

// Counts is how much was found in a text.
type Counts struct {
	Chars       int `json:"chars"` // code points
	Sections    int `json:"sections"`
	Passages    int `json:"passages"`
	Figures     int `json:"figures"`
	Commitments int `json:"commitments"`
}

// maxField is the most bytes of a string in a record: names of files come
// from outside.
const maxField = 1000

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const (
	crcOpen  = `,"crc":"`
	crcClose = `"}`
	crcLen   = len(crcOpen) + 8 + len(crcClose)
)

// appendRecord appends r's line to buf.
func appendRecord(buf []byte, r Record) ([]byte, error) {
	r.Time = r.Time.UTC().Round(0)
	for _, s := range []*string{&r.Who, &r.Name, &r.Title, &r.Place, &r.AsPlace, &r.Detail} {
		*s = clip(*s)
	}
	body, err := json.Marshal(r)
	if err != nil {
		return buf, fmt.Errorf("record %d: %w", r.Seq, err)
	}
	body = body[:len(body)-1] // the closing brace comes after the sum
	buf = append(buf, body...)
	return fmt.Appendf(buf, "%s%08x%s\n", crcOpen, crc32.Checksum(body, castagnoli), crcClose), nil
}

// clip returns s as valid UTF-8 of at most maxField bytes.
func clip(s string) string {
	if len(s) > maxField {
		s = s[:maxField]
	}
	return strings.ToValidUTF8(s, "")
}

// parseRecord reads a line without its LF. It reports false for whatever
// appendRecord did not write.
func parseRecord(line []byte) (Record, bool) {
	cut := len(line) - crcLen
	if cut <= 0 || !bytes.HasPrefix(line[cut:], []byte(crcOpen)) || !bytes.HasSuffix(line, []byte(crcClose)) {
		return Record{}, false
	}
	sum := fmt.Sprintf("%08x", crc32.Checksum(line[:cut], castagnoli))
	if string(line[cut+len(crcOpen):len(line)-len(crcClose)]) != sum {
		return Record{}, false
	}
	var r Record
	if err := json.Unmarshal(line, &r); err != nil || r.Seq <= 0 || r.Action == "" {
		return Record{}, false
	}
	return r, true
}

// scan reads the lines of data that count, given the sequence number of the
// last one before data. size is how many bytes they take up, damaged lines
// between them included; damaged are the numbers of those, from 1.
func scan(data []byte, last int64) (records []Record, size, lines int, damaged []int) {
	var bad []int
	for pos, n := 0, 1; ; n++ {
		end := bytes.IndexByte(data[pos:], '\n')
		if end < 0 {
			return records, size, lines, damaged
		}
		r, ok := parseRecord(data[pos : pos+end])
		pos += end + 1
		if !ok || r.Seq <= last {
			bad = append(bad, n)
			continue
		}
		records = append(records, r)
		last, size, lines = r.Seq, pos, n
		damaged, bad = append(damaged, bad...), nil
	}
}
