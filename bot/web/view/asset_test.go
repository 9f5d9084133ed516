package view

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"testing"
)

// TestStatic: a file is served under a name that holds what is in it, packed
// for who takes that, to be kept for ever.
func TestStatic(t *testing.T) {
	list, err := staticFiles.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		want, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		path := Static.Path(f.Name())
		if !regexp.MustCompile(`^/static/[a-z]+\.[0-9a-f]{12}\.(css|js|svg)$`).MatchString(path) {
			t.Errorf("%s is at %s", f.Name(), path)
		}
		for _, tt := range []struct{ method, accept string }{{"GET", ""}, {"GET", "br, gzip"}, {"HEAD", ""}, {"HEAD", "gzip"}} {
			r := httptest.NewRequest(tt.method, path, nil)
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			if !Static.Serve(w, r) {
				t.Fatalf("%s %s: not served", tt.method, path)
			}
			packed, body := tt.accept != "", w.Body.Bytes()
			if n, err := strconv.Atoi(w.Header().Get("Content-Length")); err != nil || tt.method == "GET" && n != len(body) || tt.method == "HEAD" && (n == 0 || len(body) > 0) {
				t.Errorf("%s %s, %q: %d bytes, Content-Length %q", tt.method, path, tt.accept, len(body), w.Header().Get("Content-Length"))
			}
			if (w.Header().Get("Content-Encoding") == "gzip") != packed {
				t.Errorf("%s %s, %q: Content-Encoding %q", tt.method, path, tt.accept, w.Header().Get("Content-Encoding"))
			}
			for key, want := range map[string]string{"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", "Content-Type": kinds[path[len(path)-len(pathExt(path)):]]} {
				if got := w.Header().Get(key); got != want || got == "" {
					t.Errorf("%s %s: %s %q, want %q", tt.method, path, key, got, want)
				}
			}
			if tt.method == "HEAD" {
				continue
			}
			if packed {
				z, err := gzip.NewReader(bytes.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				if body, err = io.ReadAll(z); err != nil {
					t.Errorf("%s is packed wrongly: %v", path, err)
				}
			}
			if !bytes.Equal(body, want) {
				t.Errorf("%s is not %s", path, f.Name())
			}
		}
	}
	w := httptest.NewRecorder()
	if Static.Serve(w, httptest.NewRequest("GET", "/static/none.css", nil)) || w.Code != http.StatusOK || len(w.Header()) > 0 {
		t.Error("a file that is not there is served")
	}
	defer func() {
		if recover() == nil {
			t.Error("a name that is none has a path")
		}
	}()
	Static.Path("none.css")
}

// pathExt is .css of /static/page.012345678901.css.
func pathExt(path string) string { return regexp.MustCompile(`\.[a-z]+$`).FindString(path) }

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip": true, "br,gzip;q=0.5": true, "gzip ; q=1": true, "identity": false, "xgzip": false, "*": false,
		"gzip;q=0": false, "gzip; q=0.0": false, "gzip;q = 0.00": false, "gzip;q=0.000": false, "gzip;q=0.001": true, "br;q=0, gzip": true, "gzip;q=0, br": false,
	} {
		r := &http.Request{Header: http.Header{"Accept-Encoding": {header}}}
		if got := AcceptsGzip(r); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
