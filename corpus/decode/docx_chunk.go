package decode

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path"
	"strings"
)

// A document may hold another file and show it at a place (w:altChunk, 17.17.2):
// programs that merge documents write so. Word takes the file in when it saves.

// errChunk says that a file in a document cannot be read; what is wrong with it
// is wrapped too.
var errChunk = errors.New("a file in it")

const (
	maxChunks     = 50 // files in a document
	maxChunkDepth = 2  // documents in each other
)

// docxChunks reads the files in a document.
type docxChunks struct {
	archive *docxArchive
	target  map[string]string // entry by relationship
	depth   int
	left    int
}

// newDocxChunks reads the relationships of part.
func newDocxChunks(a *docxArchive, part string, depth int) (*docxChunks, error) {
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
			Mode   string `xml:"TargetMode,attr"`
		}
	}
	c := &docxChunks{archive: a, target: make(map[string]string), depth: depth, left: maxChunks}
	dir, file := path.Split(part)
	ok, err := a.part(dir+"_rels/"+file+".rels", &rels)
	if !ok {
		return c, err
	}
	for _, r := range rels.Relationship {
		if r.Mode == "External" {
			continue
		}
		target := path.Join(dir, r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
		c.target[r.ID] = target
	}
	return c, nil
}

// read returns the text of the file that a relationship names.
func (c *docxChunks) read(id string) (string, error) {
	if c.left--; c.left < 0 || c.depth >= maxChunkDepth {
		return "", fmt.Errorf("files in files: %w", ErrBomb)
	}
	name := c.target[id]
	f := c.archive.entries[name]
	if f == nil {
		return "", fmt.Errorf("%w is missing (%s): %w", errChunk, id, ErrDamaged)
	}
	data, err := c.archive.unzip(f, maxPart)
	if err != nil {
		return "", err
	}
	var text string
	switch head := bytes.TrimSpace(data[:min(len(data), 512)]); {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		text, err = docxText(data, c.depth+1)
	case bytes.HasPrefix(head, []byte("MIME-Version:")), bytes.HasPrefix(head, []byte("From:")):
		text, err = decodeMHT(data)
	default:
		text, _, err = decode(name, data)
	}
	if err != nil && !errors.Is(err, ErrBomb) && !errors.Is(err, ErrTooLong) {
		return "", fmt.Errorf("%w (%s): %w", errChunk, name, err)
	}
	return text, err
}

// decodeMHT returns the text of a web page in one file (RFC 2557): the first
// part that is a page.
func decodeMHT(data []byte) (string, error) {
	m, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(data, "\r\n \t")))
	if err != nil {
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return mhtPart(m.Body, m.Header.Get("Content-Transfer-Encoding"))
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err != nil {
			return "", fmt.Errorf("no page in it: %w", ErrDamaged)
		}
		if kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type")); kind == "text/html" {
			return mhtPart(p, p.Header.Get("Content-Transfer-Encoding"))
		}
	}
}

func mhtPart(r io.Reader, encoding string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	page, err := io.ReadAll(io.LimitReader(r, maxPart))
	if err != nil && len(page) == 0 {
		return "", fmt.Errorf("%v: %w", err, ErrDamaged)
	}
	return decodeHTML(page)
}
