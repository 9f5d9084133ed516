package decode

import (
	"os"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// TestSnippets keeps what is read of made-up documents, pages and texts, each of
// which has one thing in it.
func TestSnippets(t *testing.T) {
	const ns = `xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	docx := func(s string) []byte {
		var entries []string
		body := ""
		for line := range strings.Lines(s) {
			if rest, ok := strings.CutPrefix(line, "styles: "); ok {
				entries = append(entries, "word/styles.xml", "<styles "+ns+">"+rest+"</styles>")
			} else if rest, ok := strings.CutPrefix(line, "numbering: "); ok {
				entries = append(entries, "word/numbering.xml", "<numbering "+ns+">"+rest+"</numbering>")
			} else {
				body += line
			}
		}
		return archive(append(entries, "word/document.xml", "<document "+ns+"><body>"+body+"</body></document>")...)
	}
	plain := func(s string) []byte { return []byte(s) }
	for kind, file := range map[string]func(string) []byte{"docx": docx, "html": plain, "txt": plain} {
		t.Run(kind, func(t *testing.T) {
			data, err := os.ReadFile("testdata/snippets/" + kind + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, entry := range strings.Split(string(data), "=== ")[1:] {
				name, text, _ := strings.Cut(entry, "\n")
				got, err := decoded("r."+kind, file(text))
				if err != nil {
					got = "error: " + err.Error() + "\n"
				}
				b.WriteString("=== " + name + "\n" + got)
			}
			golden.Check(t, "testdata/snippets/"+kind+".golden", b.String())
		})
	}
}
