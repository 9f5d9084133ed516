package decode

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFs are read by PDFium in WebAssembly. A file that makes it go wrong does
// so in there: it sees no files, no network and no clock of ours, its memory
// has an end, and it is stopped when its time is over. An engine is started for
// each file and thrown away after it, so that nothing of one reaches another,
// and a program that reads no PDF never pays for it.

const (
	// pdfMemory bounds the engine's memory, in pages of 64 KiB: 384 MB. The
	// fonts of a report of a hundred pages take some 40 MB.
	pdfMemory = 384 << 20 >> 16
	// pdfTime is how long a file may be read; a report takes a second or two on
	// a busy machine. Starting the engine does not count: that is our work.
	pdfTime = 40 * time.Second
	// maxPDFPages is the most pages of a file.
	maxPDFPages = 3000
	// maxPDFGlyphs is the most glyphs of a page: a page of a newspaper has
	// 10,000.
	maxPDFGlyphs = 200_000
)

// A glyph is a character of a page and the room that it takes there, in points
// from the page's lower left corner.
type glyph struct {
	c                        rune
	left, right, bottom, top float64
	x, base                  float64 // where it starts on its line
	size                     float64 // of the font as shown
	angle                    float64 // of its line, in radians
	made                     bool    // it was not painted: PDFium infers it from what is around
}

// sandbox is all that the engine sees of a file system: one font, in which
// every character is the same box. PDFium passes over a text of one glyph
// whose size it does not know, and fonts that are not in the file have none:
// a report that is painted glyph by glyph in SimSun would be empty.
var sandbox = func() fs.FS {
	sub, err := fs.Sub(sandboxFiles, "sandbox")
	if err != nil {
		panic(err) // the folder is in the program
	}
	return sub
}()

//go:embed sandbox
var sandboxFiles embed.FS

// pdfGate lets one file at a time into an engine: two would need twice the
// memory.
var pdfGate sync.Mutex

// compiled is where the engine's machine code is kept between runs.
var compiled struct {
	sync.Mutex
	dir   string
	cache wazero.CompilationCache
}

// KeepCompiled names the folder in which the engine that reads PDFs keeps its
// machine code: compiling it takes seconds, loading it a tenth of one. The
// folder must be there and writable for its owner only, as what lies in it is
// run. Without one it is a folder of the user's cache, or memory if there is
// none. It has no effect after the first PDF.
func KeepCompiled(dir string) {
	compiled.Lock()
	defer compiled.Unlock()
	compiled.dir = dir
}

func compilationCache() wazero.CompilationCache {
	compiled.Lock()
	defer compiled.Unlock()
	if compiled.cache != nil {
		return compiled.cache
	}
	dir := compiled.dir
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		dir = ""
		if user, err := os.UserCacheDir(); err == nil {
			dir = filepath.Join(user, "jinwen")
		}
	}
	if dir != "" {
		dir = filepath.Join(dir, "cache")
		if err := os.MkdirAll(dir, 0o700); err == nil {
			compiled.cache, _ = wazero.NewCompilationCacheWithDir(dir)
		}
	}
	if compiled.cache == nil {
		compiled.cache = wazero.NewCompilationCache()
	}
	return compiled.cache
}

// pdfGlyphs returns the glyphs of every page in the order in which the file
// paints them, white space and ends of lines that PDFium infers among them.
// Errors wrap ErrDamaged, ErrProtected, ErrBomb or ErrTooLong.
func pdfGlyphs(data []byte, patience time.Duration) (pages [][]glyph, err error) {
	pdfGate.Lock()
	defer pdfGate.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pool, err := webassembly.Init(webassembly.Config{
		Context:  ctx,
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig().WithFSMount(sandbox, "/"),
		Stdout:   io.Discard,
		Stderr:   io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCompilationCache(compilationCache()).
			WithMemoryLimitPages(pdfMemory).
			WithCloseOnContextDone(true),
	})
	if err != nil {
		return nil, fmt.Errorf("starting the PDF engine: %w", err)
	}
	defer pool.Close()
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("starting the PDF engine: %w", err)
	}
	var late bool
	timer := time.AfterFunc(patience, func() { late = true; cancel() })
	pages, err = readPDF(instance, data)
	if !timer.Stop() && late {
		return nil, fmt.Errorf("not read after %v: %w", patience, ErrBomb)
	}
	return pages, err
}

