package vector

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// DefaultTimeout is how long a question waits for its vector at most.
const DefaultTimeout = 150 * time.Millisecond

// What is asked of a server at once, and taken from it.
const (
	batchSize    = 32               // texts in one request for passages
	batchTimeout = 30 * time.Second // of one such request
	dialTimeout  = 5 * time.Second
	maxBody      = 64 << 20        // bytes of a response
	maxDim       = 8192            // numbers of a vector
	pause        = 5 * time.Second // after a failure no question waits
	recent       = 128             // questions whose vectors are remembered
)

// errPaused says that the server failed a moment ago and is not asked.
var errPaused = errors.New("not asked: it failed a moment ago")

// errSize says that the server has another model under the same name now.
var errSize = errors.New("embeddings: a vector of another size than the passages'")

// ServerOptions are the settings of NewServer. URL and Model must be given.
type ServerOptions struct {
	URL     string        // of the API: http://127.0.0.1:8080/v1; /embeddings is added
	Model   string        // as the server names it
	Key     string        // sent as a bearer token; "" sends none
	Timeout time.Duration // how long a question waits; 0 is DefaultTimeout
	Cache   string        // file that keeps the vectors of passages; "" keeps none
	Logger  *slog.Logger  // nil logs nothing
	Failed  func()        // called at every failure, for a metric; may be nil
}

// A Server is somebody's server with OpenAI's /v1/embeddings. Whatever goes
// wrong with it is an error here and a line in the log: callers go on without.
// Safe for concurrent use.
type Server struct {
	opt    ServerOptions
	url    string
	client *http.Client
	cache  *cache
	resume atomic.Int64 // Unix nanoseconds until which questions do not ask
	size   atomic.Int64 // of the passages' vectors; 0 before there are any

	mu    sync.Mutex
	asked map[string][]float32 // the last questions: one is looked for in several reports
}

// NewServer returns a server that is asked when first needed.
func NewServer(opt ServerOptions) *Server {
	if opt.Timeout <= 0 {
		opt.Timeout = DefaultTimeout
	}
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	url := strings.TrimSuffix(opt.URL, "/")
	if !strings.HasSuffix(url, "/embeddings") {
		url += "/embeddings"
	}
	s := &Server{opt: opt, url: url, asked: make(map[string][]float32), client: &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: dialTimeout}).DialContext,
			MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute,
		},
	}}
	var err error
	if s.cache, err = openCache(opt.Cache, opt.Model); err != nil {
		s.failed("embeddings not kept", err)
	}
	return s
}

// Close lets go of idle connections and of the file.
func (s *Server) Close() error {
	s.client.CloseIdleConnections()
	return s.cache.close()
}

// Question returns the vector of a question, of length 1 and of the size of
// the passages'. It waits for the server no longer than the timeout, and not at
// all shortly after a failure.
func (s *Server) Question(ctx context.Context, text string) ([]float32, error) {
	s.mu.Lock()
	v := s.asked[text]
	s.mu.Unlock()
	if v != nil {
		return v, nil
	}
	if time.Now().UnixNano() < s.resume.Load() {
		return nil, errPaused
	}
	late, cancel := context.WithTimeout(ctx, s.opt.Timeout)
	defer cancel()
	vecs, err := s.ask(late, []string{text})
	if size := s.size.Load(); err == nil && size != 0 && int64(len(vecs[0])) != size {
		err = errSize
		s.forget()
	}
	if err != nil {
		if ctx.Err() == nil { // else it is the question that has ended
			s.resume.Store(time.Now().Add(pause).UnixNano())
			s.failed("question not embedded", err)
		}
		return nil, err
	}
	s.mu.Lock()
	if len(s.asked) >= recent {
		clear(s.asked)
	}
	s.asked[text] = vecs[0]
	s.mu.Unlock()
	return vecs[0], nil
}

// forget lets go of all vectors that are kept: they are another model's.
func (s *Server) forget() {
	s.size.Store(0)
	s.mu.Lock()
	clear(s.asked)
	s.mu.Unlock()
	if err := s.cache.clear(); err != nil {
		s.failed("embeddings not kept", err)
	}
}

// Kept returns the vectors of texts if all of them were had before, of one
// size; else nil. It asks nobody.
func (s *Server) Kept(texts []string) [][]float32 {
	out := make([][]float32, len(texts))
	for i, t := range texts {
		if out[i] = s.cache.get(t); out[i] == nil || len(out[i]) != len(out[0]) {
			return nil
		}
	}
	if len(out) > 0 {
		s.size.Store(int64(len(out[0])))
	}
	return out
}

