package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"jinwen/corpus"
	"jinwen/corpus/version"
	"jinwen/index"
)

// The commands that change which text is active. A running bot that shares
// the data folder follows by itself.

// shell is who did it, in the audit trail.
func shell() version.By {
	who := "shell"
	if u, err := user.Current(); err == nil {
		who += ":" + u.Username
	}
	return version.By{Who: who, When: time.Now()}
}

type importCmd struct {
	File     string `arg:"" help:"The report: .txt, .md, .docx, .html or .pdf."`
	Activate bool   `help:"Make it the version that is answered from."`
}

func (importCmd) Help() string {
	return `Reads a report, says what was found in it and what differs from the active version, and keeps it. Nothing that is asked meanwhile is disturbed; with --activate answers come from the new text from now on, in a running bot too.

Examples:
  jinwen import 终稿.docx
  jinwen import 终稿.docx --activate
  jinwen rollback                        the version before it`
}

func (c *importCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	next, err := readReport(c.File)
	if err != nil {
		return err
	}
	before, err := a.report()
	if err != nil {
		return err
	}
	if c.Activate {
		// What cannot be answered from is not made active.
		if err := a.tryIndex(ctx, next); err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
	}
	store, err := a.versions()
	if err != nil {
		return err
	}
	v, already, err := store.Keep(filepath.Base(c.File), next, shell())
	if err != nil {
		return err
	}
	a.describe(v)
	switch {
	case v.ID == before.ID:
		fmt.Fprintln(a.out, "This text is active already: nothing changed.")
		return nil
	case already:
		fmt.Fprintln(a.out, "This text was kept before.")
	}
	if !c.Activate {
		fmt.Fprintf(a.out, "Kept, not active. Compare it with jinwen diff active %s, activate it with jinwen rollback %s.\n", v.ID, v.ID)
		return nil
	}
	return a.activate(store, v.ID)
}

