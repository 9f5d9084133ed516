package cli

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

	"jinwen/corpus"
	"jinwen/corpus/diff"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/handlers/admin"
)

// The commands that change which text is active. A running bot that shares
// the data folder follows by itself.

// shell is who did it, in the audit trail.
func shell() string {
	if u, err := user.Current(); err == nil {
		return "shell:" + u.Username
	}
	return "shell"
}

type importCmd struct {
	File     []string `arg:"" help:"The report (.txt, .md, .docx, .html or .pdf); several, or folders of them, make a library."`
	Activate bool     `help:"Make it the version that answers for its year and place."`
	Year     int      `help:"The year that it plans, if its text does not say so."`
	Place    string   `help:"The place that it is of, likewise: 四川."`
}

func (importCmd) Help() string {
	return `Reads a report, says what was found in it and what differs from the active version, and keeps it. Nothing that is asked meanwhile is disturbed; with --activate answers come from the new text from now on, in a running bot too.

Of a folder every report in it is read and kept as a version of its year and place. It answers at once if it is the first of its report; a further one waits, unless --activate is given. A file that cannot be used is named, the rest goes on, and the exit code is 1.

Examples:
  jinwen import 终稿.docx
  jinwen import 终稿.docx --activate
  jinwen rollback                        the version before it
  jinwen import reports/                 many: see jinwen reports`
}

func (c *importCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if info, err := os.Stat(c.File[0]); len(c.File) > 1 || err == nil && info.IsDir() {
		return c.importMany(ctx, a)
	}
	file := c.File[0]
	data, err := readFile(file) // before anything is made
	if err != nil {
		return err
	}
	if _, err := extract.Parse(file, data); err != nil {
		return err
	}
	lib, err := a.library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	p, err := lib.ImportAs(ctx, filepath.Base(file), data, c.Year, c.Place, lib.By(shell()))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	a.describe(p.Version)
	printDoubts(a.out, p.Report, 0)
	for _, w := range p.Warnings {
		fmt.Fprintf(a.err, "jinwen: warning: %s\n", warningText(w, p))
	}
	switch {
	case p.Unchanged():
		fmt.Fprintln(a.out, "This text is active already: nothing changed.")
		return nil
	case p.Already:
		fmt.Fprintln(a.out, "This text was kept before.")
	}
	a.difference(p)
	if !c.Activate {
		id := p.Version.ID
		fmt.Fprintf(a.out, "Kept, not active. See what would change with jinwen diff active %s; activate it with jinwen rollback %s.\n", id, id)
		return nil
	}
	return a.activate(ctx, lib, p.Version.ID)
}

// maxShown is how many changed figures an import shows; diff shows all.
const maxShown = 12

// difference says in short what p would change.
func (a *app) difference(p *admin.Preview) {
	d := diff.Compare(p.Active, p.Report)
	fmt.Fprintf(a.out, "Against the active version %s: %d figures, %d commitments, %d headings and %d sentences differ.\n",
		p.Active.ID, len(d.Figures), len(d.Commitments), len(d.Sections), len(d.Sentences))
	shown := 0
	for _, c := range figureChanges(p.Active, p.Report, d) {
		if c.Kind == diff.Changed && shown < maxShown {
			c.print(a.out)
			shown++
		}
	}
}

func (a *app) activate(ctx context.Context, lib *admin.Library, id string) error {
	v, err := lib.Activate(ctx, id, lib.By(shell()), nil)
	if errors.Is(err, version.ErrActive) {
		fmt.Fprintln(a.out, "This version is active already: nothing changed.")
		return nil
	}
	if err != nil {
		return err
	}
	if !v.Active && v.Serves {
		fmt.Fprintf(a.out, "Answers for %s now: %s %s\n", v.Report, v.ID, v.Title)
		return nil
	}
	fmt.Fprintf(a.out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
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

type versionsCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (versionsCmd) Help() string {
	return `Shows every text that is kept: the one that ships with the program first, then the imported ones, newest first.

Examples:
  jinwen versions
  jinwen versions --json`
}

func (c *versionsCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	var list []version.Version
	if !a.hasVersions() {
		r, err := extract.Embedded()
		if err != nil {
			return err
		}
		list = []version.Version{{ID: r.ID, Title: r.Title, Place: r.Place, Year: r.Year, Name: "embedded", Report: corpus.ReportName(r.Year, r.Place), Counts: version.Count(r), Serves: true, Active: true, Embedded: true}}
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
		case v.Serves:
			state, st = v.Report, green
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
	if !a.hasVersions() {
		return fmt.Errorf("no version was ever imported into %s: there is nothing to go back to", a.cfg.DataDir)
	}
	lib, err := a.library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	if c.Version != "" {
		v, err := lib.Store().Find(c.Version)
		if err != nil {
			return fmt.Errorf("%w: see jinwen versions", err)
		}
		return a.activate(ctx, lib, v.ID)
	}
	v, err := lib.Rollback(ctx, lib.By(shell()), nil)
	if errors.Is(err, version.ErrNoPrevious) {
		return fmt.Errorf("%w: see jinwen versions, and name one", err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Active now: %s %s\n", v.ID, v.Title)
	return nil
}

type auditCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (auditCmd) Help() string {
	return `Shows who imported, activated, rolled back or changed what, and when; oldest first.

Example:
  jinwen audit`
}

func (c *auditCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	if !a.hasVersions() {
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

type reindexCmd struct{}

func (reindexCmd) Help() string {
	return `Builds the index of the active version anew, after a change of the lexicon or an upgrade, and tries it. A running bot that shares the data folder does the same.

Example:
  jinwen reindex`
}

func (c *reindexCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	lib, err := a.library(ctx, nil)
	if err != nil {
		return err
	}
	defer lib.Live().Close()
	began := time.Now()
	v, err := lib.Reindex(ctx, lib.By(shell()), nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Indexed %s %s: %d passages in %v\n", v.ID, v.Title, v.Counts.Passages, time.Since(began).Round(time.Millisecond))
	return nil
}
