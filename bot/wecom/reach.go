package wecom

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"github.com/coder/websocket"
)

// Reach reports whether WeCom's address takes long connections, "" being
// [DefaultURL]. It does not subscribe: that would take the place of a bot that
// runs.
func Reach(ctx context.Context, url string, client *http.Client) error {
	conn, _, err := websocket.Dial(ctx, cmp.Or(url, DefaultURL), &websocket.DialOptions{HTTPClient: client})
	if err != nil {
		return fmt.Errorf("wecom: connect: %w", err)
	}
	return conn.Close(websocket.StatusNormalClosure, "")
}
