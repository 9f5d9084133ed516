package bottest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// call makes a request as a bot does and returns the description of the
// refusal, "" if there is none.
func call(t *testing.T, s *Server, method string, pairs ...string) string {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	resp, err := http.PostForm(strings.Replace(s.Endpoint(), "%s/%s", s.Token+"/"+method, 1), form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body struct{ Description string }
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return body.Description
}

func TestStrict(t *testing.T) {
	s := NewServer(t)
	ann := s.User("Ann", "")
	id := "1001"
	long := strings.Repeat("津", 4097)
	if c := ann.Private().ID; c != 1001 {
		t.Fatalf("first user is %d", c)
	}
	for _, tt := range []struct {
		name   string
		method string
		pairs  []string
		want   string // part of the refusal; "" is none
	}{
		{"a message", "sendMessage", []string{"chat_id", id, "text", "a"}, ""},
		{"4096 units after entities", "sendMessage", []string{"chat_id", id, "parse_mode", "HTML", "text", "<b>" + strings.Repeat("&lt;", 4096) + "</b>"}, ""},
		{"an unknown method", "sendNonsense", nil, "method not found"},
		{"an unknown parameter", "sendMessage", []string{"chat_id", id, "text", "a", "nonsense", "1"}, "unknown parameter"},
		{"a missing parameter", "sendMessage", []string{"chat_id", id}, "is missing"},
		{"a wrong type", "editMessageText", []string{"chat_id", id, "message_id", "x", "text", "a"}, "message_id"},
		{"an unknown field", "sendMessage", []string{"chat_id", id, "text", "a", "reply_parameters", `{"message_id":1,"x":1}`}, "unknown field"},
		{"a missing field", "sendMessage", []string{"chat_id", id, "text", "a", "reply_parameters", `{}`}, "is missing"},
		{"no JSON", "sendMessage", []string{"chat_id", id, "text", "a", "reply_parameters", `{`}, "can't parse"},
		{"an unknown chat", "sendMessage", []string{"chat_id", "5", "text", "a"}, "chat not found"},
		{"nothing to see", "sendMessage", []string{"chat_id", id, "text", " \u200b"}, "text is empty"},
		{"too long", "sendMessage", []string{"chat_id", id, "text", long}, "too long"},
		{"emoji count two", "sendMessage", []string{"chat_id", id, "text", strings.Repeat("😀", 2049)}, "too long"},
		{"a lost reply", "sendMessage", []string{"chat_id", id, "text", "a", "reply_parameters", `{"message_id":1}`}, "replied not found"},
		{"no topics here", "sendMessage", []string{"chat_id", id, "text", "a", "message_thread_id", "3"}, "thread not found"},
		{"an unknown tag", "sendMessage", []string{"chat_id", id, "parse_mode", "HTML", "text", "<x>a</x>"}, "can't parse entities"},
		{"data of 65 bytes", "sendMessage", []string{"chat_id", id, "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}]]}`}, "BUTTON_DATA_INVALID"},
		{"a button of no kind", "sendMessage", []string{"chat_id", id, "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"a"}]]}`}, "exactly one kind"},
		{"a button of two kinds", "sendMessage", []string{"chat_id", id, "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"x","url":"https://a.b"}]]}`}, "exactly one kind"},
		{"257 characters to copy", "sendMessage", []string{"chat_id", id, "text", "a", "reply_markup", `{"inline_keyboard":[[{"text":"a","copy_text":{"text":"` + strings.Repeat("x", 257) + `"}}]]}`}, "BUTTON_COPY_TEXT_INVALID"},
		{"no such message", "editMessageText", []string{"chat_id", id, "message_id", "7", "text", "a"}, "not found"},
		{"no such callback query", "answerCallbackQuery", []string{"callback_query_id", "7"}, "query is too old"},
		{"no such inline query", "answerInlineQuery", []string{"inline_query_id", "7", "results", "[]"}, "query is too old"},
		{"no such file", "getFile", []string{"file_id", "7"}, "invalid file_id"},
		{"a command in capitals", "setMyCommands", []string{"commands", `[{"command":"Find","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"a language of five letters", "setMyDescription", []string{"description", "x", "language_code", "zh-cn"}, "LANG_CODE_INVALID"},
	} {
		got := call(t, s, tt.method, tt.pairs...)
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: refusal %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestEditAndQueries(t *testing.T) {
	s := NewServer(t)
	ann := s.User("Ann", "")
	call(t, s, "sendMessage", "chat_id", "1001", "text", "<b>a</b>", "parse_mode", "HTML", "reply_markup",
		`{"inline_keyboard":[[{"text":"go","callback_data":"x"}]]}`)
	m := s.Next(ann.Private())
	id := s.Press(ann, m, "go")
	for _, tt := range []struct {
		name, want string
		got        string
	}{
		{"unchanged", "not modified", call(t, s, "editMessageText", "chat_id", "1001", "message_id", "1002", "text", "<b>a</b>", "parse_mode", "HTML",
			"reply_markup", `{"inline_keyboard":[[{"text":"go","callback_data":"x"}]]}`)},
		{"changed", "", call(t, s, "editMessageText", "chat_id", "1001", "message_id", "1002", "text", "b")},
		{"answered", "", call(t, s, "answerCallbackQuery", "callback_query_id", id, "text", "ok")},
		{"answered twice", "too old", call(t, s, "answerCallbackQuery", "callback_query_id", id)},
	} {
		if (tt.got == "") != (tt.want == "") || !strings.Contains(tt.got, tt.want) {
			t.Errorf("%s: refusal %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	if m := s.NextEdit(m); m.Text != "b" || len(m.Buttons) != 0 {
		t.Errorf("edited to %q with buttons %q", m.Text, m.Labels())
	}
	if a := s.CallbackAnswer(id); a.Text != "ok" {
		t.Errorf("callback answered with %q", a.Text)
	}
}

func TestOffsetConfirms(t *testing.T) {
	s := NewServer(t)
	ann := s.User("Ann", "")
	for range 3 {
		s.Text(ann.Private(), ann, "x")
	}
	call(t, s, "getUpdates", "offset", "5003")
	if n := s.Pending(); n != 1 {
		t.Errorf("%d updates after offset 5003, want 1", n)
	}
	call(t, s, "setWebhook", "url", "http://127.0.0.1:1/")
	if got := call(t, s, "getUpdates"); !strings.Contains(got, "webhook is active") {
		t.Errorf("poll with a webhook: %q", got)
	}
}

func TestParseHTML(t *testing.T) {
	for _, tt := range []struct {
		html, text string
		entities   int
		fails      bool
	}{
		{"<b>a</b> <i>b</i>", "a b", 2, false},
		{"<blockquote expandable>a</blockquote>", "a", 1, false},
		{`<a href="https://a.b/?c=1&amp;d=2">a</a>`, "a", 1, false},
		{"<b><i>a</i></b>", "a", 2, false},
		{"&lt;b&gt; &amp; &quot;", `<b> & "`, 0, false},
		{"<b>a", "", 0, true},
		{"a</b>", "", 0, true},
		{"<b><i>a</b></i>", "", 0, true},
		{"a & b", "", 0, true},
		{"a > b", "", 0, true},
		{"a < b", "", 0, true},
		{"<pre><b>a</b></pre>", "", 0, true},
		{"<blockquote><blockquote>a</blockquote></blockquote>", "", 0, true},
		{"\xff", "", 0, true},
	} {
		text, entities, err := ParseHTML(tt.html)
		if text != tt.text || len(entities) != tt.entities || (err != nil) != tt.fails {
			t.Errorf("ParseHTML(%q) = %q, %v, %v", tt.html, text, entities, err)
		}
	}
}
