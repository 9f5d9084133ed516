package handlers

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"jinwen/handlers/chat"
	"jinwen/handlers/sheet"
)

// export is /export [words]: a spreadsheet of what the words take.
func export(ctx context.Context, t *Turn) (chat.Reply, error) {
	return t.export(t.parseFilter(t.Args))
}

// pressExport returns a spreadsheet of the list that the button is under.
func pressExport(ctx context.Context, t *Turn, args []string) (chat.Reply, error) {
	f, ok := t.recallFilter(args[0])
	if !ok {
		return notice(t.text.ButtonExpired), nil
	}
	return t.export(f)
}

func (t *Turn) export(f filter) (chat.Reply, error) {
	figs, coms, cmps := t.rowsOf(listFigures, f), t.rowsOf(listCommitments, f), t.rowsOf(listPairs, f)
	if len(figs)+len(coms)+len(cmps) == 0 {
		return chat.Reply{Blocks: []chat.Block{{Kind: chat.Para, Text: t.text.ListEmpty}, {Kind: chat.Note, Text: fmt.Sprintf(t.text.FilteredBy, f.string(t))}}}, nil
	}
	var b bytes.Buffer
	rows := t.rows(f)
	if s, ok := t.bot.src.(Shelf); ok {
		rows.Before = s.Before(t.Report)
	}
	if err := sheet.Write(&b, t.Report, rows); err != nil {
		return chat.Reply{}, err
	}
	caption := fmt.Sprintf(t.text.ExportCaption, len(figs), len(coms), len(cmps))
	if !f.zero() {
		caption += "\n" + fmt.Sprintf(t.text.FilteredBy, f.string(t))
	}
	name := t.Report.Title
	if s := f.string(t); s != "" {
		name += " " + s
	}
	return chat.Reply{
		Blocks: []chat.Block{{Kind: chat.Para, Text: t.text.ExportHow}},
		Files:  []chat.Attachment{{Name: fileName(name) + ".xlsx", Caption: caption, Data: b.Bytes()}},
	}, nil
}

// fileName returns s as the name of a file on any system.
func fileName(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, c), c < ' ':
			return -1
		case c == ' ', c == '·', c == '　':
			return '-'
		}
		return c
	}, s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	s = strings.Trim(s, "-.")
	if c := []rune(s); len(c) > 60 {
		s = string(c[:60])
	}
	if s == "" {
		return "report"
	}
	return s
}
