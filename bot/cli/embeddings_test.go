package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// askWith returns what ask prints to the question, and what it logs.
func askWith(t *testing.T, dir string, args ...string) (out, log string) {
	t.Helper()
	var o, e bytes.Buffer
	if code := Main(t.Context(), append(args, "--data-dir", dir), strings.NewReader(""), &o, &e); code != exitFine {
		t.Errorf("exit %d: %s", code, e.String())
	}
	return o.String(), e.String()
}

// TestEmbeddings: whatever an embedding server does, a question is answered;
// where it gives no vectors, as if there were none.
func TestEmbeddings(t *testing.T) {
	const question = "老房子没有电梯怎么办"
	plain, _ := askWith(t, t.TempDir(), "ask", question)
	vector := func(n int) string { return "[1" + strings.Repeat(",0.5", n-1) + "]" }
	stop := make(chan struct{})
	defer close(stop)
	for _, tt := range []struct {
		name     string
		question func(w http.ResponseWriter, r *http.Request) // nil answers
		log      string
	}{
		{"well", nil, ""},
		{"500", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, question, http.StatusInternalServerError) }, "500 Internal Server Error"},
		{"junk", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>"+question) }, "question not embedded"},
		{"NaN", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[NaN,NaN]}]}`)
		}, "question not embedded"},
		{"another size", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[{"index":0,"embedding":[1,2,3]}]}`)
		}, "another size"},
		{"slow", func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		}, "deadline exceeded"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var in struct{ Input []string }
				json.NewDecoder(r.Body).Decode(&in)
				if len(in.Input) == 1 && strings.Contains(in.Input[0], "电梯") && tt.question != nil {
					tt.question(w, r)
					return
				}
				var all []string
				for i := range in.Input {
					all = append(all, fmt.Sprintf(`{"index":%d,"embedding":%s}`, i, vector(4)))
				}
				fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(all, ","))
			}))
			defer ts.Close()
			t.Setenv("JINWEN_EMBEDDINGS_URL", ts.URL+"/v1")
			t.Setenv("JINWEN_EMBEDDINGS_MODEL", "m")
			dir := t.TempDir()
			began := time.Now()
			out, log := askWith(t, dir, "ask", question)
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if tt.question != nil && out != plain || out == "" {
				t.Errorf("got %s\nwant as without a server: %s", out, plain)
			}
			if (log == "") != (tt.log == "") || !strings.Contains(log, tt.log) || strings.Contains(log, "电梯") {
				t.Errorf("log %q, want %q", log, tt.log)
			}
			info, err := os.Stat(filepath.Join(dir, "embeddings"))
			if err != nil || info.Size() == 0 && tt.name != "another size" {
				t.Errorf("passages are not kept: %v", err)
			}
		})
	}
}

// TestEmbeddingsAbsent: nobody listens, and without the setting there is neither
// file nor metric nor finding.
func TestEmbeddingsAbsent(t *testing.T) {
	dir := t.TempDir()
	plain, _ := askWith(t, dir, "ask", "公园")
	check, _ := askWith(t, dir, "check")
	if _, err := os.Stat(filepath.Join(dir, "embeddings")); err == nil || strings.Contains(check, "embeddings") {
		t.Errorf("something of a server that is not set up: %s", check)
	}
	t.Setenv("JINWEN_EMBEDDINGS_URL", "http://127.0.0.1:1/v1")
	t.Setenv("JINWEN_EMBEDDINGS_MODEL", "m")
	out, log := askWith(t, dir, "ask", "公园")
	if out != plain || !strings.Contains(log, "passages not embedded") {
		t.Errorf("got %s, log %q", out, log)
	}
	if check, _ = askWith(t, dir, "check"); !strings.Contains(check, "note  embeddings") || !strings.Contains(check, "word vectors serve") {
		t.Errorf("check: %s", check)
	}
}
