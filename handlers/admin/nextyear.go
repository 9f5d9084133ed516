package admin

import (
	"fmt"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/kept"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/reply"
)

// A text of another year or place is a report of its own, no correction of the
// one that is live: what differs word by word says nothing. Of the next year of
// the same place it is told what became of the targets.

// isNext reports whether new is the report that follows old.
func isNext(old, new *corpus.Report) bool {
	return old.Place == new.Place && old.Year != 0 && new.Year == old.Year+1
}

// isOther reports whether new is another report than old, as far as both say.
func isOther(old, new *corpus.Report) bool {
	return old.Place != new.Place && old.Place != "" && new.Place != "" || old.Year != new.Year && old.Year != 0 && new.Year != 0
}

// otherReport says that p is no correction, and sets targets against results
// where it is the next year's. The file has all of them; nil if there are none.
func otherReport(l chat.Lang, p *Preview) ([]chat.Block, []chat.Attachment) {
	t := in(l)
	out := blocks(chat.Para, fmt.Sprintf(t.OtherReport, nameOf(l, p.Report), nameOf(l, p.Active)))
	if !isNext(p.Active, p.Report) {
		return out, nil
	}
	items := kept.Compare(p.Active, p.Report)
	if len(items) == 0 {
		return out, nil
	}
	head := keptHead(l, p.Active, items)
	out = append(out, blocks(chat.Title, head[0])...)
	out = append(out, blocks(chat.Para, head[1])...)
	kept.Sort(p.Active, items)
	var file strings.Builder
	fmt.Fprintf(&file, "# %s → %s\n\n", p.Active.Title, p.Report.Title)
	shown := 0
	for _, it := range items {
		line := keptLine(l, p.Active, p.Report, it)
		file.WriteString("- " + line + "\n  " + t.DiffOld + p.Active.Quote(p.Active.FigureClause(it.Target)) + "\n")
		if it.Result >= 0 {
			file.WriteString("  " + t.DiffNew + p.Report.Quote(p.Report.FigureClause(it.Result)) + "\n")
		}
		if it.Result >= 0 && shown < shownFigures {
			shown++
			out = append(out, blocks(chat.Item, line)...)
		}
	}
	out = append(out, blocks(chat.Note, t.DiffMore)...)
	name := fmt.Sprintf("kept-%s-%s.md", shortID(p.Active.ID), shortID(p.Report.ID))
	return out, []chat.Attachment{{Name: name, Data: []byte(file.String())}}
}

// keptHead is of which year the targets are and how many there are, and how many
// of each verdict.
func keptHead(l chat.Lang, old *corpus.Report, items []kept.Item) []string {
	t, n := in(l), kept.Sum(items)
	var counts []string
	for _, v := range kept.Verdicts {
		if n[v] > 0 {
			counts = append(counts, fmt.Sprintf(t.VerdictCount, t.Verdicts[v], n[v]))
		}
	}
	return []string{fmt.Sprintf(t.KeptTitle, old.Year, len(items)), strings.Join(counts, t.Comma)}
}

// keptLine returns a target of old with its result in new: 城镇新增就业：目标 35万人，实际
// 36万人（超额完成）.
func keptLine(l chat.Lang, old, new *corpus.Report, it kept.Item) string {
	t, target := in(l), &old.Figures[it.Target]
	name, value := zh.Clip(reply.FigureName(old, target), 30), reply.FigureValue(old, target)
	if it.Result < 0 {
		return fmt.Sprintf(t.KeptOpen, name, value, t.Verdicts[it.Verdict])
	}
	return fmt.Sprintf(t.KeptLine, name, value, reply.FigureValue(new, &new.Figures[it.Result]), t.Verdicts[it.Verdict])
}

// nameOf returns a report among others: 2025/天津, or its title.
func nameOf(l chat.Lang, r *corpus.Report) string {
	if name := r.Name(); name != "" {
		return name
	}
	if r.Title != "" {
		return r.Title
	}
	return shortID(r.ID)
}