// readPDF lets the engine read data.
func readPDF(engine pdfium.Pdfium, data []byte) ([][]glyph, error) {
	doc, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, ErrProtected
	case err != nil:
		return nil, engineError(err)
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, engineError(err)
	}
	if count.PageCount > maxPDFPages {
		return nil, fmt.Errorf("%d pages: %w", count.PageCount, ErrBomb)
	}
	var pages [][]glyph
	left := maxText
	for i := range count.PageCount {
		page, err := readPage(engine, doc.Document, i)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		if left -= len(page); left < 0 {
			return nil, ErrTooLong
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// engineError says in one line what the engine did not like; it reports its own
// end, out of memory or in a state that it does not allow, with a stack.
func engineError(err error) error {
	if text := err.Error(); strings.Contains(text, "wasm") {
		return fmt.Errorf("the PDF engine gave up: %w", ErrDamaged)
	}
	return fmt.Errorf("%v: %w", err, ErrDamaged)
}

func readPage(engine pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) ([]glyph, error) {
	damaged := func(err error) ([]glyph, error) { return nil, engineError(err) }
	page, err := engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: i})
	if err != nil {
		return damaged(err)
	}
	defer engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
	ref := requests.Page{ByReference: &page.Page}
	text, err := engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return damaged(err)
	}
	defer engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return damaged(err)
	}
	if count.Count > maxPDFGlyphs {
		return nil, fmt.Errorf("%d characters: %w", count.Count, ErrBomb)
	}
	turn, err := engine.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref})
	if err != nil {
		return damaged(err)
	}
	glyphs := make([]glyph, 0, count.Count)
	for k := range count.Count {
		g, err := readGlyph(engine, text.TextPage, k)
		if err != nil {
			return damaged(err)
		}
		g.rotate(int(turn.PageRotation))
		glyphs = append(glyphs, g)
	}
	return glyphs, nil
}

func readGlyph(engine pdfium.Pdfium, text references.FPDF_TEXTPAGE, k int) (glyph, error) {
	var g glyph
	c, err := engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: k})
	if err != nil {
		return g, err
	}
	g.c = rune(c.Unicode)
	if bad, err := engine.FPDFText_HasUnicodeMapError(&requests.FPDFText_HasUnicodeMapError{TextPage: text, Index: k}); err == nil && bad.HasUnicodeMapError {
		g.c = utf8.RuneError
	}
	if g.c == ' ' {
		made, err := engine.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: k})
		if err != nil {
			return g, err
		}
		g.made = made.IsGenerated
	}
	if g.made || g.c == '\r' || g.c == '\n' {
		g.made = true
		return g, nil
	}
	size, err := engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: k})
	if err != nil {
		return g, err
	}
	// From here on an error is about this glyph: it has no place.
	box, err := engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: k})
	if err != nil {
		g.made = true
		return g, nil
	}
	r := box.Rect
	g.left, g.right = float64(r.Left), float64(r.Right)
	g.bottom, g.top = float64(r.Bottom), float64(r.Top)
	g.base, g.size = g.bottom, size.FontSize
	if o, err := engine.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: k}); err == nil {
		g.x, g.base = o.X, o.Y
	}
	if m, err := engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: k}); err == nil {
		g.size *= math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
		g.angle = math.Atan2(float64(m.Matrix.B), float64(m.Matrix.A))
	}
	return g, nil
}

// rotate turns g clockwise by so many quarters, as the page that it stands on
// is shown.
func (g *glyph) rotate(quarters int) {
	for range quarters % 4 {
		g.left, g.right, g.bottom, g.top = g.bottom, g.top, -g.right, -g.left
		g.x, g.base = g.base, -g.x
		g.angle -= math.Pi / 2
	}
}
