package view

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

//go:embed static
var staticFiles embed.FS

// Static are the files under /static/, by names that change with their
// content, so that a browser may keep them for ever.
var Static = newAssets()

// Assets are files that are served from memory.
type Assets struct {
	paths map[string]string // plain name to path
	files map[string]asset  // by path
}

type asset struct {
	kind        string // content type
	plain, gzip []byte
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func newAssets() *Assets {
	a := &Assets{paths: make(map[string]string), files: make(map[string]asset)}
	list, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range list {
		data, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(f.Name())
		at := "/static/" + strings.TrimSuffix(f.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		var z bytes.Buffer
		w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
		if err != nil {
			panic(err)
		}
		w.Write(data)
		w.Close()
		a.paths[f.Name()] = at
		a.files[at] = asset{kinds[ext], data, z.Bytes()}
	}
	return a
}

// Path returns the path of the file called name. It panics if there is none.
func (a *Assets) Path(name string) string {
	p, ok := a.paths[name]
	if !ok {
		panic("view: no static file " + name)
	}
	return p
}

// Serve answers r with the file at its path and reports whether there is one.
func (a *Assets) Serve(w http.ResponseWriter, r *http.Request) bool {
	f, ok := a.files[r.URL.Path]
	if !ok {
		return false
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	data := f.plain
	if AcceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		data = f.gzip
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		if r.Method != http.MethodHead {
			w.Write(data)
		}
		return true
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return true
}

// AcceptsGzip reports whether who sent r takes gzip.
func AcceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q = strings.ReplaceAll(strings.TrimSpace(q), " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
