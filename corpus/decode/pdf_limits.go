package decode

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/ledongthuc/pdf"
)

// The PDF library believes what a file claims: how many objects it has, how
// many entries a font's table, how deep the states on a page nest. A few
// hundred bytes can make it ask for more memory than there is, and that ends
// the process: no recover catches it. So every claim is held against what a
// report can need before the library acts on it. In the order of reading:
//
//	pdfClaims   the raw bytes: sizes in cross-reference tables and filters
//	pdfObjects  the table that the library has made of them
//	pdfBudget   each page: its content and its fonts, run through the
//	            library's own interpreter with hooks that only count

const (
	maxPDFPages   = 2000
	maxPDFReads   = 500_000 // of the file; a report of a hundred pages takes a few ten thousand
	maxPDFObjects = 1_000_000

	maxPDFPage    = 8 << 20  // bytes of operators on a page; one of text has some ten thousand
	maxPDFContent = 32 << 20 // on all pages
	maxPDFSaved   = 1000     // states saved at once; annex C of PDF 1.7 has 28
	maxPDFGlyphs  = 500_000  // characters on a page
	maxCMap       = 2 << 20  // bytes of a font's ToUnicode; 65536 entries have less
	maxPDFTables  = 1 << 30  // bytes of ToUnicode read: the library reads it at every change of font
	maxPDFLookups = int64(4_000_000_000)
)

// pdfObjects looks at the library's table of objects: one that is in a stream
// which is in a stream itself (7.5.7 forbids that) makes it call itself until
// the stack is full, and that ends the process too. The table is not exported;
// reading it is the only way to know before it is used.
func pdfObjects(r *pdf.Reader) error {
	table := reflect.ValueOf(r).Elem().FieldByName("xref")
	if table.Len() > 2*maxPDFObjects {
		return fmt.Errorf("%d objects: %w", table.Len(), ErrBomb)
	}
	for i := range table.Len() {
		e := table.Index(i)
		if !e.FieldByName("inStream").Bool() {
			continue
		}
		id := e.FieldByName("stream").FieldByName("id").Uint()
		if id < uint64(table.Len()) && table.Index(int(id)).FieldByName("inStream").Bool() {
			return fmt.Errorf("object %d is in a stream that is in a stream: %w", i, ErrDamaged)
		}
	}
	return nil
}

// A pdfBudget is what the pages of a file have needed so far.
type pdfBudget struct {
	content int   // bytes of operators
	tables  int   // bytes of ToUnicode, read again at each change of font
	lookups int64 // entries of tables compared with glyphs
}

// A pdfFont is what using a font costs the library.
type pdfFont struct {
	bytes   int // of its table
	entries int // of it; each glyph is looked for in their order
	longest int // characters that one code may stand for
}

// page returns an error for a page on which the library would spend its life
// or the machine's memory. It looks for the end of a hexadecimal string past
// the end of the stream, for ever: streams in which a > follows the last < are
// safe.
func (b *pdfBudget) page(p pdf.Page) error {
	contents := p.V.Key("Contents")
	streams := []pdf.Value{contents}
	switch contents.Kind() {
	case pdf.Null:
		return nil // an empty page
	case pdf.Array:
		streams = streams[:0]
		for i := range contents.Len() {
			streams = append(streams, contents.Index(i))
		}
	}
	left := maxPDFPage
	for _, v := range streams {
		body, err := pdfBody(v, min(left, maxPDFContent-b.content))
		if err != nil {
			return err
		}
		left -= len(body)
		b.content += len(body)
	}
	var (
		fonts  = make(map[string]*pdfFont)
		font   = new(pdfFont)
		saved  int
		glyphs int64
		err    error
	)
	show := func(s string) {
		glyphs += int64(len(s)) * int64(max(font.longest, 1))
		b.lookups += int64(len(s)) * int64(font.entries)
	}
	pdf.Interpret(contents, func(stk *pdf.Stack, op string) {
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		if err != nil {
			return
		}
		switch op {
		case "q":
			saved++
		case "Q":
			saved--
		case "Tf":
			if len(args) == 0 {
				return // the library's to report
			}
			name := args[0].Name()
			if font = fonts[name]; font == nil {
				if font, err = b.font(p.Font(name)); err != nil {
					return
				}
				fonts[name] = font
			}
			b.tables += font.bytes
		case "Tj", "'", `"`, "TJ":
			for _, a := range args {
				show(a.RawString())
				for i := range a.Len() {
					show(a.Index(i).RawString())
				}
			}
		}
		switch {
		case saved > maxPDFSaved:
			err = fmt.Errorf("a page that saves its state more than %d times: %w", maxPDFSaved, ErrBomb)
		case glyphs > maxPDFGlyphs:
			err = fmt.Errorf("more than %d characters on a page: %w", maxPDFGlyphs, ErrBomb)
		case b.tables > maxPDFTables, b.lookups > maxPDFLookups:
			err = fmt.Errorf("fonts with too many characters, changed too often: %w", ErrBomb)
		}
	})
	return err
}

