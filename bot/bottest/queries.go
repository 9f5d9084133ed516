package bottest

import (
	"encoding/json"
	"strings"
)

// An Answer is what the bot answered to a callback or inline query.
type Answer struct {
	Text  string // of a callback query
	Alert bool

	Results   []Result // of an inline query
	Next      string
	Personal  bool
	CacheTime string
	Start     string // text of the button above the results
	Param     string // its start parameter
}

// A Result is one row under an inline query.
type Result struct {
	ID, Title, Description string
	Message                Message // that is sent when it is chosen
}

const tooOld = "query is too old and response timeout expired or query ID is invalid"

func (s *Server) answerCallbackQuery(r *Request) (any, *Error) {
	q := s.callbacks[r.Params["callback_query_id"]]
	if q == nil || q.expired || len(q.answers) > 0 {
		return nil, badRequest(tooOld)
	}
	if Units(r.Params["text"]) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	q.answers = append(q.answers, Answer{Text: r.Params["text"], Alert: r.Params["show_alert"] == "true"})
	return true, nil
}

func (s *Server) answerInlineQuery(r *Request) (any, *Error) {
	q := s.queries[r.Params["inline_query_id"]]
	if q == nil || q.expired || len(q.answers) > 0 {
		return nil, badRequest(tooOld)
	}
	a := Answer{Next: r.Params["next_offset"], Personal: r.Params["is_personal"] == "true", CacheTime: r.Params["cache_time"]}
	if len(a.Next) > 64 {
		return nil, badRequest("NEXT_OFFSET_INVALID")
	}
	var rows []struct {
		Type, ID, Title, Description string
		Content                      struct {
			Text string `json:"message_text"`
			Mode string `json:"parse_mode"`
		} `json:"input_message_content"`
		Markup json.RawMessage `json:"reply_markup"`
	}
	json.Unmarshal([]byte(r.Params["results"]), &rows) // checked against the spec
	if len(rows) > 50 {
		return nil, badRequest("RESULTS_TOO_MUCH")
	}
	seen := make(map[string]bool)
	for _, row := range rows {
		switch {
		case row.Type != "article":
			return nil, badRequest("result type %q is not known to bottest", row.Type)
		case len(row.ID) < 1 || len(row.ID) > 64:
			return nil, badRequest("RESULT_ID_INVALID")
		case seen[row.ID]:
			return nil, badRequest("RESULT_ID_DUPLICATE")
		case Blank(row.Title):
			return nil, badRequest("title must be non-empty")
		}
		seen[row.ID] = true
		text, entities, err := parseText(row.Content.Text, row.Content.Mode, 4096, "message")
		if err != nil {
			return nil, err
		}
		if Blank(text) {
			return nil, badRequest("message text is empty")
		}
		buttons, err := keyboard(string(row.Markup))
		if err != nil {
			return nil, err
		}
		a.Results = append(a.Results, Result{ID: row.ID, Title: row.Title, Description: row.Description,
			Message: Message{Text: text, Raw: row.Content.Text, ParseMode: row.Content.Mode, Entities: entities, Buttons: buttons, Bot: true}})
	}
	if raw := r.Params["button"]; raw != "" {
		var b struct {
			Text  string
			Start string `json:"start_parameter"`
		}
		json.Unmarshal([]byte(raw), &b) // checked against the spec
		if b.Start == "" || len(b.Start) > 64 || strings.ContainsFunc(b.Start, func(c rune) bool {
			return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", c)
		}) {
			return nil, badRequest("START_PARAM_INVALID")
		}
		a.Start, a.Param = b.Text, b.Start
	}
	q.answers = append(q.answers, a)
	return true, nil
}

// CallbackAnswer waits for the answer to a pressed button; it fails the test
// if there is none. Press returns the id.
func (s *Server) CallbackAnswer(id string) Answer {
	s.tb.Helper()
	return s.answer(s.callbacks, id, "an answer to the callback query")
}

// InlineAnswer waits for the answer to an inline query; it fails the test if
// there is none. Inline returns the id.
func (s *Server) InlineAnswer(id string) Answer {
	s.tb.Helper()
	return s.answer(s.queries, id, "an answer to the inline query")
}

func (s *Server) answer(from map[string]*query, id, what string) (a Answer) {
	s.tb.Helper()
	s.Until(what, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		q := from[id]
		if q == nil || len(q.answers) == 0 {
			return false
		}
		a = q.answers[0]
		return true
	})
	return a
}

// Expire makes all queries so far too old to be answered.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.callbacks {
		q.expired = true
	}
	for _, q := range s.queries {
		q.expired = true
	}
}
