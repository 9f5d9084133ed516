package extract

import (
	"fmt"

	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract/figures"
	"jinwen/corpus/reports"
)

// Embedded is the report that ships with the program.
func Embedded() (*corpus.Report, error) { return Parse("tianjin-2024.txt", reports.Tianjin2024) }

// Parse decodes the content of the file called name and finds everything in
// it. The name's ending (.txt, .md, .docx, .html, .pdf) says what the file is
// where its content does not. Errors carry the name and what to do.
func Parse(name string, data []byte) (*corpus.Report, error) {
	file, err := decode.Decode(name, data)
	if err != nil {
		return nil, err
	}
	r := ParseText(file.Text)
	r.Doubts = append(doubtsOf(r, file.Warnings), r.Doubts...)
	return r, nil
}

// doubtsOf says what of the file is not in the text of r.
func doubtsOf(r *corpus.Report, warnings []decode.Warning) []corpus.Doubt {
	var doubts []corpus.Doubt
	var starts []int // of the lines
	if len(warnings) > 0 {
		starts = lineStarts(r)
	}
	for _, w := range warnings {
		switch w.Kind {
		case decode.EmptyPage:
			doubts = append(doubts, corpus.Doubt{Kind: corpus.DoubtEmptyPage, Text: fmt.Sprintf("第%d页没有文字，可能是图片", w.Page)})
		case decode.LostCharacters:
			d := corpus.Doubt{Kind: corpus.DoubtLostText, Text: fmt.Sprintf("第%d行有%d个字无法识别", w.Line, w.Count)}
			if w.Line < len(starts) {
				d.Span = corpus.Span{Start: starts[w.Line-1], End: starts[w.Line] - 1}
			}
			doubts = append(doubts, d)
		}
	}
	return doubts
}

// lineStarts is where the lines of r begin, and one past the end.
func lineStarts(r *corpus.Report) []int {
	starts := []int{0}
	for i, c := range r.Runes() {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return append(starts, r.Len()+1)
}

// ParseText finds everything in text, which it normalises first. It accepts
// any text: one that is no report has few sections and figures.
func ParseText(text string) *corpus.Report { return ParseTextAs(text, 0, "") }

// ParseTextAs is ParseText of a text that is known to be of a year and a place,
// whatever it says itself; 0 and "" leave that to the text.
func ParseTextAs(text string, year int, place string) *corpus.Report {
	r := wrap(corpus.New(decode.Normalise(text)))
	bs := r.layout()
	body := r.parseOutline(bs)
	if r.Year = year; r.Year == 0 {
		r.Year = r.planYear()
	}
	r.parseZones(bs, body)
	r.parseGlossary(bs)
	r.parsePassages(body)
	figures.Read(r.Report)
	r.identify(bs, place)
	r.parseCommitments()
	r.Pairs = figures.Pairs(r.Report)
	return r.Report
}

// A report is the report that is read, with what only reading it needs.
type report struct {
	*corpus.Report
	runes []rune
}

func wrap(r *corpus.Report) *report { return &report{Report: r, runes: r.Runes()} }
