// Package manage holds the commands that look after the library: importing
// reports, which version answers, statistics, what a snapshot holds.
package manage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/bot/cli/show"
	"jinwen/corpus"
	"jinwen/corpus/diff"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers/admin"
	"jinwen/handlers/chat"
)

// The commands that change which text is active. A running bot that shares
// the data folder follows by itself.

// shell returns who did it, in the audit trail.
func shell() string {
	if u, err := user.Current(); err == nil {
		return "shell:" + u.Username
	}
	return "shell"
}

// Import is the command that reads reports and keeps them.
type Import struct {
	File     []string `arg:"" help:"The report (.txt, .md, .docx, .html or .pdf); several, or folders of them, make a library."`
	Activate bool     `help:"Make it the version that answers for its year and place."`
	Year     int      `help:"The year that it plans, if its text does not say so."`
	Place    string   `help:"The place that it is of, likewise: 四川."`
}

func (Import) Help() string {
	return `Reads a report, says what was found in it and what differs from the active version, and keeps it. Nothing that is asked meanwhile is disturbed; with --activate answers come from the new text from now on, in a running bot too.

Of a folder every report in it is read and kept as a version of its year and place. It answers at once if it is the first of its report; a further one waits, unless --activate is given. A file that cannot be used is named, the rest goes on, and the exit code is 1.

Examples:
  jinwen import 终稿.docx
  jinwen import 终稿.docx --activate
  jinwen rollback                        the version before it
  jinwen import reports/                 many: see jinwen reports`
}

func (c *Import) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if info, err := os.Stat(c.File[0]); len(c.File) > 1 || err == nil && info.IsDir() {
		return c.importMany(ctx, a)
	}
	file := c.File[0]
	data, err := base.ReadFile(file) // before anything is made
	if err != nil {
		return err
	}
	if _, err := extract.Parse(file, data); err != nil {
		return err
	}
	lib, err := a.Library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	p, err := lib.ImportAs(ctx, filepath.Base(file), data, c.Year, c.Place, lib.By(shell()))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	describe(a, p.Version)
	base.PrintDoubts(a.Out, p.Report, 0)
	for _, w := range p.Warnings {
		fmt.Fprintf(a.Err, "jinwen: warning: %s\n", warningText(w, p))
	}
	switch {
	case p.Unchanged():
		fmt.Fprintln(a.Out, "This text is active already: nothing changed.")
		return nil
	case p.Already:
		fmt.Fprintln(a.Out, "This text was kept before.")
	}
	difference(a, p)
	if !c.Activate {
		id := p.Version.ID
		fmt.Fprintf(a.Out, "Kept, not active. See what would change with jinwen diff active %s; activate it with jinwen activate %s.\n", id, id)
		return nil
	}
	return activate(ctx, a, lib, p.Version.ID)
}

// An import shows so many changed figures, and so many lines of a summary: what
// fits one screen. diff shows all.
const (
	maxShown   = 12
	maxSummary = 15
)

// difference says in short what p would change.
func difference(a *base.App, p *admin.Preview) {
	fmt.Fprintf(a.Out, "Against the active version %s:\n", p.Active.ID)
	for i, line := range admin.Summary(p.Active, p.Report, chat.Hans) {
		if i < maxSummary {
			fmt.Fprintln(a.Out, line)
		}
	}
	if admin.IsOther(p.Active, p.Report) {
		return // that two reports are two texts says nothing
	}
	d := diff.Compare(p.Active, p.Report)
	shown := 0
	for _, c := range show.FigureChanges(p.Active, p.Report, d) {
		if c.Kind == diff.Changed && shown < maxShown {
			c.Print(a.Out)
			shown++
		}
	}
}