// Passages returns the vectors of texts, of length 1 and of one size. Those
// that were had before are read from the cache, the rest is kept there.
func (s *Server) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var missing []int
	for i, t := range texts {
		if out[i] = s.cache.get(t); out[i] == nil {
			missing = append(missing, i)
		}
	}
	for from := 0; from < len(missing); from += batchSize {
		batch := missing[from:min(from+batchSize, len(missing))]
		asked := make([]string, len(batch))
		for k, i := range batch {
			asked[k] = texts[i]
		}
		vecs, err := s.batch(ctx, asked)
		if err != nil {
			if ctx.Err() == nil {
				s.failed("passages not embedded", err)
			}
			return nil, err
		}
		for k, i := range batch {
			out[i] = vecs[k]
			if err := s.cache.put(texts[i], vecs[k]); err != nil {
				s.failed("embeddings not kept", err)
			}
		}
	}
	for i := range out {
		if len(out[i]) != len(out[0]) {
			err := fmt.Errorf("vectors of %d and of %d numbers: another model under the same name", len(out[0]), len(out[i]))
			s.forget()
			s.failed("passages not embedded", err)
			return nil, err
		}
	}
	if len(out) > 0 {
		s.size.Store(int64(len(out[0])))
	}
	return out, nil
}

func (s *Server) batch(ctx context.Context, texts []string) ([][]float32, error) {
	ctx, cancel := context.WithTimeout(ctx, batchTimeout)
	defer cancel()
	return s.ask(ctx, texts)
}

// Probe asks for the vector of a text, waiting as ctx does, and returns its
// size. It logs and keeps nothing.
func (s *Server) Probe(ctx context.Context, text string) (size int, err error) {
	vecs, err := s.ask(ctx, []string{text})
	if err != nil {
		return 0, err
	}
	return len(vecs[0]), nil
}

func (s *Server) failed(what string, err error) {
	s.opt.Logger.Warn(what, "err", err)
	if s.opt.Failed != nil {
		s.opt.Failed()
	}
}

// ask sends one request.
func (s *Server) ask(ctx context.Context, texts []string) ([][]float32, error) {
	body, err := json.Marshal(map[string]any{"model": s.opt.Model, "input": texts})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if s.opt.Key != "" {
		req.Header.Set("Authorization", "Bearer "+s.opt.Key)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode != http.StatusOK: // its text may hold what was sent
		return nil, fmt.Errorf("embeddings: %s", resp.Status)
	case len(data) > maxBody:
		return nil, fmt.Errorf("embeddings: a response of more than %d MB", maxBody>>20)
	}
	return parse(data, len(texts))
}

// parse reads a response to n texts.
func parse(data []byte, n int) ([][]float32, error) {
	var r struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float64 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("embeddings: %w", err)
	}
	if len(r.Data) != n {
		return nil, fmt.Errorf("embeddings: %d vectors for %d texts", len(r.Data), n)
	}
	out := make([][]float32, n)
	for _, d := range r.Data {
		if d.Index < 0 || d.Index >= n || out[d.Index] != nil {
			return nil, fmt.Errorf("embeddings: vector %d of %d twice or out of range", d.Index, n)
		}
		if len(d.Embedding) == 0 || len(d.Embedding) > maxDim || len(d.Embedding) != len(r.Data[0].Embedding) {
			return nil, fmt.Errorf("embeddings: a vector of %d numbers", len(d.Embedding))
		}
		v, ok := normal(d.Embedding)
		if !ok {
			return nil, errors.New("embeddings: a vector without direction")
		}
		out[d.Index] = v
	}
	return out, nil
}

// normal returns v with length 1; false if it has no direction.
func normal(v []float64) ([]float32, bool) {
	length := 0.0
	for _, x := range v {
		length += x * x
	}
	length = math.Sqrt(length)
	if length == 0 || math.IsNaN(length) || math.IsInf(length, 0) {
		return nil, false
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(x / length)
	}
	return out, true
}

// Dot returns the cosine of two vectors of length 1; 0 if their sizes differ.
func Dot(v, w []float32) float32 {
	if len(v) != len(w) {
		return 0
	}
	var a, b float32
	i := 0
	for ; i+1 < len(v); i += 2 {
		a += v[i] * w[i]
		b += v[i+1] * w[i+1]
	}
	if i < len(v) {
		a += v[i] * w[i]
	}
	return a + b
}
