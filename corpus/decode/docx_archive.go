package decode

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"
)

// What an archive may make of a file of a few kilobytes. A report has less
// than 100 kB of text; its XML, with the looks of every run, a few megabytes.
const (
	maxEntries    = 10_000
	maxPart       = 16 << 20  // bytes of a part, unpacked
	maxSmallPart  = 4 << 20   // of one that is not the text: relationships, lists, styles
	maxElements   = 1_000_000 // of all parts
	maxDepth      = 500       // of elements in each other; tables in boxes in tables have some fifty
	maxAttributes = 500       // of an element; there are some twenty
)

// A docxArchive is the zip of a Word document, and what was read of it.
type docxArchive struct {
	entries  map[string]*zip.File
	elements int
}

func newDocxArchive(z *zip.Reader) *docxArchive {
	a := &docxArchive{entries: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		a.entries[f.Name] = f
	}
	return a
}

// main finds the entry that holds the document: the one that the package
// relationships name (some writers call it document2.xml), or the usual one;
// nil if there is none.
func (a *docxArchive) main() (*zip.File, error) {
	var rels struct {
		Relationship []struct {
			Type   string `xml:",attr"`
			Target string `xml:",attr"`
		}
	}
	ok, err := a.part("_rels/.rels", &rels)
	if err != nil {
		return nil, err
	}
	if ok {
		for _, r := range rels.Relationship {
			target := strings.TrimPrefix(path.Clean(r.Target), "/")
			if strings.HasSuffix(r.Type, "/officeDocument") && strings.HasPrefix(target, "word/") && a.entries[target] != nil {
				return a.entries[target], nil
			}
		}
	}
	return a.entries["word/document.xml"], nil
}

// part reads a part that a document may do without. It reports false if the
// part is not there or cannot be read; the error is ErrBomb.
func (a *docxArchive) part(name string, into any) (bool, error) {
	f := a.entries[name]
	if f == nil {
		return false, nil
	}
	body, err := a.unzip(f, maxSmallPart)
	if err == nil {
		err = a.decoder(body).Decode(into)
	}
	if errors.Is(err, ErrBomb) {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	return err == nil, nil
}

// unzip returns what f holds, up to limit. The size that the archive claims is
// not believed.
func (a *docxArchive) unzip(f *zip.File, limit int64) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, ErrProtected
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, ErrBomb
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %v: %w", f.Name, err, ErrDamaged)
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(body)) > limit:
		return nil, ErrBomb
	case err != nil:
		return nil, fmt.Errorf("%s: %v: %w", f.Name, err, ErrDamaged)
	}
	return body, nil
}

// decoder reads the XML of a part. Its error is ErrBomb where the part has more
// elements than any report, or one in another without end.
func (a *docxArchive) decoder(body []byte) *xml.Decoder {
	if tooManyAttributes(body) {
		return xml.NewTokenDecoder(failing{fmt.Errorf("an element of more than %d attributes: %w", maxAttributes, ErrBomb)})
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	return xml.NewTokenDecoder(&boundedXML{d: d, archive: a})
}

// boundedXML counts the tags of d. The decoder on top of it matches them.
type boundedXML struct {
	d       *xml.Decoder
	archive *docxArchive
	depth   int
}

func (b *boundedXML) Token() (xml.Token, error) {
	t, err := b.d.RawToken()
	switch t.(type) {
	case xml.StartElement:
		b.depth++
		b.archive.elements++
	case xml.EndElement:
		b.depth--
	}
	switch {
	case b.depth > maxDepth:
		return nil, fmt.Errorf("elements in each other, %d deep: %w", maxDepth, ErrBomb)
	case b.archive.elements > maxElements:
		return nil, fmt.Errorf("more than %d elements: %w", maxElements, ErrBomb)
	}
	return t, err
}

type failing struct{ err error }

func (f failing) Token() (xml.Token, error) { return nil, f.err }

// tooManyAttributes reports whether a tag in body has more than maxAttributes: the
// decoder takes a tag in whole. A < ends what came before it, for it stands in
// no attribute (XML 1.0, 2.3); an = in quotes does not count. <! and <? begin
// no tag, but their ends are not looked for: where the decoder sees another end
// (-->, in quotes), tags would be passed over.
func tooManyAttributes(body []byte) bool {
	var quote byte
	tag, n := false, 0
	for i, c := range body {
		switch {
		case c == '<':
			tag, n, quote = true, 0, 0
			if i+1 < len(body) && (body[i+1] == '!' || body[i+1] == '?') {
				tag = false
			}
		case !tag:
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			tag = false
		case c == '=':
			if n++; n > maxAttributes {
				return true
			}
		}
	}
	return false
}
