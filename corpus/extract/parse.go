package extract

import (
	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract/figures"
	"jinwen/corpus/reports"
)

// Embedded returns the report that ships with the program.
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
	unread(r, file.Warnings)
	return r, nil
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
	r.demote()
	r.identify(bs, place)
	r.parseCommitments()
	r.Pairs = figures.Pairs(r.Report)
	r.doubt()
	return r.Report
}

// demote takes aims out of what is appended: a plan that a glossary explains is
// not aimed at by this report.
func (r *report) demote() {
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.Nature != corpus.Target || f.Passage < 0 {
			continue
		}
		if z := r.Passages[f.Passage].Zone; z == corpus.ZoneGlossary || z == corpus.ZoneAppendix {
			f.Nature = corpus.Background
		}
	}
}

// A report is the report that is read, with what only reading it needs.
type report struct {
	*corpus.Report
	runes []rune
}

func wrap(r *corpus.Report) *report { return &report{Report: r, runes: r.Runes()} }
