package bottest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// ServeHTTP answers as api.telegram.org does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+s.Token+"/"); ok {
		s.mu.Lock()
		data, ok := s.files[path]
		s.mu.Unlock()
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Write(data)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, ok2 := strings.Cut(rest, "/")
	req := Request{Time: time.Now(), Method: method}
	if !ok || !ok2 {
		s.reply(w, &req, nil, &Error{Code: 404, Description: "Not Found"})
		return
	}
	if token != s.Token {
		s.reply(w, &req, nil, &Error{Code: 401, Description: "Unauthorized"})
		return
	}
	if err := readParams(r, &req); err != nil {
		s.reply(w, &req, nil, &Error{Code: 400, Description: "Bad Request: " + err.Error()})
		return
	}
	req.Fault = s.fault(req)
	if f := req.Fault; f != nil {
		if f.Delay > 0 {
			select {
			case <-time.After(f.Delay):
			case <-r.Context().Done():
				return
			}
		}
		if f.breaks() && !f.After {
			s.breakReply(w, &req)
			return
		}
	}
	result, apiErr := s.call(r, &req)
	if f := req.Fault; f != nil && f.breaks() {
		s.breakReply(w, &req)
		return
	}
	s.reply(w, &req, result, apiErr)
}

// call checks a request and carries it out.
func (s *Server) call(r *http.Request, req *Request) (any, *Error) {
	if _, ok := spec.Methods[req.Method]; !ok {
		return nil, &Error{Code: 404, Description: "Not Found: method not found"}
	}
	if err := checkParams(req.Method, req.Params, req.Files); err != nil {
		return nil, badRequest("%v", err)
	}
	if req.Method == "getUpdates" {
		return s.getUpdates(r.Context(), req)
	}
	do, ok := methods[req.Method]
	if !ok {
		return nil, &Error{Code: 501, Description: "method is not implemented by bottest"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	result, apiErr := do(s, req)
	// Recorded under the same lock, so that whoever sees the effect finds the
	// request as well.
	req.Done = apiErr == nil
	if f := req.Fault; f == nil || !f.breaks() {
		req.answer(apiErr)
	} else {
		req.answer(f.Error)
	}
	s.record(req)
	return result, apiErr
}

// reply records the request and writes the answer.
func (s *Server) reply(w http.ResponseWriter, req *Request, result any, apiErr *Error) {
	req.answer(apiErr)
	s.mu.Lock()
	s.record(req)
	s.mu.Unlock()
	body := map[string]any{"ok": true, "result": result}
	if apiErr != nil {
		body = map[string]any{"ok": false, "error_code": apiErr.Code, "description": apiErr.Description}
		if apiErr.RetryAfter != 0 || apiErr.MigrateTo != 0 {
			body["parameters"] = apiErr
		}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("bottest: %s: %v", req.Method, err)) // own types only
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(req.Status)
	w.Write(raw)
}

// record keeps a request, once. The caller holds mu.
func (s *Server) record(req *Request) {
	if !req.recorded {
		req.recorded = true
		s.requests = append(s.requests, *req)
	}
	s.notify()
}

// answer notes how a request is answered: with an error of the API, or well,
// or in a way that has no status.
func (r *Request) answer(err *Error) {
	switch f := r.Fault; {
	case err != nil:
		r.Status, r.Error = err.Code, err.Description
	case f != nil && f.breaks():
		r.Status = 0
	default:
		r.Status = 200
	}
}

// readParams reads the parameters of a call from a form.
func readParams(r *http.Request, req *Request) error {
	req.Params, req.Files = make(map[string]string), make(map[string]Upload)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := r.ParseMultipartForm(64 << 20); err != nil {
			return err
		}
		for name, parts := range r.MultipartForm.File {
			f, err := parts[0].Open()
			if err != nil {
				return err
			}
			data := make([]byte, parts[0].Size)
			if _, err := io.ReadFull(f, data); err != nil {
				return err
			}
			f.Close()
			req.Files[name] = Upload{parts[0].Filename, data}
		}
	} else if err := r.ParseForm(); err != nil {
		return err
	}
	for name, values := range r.Form {
		if len(values) != 1 {
			return fmt.Errorf("parameter %q is given %d times", name, len(values))
		}
		req.Params[name] = values[0]
	}
	return nil
}
