package manage

import (
	"context"
	"fmt"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus/version"
)

// Reports is the command that lists the library.
type Reports struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (Reports) Help() string {
	return `Shows the library: every report that versions are kept of, by place and year, and the version that answers for it. The newest report of the home place (home in the settings) is what a question without a place means.

Examples:
  jinwen reports
  jinwen reports --json`
}

// reportJSON is a report of the library as scripts get it.
type reportJSON struct {
	Report   string            `json:"report"`
	Place    string            `json:"place"`
	Year     int               `json:"year"`
	Active   string            `json:"active"` // the version that answers for it; "" if none does
	Home     bool              `json:"home"`
	Default  bool              `json:"default"` // what a question without a place and a year means
	Title    string            `json:"title"`
	Versions []version.Version `json:"versions"`
}

func (c *Reports) Run(ctx context.Context, a *base.App) error {
	if err := a.Configure(); err != nil {
		return err
	}
	list, err := a.Reports()
	if err != nil {
		return err
	}
	t := print.Table{Columns: []print.Column{{Head: "报告"}, {Head: "使用的版本"}, {Head: "版本数"}, {Head: "标题"}, {Head: ""}}}
	for _, r := range list {
		if c.JSON {
			if err := a.Out.JSON(reportJSON{r.Name, r.Place, r.Year, r.Serving.ID, r.Home, r.Serving.Active, r.Serving.Title, r.Versions}); err != nil {
				return err
			}
			continue
		}
		title, note, st := r.Serving.Title, "", print.Plain
		switch {
		case r.Serving.Active:
			note, st = "默认", print.Green
		case r.Serving.ID == "":
			title, note, st = r.Versions[0].Title, "待启用", print.Yellow
		}
		t.Add(st.Of(r.Name), print.Plain.Of(r.Serving.ID), print.Dim.Of(fmt.Sprint(len(r.Versions))), print.Plain.Of(strings.TrimSpace(title)), st.Of(note))
	}
	if c.JSON {
		return nil
	}
	return t.Write(a.Out)
}

// Activate is the command that lets a kept version answer.
type Activate struct {
	Version string `arg:"" help:"The version: its id or the first four digits of it (see jinwen reports, jinwen versions)."`
}

func (Activate) Help() string {
	return `Lets a kept version answer for the report of its year and place, in the place of the one that did. A running bot follows by itself.

Example:
  jinwen activate 1f0c`
}

func (c *Activate) Run(ctx context.Context, a *base.App) error {
	return (&Rollback{Version: c.Version}).Run(ctx, a)
}
