package wechat

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxBody bounds the body of a call; a text of 2,048 characters, sealed and in
// base64, has less than a sixth of it.
const maxBody = 64 << 10

// ServeHTTP takes WeChat's calls. What is not from WeChat gets 403 and nothing
// else.
func (w *WeChat) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch r.Method {
	case http.MethodGet:
		if w.signed(q) == nil || !w.fresh(q.Get("timestamp")) {
			w.refuse(rw, "echo check")
			return
		}
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		io.WriteString(rw, q.Get("echostr"))
	case http.MethodPost:
		w.post(rw, r, q)
	default:
		rw.Header().Set("Allow", "GET, POST")
		rw.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func (w *WeChat) refuse(rw http.ResponseWriter, why string) {
	w.met.refused.Inc()
	w.log.Warn("call refused", keyWhy, why)
	rw.WriteHeader(http.StatusForbidden)
}

// signed returns the Crypt by whose token a call is signed; nil if by none.
func (w *WeChat) signed(q url.Values) *Crypt {
	for _, c := range w.crypts {
		if c.Verify(q.Get("signature"), q.Get("timestamp"), q.Get("nonce")) {
			return c
		}
	}
	return nil
}

// fresh reports whether a call was signed about now: an old one was recorded.
func (w *WeChat) fresh(timestamp string) bool {
	n, err := strconv.ParseInt(timestamp, 10, 64)
	return err == nil && time.Since(time.Unix(n, 0)).Abs() <= w.opt.Limits.Fresh
}

// post takes a message.
func (w *WeChat) post(rw http.ResponseWriter, r *http.Request, q url.Values) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxBody))
	if err != nil {
		rw.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if !w.fresh(q.Get("timestamp")) {
		w.refuse(rw, "time is not about now")
		return
	}
	outer, err := parse(body)
	if err != nil {
		// Whether it is WeChat's is not known yet where the signature covers
		// the body.
		w.refuse(rw, "body is no XML")
		return
	}
	in, crypt, why := w.open(q, outer)
	if why != "" {
		w.refuse(rw, why)
		return
	}
	if err := in.check(); err != nil {
		w.log.Warn("message not understood", keyErr, err)
		io.WriteString(rw, "success")
		return
	}
	x, first := w.take(in)
	if first {
		w.begin(r.Context(), x)
	} else {
		w.met.retries.Inc()
	}
	w.write(rw, q, crypt, in, w.await(r, x))
}

// open returns the message in a call, and the Crypt to seal the reply with,
// nil in plain mode; or why it is refused.
func (w *WeChat) open(q url.Values, outer inbound) (in inbound, crypt *Crypt, why string) {
	if outer.Encrypt == "" {
		if !w.opt.Plain {
			return in, nil, "plain body in safe mode"
		}
		if w.signed(q) == nil {
			return in, nil, "signature"
		}
		return outer, nil, ""
	}
	why = "msg_signature"
	for _, c := range w.crypts {
		if c.block == nil || !c.Verify(q.Get("msg_signature"), q.Get("timestamp"), q.Get("nonce"), outer.Encrypt) {
			continue
		}
		why = "body does not decrypt"
		b, err := c.Open(outer.Encrypt)
		if err != nil {
			continue // perhaps with the key before
		}
		if in, err := parse(b); err == nil && in.Encrypt == "" {
			return in, c, ""
		}
	}
	return in, nil, why
}

// await returns the text to say now: the answer, or what tides over.
func (w *WeChat) await(r *http.Request, x *exchange) string {
	timer := time.NewTimer(w.opt.Limits.Wait)
	defer timer.Stop()
	wanted := x
	if x.of != nil {
		wanted = x.of
	}
	select {
	case <-wanted.done:
		return wanted.text
	case <-r.Context().Done():
		return ""
	case <-timer.C:
		return w.overdue(wanted)
	}
}

// write ends a call: a text, or "success" for nothing.
func (w *WeChat) write(rw http.ResponseWriter, q url.Values, crypt *Crypt, in inbound, text string) {
	if text == "" {
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(rw, "success")
		return
	}
	body, err := in.reply(text, time.Now())
	if err == nil && crypt != nil {
		body, err = w.seal(q, crypt, body)
	}
	if err != nil {
		w.log.Error("reply not written", keyErr, err)
		rw.WriteHeader(http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/xml; charset=utf-8")
	rw.Write(body)
}

func (w *WeChat) seal(q url.Values, crypt *Crypt, body []byte) ([]byte, error) {
	sealed, err := crypt.Seal(body)
	if err != nil {
		return nil, err
	}
	now, nonce := strconv.FormatInt(time.Now().Unix(), 10), q.Get("nonce")
	return xml.Marshal(envelope{
		Encrypt: cdata{sealed}, Signature: cdata{crypt.Sign(now, nonce, sealed)}, Time: now, Nonce: cdata{nonce},
	})
}
