package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"jinwen/corpus"
	"jinwen/corpus/extract"
)

// TestStrict: what Excel repairs or refuses where other programs only shrug does
// not occur: parts without a type, relations that lead nowhere, elements out of
// their order, names and texts longer than it takes.
func TestStrict(t *testing.T) {
	shipped, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	long := report(t)
	long.Commitments[0].Text = strings.Repeat("长", 40000)
	long.Commitments[0].Topic = "a\x00b\x0bc\uFFFE"
	for name, r := range map[string]*corpus.Report{"shipped": shipped, "made up": report(t), "long": long, "empty": extract.ParseText("一句话。")} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, r, Filter{}); err != nil {
				t.Fatal(err)
			}
			checkStrict(t, b.Bytes())
		})
	}
}

// node is an element of a part.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of that name below n, in order.
func (n node) all(name string) []node {
	var out []node
	for _, c := range n.Nodes {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
		out = append(out, c.all(name)...)
	}
	return out
}

func checkStrict(t *testing.T, data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]node{}
	for _, f := range z.File {
		if _, twice := parts[f.Name]; twice {
			t.Errorf("%s stands twice", f.Name)
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		rc.Close()
		var n node
		if err == nil {
			err = xml.Unmarshal(text, &n)
		}
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		parts[f.Name] = n
	}
	checkTypes(t, parts)
	targets := checkRelations(t, parts)
	sheets := checkWorkbook(t, parts["xl/workbook.xml"], targets["xl/workbook.xml"])
	styles := len(parts["xl/styles.xml"].all("cellXfs")[0].Nodes)
	shared := parts["xl/sharedStrings.xml"].all("si")
	for _, part := range sheets {
		checkSheet(t, part, parts[part], styles, shared)
	}
}

// checkTypes: every part has a type, and every type a part.
func checkTypes(t *testing.T, parts map[string]node) {
	const list = "[Content_Types].xml"
	byEnding, byName := map[string]bool{}, map[string]bool{}
	for _, n := range parts[list].Nodes {
		switch n.XMLName.Local {
		case "Default":
			byEnding[strings.ToLower(n.attr("Extension"))] = true
		case "Override":
			name := strings.TrimPrefix(n.attr("PartName"), "/")
			if _, ok := parts[name]; !ok || byName[name] {
				t.Errorf("type of %s: no part, or a second one", name)
			}
			byName[name] = true
		}
	}
	for name := range parts {
		if name != list && !byName[name] && !byEnding[strings.TrimPrefix(path.Ext(name), ".")] {
			t.Errorf("%s has no type", name)
		}
	}
}

// checkRelations: ids are unique, targets exist. It returns the parts that each
// part relates to, by id.
func checkRelations(t *testing.T, parts map[string]node) map[string]map[string]string {
	out := map[string]map[string]string{}
	for name, n := range parts {
		if path.Ext(name) != ".rels" {
			continue
		}
		dir := path.Dir(path.Dir(name))
		from := path.Join(dir, strings.TrimSuffix(path.Base(name), ".rels"))
		out[from] = map[string]string{}
		for _, r := range n.Nodes {
			target := path.Join(dir, r.attr("Target"))
			if strings.HasPrefix(r.attr("Target"), "/") {
				target = r.attr("Target")[1:]
			}
			if _, ok := parts[target]; !ok && r.attr("TargetMode") != "External" {
				t.Errorf("%s: no part %s", name, target)
			}
			if out[from][r.attr("Id")] != "" {
				t.Errorf("%s: %s stands twice", name, r.attr("Id"))
			}
			out[from][r.attr("Id")] = target
		}
	}
	return out
}

// checkWorkbook: names of sheets, and names that are defined. It returns the
// parts of the sheets.
func checkWorkbook(t *testing.T, book node, targets map[string]string) []string {
	var out []string
	seen := map[string]bool{}
	sheets := book.all("sheet")
	for _, s := range sheets {
		name := s.attr("name")
		if units := len(utf16.Encode([]rune(name))); units == 0 || units > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") {
			t.Errorf("name of a sheet: %q", name)
		}
		for _, key := range []string{strings.ToLower(name), "id " + s.attr("sheetId")} {
			if seen[key] {
				t.Errorf("sheet %q: %s stands twice", name, key)
			}
			seen[key] = true
		}
		if targets[s.attr("id")] == "" {
			t.Errorf("sheet %q relates to nothing", name)
		}
		out = append(out, targets[s.attr("id")])
	}
	titles := 0
	for _, d := range book.all("definedName") {
		key := d.attr("name") + " " + d.attr("localSheetId")
		at, err := strconv.Atoi(d.attr("localSheetId"))
		if strings.HasPrefix(d.attr("name"), "_xlnm.") && (err != nil || at < 0 || at >= len(sheets) || !strings.HasPrefix(d.Text, "'"+sheets[at].attr("name")+"'!") && !strings.HasPrefix(d.Text, sheets[at].attr("name")+"!")) {
			t.Errorf("name %s = %q is of no sheet, or of another", key, d.Text)
		}
		if seen[key] || strings.Contains(d.Text, "#REF") {
			t.Errorf("name %s = %q stands twice, or for nothing", key, d.Text)
		}
		if seen[key] = true; d.attr("name") == "_xlnm.Print_Titles" {
			titles++
		}
	}
	if titles == 0 {
		t.Error("no sheet has titles to print on every page")
	}
	return out
}

