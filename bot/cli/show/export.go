package show

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/handlers/chat"
	"jinwen/handlers/sheet"
)

// Export is the command that writes a spreadsheet.
type Export struct {
	File   string   `arg:"" help:"The spreadsheet to write (.xlsx); one that is there is replaced."`
	Filter []string `placeholder:"WORDS" help:"Only what holds all these words; may be given more than once."`
	period
	topic
	Quantified bool `help:"Of the commitments, only those with a number."`
}

func (Export) Help() string {
	return `Writes the report's figures, its commitments as a ledger with columns to fill in (who leads, who takes part, until when, how far), and its pairs.

Examples:
  jinwen export 台账.xlsx
  jinwen export 教育.xlsx --topic 教育 --quantified
  jinwen export 2025.xlsx --report 2025年报告.docx`
}

func (c *Export) Run(ctx context.Context, a *base.App) error {
	if !strings.EqualFold(filepath.Ext(c.File), ".xlsx") {
		return base.Usagef("%s: want a name that ends in .xlsx", c.File)
	}
	r, lex, err := listed(a)
	if err != nil {
		return err
	}
	f := sheet.Filter{Quantified: c.Quantified}
	for _, w := range c.Filter {
		f.Words = append(f.Words, strings.Fields(w)...)
	}
	period, err := c.period.resolve(r)
	if err != nil {
		return err
	}
	if period != "" {
		if _, err := fmt.Sscan(period, &f.Year); err != nil {
			return base.Usagef("--period: a spreadsheet takes a year, as %d", r.Year)
		}
	}
	if err := c.topic.check(lex, r); err != nil {
		return err
	}
	if c.Topic != "" {
		f.Topic = func(text string) bool { return strings.Contains(text, c.Topic) || lex.InTopic(c.Topic, text) }
	}
	if f.Before, err = a.Before(r); err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := sheet.Write(&buf, r, f); err != nil {
		return err
	}
	if err := writeFile(c.File, buf.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "%s: %s\n", chat.Clean(c.File), r.Title)
	return nil
}

// writeFile puts data in its place whole, or not at all.
func writeFile(name string, data []byte) error {
	t, err := os.CreateTemp(filepath.Dir(name), ".jinwen-*.tmp")
	if perr, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w in %s: make the folder, or name a file in one that you may write to", name, perr.Err, filepath.Dir(name))
	}
	if err != nil {
		return err
	}
	defer os.Remove(t.Name()) // does nothing once it is renamed
	_, err = t.Write(data)
	if err == nil {
		err = t.Chmod(0o644)
	}
	if err == nil {
		err = t.Sync()
	}
	if cerr := t.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(t.Name(), name)
	}
	return err
}
