package decode

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const sample = "二、2025年工作安排\n今年新建公园12个，改造道路30公里。\n"

// decoded is the text of a file.
func decoded(name string, data []byte) (string, error) {
	r, err := Decode(name, data)
	return r.Text, err
}

func gbk(s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func big5(s string) []byte {
	b, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func utf16bytes(s string, order binary.AppendByteOrder, bom bool) []byte {
	var out []byte
	if bom {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// archive makes a zip of entries: name, content, name, content, ….
func archive(entries ...string) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(entries); i += 2 {
		w, err := z.Create(entries[i])
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(entries[i+1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

func TestDecodeText(t *testing.T) {
	long := strings.Repeat(sample, 40)
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"utf-8", []byte(sample), sample},
		{"utf-8 with BOM", []byte("\xef\xbb\xbf" + sample), sample},
		{"GBK", gbk(sample), sample},
		{"GB18030 beyond GBK", gbk("㐂" + sample), "㐂" + sample},
		{"UTF-16LE with BOM", utf16bytes(sample, binary.LittleEndian, true), sample},
		{"UTF-16BE with BOM", utf16bytes(sample, binary.BigEndian, true), sample},
		{"UTF-16LE without BOM", utf16bytes(long, binary.LittleEndian, false), long},
		{"UTF-16BE without BOM", utf16bytes(long, binary.BigEndian, false), long},
		{"CRLF", []byte("一\r\n二\r三"), "一\n二\n三"},
		{"invisible characters", []byte("新\u200b建\ufeff公\u00ad园"), "新建公园"},
		{"begins like a bitmap", []byte("BM公司"), "BM公司"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decoded("r.txt", tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// Each bad file gets one line that says which file, what is wrong and what to do.
func TestDecodeErrors(t *testing.T) {
	ole := func(stream string) []byte {
		b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...)
		return append(b, utf16bytes(stream, binary.LittleEndian, false)...)
	}
	docx := docxFile(`<w:p><w:r><w:t>` + strings.Repeat("新建公园。", 5000) + `</w:t></w:r></w:p>`)
	pdf := pdfFile("UniGB-UCS2-H", []string{"新建公园12个。"})
	for _, tt := range []struct {
		name, file string
		data       []byte
		want       error
	}{
		{"empty", "r.txt", nil, ErrEmpty},
		{"white space only", "r.txt", []byte(" \n\t\n　"), ErrEmpty},
		{"50 MB", "r.txt", bytes.Repeat([]byte("a"), 50<<20), ErrTooBig},
		{"picture named .txt", "r.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrBinary},
		{"photo named .docx", "r.docx", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), ErrBinary},
		{"bitmap named .md", "r.md", []byte("BM\x36\x00\x00\x00\x00\x00\x00\x00"), ErrBinary},
		{"binary data", "r.txt", []byte("abc\x00\x01\x02"), ErrBinary},
		{"control characters", "r.txt", []byte("\x01\x02\x03\x04\x05abcdefgh"), ErrBinary},
		{"rich text", "r.txt", []byte(`{\rtf1\ansi`), ErrBinary},
		{"neither UTF-8 nor GBK", "r.txt", []byte("\xe6\x96\xb0 \xff\xff\xfe."), ErrEncoding},
		{"UTF-8 cut off", "r.txt", []byte(sample)[:len(sample)-2], ErrDamaged},
		{"UTF-8 cut off after one byte", "r.txt", []byte(sample)[:len(sample)-3], ErrDamaged},
		{"UTF-16 cut off", "r.txt", []byte("\xff\xfe\x00\x4e\x00"), ErrDamaged},
		{"docx without text", "r.docx", docxFile(``), ErrEmpty},
		{"docx cut off", "r.docx", docx[:len(docx)/2], ErrDamaged},
		{"docx with broken XML", "r.docx", archive("word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>`), ErrDamaged},
		{"other XML as document", "r.docx", archive("word/document.xml", `<a/>`), ErrDamaged},
		{"spreadsheet named .docx", "r.docx", archive("xl/workbook.xml", "<workbook/>"), ErrBinary},
		{"zip bomb", "r.docx", archive("word/document.xml", strings.Repeat(" ", maxPart+1)), ErrBomb},
		{"docx under a password", "r.docx", ole("EncryptedPackage"), ErrProtected},
		{"old Word file", "r.doc", ole("WordDocument"), ErrOldWord},
		{"other old Office file", "r.doc", ole("Workbook"), ErrBinary},
		{"pdf cut off", "r.pdf", pdf[:len(pdf)/2], ErrDamaged},
		{"pdf of scanned pages", "r.pdf", pdfFile("UniGB-UCS2-H", nil, nil), ErrScanned},
		{"pdf whose font tells no characters", "r.pdf", bytes.Replace(pdfFile("Identity-H", []string{"新建公园，改造道路，开工建设地铁。"}), []byte("/ToUnicode 4 0 R"), []byte("/ToUnicord 4 0 R"), 1), ErrUnmapped},
		{"pdf under a password", "r.pdf", bytes.Replace(pdf, []byte("/Root"), []byte("/Encrypt << /Filter /Standard /V 9 /R 9 >> /Root"), 1), ErrProtected},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decoded(tt.file, tt.data)
			if !errors.Is(err, tt.want) || got != "" {
				t.Fatalf("Decode = %.40q, %v, want error %v", got, err, tt.want)
			}
			if s := err.Error(); !strings.HasPrefix(s, tt.file+": ") || strings.Contains(s, "\n") {
				t.Errorf("error %q: want one line that starts with the file's name", s)
			}
		})
	}
}

func docxFile(body string) []byte {
	return archive("word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document `+
		`xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" `+
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`+body+`</w:body></w:document>`)
}

func TestDecodeDocx(t *testing.T) {
	p := func(runs string) string { return "<w:p>" + runs + "</w:p>" }
	r := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	sup := func(s string) string {
		return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>` + s + "</w:t></w:r>"
	}
	br := func(kind string) string { return `<w:r><w:br w:type="` + kind + `"/></w:r>` }
	field := func(code, result string) string {
		char := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
		return char("begin") + `<w:r><w:instrText>` + code + `</w:instrText></w:r>` + char("separate") + result + char("end")
	}
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + p(r(text)) + `</w:tc>`
	}
	row := func(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
	for _, tt := range []struct{ name, body, want string }{
		{"paragraphs of several runs", p(r("二、")+r("2025年工作安排")) + p(r("新建公园")), "二、2025年工作安排\n新建公园\n"},
		{"tab and breaks", p(`<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>5</w:t><w:noBreakHyphen/><w:t>6</w:t></w:r>`), "甲\t乙\n丙\n5-6\n"},
		{"deleted and moved text", p(r("新建") + `<w:del><w:r><w:delText>改造</w:delText><w:t>x</w:t></w:r></w:del><w:ins>` + r("公园") + `</w:ins><w:moveFrom>` + r("y") + `</w:moveFrom>`), "新建公园\n"},
		{"deleted paragraph mark", p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("新建")) + p(r("公园")), "新建公园\n"},
		{"hidden run", p(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>新建</w:t></w:r>` + r("公园")), "新建公园\n"},
		{"table", `<w:tbl><w:tr><w:tc>` + p(r("指标")) + `</w:tc><w:tc>` + p(r("目标")) + `</w:tc></w:tr><w:tr><w:tc>` + p(r("公园")) + p(r("个数")) + `</w:tc><w:tc>` + p(r("12")) + `</w:tc></w:tr></w:tbl>` + p(r("完")), "指标\t目标\n公园 个数\t12\n完\n"},
		{"text box once", p(`<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + p(r("框内")) + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p(r("框内")) + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>` + r("正文")), "正文\n框内\n"},
		{"exponent", p(r("新建道路10") + sup("2") + r("公里")), "新建道路10公里\n"},
		{"marks of notes", p(r("新建公园50个") + sup("3") + r("，道路25") + sup("[") + sup("1") + sup("]") + r("公里") + sup("2")), "新建公园50个，道路25公里\n"},
		{"raised words, and digits at the start", p(sup("1")+r("新建公园")+sup("注")) + p(r("12")+sup("th")), "1新建公园注\n12th\n"},
		{"digits raised by the paragraph's mark only", p(`<w:pPr><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:pPr>` + r("新建") + r("12") + r("个")), "新建12个\n"},
		{"lowered digits", p(r("CO") + `<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>`), "CO2\n"},
		{"square metres", p(r("30万m") + sup("2") + r("。")), "30万m2。\n"},
		{"field code", p(`<w:r><w:instrText>PAGE</w:instrText></w:r>` + r("正文")), "正文\n"},
		{"phonetic guide", p(`<w:r><w:ruby><w:rt>` + r("jīn") + `</w:rt><w:rubyBase>` + r("津") + `</w:rubyBase></w:ruby></w:r>`), "津\n"},
		{"entities", p(r("A&amp;B&lt;5")), "A&B<5\n"},
		{"break within a sentence", p(r("新建公园，改造燃气管") + br("") + r("网120公里。") + br("") + r("建设地铁")), "新建公园，改造燃气管网120公里。\n建设地铁\n"},
		{"end of a page within a sentence", p(r("改造燃气管")+br("page")+r("网")) + p(br("page")+r("完")), "改造燃气管网\n完\n"},
		{"break after a heading", p(r("一、工作回顾") + br("") + r("一年来，新建公园。")), "一、工作回顾\n一年来，新建公园。\n"},
		{"formula", p(`<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>投资10</m:t></m:r><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>`), "投资10m²\n"},
		{"field in a sentence", p(r("共") + field("REF a", r("12")) + r("个")), "共12个\n"},
		{"page numbers", p(r("新建") + field(" PAGE ", r("7")) + `<w:fldSimple w:instr="NUMPAGES">` + r("9") + `</w:fldSimple>` + r("公园")), "新建公园\n"},
		{"contents made by Word", p(r("报告")) + p(r("目  录")) + `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p(r("一、回顾")+`<w:r><w:tab/></w:r>`+r("1")) + `</w:sdtContent></w:sdt>` + p(r("一、回顾")), "报告\n一、回顾\n"},
		{"contents typed", p(r("一、回顾")+`<w:r><w:tab/></w:r>`+r("1")) + p(r("二、安排……………12")) + p(r("一、回顾")), "一、回顾\n"},
		{"contents without an end", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+r("一、回顾")) + p(r("新建公园")), "一、回顾\n新建公园\n"},
		{"merged cells", `<w:tbl>` + row(cell("", "类"), cell(`<w:gridSpan w:val="2"/>`, "值")) + row(cell(`<w:vMerge w:val="restart"/>`, "甲"), cell("", "1"), cell(`<w:vMerge w:val="restart"/>`, "乙")) + row(cell(`<w:vMerge/>`, ""), cell("", "2"), cell(`<w:vMerge w:val="continue"/>`, "")) + row(cell("", "丙"), cell("", "3"), cell("", "丁")) + `</w:tbl>`, "类\t值\n甲\t1\t乙\n甲\t2\t乙\n丙\t3\t丁\n"},
		{"the text in a table", `<w:tbl>` + row(`<w:tc>`+p(r(strings.Repeat("新建公园。", 120)))+p(r("一、回顾"))+p(r("完"))+`</w:tc>`) + `</w:tbl>`, strings.Repeat("新建公园。", 120) + "\n一、回顾\n完\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decoded("r.docx", docxFile(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, strings.TrimRight(got, "\n")+"\n"); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
	t.Run("numbers of automatic lists", func(t *testing.T) {
		const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
		level := func(i int, format, text string) string {
			return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, format, text)
		}
		numbering := `<w:numbering ` + ns + `><w:abstractNum w:abstractNumId="7">` + level(0, "chineseCountingThousand", "%1、") +
			level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.") + level(3, "bullet", "·") + `</w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>` +
			`<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num></w:numbering>`
		styles := `<w:styles ` + ns + `><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
		item := func(id, lvl int, s string) string {
			return p(fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange></w:pPr>`, lvl, id) + r(s))
		}
		data := archive("word/numbering.xml", numbering, "word/styles.xml", styles, "word/document.xml", `<w:document `+ns+`><w:body>`+
			p(`<w:pPr><w:pStyle w:val="H1"/></w:pPr>`+r("回顾"))+item(1, 1, "甲")+item(1, 1, "乙")+item(1, 2, "丙")+item(1, 3, "丁")+
			item(1, 0, "安排")+item(1, 1, "戊")+item(0, 0, "正文")+item(2, 0, "附录")+item(8, 0, "无此列表")+`</w:body></w:document>`)
		want := "一、回顾\n（一）甲\n（二）乙\n1. 丙\n丁\n二、安排\n（一）戊\n正文\n十一、附录\n无此列表\n"
		if got, err := decoded("r.docx", data); err != nil || got != want {
			t.Errorf("Decode = %q, %v, want %q", got, err, want)
		}
	})
	t.Run("lists and hiding by styles", testDocxStyles)
	t.Run("files in it", testDocxChunks)
	t.Run("main part of another name", func(t *testing.T) {
		data := archive("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`,
			"word/document2.xml", `<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>新建公园</w:t></w:r></w:p></w:body></w:document>`)
		if got, err := decoded("r.docx", data); err != nil || got != "新建公园\n" {
			t.Errorf("Decode = %q, %v", got, err)
		}
	})
}

// A style has from its parents what it does not say.
func testDocxStyles(t *testing.T) {
	const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	styles := `<w:styles ` + ns + `>
		<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
		<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/></w:style>
		<w:style w:type="paragraph" w:styleId="B2"><w:basedOn w:val="B"/></w:style>
		<w:style w:type="paragraph" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="X2"><w:basedOn w:val="X"/></w:style>
		<w:style w:type="paragraph" w:styleId="Y"><w:basedOn w:val="X"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
		<w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 2"/></w:style>
		<w:style w:type="paragraph" w:styleId="R1"><w:basedOn w:val="R2"/></w:style><w:style w:type="paragraph" w:styleId="R2"><w:basedOn w:val="R1"/></w:style>
		</w:styles>`
	numbering := `<w:numbering ` + ns + `>
		<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Link"/></w:abstractNum>
		<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="Link"/>
			<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
			<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="B"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
		<w:num w:numId="2"><w:abstractNumId w:val="6"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1项"/></w:lvl></w:lvlOverride></w:num>
		</w:numbering>`
	styled := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	data := archive("word/styles.xml", styles, "word/numbering.xml", numbering, "word/document.xml", `<w:document `+ns+`><w:body>`+
		styled("A", "回顾")+styled("B", "甲")+styled("B2", "乙")+styled("A", "安排")+styled("B", "丙")+
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>丁</w:t></w:r></w:p>`+
		styled("X2", "藏")+styled("Y", "显")+styled("T", "目")+styled("R1", "环")+
		`<w:p><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p></w:body></w:document>`)
	want := "一、回顾\n（一）甲\n（二）乙\n二、安排\n（一）丙\n第3项丁\n显\n环\n见\n"
	if got, err := decoded("r.docx", data); err != nil || got != want {
		t.Errorf("Decode = %q, %v, want %q", got, err, want)
	}
}

// A file in a document is read at its place, or the error says that it is the
// cause.
func testDocxChunks(t *testing.T) {
	mht := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>=E6=96=B0=E5=BB=BA</p></html>\r\n--b--\r\n"
	for _, tt := range []struct {
		name, entry, data, want string
		err                     error
	}{
		{"text", "a.txt", "新建公园", "前\n新建公园\n后\n", nil},
		{"page", "a.html", "<html><p>新建</p><p>公园</p></html>", "前\n新建\n公园\n后\n", nil},
		{"page in one file", "a.mht", mht, "前\n新建\n后\n", nil},
		{"document", "a.docx", string(docxFile(`<w:p><w:r><w:t>新建</w:t></w:r></w:p>`)), "前\n新建\n后\n", nil},
		{"rich text", "a.rtf", `{\rtf1 x}`, "", ErrBinary},
		{"missing", "b.txt", "", "", ErrDamaged},
	} {
		data := archive("word/"+tt.entry, tt.data, "word/_rels/document.xml.rels", `<Relationships><Relationship Id="c" Type="aFChunk" Target="a`+filepath.Ext(tt.entry)+`"/></Relationships>`,
			"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r"><w:body><w:p><w:r><w:t>前</w:t></w:r></w:p><w:altChunk r:id="c"/><w:p><w:r><w:t>后</w:t></w:r></w:p></w:body></w:document>`)
		got, err := decoded("r.docx", data)
		if got != tt.want || !errors.Is(err, tt.err) || err != nil && !strings.Contains(err.Error(), "a file in it") {
			t.Errorf("%s: Decode = %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestDecodeHTML(t *testing.T) {
	body := strings.Repeat("<p>今年新建公园12个。</p>\n", 25)
	plain := strings.Repeat("今年新建公园12个。\n", 25)
	for _, tt := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"blocks and breaks", "r.html", []byte("<!DOCTYPE html><title>x</title><h2>二、安排</h2><p>新建<b>公园</b><br>改造\n道路</p><ul><li>一</li><li>二</li></ul>"), "二、安排\n新建公园\n改造道路\n一\n二\n"},
		{"no tags named .html", "r.htm", []byte("新建公园"), "新建公园\n"},
		{"html named .txt", "r.txt", []byte("\ufeff\n<html><body><p>新建公园</body>"), "新建公园\n"},
		{"script, style, nav", "r.html", []byte("<html><style>p{}</style><nav>首页</nav><script>var a='<p>';</script><p>新建公园</p><p style='display: none'>x</p><footer>版权</footer>"), "新建公园\n"},
		{"charset by meta", "r.html", append([]byte(`<html><meta charset="gb2312">`), gbk("<p>新建公园")...), "新建公园\n"},
		{"GBK that says UTF-8", "r.html", append([]byte(`<html><meta charset="utf-8">`), gbk("<p>新建公园")...), "新建公园\n"},
		{"spaces of the source", "r.html", []byte("<html><p>\n   &nbsp;　新建\n   公园 ABC\n  DEF&ensp;</p>"), "新建公园 ABC DEF \n"},
		{"table", "r.html", []byte("<html><table><tr><td>指标</td><td> 目标 </td></tr><tr><td>公园</td><td>12</td></tr></table>"), "指标\t目标\n公园\t12\n"},
		{"hidden by styles", "r.html", []byte("<html><style>@media print{p{display:none}} .x, em.y {color:red; display : none} body{visibility:hidden}</style><p>新建<em class='y'>甲</em><i class='a x'>乙</i><b class=y>公园</b></p><p style='mso-hide:all'>藏</p><p style='font-size:0'>藏</p><p style='font-size:0.9em'>显"), "新建公园\n显\n"},
		{"links around the text", "r.html", []byte("<html><p><a href='/'>首页</a> <a href='/x'>公开</a></p><p>您的位置：<a href=/>首页</a> &gt; 报告</p><p>新建<a href='#n1'>公园</a>12个，见<a href='/a'>附件</a></p><p>上一篇：<a href=1>预算</a></p><p>下一条 <a href=2>新建250个</a></p><p>【打印】</p>"), "新建公园12个，见附件\n"},
		{"merged cells", "r.html", []byte("<html><table><tr><th>类<th colspan=2>值<tr><td rowspan=2>甲<td>1<td rowspan=2><p>乙</p><p>丙</p></td><tr><td>2</table>"), "类\t值\n甲\t1\t乙丙\n甲\t2\t乙丙\n"},
		{"the page in a table", "r.html", []byte("<html><table><tr><td><p>新建公园。</p><table><tr><td>a</td><td>b</td></tr></table><p>完</p></td></tr></table>"), "新建公园。\na\tb\n完\n"},
		{"encoding named late", "r.html", append(append([]byte("<html><script>"+strings.Repeat("x", 2000)+"</script><meta charset=big5>"), big5("<p>今年的公園，新建道路。改造完成了，新建學校三所，改造老舊小區")...), "\x80</p>"...), "今年的公園，新建道路。改造完成了，新建學校三所，改造老舊小區\uFFFD\n"},
		{"menus around the report", "r.html", []byte("<html><div><a>首页</a></div><h1>政府工作报告</h1><div><div>" + body + "</div><div>相关链接</div></div>"), "政府工作报告\n" + plain},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := decoded(tt.file, tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestDecodeMarkdown(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"# 政府工作报告", "政府工作报告"},
		{"## 二、工作安排 ##", "二、工作安排"},
		{"**一是改革。** 推进*各项*改革。", "一是改革。 推进各项改革。"},
		{"——经济运行整体向好。", "——经济运行整体向好。"},
		{"- 新建公园12个", "新建公园12个"},
		{"* [ ] 新建公园", "新建公园"},
		{"1. 新建公园", "1. 新建公园"},
		{"（一）改革", "（一）改革"},
		{"> 引文", "引文"},
		{"见[公报](http://example.com/a)和![图](b.png)。", "见公报和。"},
		{"投资1\\.5亿元，3\\*4", "投资1.5亿元，3*4"},
		{"| 指标 | 目标 |", "指标\t目标"},
		{"|---|:--:|", ""},
		{"---", ""},
		{"“1+10”方案，5*6、7*8", "“1+10”方案，5*6、7*8"},
		{"`GDP`增长<br>5%", "GDP增长5%"},
		{"a_b_c 与 __重点__", "a_b_c 与 重点"},
	} {
		got := strings.TrimRight(decodeMarkdown(tt.in), "\n")
		if got != tt.want {
			t.Errorf("decodeMarkdown(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	got, err := decoded("r.md", []byte("---\ntitle: x\n---\n# 报告\n\n新建公园。\n"))
	if want := "报告\n\n新建公园。\n"; err != nil || got != want {
		t.Errorf("Decode with front matter = %q, %v, want %q", got, err, want)
	}
}
