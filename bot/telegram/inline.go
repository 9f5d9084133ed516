package telegram

import (
	"context"
	"strconv"
	"strings"

	"jinwen/handlers/chat"
)

// Limits of answers to inline queries (Bot API, answerInlineQuery and
// InlineQueryResultArticle).
const (
	maxResults = 50
	maxID      = 64 // bytes of a result's id, an offset, a start parameter
	// cacheTime is for how many seconds Telegram may answer the same query by
	// itself. Results change when another version of the report goes live,
	// and old buttons then say so, so minutes are safe.
	cacheTime = 300
)

type article struct {
	Type        string  `json:"type"`
	ID          string  `json:"id"`
	Title       string  `json:"title"`
	Description string  `json:"description,omitempty"`
	Content     content `json:"input_message_content"`
	Markup      *markup `json:"reply_markup,omitempty"`
}

type content struct {
	Text    string         `json:"message_text"`
	Mode    string         `json:"parse_mode"`
	Preview map[string]any `json:"link_preview_options"`
}

// answerInline answers an inline query; nil is no result. Results that
// Telegram would refuse are left out. Too late an answer is no error: people
// type on.
func (t *Telegram) answerInline(ctx context.Context, id string, in *chat.Inline) error {
	if in == nil {
		in = &chat.Inline{Private: true}
	}
	p := params("inline_query_id", id, "cache_time", strconv.Itoa(cacheTime))
	if len(in.Results) == 0 {
		p["cache_time"] = "10" // it may be an apology
	}
	p["results"] = encode(articles(in.Results))
	if in.Private {
		p["is_personal"] = "true"
	}
	if len(in.Next) <= maxID {
		p.AddNonEmpty("next_offset", in.Next)
	}
	if start := strings.TrimSpace(chat.Clean(in.StartText)); start != "" && startParam(in.StartParam) {
		p["button"] = encode(map[string]string{"text": start, "start_parameter": in.StartParam})
	}
	limit, cancel := context.WithTimeout(ctx, t.opt.Limits.seconds(15))
	defer cancel()
	err := t.sender.sendAnywhere(limit, func(ctx context.Context) error {
		_, err := t.client.call(ctx, "answerInlineQuery", p, t.opt.Limits.Request)
		return err
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if limit.Err() != nil || refusedFor(err, "query is too old") {
		t.log.Debug("inline query answered too late", keyErr, err)
		return nil
	}
	return err
}

func articles(results []chat.InlineResult) []article {
	list := []article{}
	used := make(map[string]bool)
	for i, r := range results {
		parts := messages(r.Blocks, maxText)
		title := strings.TrimSpace(chat.Clean(r.Title))
		if len(list) == maxResults || len(parts) == 0 || chat.Blank(title) {
			continue
		}
		id := r.ID
		if id == "" || len(id) > maxID || chat.Clean(id) != id || used[id] {
			id = "#" + strconv.Itoa(i)
		}
		used[id] = true
		markup, _ := keys(r.Buttons)
		list = append(list, article{Type: "article", ID: id, Title: title, Description: strings.TrimSpace(chat.Clean(r.Description)),
			Content: content{parts[0].html, "HTML", map[string]any{"is_disabled": true}}, Markup: markup})
	}
	return list
}

// startParam reports whether s can follow ?start= (Bot API,
// InlineQueryResultsButton).
func startParam(s string) bool {
	if s == "" || len(s) > maxID {
		return false
	}
	for _, r := range s {
		if r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}
