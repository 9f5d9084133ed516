package site

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The page in a real browser. Without one these tests say so and are skipped;
// in CI (CI=true) that is a failure.

// openBrowser is a context of chromedp in a browser of its own.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no browser: .ci/run installs chromium")
		}
		t.Skip("no browser: apt-get install chromium fonts-wqy-microhei runs these tests")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("lang", "zh-CN"))
	alloc, cancel1 := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel2 := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil { // starts it, without a time limit of its own
		t.Fatalf("%s does not start: %v", path, err)
	}
	limited, cancel3 := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(func() {
		cancel3()
		chromedp.Cancel(ctx)
		cancel2()
		cancel1()
	})
	return limited
}

// shots is where pictures go that people look at: JINWEN_SHOTS=DIR makes them.
var shots = sync.OnceValue(func() string { return os.Getenv("JINWEN_SHOTS") })

func save(t *testing.T, name string, png []byte) {
	t.Helper()
	if err := os.MkdirAll(shots(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(shots(), name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
