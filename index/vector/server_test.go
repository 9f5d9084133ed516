package vector

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// embed answers as a server should, with vectors that tell texts apart; it
// counts the texts.
func embed(count *int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Model string
			Input []string
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.URL.Path != "/v1/embeddings" || in.Model != "m" || r.Header.Get("Authorization") != "Bearer k" {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		var b strings.Builder
		for i := len(in.Input) - 1; i >= 0; i-- { // in any order
			if b.Len() > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, `{"index":%d,"embedding":[%d,3,4]}`, i, len(in.Input[i]))
		}
		*count += len(in.Input)
		fmt.Fprintf(w, `{"data":[%s]}`, b.String())
	}
}

func serve(t *testing.T, h http.Handler, opt ServerOptions) *Server {
	t.Helper()
	ts := httptest.NewServer(h)
	t.Cleanup(ts.Close)
	opt.URL, opt.Model, opt.Key = ts.URL+"/v1", "m", "k"
	if opt.Timeout == 0 {
		opt.Timeout = 5 * time.Second
	}
	s := NewServer(opt)
	t.Cleanup(func() { s.Close() })
	return s
}

func TestServer(t *testing.T) {
	n := 0
	file := filepath.Join(t.TempDir(), "vectors", "m.bin")
	s := serve(t, embed(&n), ServerOptions{Cache: file})
	texts := make([]string, 70) // three requests
	for i := range texts {
		texts[i] = strings.Repeat("a", i)
	}
	vecs, err := s.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vecs {
		if want := float32(i) / v[1] * v[1]; len(v) != 3 || v[0] != v[1]/3*want && v[0] > v[1]*(want/3)*1.001 {
			t.Errorf("vector %d is %v", i, v)
		}
		if d := Dot(v, v); d < 0.999 || d > 1.001 {
			t.Errorf("the length of vector %d is %v", i, d)
		}
	}
	q, err := s.Question(t.Context(), "aaa")
	if err != nil || Dot(q, vecs[3]) < 0.999 || Dot(q, vecs[60]) > 0.9 {
		t.Errorf("Question = %v, %v", q, err)
	}
	if Dot(q, []float32{1}) != 0 {
		t.Error("vectors of two sizes have a cosine")
	}
	s.Close()

	// Another process finds them, though the last write was cut short.
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("half a record")
	f.Close()
	before := n
	again := serve(t, embed(&n), ServerOptions{Cache: file})
	if _, err := again.Passages(t.Context(), append(texts, "new")); err != nil || n != before+1 {
		t.Errorf("%d texts were asked for anew, want 1; %v", n-before, err)
	}
}

// TestServerFaults: whatever a server does, there is an error, a line in the
// log and a count, and nothing else; a question waits no longer than told.
func TestServerFaults(t *testing.T) {
	answer := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
	}
	stop := make(chan struct{})
	defer close(stop)
	for name, h := range map[string]http.HandlerFunc{
		"500":          func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret", http.StatusInternalServerError) },
		"401":          func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret", http.StatusUnauthorized) },
		"no JSON":      answer("<html>"),
		"empty":        answer(""),
		"no vectors":   answer(`{"data":[]}`),
		"too many":     answer(`{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]}]}`),
		"next index":   answer(`{"data":[{"index":1,"embedding":[1]}]}`),
		"minus index":  answer(`{"data":[{"index":-1,"embedding":[1]}]}`),
		"bad index":    answer(`{"data":[{"index":7,"embedding":[1]}]}`),
		"empty vector": answer(`{"data":[{"index":0,"embedding":[]}]}`),
		"zero vector":  answer(`{"data":[{"index":0,"embedding":[0,0]}]}`),
		"infinite":     answer(`{"data":[{"index":0,"embedding":[1e308,1e308]}]}`),
		"NaN":          answer(`{"data":[{"index":0,"embedding":[NaN,1]}]}`),
		"strings":      answer(`{"data":[{"index":0,"embedding":["a"]}]}`),
		"cut off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"data":[`)
		},
		"slow": func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // only then the server sees that the other side has gone
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			failed := 0
			s := serve(t, h, ServerOptions{Timeout: 100 * time.Millisecond, Logger: slog.New(slog.NewTextHandler(&log, nil)), Failed: func() { failed++ }})
			began := time.Now()
			if v, err := s.Question(t.Context(), "x"); err == nil || v != nil {
				t.Errorf("Question = %v, %v, want an error", v, err)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("a question waited %v", took)
			}
			if failed != 1 || !strings.Contains(log.String(), "question not embedded") || strings.Contains(log.String(), "secret") {
				t.Errorf("%d failures, log %q", failed, log.String())
			}
			if _, err := s.Question(t.Context(), "x"); err != errPaused || failed != 1 {
				t.Errorf("the next question: %v, %d failures, want no request", err, failed)
			}
			if name == "slow" {
				return
			}
			if v, err := s.Passages(t.Context(), []string{"x"}); err == nil || v != nil {
				t.Errorf("Passages = %v, %v, want an error", v, err)
			}
			if failed != 2 || !strings.Contains(log.String(), "passages not embedded") || strings.Contains(log.String(), "secret") {
				t.Errorf("%d failures, log %q", failed, log.String())
			}
			if n, err := s.Probe(t.Context(), "x"); err == nil || n != 0 || failed != 2 {
				t.Errorf("Probe = %d, %v, %d failures, want an error and no line more", n, err, failed)
			}
		})
	}
}

