package chat

import "strings"

// Schemes are the parts of ids before the colon, one for each transport.
const (
	Telegram = "telegram"
	Terminal = "console"
	Web      = "web"
	WeChat   = "wechat"
	WeCom    = "wecom"
)

// ID returns the id of a person or chat: "telegram:-1001234" is what Telegram
// calls -1001234. So the ids of two transports are never the same.
func ID(scheme, local string) string { return scheme + ":" + local }

// Local returns what the transport itself calls id; ok is false if id is not
// of that transport.
func Local(scheme, id string) (local string, ok bool) {
	s, local, found := strings.Cut(id, ":")
	if !found || s != scheme || local == "" {
		return "", false
	}
	return local, true
}