func activate(ctx context.Context, a *base.App, lib *admin.Library, id string) error {
	v, err := lib.Activate(ctx, id, lib.By(shell()), nil)
	if errors.Is(err, version.ErrActive) {
		fmt.Fprintln(a.Out, "This version is active already: nothing changed.")
		return nil
	}
	if err != nil {
		return err
	}
	if !v.Active && v.Serves {
		fmt.Fprintf(a.Out, "Answers for %s now: %s %s\n", v.Report, v.ID, v.Title)
		return nil
	}
	fmt.Fprintf(a.Out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
}

func describe(a *base.App, v version.Version) {
	place := v.Place
	if v.Year != 0 {
		place += " " + strconv.Itoa(v.Year)
	}
	t := print.Table{Columns: []print.Column{{Head: "版本"}, {Head: v.ID}}}
	for _, row := range [][2]string{
		{"标题", v.Title}, {"地区年份", place},
		{"规模", fmt.Sprintf("%d 字，%d 个标题，%d 段，%d 个数据，%d 项承诺", v.Counts.Chars, v.Counts.Sections, v.Counts.Passages, v.Counts.Figures, v.Counts.Commitments)},
	} {
		t.Add(print.Dim.Of(row[0]), print.Plain.Of(row[1]))
	}
	t.Write(a.Out)
}

func warningText(w admin.Warning, p *admin.Preview) string {
	switch w {
	case admin.WarnNoOutline:
		return "no headings were found: answers will not say where their quotes stand"
	case admin.WarnShort:
		return fmt.Sprintf("the text has only %d characters: is it all of the report?", p.Report.Len())
	case admin.WarnCharacters:
		return "some characters could not be decoded: save the file as UTF-8 and import it again"
	case admin.WarnNoFigures:
		return "no figures were found in it"
	case admin.WarnNoCommitments:
		return "no commitments were found in it"
	case admin.WarnNoYear:
		return "the year is not known: questions about this year and last year will not be understood"
	case admin.WarnOlder:
		return fmt.Sprintf("it plans %d, the active one %d: is it last year's?", p.Report.Year, p.Active.Year)
	case admin.WarnOtherPlace:
		return fmt.Sprintf("it is the report of %s, the active one of %s", cmp.Or(p.Report.Place, "an unknown place"), cmp.Or(p.Active.Place, "an unknown place"))
	}
	return string(w)
}

// Versions is the command that lists the texts that are kept.
type Versions struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (Versions) Help() string {
	return `Shows every text that is kept: the one that ships with the program first, then the imported ones, newest first.

Examples:
  jinwen versions
  jinwen versions --json`
}

func (c *Versions) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	var list []version.Version
	if !a.HasVersions() {
		r, err := extract.Embedded()
		if err != nil {
			return err
		}
		list = []version.Version{{ID: r.ID, Title: r.Title, Place: r.Place, Year: r.Year, Name: "embedded", Report: corpus.ReportName(r.Year, r.Place), Counts: version.Count(r), Serves: true, Active: true, Embedded: true}}
	} else {
		store, err := a.Versions()
		if err != nil {
			return err
		}
		list = store.Versions()
		if n := len(store.Damaged()); n > 0 {
			fmt.Fprintf(a.Err, "jinwen: warning: %d damaged lines in %s: restore it from a backup\n", n, a.VersionsDir())
		}
	}
	t := print.Table{Columns: []print.Column{{Head: "版本"}, {Head: "状态"}, {Head: "标题"}, {Head: "导入时间"}, {Head: "来源"}}}
	for _, v := range list {
		if c.JSON {
			if err := a.Out.JSON(v); err != nil {
				return err
			}
			continue
		}
		state, st := "", print.Plain
		switch {
		case v.Active:
			state, st = "使用中", print.Green
		case v.Serves:
			state, st = v.Report, print.Green
		case v.Previous:
			state = "上一版"
		case v.Embedded:
			state = "随程序"
		case v.Activated.IsZero():
			state, st = "待启用", print.Yellow
		}
		t.Add(st.Of(v.ID), st.Of(state), print.Plain.Of(v.Title), print.Dim.Of(localTime(v.Imported)), print.Dim.Of(v.Name))
	}
	if c.JSON {
		return nil
	}
	return t.Write(a.Out)
}

func localTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

// Rollback is the command that goes back to another version.
type Rollback struct {
	Version string `arg:"" optional:"" help:"The version to activate: its id or the first four digits of it, active, previous or embedded. Without one: the version before the active one."`
}

func (Rollback) Help() string {
	return `Examples:
  jinwen rollback                        the version before the active one
  jinwen rollback embedded               the report that ships with the program
  jinwen rollback 1f0c                   any kept version; see jinwen versions`
}

func (c *Rollback) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if !a.HasVersions() {
		return fmt.Errorf("no version was ever imported into %s: there is nothing to go back to", a.Cfg.DataDir)
	}
	lib, err := a.Library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	if c.Version != "" {
		v, err := lib.Store().Find(c.Version)
		if err != nil {
			return fmt.Errorf("%w: see jinwen versions", err)
		}
		return activate(ctx, a, lib, v.ID)
	}
	v, err := lib.Rollback(ctx, lib.By(shell()), nil)
	if errors.Is(err, version.ErrNoPrevious) {
		return fmt.Errorf("%w: see jinwen versions, and name one", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
}

// Audit is the command that shows who changed what.
type Audit struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (Audit) Help() string {
	return `Shows who imported, activated, rolled back or changed what, and when; oldest first.

Example:
  jinwen audit`
}

func (c *Audit) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	if !a.HasVersions() {
		fmt.Fprintln(a.Err, "jinwen: nothing was done yet")
		return nil
	}
	store, err := a.Versions()
	if err != nil {
		return err
	}
	t := print.Table{Columns: []print.Column{{Head: "时间"}, {Head: "谁"}, {Head: "做了什么"}, {Head: "版本"}, {Head: "之前"}, {Head: "说明"}}}
	for _, r := range store.Audit() {
		if c.JSON {
			if err := a.Out.JSON(r); err != nil {
				return err
			}
			continue
		}
		detail := r.Detail
		if r.Action == version.Imported {
			detail = r.Name + " " + r.Title
		}
		t.Add(print.Dim.Of(localTime(r.Time)), print.Plain.Of(r.Who), print.Bold.Of(actionName(r.Action)), print.Plain.Of(r.Version), print.Dim.Of(r.From), print.Dim.Of(detail))
	}
	if c.JSON {
		return nil
	}
	return t.Write(a.Out)
}

func actionName(a version.Action) string {
	names := []struct {
		action version.Action
		name   string
	}{
		{version.Imported, "导入"}, {version.Activated, "启用"}, {version.Joined, "入库"}, {version.RolledBack, "退回"},
		{version.Discarded, "弃用"}, {version.Pruned, "清理"}, {version.Reindexed, "重建索引"},
		{version.LexiconAdded, "加词"}, {version.LexiconRemoved, "删词"},
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

// Reindex is the command that builds the active index anew.
type Reindex struct{}

func (Reindex) Help() string {
	return `Builds the index of the active version anew, after a change of the lexicon or an upgrade, and tries it. A running bot that shares the data folder does the same.

Example:
  jinwen reindex`
}

func (c *Reindex) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	lib, err := a.Library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	began := time.Now()
	v, err := lib.Reindex(ctx, lib.By(shell()), nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Indexed %s %s: %d passages in %v\n", v.ID, v.Title, v.Counts.Passages, time.Since(began).Round(time.Millisecond))
	return nil
}
