package base

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"jinwen/bot/dispatch"
	"jinwen/handlers/store"
)

// DeadLetters returns the messages that were set aside: in the data folder, or,
// where several machines share a database, in that.
func (a *App) DeadLetters() (dispatch.Letters, error) {
	db, err := a.Database()
	if db == nil || err != nil {
		return a.letters(), err
	}
	return a.ShareLetters(db.Engine(), db.Engine()), nil
}

func (a *App) letters() *dispatch.DeadLetters {
	return dispatch.OpenDeadLetters(a.Path("dead-letters"), a.Now)
}

// sharedLetters are dispatch.Letters in an engine, a value each, for any machine
// to list and have handled once more. While the engine is away they wait in the
// folder of the machine that set them aside, and move in when it is looked at
// them next.
type sharedLetters struct {
	engine store.Engine
	own    store.Engine // whose writes are of the process that handles messages
	folder *dispatch.DeadLetters
	now    func() time.Time
}

// ShareLetters returns the letters in an engine. What a process does because it
// handles messages it writes through own, which may be fenced.
func (a *App) ShareLetters(engine, own store.Engine) dispatch.Letters {
	return &sharedLetters{engine, own, a.letters(), a.Now}
}

const bucketDead = "dead"

// sharedLetter is how one is kept, under its id.
type sharedLetter struct {
	dispatch.DeadLetter
	Wanted bool `json:"wanted,omitempty"`
}

func (s *sharedLetters) Put(l dispatch.DeadLetter) error {
	err := s.put(s.own, l, false)
	if errors.Is(err, store.ErrAway) {
		return s.folder.Put(l)
	}
	return err
}

// put keeps a letter, and deletes what is too old or too many.
func (s *sharedLetters) put(in store.Engine, l dispatch.DeadLetter, wanted bool) error {
	value, err := json.Marshal(sharedLetter{l, wanted})
	if err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	err = in.Update(func(tx store.Tx) error {
		all, err := scanLetters(tx)
		if err != nil {
			return err
		}
		for i, old := range all {
			if len(all)-i >= dispatch.MaxDead || s.now().Sub(old.Time) > dispatch.DeadLife {
				if err := tx.Delete(bucketDead, old.ID); err != nil {
					return err
				}
			}
		}
		return tx.Put(bucketDead, l.ID, value)
	})
	if err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	return nil
}

// scanLetters returns all that are kept, the oldest first. What does not read is
// skipped.
func scanLetters(tx store.Tx) (all []sharedLetter, err error) {
	err = tx.Scan(bucketDead, "", "", func(_ string, value []byte) error {
		var l sharedLetter
		if json.Unmarshal(value, &l) == nil && l.ID != "" {
			all = append(all, l)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b sharedLetter) int { return a.Time.Compare(b.Time) })
	return all, err
}

func (s *sharedLetters) List() ([]dispatch.DeadLetter, error)   { return s.list(false) }
func (s *sharedLetters) Wanted() ([]dispatch.DeadLetter, error) { return s.list(true) }

func (s *sharedLetters) list(wanted bool) (list []dispatch.DeadLetter, err error) {
	err = s.folder.Move(func(l dispatch.DeadLetter, wanted bool) error { return s.put(s.engine, l, wanted) })
	if err == nil {
		err = s.engine.View(func(tx store.Tx) error {
			all, err := scanLetters(tx)
			list = nil
			for _, l := range all {
				if l.Wanted == wanted {
					list = append(list, l.DeadLetter)
				}
			}
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("dead letters: %w", err)
	}
	return list, nil
}

func (s *sharedLetters) Retry(id string) error {
	return s.change(s.engine, id, func(tx store.Tx, l sharedLetter) error {
		if l.ID == "" || l.Wanted {
			return fmt.Errorf("%s: %w", id, dispatch.ErrNoLetter)
		}
		l.Wanted = true
		value, err := json.Marshal(l)
		if err != nil {
			return err
		}
		return tx.Put(bucketDead, id, value)
	})
}

func (s *sharedLetters) Over(id string) error {
	return s.change(s.own, id, func(tx store.Tx, l sharedLetter) error {
		if !l.Wanted {
			return nil // it was set aside again
		}
		return tx.Delete(bucketDead, id)
	})
}

// change has f change a letter, which has no id if there is none.
func (s *sharedLetters) change(in store.Engine, id string, f func(tx store.Tx, l sharedLetter) error) error {
	return in.Update(func(tx store.Tx) error {
		var l sharedLetter
		value, err := tx.Get(bucketDead, id)
		if err == nil && value != nil {
			err = json.Unmarshal(value, &l)
		}
		if err != nil {
			return fmt.Errorf("dead letter: %w", err)
		}
		return f(tx, l)
	})
}
