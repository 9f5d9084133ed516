package serve

import (
	"context"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"

	"jinwen/bot/cli/base"
	"jinwen/bot/dispatch"
)

// beWatched tells systemd, if it started the process, that the bot runs, and
// that no worker is stuck for as long as that is so: else systemd starts it
// anew (WatchdogSec). It does so until ctx ends; what it returns waits for that
// and tells that the process stops. Where a worker is stuck, the log says so,
// with systemd or without.
func beWatched(ctx context.Context, a *base.App, w *dispatch.Watch) (end func()) {
	const look = 5 * time.Second
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		a.Log.Warn("systemd's watchdog is not fed", "err", err)
	}
	tell := func(state string) {
		if _, err := daemon.SdNotify(false, state); err != nil {
			a.Log.Warn("systemd is not told", "err", err)
		}
	}
	pause := look
	if every > 0 {
		pause = min(look, every/3)
	}
	done := make(chan struct{})
	tell(daemon.SdNotifyReady)
	go func() {
		defer close(done)
		tick := time.NewTicker(pause)
		defer tick.Stop()
		stuck := ""
		for {
			n, why := w.Stuck()
			switch {
			case why == "":
				tell(daemon.SdNotifyWatchdog)
				if stuck != "" {
					a.Log.Info("no worker is stuck any more")
				}
			case stuck == "":
				a.Log.Error(why, "workers", n, "hint", "the bot is not ready; systemd with WatchdogSec starts it anew, else do so yourself")
			}
			stuck = why
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return func() {
		<-done
		tell(daemon.SdNotifyStopping)
	}
}
