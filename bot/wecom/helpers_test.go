package wecom

import (
	"encoding/json"
	"testing"
	"time"
)

func decodeJSON(t *testing.T, b []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until ok reports true.
func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for !ok() {
		select {
		case <-limit:
			t.Fatal("waited for ten seconds")
		case <-time.After(time.Millisecond):
		}
	}
}
