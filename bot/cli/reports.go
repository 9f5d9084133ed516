package cli

import (
	"context"
	"fmt"
	"strings"

	"jinwen/corpus/extract"
	"jinwen/corpus/version"
)

type reportsCmd struct {
	JSON bool `name:"json" help:"Print one JSON object a line."`
}

func (reportsCmd) Help() string {
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

func (c *reportsCmd) Run(ctx context.Context, a *app) error {
	if err := a.configure(); err != nil {
		return err
	}
	list, err := a.reports()
	if err != nil {
		return err
	}
	t := table{columns: []column{{head: "报告"}, {head: "使用的版本"}, {head: "版本数"}, {head: "标题"}, {head: ""}}}
	for _, r := range list {
		if c.JSON {
			if err := a.out.json(reportJSON{r.Name, r.Place, r.Year, r.Serving.ID, r.Home, r.Serving.Active, r.Serving.Title, r.Versions}); err != nil {
				return err
			}
			continue
		}
		title, note, st := r.Serving.Title, "", plain
		switch {
		case r.Serving.Active:
			note, st = "默认", green
		case r.Serving.ID == "":
			title, note, st = r.Versions[0].Title, "待启用", yellow
		}
		t.add(cell{r.Name, st}, cell{r.Serving.ID, plain}, cell{fmt.Sprint(len(r.Versions)), dim}, cell{strings.TrimSpace(title), plain}, cell{note, st})
	}
	if c.JSON {
		return nil
	}
	return t.write(a.out)
}

// reports is the library; the report that ships alone if nothing was imported.
func (a *app) reports() ([]version.Report, error) {
	if a.hasVersions() {
		s, err := a.versions()
		if err != nil {
			return nil, err
		}
		return s.Reports(), nil
	}
	r, err := extract.Embedded()
	if err != nil {
		return nil, err
	}
	v := version.Describe(r)
	v.Active, v.Serves, v.Embedded, v.Name = true, true, true, "embedded"
	return []version.Report{{Name: v.Report, Place: r.Place, Year: r.Year, Serving: v, Versions: []version.Version{v}, Home: true}}, nil
}

type activateCmd struct {
	Version string `arg:"" help:"The version: its id or the first four digits of it (see jinwen reports, jinwen versions)."`
}

func (activateCmd) Help() string {
	return `Lets a kept version answer for the report of its year and place, in the place of the one that did. A running bot follows by itself.

Example:
  jinwen activate 1f0c`
}

func (c *activateCmd) Run(ctx context.Context, a *app) error {
	return (&rollbackCmd{Version: c.Version}).Run(ctx, a)
}
