package cli

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
)

// TestAskStreams: an answer comes out before the next question goes in, and
// Ctrl-C ends a command that waits for one.
func TestAskStreams(t *testing.T) {
	questions, in := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	var errs lockedBuffer
	go func() {
		done <- Main(ctx, []string{"ask", "--json", "--report", "testdata/qingxi.txt"}, questions, out, &errs)
		out.Close()
	}()
	r := bufio.NewReader(answers)
	for _, q := range []string{"口袋公园", "", "今年改造燃气管网多少公里"} {
		io.WriteString(in, q+"\n")
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"question":"` + q + `",`; !strings.HasPrefix(line, want) {
			t.Errorf("answer to %q begins %.60q", q, line)
		}
	}
	cancel()
	if code := <-done; code != exitInterrupted || errs.String() != "jinwen: interrupted\n" {
		t.Errorf("interrupted: exit %d, %q", code, errs.String())
	}
	in.Close()
}
