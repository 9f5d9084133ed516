package reply

import (
	"fmt"
	"strconv"
	"strings"

	"jinwen/corpus"
	"jinwen/corpus/zh"
	"jinwen/handlers/chat"
	"jinwen/handlers/texts"
	"jinwen/index"
	"jinwen/index/question"
)

// talkReply answers what is said to the bot, and what is asked of the report
// as a whole. Nothing of it looks like a quote.
func talkReply(a *index.Answer, t *texts.Set) chat.Reply {
	r, topic := a.Report, ""
	if a.Question != nil {
		topic = a.Question.Topic
	}
	if line, ok := t.Talk[topic]; ok {
		reply := chat.Say(line)
		if ex := examples(r, t); len(ex) > 0 && (topic == "hello" || topic == "bot") {
			reply.Blocks = append(reply.Blocks, chat.Block{Kind: chat.Para, Text: fmt.Sprintf(t.Example, ex[0])})
		}
		return reply
	}
	name := Title(r, t)
	w := &Writer{r: r, t: t, limit: Room.Page}
	switch topic {
	case "length":
		w.Add(chat.Answer, fmt.Sprintf(t.AboutLength, name, visible(r), parts(r)))
	case "parts":
		w.Add(chat.Answer, fmt.Sprintf(t.AboutParts, name, len(a.Sections)))
	case "summary":
		w.Add(chat.Answer, fmt.Sprintf(t.AboutSummary, name, r.Year, r.ReviewYear()))
	case "speaker":
		w.Add(chat.Answer, said(t.AboutSpeaker, name, r.Speaker, t.NoSpeaker))
	case "date", "session":
		w.Add(chat.Answer, said(t.AboutDate, name, r.Date, t.NoDate))
	case "districts":
		w.Add(chat.Answer, said(t.AboutPlaces, name, strings.Join(a.Places, t.Comma), t.AbsentBare))
	case "source":
		w.Add(chat.Answer, fmt.Sprintf(t.AboutSource, name))
	default:
		w.Add(chat.Answer, fmt.Sprintf(t.AboutYear, name, r.Year, r.ReviewYear()))
	}
	for _, i := range a.Sections {
		w.Try(func() { w.Add(chat.Item, r.Quote(r.Sections[i].Heading)) })
	}
	return chat.Reply{Blocks: w.Blocks}
}

// said fills format with the report's name and value, or is none if there is
// no value.
func said(format, name, value, none string) string {
	if value == "" {
		return none
	}
	return fmt.Sprintf(format, name, value)
}

// visible counts the characters of a report that people see.
func visible(r *corpus.Report) int {
	n := 0
	for _, c := range r.Text {
		if c > ' ' && c != '　' {
			n++
		}
	}
	return n
}

// parts counts the parts of a report.
func parts(r *corpus.Report) int {
	n := 0
	for i := range r.Sections {
		if r.Sections[i].Parent < 0 {
			n++
		}
	}
	return n
}

// clarifyReply asks back what is meant, with an example.
func clarifyReply(a *index.Answer, t *texts.Set) chat.Reply {
	if ex := examples(a.Report, t); len(ex) > 0 {
		return chat.Say(fmt.Sprintf(t.Unclear, ex[0]))
	}
	return chat.Say(t.Empty)
}

// nearestReply says first what the report does not have of the question, and
// quotes what is nearest under its own label.
func nearestReply(a *index.Answer, t *texts.Set) Page {
	w := &Writer{r: a.Report, t: t, limit: Room.Passages}
	why := missingText(a, t)
	w.Add(chat.Answer, why)
	if !anyTells(a.Report, a.Hits) {
		return Page{Reply: chat.Reply{Blocks: named(a, t, w.Blocks)}, Other: -1}
	}
	if !strings.HasSuffix(why, t.Colon) && !strings.HasSuffix(why, ":") {
		w.Add(chat.Para, t.NearSays)
	}
	out := Page{Shown: w.hits(a.Hits), Other: -1}
	out.Left = len(a.Hits) - out.Shown
	out.Reply.Blocks, out.Quoted = named(a, t, w.Blocks), w.Quoted
	return out
}

// missingText says what the report does not have, in the question's letters.
func missingText(a *index.Answer, t *texts.Set) string {
	for _, m := range a.Missing {
		text := zh.Clip(asWritten(a, m.Text), 30)
		switch m.Slot {
		case index.SlotPlace:
			return fmt.Sprintf(t.NearPlace, text)
		case index.SlotPeriod:
			return missingYear(a, m.Text, text, t)
		case index.SlotThing, index.SlotMeasure:
			if prints(a.Report, m.Text) {
				return t.NearBare // it does mention it, only not so as to answer
			}
			return fmt.Sprintf(t.NearMeasure, text)
		case index.SlotItems:
			return fmt.Sprintf(t.NearItems, text)
		case index.SlotMeaning:
			return fmt.Sprintf(t.NearMeaning, text)
		case index.SlotAlone:
			return fmt.Sprintf(t.NearAlone, text)
		case index.SlotQualifier:
			if a.Question != nil && a.Question.Qualifier != question.Who {
				return t.NearBare
			}
			return t.NearWho
		case index.SlotWhen:
			return t.NearWhen
		case index.SlotPremise:
			return fmt.Sprintf(t.NearPremise, text)
		case index.SlotNumber:
			switch {
			case text == "":
				return t.NoNumberBare
			case prints(a.Report, m.Text):
				return fmt.Sprintf(t.NoNumber, text)
			}
			return fmt.Sprintf(t.NearNumber, text)
		}
	}
	return t.AbsentBare
}

// missingYear says that a year, or a part of one, is missing: and, if what is
// nearest is of the report's other year, which one there is.
func missingYear(a *index.Answer, period, text string, t *texts.Set) string {
	year, err := strconv.Atoi(period)
	if err != nil || year < 1000 {
		return fmt.Sprintf(t.NearPeriod, text)
	}
	if r := a.Report; len(a.Hits) > 0 && r.Year > 0 {
		there := map[corpus.Time]int{corpus.Review: r.ReviewYear(), corpus.Plan: r.Year}[r.Passages[a.Hits[0].Passage].Time]
		if there > 0 && there != year {
			return fmt.Sprintf(t.NearYear, year, there)
		}
	}
	return fmt.Sprintf(t.NearPeriod, fmt.Sprintf(t.YearOf, year))
}
