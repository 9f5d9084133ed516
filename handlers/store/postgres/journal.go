package postgres

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jinwen/corpus/version"
)

// A Journal is the journal of versions that all machines follow. Safe for
// concurrent use.
type Journal struct{ db *DB }

var _ version.Shared = (*Journal)(nil)

// Journal returns the journal in db.
func (db *DB) Journal() *Journal { return &Journal{db} }

// journalTold is the notification that a line was added.
const journalTold = "journal"

// textTime is how long texts may take on their way: a first import may bring
// hundreds.
const textTime = time.Minute

func (j *Journal) Lines(after int64) ([]byte, error) {
	var lines [][]byte
	err := j.db.do(context.Background(), func(ctx context.Context) error {
		rows, err := j.db.pool.Query(ctx, "SELECT line FROM jinwen_journal WHERE seq > $1 ORDER BY seq", after)
		if err != nil {
			return err
		}
		lines, err = pgx.CollectRows(rows, pgx.RowTo[[]byte])
		return err
	})
	return bytes.Join(lines, nil), err
}

func (j *Journal) Append(after int64, lines map[int64][]byte, texts map[string]string, dropped []string) error {
	return j.db.doLong(textTime, func(ctx context.Context) error {
		conn, err := j.db.begin(ctx)
		if err != nil {
			return err
		}
		defer done(ctx, conn)
		var last int64
		if err := conn.QueryRow(ctx, "SELECT coalesce(max(seq), 0) FROM jinwen_journal").Scan(&last); err != nil {
			return err
		}
		if last != after {
			return &ownError{version.ErrBehind}
		}
		b := new(pgx.Batch)
		for _, id := range slices.Sorted(maps.Keys(texts)) {
			b.Queue("INSERT INTO jinwen_text VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body", id, texts[id])
		}
		if len(dropped) > 0 {
			b.Queue("DELETE FROM jinwen_text WHERE id = ANY($1)", dropped)
		}
		for _, seq := range slices.Sorted(maps.Keys(lines)) {
			b.Queue("INSERT INTO jinwen_journal VALUES ($1, $2)", seq, lines[seq])
		}
		j.db.queueTell(b, journalTold)
		b.Queue("COMMIT")
		err = conn.SendBatch(ctx, b).Close()
		if isCode(err, "23505") { // unique_violation: another has written that line
			return &ownError{fmt.Errorf("%w: line %d", version.ErrBehind, after+1)}
		}
		return err
	})
}

func (j *Journal) Text(id string) (text string, ok bool, err error) {
	err = j.db.do(context.Background(), func(ctx context.Context) error {
		return j.db.pool.QueryRow(ctx, "SELECT body FROM jinwen_text WHERE id = $1", id).Scan(&text)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return text, err == nil, err
}

func (j *Journal) Changed() (told <-chan struct{}, stop func()) {
	return j.db.Subscribe(journalTold)
}
