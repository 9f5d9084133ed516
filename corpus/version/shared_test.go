package version

import (
	"errors"
	"testing"
	"time"
)

// hung is a shared journal that does not answer while something is written.
type hung struct{ asked, answer chan struct{} }

func (h hung) Lines(int64) ([]byte, error) { return nil, nil }
func (h hung) Append(int64, map[int64][]byte, map[string]string, []string) error {
	h.asked <- struct{}{}
	<-h.answer
	return errors.New("gone")
}
func (h hung) Text(string) (string, bool, error)  { return "", false, nil }
func (h hung) Changed() (<-chan struct{}, func()) { return nil, func() {} }

// While a change waits for the shared journal, reports are read as before.
func TestReadWhileSharedHangs(t *testing.T) {
	h := hung{make(chan struct{}), make(chan struct{})}
	s := open(t, t.TempDir(), Options{Shared: h})
	changed := make(chan error, 1)
	go func() { changed <- s.Note(Reindexed, "", at("7", 0)) }()
	<-h.asked
	read := make(chan error, 1)
	go func() {
		_, err := s.Report(s.Active().ID)
		read <- err
	}()
	select {
	case err := <-read:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("nothing is read meanwhile")
	}
	close(h.answer)
	if err := <-changed; !errors.Is(err, ErrAway) {
		t.Errorf("Note = %v, want ErrAway", err)
	}
}