// TestServerAbsent: nobody listens, or nobody waits any more.
func TestServerAbsent(t *testing.T) {
	s := NewServer(ServerOptions{URL: "http://127.0.0.1:1/v1", Model: "m"})
	defer s.Close()
	if _, err := s.Question(t.Context(), "x"); err == nil {
		t.Error("no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Passages(ctx, []string{"x"}); err == nil {
		t.Error("no error after the end of the context")
	}
}

// sized answers every text with a vector of as many numbers as *size says, and
// counts the requests.
func sized(size, asked *int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*asked++
		fmt.Fprintf(w, `{"data":[{"index":0,"embedding":[1%s]}]}`, strings.Repeat(",1", *size-1))
	}
}

// TestServerOtherSize: a server whose model changed under its name.
func TestServerOtherSize(t *testing.T) {
	size, asked, failed := 2, 0, 0
	s := serve(t, sized(&size, &asked), ServerOptions{Cache: filepath.Join(t.TempDir(), "m.bin"), Failed: func() { failed++ }})
	if _, err := s.Passages(t.Context(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	size = 3
	if _, err := s.Passages(t.Context(), []string{"a", "b"}); err == nil || failed != 1 {
		t.Errorf("vectors of two sizes: %v, %d failures", err, failed)
	}
	if v, err := s.Passages(t.Context(), []string{"a"}); err != nil || len(v[0]) != 3 {
		t.Errorf("after that Passages = %v, %v, want the new size", v, err)
	}
	size = 4
	if v, err := s.Question(t.Context(), "q"); err != errSize || v != nil || failed != 2 {
		t.Errorf("a question of another size: %v, %v, %d failures", v, err, failed)
	}
	if v := s.Kept([]string{"a"}); v != nil {
		t.Errorf("Kept = %v, want nothing of the former model", v)
	}
	s.resume.Store(0)
	if v, err := s.Question(t.Context(), "q"); err != nil || len(v) != 4 {
		t.Errorf("the next question: %v, %v, want the new size", v, err)
	}
}

// TestServerKept: passages that were had before set the size of a question's
// vector; those of two sizes are no passages of one model.
func TestServerKept(t *testing.T) {
	size, asked := 2, 0
	file := filepath.Join(t.TempDir(), "m.bin")
	c := opened(t, file)
	for text, v := range map[string][]float32{"a": {1, 0}, "b": {0, 1}, "other": {1, 0, 0}} {
		if err := c.put(text, v); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, sized(&size, &asked), ServerOptions{Cache: file})
	for _, x := range []struct {
		texts []string
		kept  int
	}{
		{nil, 0}, {[]string{"a", "new"}, 0}, {[]string{"a", "other"}, 0}, {[]string{"a", "b"}, 2},
	} {
		if v := s.Kept(x.texts); len(v) != x.kept {
			t.Errorf("Kept(%q) = %v, want %d", x.texts, v, x.kept)
		}
	}
	if asked != 0 {
		t.Errorf("Kept asked the server %d times", asked)
	}
	size = 3
	if _, err := s.Question(t.Context(), "q"); err != errSize {
		t.Errorf("a question of another size than what was kept: %v, want errSize", err)
	}
}

// TestServerDefaults: what is not set has a value that works, and a file that
// cannot be made is a failure and nothing more.
func TestServerDefaults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, timeout := range []time.Duration{0, -1} {
		failed := 0
		s := NewServer(ServerOptions{URL: "http://127.0.0.1:1/v1/", Model: "m", Timeout: timeout, Cache: filepath.Join(file, "m.bin"), Failed: func() { failed++ }})
		if s.opt.Timeout != DefaultTimeout || s.url != "http://127.0.0.1:1/v1/embeddings" || failed != 1 {
			t.Errorf("timeout %v, URL %s, %d failures", s.opt.Timeout, s.url, failed)
		}
		s.Close()
	}
	for url, want := range map[string]string{"http://a/v1/embeddings": "http://a/v1/embeddings", "http://a/v1": "http://a/v1/embeddings"} {
		s := NewServer(ServerOptions{URL: url, Timeout: time.Second})
		if s.url != want || s.opt.Timeout != time.Second {
			t.Errorf("URL %s, timeout %v, want %s, 1s", s.url, s.opt.Timeout, want)
		}
		s.Close()
	}
}

// TestProbe: what a server gives is told by its size, and remembered nowhere.
func TestProbe(t *testing.T) {
	size, asked := 5, 0
	s := serve(t, sized(&size, &asked), ServerOptions{})
	for range 2 {
		if n, err := s.Probe(t.Context(), "x"); n != 5 || err != nil {
			t.Errorf("Probe = %d, %v, want 5", n, err)
		}
	}
	if asked != 2 || len(s.asked) != 0 {
		t.Errorf("%d requests, %d remembered, want 2 and none", asked, len(s.asked))
	}
}

// TestServerRemembers: a question that is asked again, of another report say,
// is not sent again.
func TestServerRemembers(t *testing.T) {
	size, asked := 2, 0
	s := serve(t, sized(&size, &asked), ServerOptions{})
	for range 3 {
		if _, err := s.Question(t.Context(), "q"); err != nil {
			t.Fatal(err)
		}
	}
	s.Question(t.Context(), "p")
	if s.Question(t.Context(), "q"); asked != 2 {
		t.Errorf("%d requests for two questions", asked)
	}
	for i := range 2 * recent {
		s.Question(t.Context(), fmt.Sprint(i))
	}
	if asked != 2+2*recent || len(s.asked) > recent {
		t.Errorf("%d requests, %d remembered", asked, len(s.asked))
	}
}

// TestServerEnded: a question whose own time is over says nothing against the
// server.
func TestServerEnded(t *testing.T) {
	size, asked, failed := 2, 0, 0
	s := serve(t, sized(&size, &asked), ServerOptions{Failed: func() { failed++ }})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Question(ctx, "q"); err == nil || failed != 0 {
		t.Errorf("%v, %d failures", err, failed)
	}
	if _, err := s.Question(t.Context(), "q"); err != nil {
		t.Errorf("the next question: %v", err)
	}
}

// TestCacheShared: two processes with one file, of which one begins it anew.
func TestCacheShared(t *testing.T) {
	name := filepath.Join(t.TempDir(), "m.bin")
	a, err := openCache(name, "m")
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	b, err := openCache(name, "m")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for i, c := range []*cache{a, b, a, b} {
		if err := c.put(fmt.Sprint(i), []float32{float32(i), 1}); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range []*cache{a, b, a, b} {
		if v := c.get(fmt.Sprint(i)); len(v) != 2 || v[0] != float32(i) {
			t.Errorf("%d: %v", i, v)
		}
	}
	all, err := openCache(name, "m")
	if err != nil || len(all.at) != 4 {
		t.Errorf("a third process has %d, %v", len(all.at), err)
	}
	all.close()
	if err := b.clear(); err != nil {
		t.Fatal(err)
	}
	if err := b.put("x", []float32{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if v := a.get(fmt.Sprint(i)); v != nil {
			t.Errorf("%d: %v of a file that was begun anew", i, v)
		}
	}
	if v := b.get("x"); len(v) != 3 {
		t.Errorf("x: %v", v)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"data":[{"index":0,"embedding":[1,2]}]}`), 1)
	f.Add([]byte(`{"data":null}`), 0)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		n = max(0, min(n, 100))
		vecs, err := parse(data, n)
		if err != nil && vecs != nil || err == nil && len(vecs) != n {
			t.Errorf("%d vectors for %d texts, %v", len(vecs), n, err)
		}
		for _, v := range vecs {
			if d := Dot(v, v); !(d > 0.99 && d < 1.01) {
				t.Errorf("a vector of length %v", d)
			}
		}
	})
}
