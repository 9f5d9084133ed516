package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
)

// The files of migrations/ are run in the order of their names, each once, all
// of a start in one transaction. One that has been part of a release is never
// changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables to the form that this program knows, and refuses
// those of a later one.
func (db *DB) migrate(ctx context.Context) error {
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return err
	}
	return db.attempt(ctx, 2*db.times.Call, func(ctx context.Context) error {
		return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
			// One process at a time, and a snapshot from after that.
			if _, err := tx.Exec(ctx, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext('jinwen migrations'))"); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS jinwen_migrations (n int PRIMARY KEY, name text NOT NULL)"); err != nil {
				return err
			}
			var done int
			if err := tx.QueryRow(ctx, "SELECT coalesce(max(n), 0) FROM jinwen_migrations").Scan(&done); err != nil {
				return err
			}
			if done > len(files) {
				return &ownError{fmt.Errorf("postgres: its tables are of form %d, this program knows form %d: start the program that made them, or name another database", done, len(files))}
			}
			for n, f := range files[done:] {
				statements, err := migrations.ReadFile("migrations/" + f.Name())
				if err != nil {
					return &ownError{err}
				}
				if _, err := tx.Exec(ctx, string(statements), pgx.QueryExecModeSimpleProtocol); err != nil {
					return fmt.Errorf("postgres: %s: %w", f.Name(), err)
				}
				if _, err := tx.Exec(ctx, "INSERT INTO jinwen_migrations VALUES ($1, $2)", done+n+1, f.Name()); err != nil {
					return err
				}
			}
			return nil
		})
	})
}
