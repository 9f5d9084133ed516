package decode

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// No format gets a text past the limit; the text of a report that is parsed
// already has none.
func TestDecodeTooLong(t *testing.T) {
	long := strings.Repeat("今年新建公园。\n", maxText/8+1)
	short := strings.Repeat("今年新建公园。\n", maxText/8)
	for _, tt := range []struct {
		name, file string
		data       []byte
		want       error
	}{
		{"plain text", "r.txt", []byte(long), ErrTooLong},
		{"plain text of the limit", "r.txt", []byte(short), nil},
		{"GBK", "r.txt", gbk(long), ErrTooLong},
		{"Markdown", "r.md", []byte(long), ErrTooLong},
		{"HTML", "r.html", []byte("<html><p>" + strings.ReplaceAll(long, "\n", "<p>")), ErrTooLong},
		{"one paragraph of a docx", "r.docx", docxFile("<w:p><w:r><w:t>" + strings.Repeat("今", maxText+1) + "</w:t></w:r></w:p>"), ErrTooLong},
	} {
		if text, err := decoded(tt.file, tt.data); !errors.Is(err, tt.want) || err != nil && text != "" {
			t.Errorf("%s: Decode = %d bytes, %v, want %v", tt.name, len(text), err, tt.want)
		}
	}
}

// A few bytes of zip that hold much end in an error, quickly and in little
// memory.
func TestDecodeDocxBombs(t *testing.T) {
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	body := func(s string) string { return `<w:document ` + ns + `><w:body>` + s + `</w:body></w:document>` }
	text := body("<w:p><w:r><w:t>新建公园</w:t></w:r></w:p>")
	numbered := body(strings.Repeat(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>新</w:t></w:r></w:p>`, 10_000))
	numbering := func(mark string) string {
		return `<w:numbering ` + ns + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="` + mark + `"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	}
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range 20_000 {
		z.Create(fmt.Sprint(i))
	}
	w, _ := z.Create("word/document.xml")
	w.Write([]byte(text))
	z.Close()
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"nested elements", archive("word/document.xml", body(strings.Repeat("<a>", 5_000_000))), ErrBomb},
		{"nested elements that end", archive("word/document.xml", body(strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000))), ErrBomb},
		{"nested elements that are skipped", archive("word/document.xml", body("<w:p><w:del>"+strings.Repeat("<a>", 2_000_000))), ErrBomb},
		{"nested text boxes", archive("word/document.xml", body(strings.Repeat("<w:p><w:r><w:txbxContent>", 100_000))), ErrBomb},
		{"nested elements of the lists", archive("word/numbering.xml", "<w:numbering "+ns+">"+strings.Repeat("<a>", 1_000_000), "word/document.xml", text), ErrBomb},
		{"many elements", archive("word/document.xml", body(strings.Repeat("<a/>", 3_500_000))), ErrBomb},
		{"many attributes", archive("word/document.xml", body("<w:p "+strings.Repeat(`a="1" `, 2_000_000)+"/>")), ErrBomb},
		{"many attributes behind a comment", archive("word/document.xml", body("<!-- --><w:p "+strings.Repeat(`a="1" `, 2_000_000)+"/>")), ErrBomb},
		{"a large part", archive("word/document.xml", body("<w:p>"+strings.Repeat(" ", maxPart)+"</w:p>")), ErrBomb},
		{"many relationships", archive("_rels/.rels", "<Relationships>"+strings.Repeat(`<Relationship Type="a" Target="b"/>`, 500_000)+"</Relationships>", "word/document.xml", text), ErrBomb},
		{"many lists", archive("word/numbering.xml", "<w:numbering "+ns+">"+strings.Repeat(`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>`, 500_000)+"</w:numbering>", "word/document.xml", text), ErrBomb},
		{"many entries", many.Bytes(), ErrBomb},
		{"long numbers of a list", archive("word/numbering.xml", numbering(strings.Repeat("%1", 100_000)), "word/document.xml", numbered), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			text, err := decoded("r.docx", tt.data)
			runtime.ReadMemStats(&after)
			if !errors.Is(err, tt.want) || err != nil && text != "" {
				t.Errorf("Decode = %d bytes, %v, want %v", len(text), err, tt.want)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1000 {
				t.Errorf("took %d MB in all", mb)
			}
		})
	}
}

// What looks like a bomb and is none.
func TestDecodeDocxNoBombs(t *testing.T) {
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	many := strings.Repeat(" a=b", 2*maxAttributes)
	for _, tt := range []struct{ name, before, text, want string }{
		{"a comment", "<!--" + many + " -->", "新", "新\n"},
		{"a commented tag", "<!-- <w:p/>" + many + " -->", "新", "新\n"},
		{"an instruction", "<?a" + many + " ?>", "新", "新\n"},
		{"CDATA", "", "<![CDATA[新" + many + "]]>", "新" + many + "\n"},
		{"text", "", "新" + many, "新" + many + "\n"},
		{"an attribute", `<w:sectPr a="` + many + `"/>`, "新", "新\n"},
	} {
		data := archive("word/document.xml", `<w:document `+ns+`><w:body>`+tt.before+`<w:p><w:r><w:t>`+tt.text+`</w:t></w:r></w:p></w:body></w:document>`)
		if got, err := decoded("r.docx", data); err != nil || got != tt.want {
			t.Errorf("%s: Decode = %.40q, %v", tt.name, got, err)
		}
	}
}
