package version

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"

	"jinwen/corpus"
)

// What parsing found in a text is kept beside it, in parsed/, so that a start
// does not parse again. Such a file is a copy of what the text says: whatever
// is wrong with it (another program wrote it, half of it is there, a bit is
// flipped), the text is parsed anew and the file replaced. It is
//
//	jinwen parsed PROGRAM VERSION CRC
//
// on a line, and the gob of the corpus.Report without its text. PROGRAM tells
// apart the programs that may parse differently, VERSION is the text's ID with
// the year and place that it was said to be of, CRC the CRC-32C of the gob.

func (s *Store) parsedDir() string           { return filepath.Join(s.dir, "parsed") }
func (s *Store) parsedPath(id string) string { return filepath.Join(s.parsedDir(), id+".gob") }

// program is equal for runs of one and the same program.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%x-%x", info.Size(), info.ModTime().UnixNano())
})

// parsedHead returns the first line of the parsed form of v, without the sum.
func parsedHead(v *Version) string {
	return fmt.Sprintf("jinwen parsed %s %s/%d/%q ", program(), v.ID, v.asYear, v.asPlace)
}

// readParsed returns the report of v with the given text as it was parsed before;
// nil if that is not kept, or not by this program.
func (s *Store) readParsed(v *Version, text string) *corpus.Report {
	data, err := os.ReadFile(s.parsedPath(v.ID))
	if err != nil || program() == "" {
		return nil
	}
	line, body, ok := bytes.Cut(data, []byte("\n"))
	want := fmt.Sprintf("%s%08x", parsedHead(v), crc32.Checksum(body, castagnoli))
	if !ok || string(line) != want {
		return nil
	}
	r := corpus.New(text)
	if r.ID != v.ID || gob.NewDecoder(bytes.NewReader(body)).Decode(r) != nil {
		return nil
	}
	return r
}

// writeParsed keeps what was found in r, the report of v. It is a copy: if it
// cannot be written, all goes on without it.
func (s *Store) writeParsed(v *Version, r *corpus.Report) error {
	if program() == "" {
		return nil
	}
	found := *r
	found.Text = ""
	var body bytes.Buffer
	if err := gob.NewEncoder(&body).Encode(&found); err != nil {
		return err
	}
	if err := os.MkdirAll(s.parsedDir(), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.parsedDir(), "tmp-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // in vain once it is renamed
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "%s%08x\n", parsedHead(v), crc32.Checksum(body.Bytes(), castagnoli))
	body.WriteTo(w)
	err = errors.Join(w.Flush(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), s.parsedPath(v.ID))
	}
	return err
}
