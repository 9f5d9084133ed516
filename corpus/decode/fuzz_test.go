package decode

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What every decoded text has to be: valid, without characters that the
// segmenter stumbles over, not empty; and on an error nothing.
func checkDecoded(t *testing.T, name string, data []byte) {
	t.Helper()
	text, err := decoded(name, data)
	if err != nil {
		if text != "" {
			t.Errorf("Decode = %q with error %v", text, err)
		}
		return
	}
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\ufeff") || strings.TrimSpace(text) == "" {
		t.Errorf("Decode = %q", text)
	}
	if again := Normalise(text); again != text {
		t.Errorf("Normalise(%q) = %q", text, again)
	}
}

func FuzzDecodeText(f *testing.F) {
	f.Add([]byte(sample))
	f.Add(gbk(sample))
	f.Add([]byte("\xff\xfe\x00\x4e"))
	f.Add([]byte("# a\n- **b** [c](d)\n| e | f |"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkDecoded(t, "r.txt", data)
		checkDecoded(t, "r.md", data)
	})
}

func FuzzDecodeDocx(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>新建</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:r><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p></w:txbxContent></w:r></w:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		data := docxFile(body)
		checkDecoded(t, "r.docx", data)
		checkDecoded(t, "r.docx", data[:len(data)*2/3])
	})
}

func FuzzDecodeHTML(f *testing.F) {
	f.Add([]byte("<html><p>新建<br>公园</p><table><tr><td>a<td>b</table><pre>x\ny</pre>"))
	f.Add([]byte("<!doctype html><nav>a</nav><p hidden>b<svg>c"))
	f.Fuzz(func(t *testing.T, data []byte) { checkDecoded(t, "r.html", data) })
}

func FuzzDecodePDF(f *testing.F) {
	f.Add(pdfFile("UniGB-UCS2-H", []string{"新建公园。"}))
	f.Add(pdfFile("Identity-H", []string{"新建公园。", "改造"}, []string{"12"}))
	f.Fuzz(func(t *testing.T, data []byte) { checkDecoded(t, "r.pdf", data) })
}