// inOrder are the elements of a worksheet in the order that its schema has them.
var inOrder = strings.Fields(`sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
	autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions
	pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing
	legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst`)

func checkSheet(t *testing.T, name string, sheet node, styles int, shared []node) {
	last := -1
	for _, n := range sheet.Nodes {
		at := slices.Index(inOrder, n.XMLName.Local)
		if at < last || at < 0 {
			t.Errorf("%s: %s is out of order", name, n.XMLName.Local)
		}
		last = at
	}
	row := 0
	for _, r := range sheet.all("row") {
		at, err := strconv.Atoi(r.attr("r"))
		if err != nil || at <= row || at > 1048576 {
			t.Errorf("%s: row %q after %d", name, r.attr("r"), row)
		}
		row = at
		column := 0
		for _, c := range r.all("c") {
			col, line, err := excelize.CellNameToCoordinates(c.attr("r"))
			if err != nil || line != row || col <= column || col > 16384 {
				t.Errorf("%s: cell %q in row %d after column %d", name, c.attr("r"), row, column)
			}
			column = col
			checkCell(t, name, c, styles, shared)
		}
	}
	checkLists(t, name, sheet)
	for _, h := range sheet.all("headerFooter") {
		for _, n := range h.Nodes {
			if units := len(utf16.Encode([]rune(n.Text))); units > 255 {
				t.Errorf("%s: %s has %d characters, at most 255", name, n.XMLName.Local, units)
			}
		}
	}
	for _, c := range sheet.all("col") {
		if w, err := strconv.ParseFloat(c.attr("width"), 64); err != nil || w <= 0 || w > 255 {
			t.Errorf("%s: width %q", name, c.attr("width"))
		}
	}
}

// checkCell: its style and its shared text exist, and no text is too long.
func checkCell(t *testing.T, name string, c node, styles int, shared []node) {
	if s := c.attr("s"); s != "" {
		if n, err := strconv.Atoi(s); err != nil || n < 0 || n >= styles {
			t.Errorf("%s %s: style %s of %d", name, c.attr("r"), s, styles)
		}
	}
	var texts []node
	switch v := c.all("v"); c.attr("t") {
	case "s":
		n, err := strconv.Atoi(v[0].Text)
		if err != nil || n < 0 || n >= len(shared) {
			t.Fatalf("%s %s: shared text %s of %d", name, c.attr("r"), v[0].Text, len(shared))
		}
		texts = shared[n].all("t")
	case "inlineStr":
		texts = c.all("t")
	case "str":
		texts = v
	default:
		if len(v) > 0 {
			if _, err := strconv.ParseFloat(v[0].Text, 64); err != nil {
				t.Errorf("%s %s: %q is no number", name, c.attr("r"), v[0].Text)
			}
		}
	}
	units := 0
	for _, x := range texts {
		units += len(utf16.Encode([]rune(x.Text)))
	}
	if units > 32767 {
		t.Errorf("%s %s: %d characters, at most 32767", name, c.attr("r"), units)
	}
}

// checkLists: the lists to choose from are counted, short enough, and each of
// cells of its own.
func checkLists(t *testing.T, name string, sheet node) {
	taken := map[string]bool{}
	for _, all := range sheet.all("dataValidations") {
		if n := strconv.Itoa(len(all.Nodes)); all.attr("count") != n {
			t.Errorf("%s: %s lists, count %s", name, n, all.attr("count"))
		}
		for _, v := range all.Nodes {
			if taken[v.attr("sqref")] || v.attr("sqref") == "" {
				t.Errorf("%s: list of %q", name, v.attr("sqref"))
			}
			taken[v.attr("sqref")] = true
			for _, f := range v.Nodes {
				if units := len(utf16.Encode([]rune(f.Text))); units == 0 || units > 255 {
					t.Errorf("%s: %s of a list has %d characters", name, f.XMLName.Local, units)
				}
			}
			for a, most := range map[string]int{"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255} {
				if len([]rune(v.attr(a))) > most {
					t.Errorf("%s: %s of a list is too long", name, a)
				}
			}
		}
	}
}
