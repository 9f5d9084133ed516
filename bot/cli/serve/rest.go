package serve

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// rest gives memory back to the system whenever the process has come to rest,
// until ctx ends. Go does so by itself only down to what its last collection
// left room for, which at rest is for nothing.
func rest(ctx context.Context) {
	const pause = 5 * time.Second
	sample := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}}
	cycles := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	tick := time.NewTicker(pause)
	defer tick.Stop()
	var last, freed uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := cycles()
		if now == last && now != freed { // no collection lately, and something to give since
			debug.FreeOSMemory()
			freed = cycles()
			now = freed
		}
		last = now
	}
}
