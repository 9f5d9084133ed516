package serve

import (
	"context"
	"time"

	"jinwen/index/rank"
	"jinwen/index/vector"
)

// How often embedAhead looks for reports that it does not know, and how long it
// leaves a server alone that failed.
const (
	embedLook  = time.Minute
	embedLater = 5 * time.Minute
)

// embedAhead has the passages of all reports embedded, and of those that come,
// until ctx ends, so that the first question to a report need not do without.
// The one that is live is embedded by its index.
func (s *Service) embedAhead(ctx context.Context, e *vector.Server) {
	done := make(map[string]bool) // by version
	for {
		wait := embedLook
		for _, r := range s.Library.Store().Reports() {
			for _, id := range []string{r.Serving.ID, r.Versions[0].ID} { // the newest may wait for a decision
				if live := s.live.Report(); id == "" || done[id] || live != nil && live.ID == id {
					continue
				}
				report, err := s.Library.Store().Report(id)
				if err == nil {
					_, err = e.Passages(ctx, rank.EmbedTexts(report)) // it logs its errors
				}
				if err != nil {
					wait = embedLater
				} else {
					done[id] = true
				}
				if ctx.Err() != nil {
					return
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