// font finds out what f costs, by the same way as the library goes: only what
// that reads is looked at (an embedded CMap as Encoding is not).
func (b *pdfBudget) font(f pdf.Font) (*pdfFont, error) {
	enc := f.V.Key("Encoding")
	if enc.Kind() == pdf.Dict {
		return &pdfFont{entries: enc.Key("Differences").Len()}, nil
	}
	table := f.V.Key("ToUnicode")
	if table.Kind() != pdf.Stream || enc.Kind() != pdf.Null && enc.Name() != "Identity-H" {
		return new(pdfFont), nil
	}
	body, err := pdfBody(table, maxCMap)
	if err != nil {
		return nil, fmt.Errorf("font table: %w", err)
	}
	b.tables += len(body) // once more: for this
	return cmapCost(table, len(body))
}

// cmapCost runs the ToUnicode table of a font as the library does, but
// believes the counts in it only as far as its size bytes can hold: an entry
// has four at least, as in <><>. The format allows 100 entries a block (Adobe
// technical note 5014, 1.4.1); writers that put all into one are common.
func cmapCost(table pdf.Value, size int) (*pdfFont, error) {
	font := &pdfFont{bytes: size}
	most := size/4 + 100
	n, dead := -1, false
	var err error
	// entries takes what a block holds off the stack, as the library will.
	entries := func(stk *pdf.Stack, each func() bool) {
		if n > most || font.entries+max(n, 0) > most {
			err = fmt.Errorf("font table of %d bytes that claims %d entries: %w", size, n, ErrBomb)
			return
		}
		font.entries += max(n, 0)
		for range max(n, 0) {
			if !each() {
				dead = true // the library takes no more of it
				return
			}
		}
	}
	pdf.Interpret(table, func(stk *pdf.Stack, op string) {
		if dead || err != nil {
			return
		}
		switch op {
		case "findresource":
			stk.Pop()
			stk.Pop()
			stk.Push(emptyPDFDict())
		case "begincmap":
			stk.Push(emptyPDFDict())
		case "endcmap":
			stk.Pop()
		case "defineresource":
			stk.Pop()
			value := stk.Pop()
			stk.Pop()
			stk.Push(value)
		case "begincodespacerange", "beginbfchar", "beginbfrange":
			n = int(stk.Pop().Int64())
		case "endcodespacerange":
			dead = n < 0
			entries(stk, func() bool {
				hi, lo := stk.Pop().RawString(), stk.Pop().RawString()
				return lo != "" && len(lo) == len(hi)
			})
			n = -1
		case "endbfchar":
			entries(stk, func() bool {
				font.longest = max(font.longest, len(stk.Pop().RawString())/2)
				stk.Pop()
				return true
			})
		case "endbfrange":
			entries(stk, func() bool {
				to := stk.Pop()
				stk.Pop()
				stk.Pop()
				font.longest = max(font.longest, len(to.RawString())/2)
				for i := range min(to.Len(), 256) { // the last byte of a code picks
					font.longest = max(font.longest, len(to.Index(i).RawString())/2)
				}
				return true
			})
		}
	})
	return font, err
}

// emptyPDFDict is an empty dictionary, a new one each time: tables write into
// it. The library makes them for itself only; a file that holds one gives it.
func emptyPDFDict() pdf.Value { return emptyPDF().Trailer().Key("Root") }

var emptyPDF = sync.OnceValue(func() *pdf.Reader {
	file := "%PDF-1.4\n%" + strings.Repeat(" ", 100) + "\n"
	object := len(file)
	file += "1 0 obj\n<< >>\nendobj\n"
	file += fmt.Sprintf("xref\n0 2\n0000000000 65535 f \n%010d 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", object, len(file))
	r, err := pdf.NewReader(strings.NewReader(file), int64(len(file)))
	if err != nil {
		panic(err) // a constant
	}
	return r
})

// pdfBody returns what the stream v holds, up to limit.
func pdfBody(v pdf.Value, limit int) ([]byte, error) {
	params := []pdf.Value{v.Key("DecodeParms")}
	for i := range params[0].Len() {
		params = append(params, params[0].Index(i))
	}
	for _, p := range params {
		if n := p.Key("Columns").Int64(); n > maxPDFObjects {
			return nil, fmt.Errorf("/Columns %d: %w", n, ErrBomb)
		}
	}
	body, err := io.ReadAll(io.LimitReader(v.Reader(), int64(limit)+1))
	switch {
	case len(body) > limit:
		return nil, fmt.Errorf("a stream of more than %d bytes: %w", limit, ErrBomb)
	case err != nil:
		return nil, fmt.Errorf("%v: %w", err, ErrDamaged)
	case bytes.LastIndexByte(body, '<') > bytes.LastIndexByte(body, '>'):
		return nil, fmt.Errorf("a string without end: %w", ErrDamaged)
	}
	return body, nil
}