func (a *app) activate(store *version.Store, id string) error {
	v, err := store.Activate(id, shell())
	if errors.Is(err, version.ErrActive) {
		fmt.Fprintln(a.out, "This version is active already: nothing changed.")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
}

// tryIndex builds the index of r beside whatever runs and asks it for one of
// its own headings.
func (a *app) tryIndex(ctx context.Context, r *corpus.Report) error {
	lex, err := a.lexicon()
	if err != nil {
		return err
	}
	ix, err := index.New(r, index.Options{DictDir: a.cfg.DictDir, Lexicon: lex})
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer ix.Close()
	q := r.Title
	if len(r.Sections) > 0 {
		q = r.Sections[0].Title
	}
	_, err = ix.Ask(ctx, index.Query{Text: q})
	return err
}

func (a *app) describe(v version.Version) {
	place := v.Place
	if v.Year != 0 {
		place += " " + strconv.Itoa(v.Year)
	}
	t := table{columns: []column{{head: "版本"}, {head: v.ID}}}
	for _, row := range [][2]string{
		{"标题", v.Title}, {"地区年份", place},
		{"规模", fmt.Sprintf("%d 字，%d 个标题，%d 段，%d 个数据，%d 项承诺", v.Counts.Chars, v.Counts.Sections, v.Counts.Passages, v.Counts.Figures, v.Counts.Commitments)},
	} {
		t.add(cell{row[0], dim}, cell{row[1], plain})
	}
	t.write(a.out)
	for _, w := range warnings(v) {
		fmt.Fprintf(a.err, "jinwen: warning: %s\n", w)
	}
}

// warnings is what is odd about an imported text; it may still be right.
func warnings(v version.Version) []string {
	var out []string
	if v.Counts.Sections == 0 {
		out = append(out, "no headings were found: answers will not say where their quotes stand")
	}
	if v.Counts.Chars < 2000 {
		out = append(out, fmt.Sprintf("the text has only %d characters: is it all of the report?", v.Counts.Chars))
	}
	if v.Counts.Figures == 0 {
		out = append(out, "no figures were found in it")
	}
	if v.Year == 0 {
		out = append(out, "the year is not known: questions about this year and last year will not be understood")
	}
	return out
}

type versionsCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (versionsCmd) Help() string {
	return `Shows every text that is kept: the one that ships with the program first, then the imported ones, newest first.`
}

func (c *versionsCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	var list []version.Version
	if _, err := os.Stat(a.versionsDir()); errors.Is(err, os.ErrNotExist) {
		r, err := corpus.Embedded()
		if err != nil {
			return err
		}
		list = []version.Version{{ID: r.ID, Title: r.Title, Place: r.Place, Year: r.Year, Name: "embedded", Counts: version.Count(r), Active: true, Embedded: true}}
	} else {
		store, err := a.versions()
		if err != nil {
			return err
		}
		list = store.Versions()
		if n := len(store.Damaged()); n > 0 {
			fmt.Fprintf(a.err, "jinwen: warning: %d damaged lines in %s: restore it from a backup\n", n, a.versionsDir())
		}
	}
	t := table{columns: []column{{head: "版本"}, {head: "状态"}, {head: "标题"}, {head: "导入时间"}, {head: "来源"}}}
	for _, v := range list {
		if c.JSON {
			if err := a.out.json(v); err != nil {
				return err
			}
			continue
		}
		state, st := "", plain
		switch {
		case v.Active:
			state, st = "使用中", green
		case v.Previous:
			state = "上一版"
		case v.Embedded:
			state = "随程序"
		case v.Activated.IsZero():
			state, st = "待启用", yellow
		}
		t.add(cell{v.ID, st}, cell{state, st}, cell{v.Title, plain}, cell{localTime(v.Imported), dim}, cell{v.Name, dim})
	}
	if c.JSON {
		return nil
	}
	return t.write(a.out)
}

func localTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

type rollbackCmd struct {
	Version string `arg:"" optional:"" help:"The version to activate: its id or the first four digits of it, active, previous or embedded. Without one: the version before the active one."`
}

func (rollbackCmd) Help() string {
	return `Examples:
  jinwen rollback                        the version before the active one
  jinwen rollback embedded               the report that ships with the program
  jinwen rollback 1f0c                   any kept version; see jinwen versions`
}

func (c *rollbackCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if _, err := os.Stat(a.versionsDir()); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("no version was ever imported into %s: there is nothing to go back to", a.cfg.DataDir)
	}
	store, err := a.versions()
	if err != nil {
		return err
	}
	if c.Version != "" {
		v, err := find(store, c.Version)
		if err != nil {
			return err
		}
		return a.activate(store, v.ID)
	}
	v, err := store.Rollback(shell())
	if errors.Is(err, version.ErrNoPrevious) {
		return fmt.Errorf("%w: see jinwen versions, and name one", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
}

func find(store *version.Store, ref string) (version.Version, error) {
	v, err := store.Find(ref)
	if errors.Is(err, version.ErrUnknown) {
		return v, fmt.Errorf("%w: see jinwen versions", err)
	}
	return v, err
}

type auditCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (auditCmd) Help() string {
	return `Shows who imported, activated, rolled back or changed what, and when; oldest first.`
}

func (c *auditCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if _, err := os.Stat(a.versionsDir()); errors.Is(err, os.ErrNotExist) {
		fmt.Fprintln(a.err, "jinwen: nothing was done yet")
		return nil
	}
	store, err := a.versions()
	if err != nil {
		return err
	}
	t := table{columns: []column{{head: "时间"}, {head: "谁"}, {head: "做了什么"}, {head: "版本"}, {head: "之前"}, {head: "说明"}}}
	for _, r := range store.Audit() {
		if c.JSON {
			if err := a.out.json(r); err != nil {
				return err
			}
			continue
		}
		detail := r.Detail
		if r.Action == version.Imported {
			detail = r.Name + " " + r.Title
		}
		t.add(cell{localTime(r.Time), dim}, cell{r.Who, plain}, cell{actionName(r.Action), bold}, cell{r.Version, plain}, cell{r.From, dim}, cell{detail, dim})
	}
	if c.JSON {
		return nil
	}
	return t.write(a.out)
}

func actionName(a version.Action) string {
	names := []struct {
		action version.Action
		name   string
	}{
		{version.Imported, "导入"}, {version.Activated, "启用"}, {version.RolledBack, "退回"},
		{version.Discarded, "弃用"}, {version.Pruned, "清理"}, {version.Reindexed, "重建索引"},
		{version.LexiconAdded, "加词"}, {version.LexiconRemoved, "删词"}, {version.Refused, "拒绝"},
	}
	i := slices.IndexFunc(names, func(n struct {
		action version.Action
		name   string
	}) bool {
		return n.action == a
	})
	if i < 0 {
		return string(a)
	}
	return names[i].name
}

type reindexCmd struct{}

func (reindexCmd) Help() string {
	return `Builds the index of the active version anew, after a change of the lexicon or an upgrade, and tries it. A running bot that shares the data folder does the same.`
}

func (c *reindexCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	r, err := a.report()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := a.tryIndex(ctx, r); err != nil {
		return err
	}
	store, err := a.versions()
	if err != nil {
		return err
	}
	if err := store.Note(version.Reindexed, "", shell()); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Indexed %s %s: %d passages in %v\n", r.ID, r.Title, len(r.Passages), time.Since(began).Round(time.Millisecond))
	return nil
}
