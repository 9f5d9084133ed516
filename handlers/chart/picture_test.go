package chart

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"jinwen/corpus/golden"
)

// latin is a font that every machine has with the module. It draws boxes for
// Han.
func latin(t testing.TB) *sfnt.Font {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPictures keeps what is drawn, to be looked at.
func TestPictures(t *testing.T) {
	for name, c := range map[string]Chart{
		"growth": {
			Title: "Growth · A county · 2031 and 2032, of everything that it measures (%)", Unit: "%", Series: []string{"2031 actual", "2032 target"}, Latin: true,
			Groups: []Group{
				{"Gross domestic product", []Bar{{0, 5.2, "5.2%"}, {1, 5.5, "about 5.5%"}}},
				{"Prices", []Bar{{0, -2.3, "-2.3%"}, {1, 3, "3%"}}},
				{"A label that is far too long for one line of a picture on a phone and goes on", []Bar{{1, 0.01, "0.01%"}}},
			},
			Source: "Source: report of 2032; part one, what was done; part two, what is planned; and more that does not fit on a line",
		},
		"own-scale": {
			Title: "Output", Unit: "t", OwnScale: true, Series: []string{"2031", "2032", "2033", "2034", "2035"}, Source: "Each to its own scale",
			Groups: []Group{{"Grain", []Bar{{0, 2e6, "2M"}, {1, 1e6, "1M"}}}, {"Fish", []Bar{{2, 30, "30"}, {3, 15, "15"}, {4, -15, "-15"}, {0, 0, "0"}}}, {"Nothing", []Bar{{0, 0, "0"}}}},
		},
		"levels": {Title: "Jobs", Unit: "people", Groups: []Group{{"New", []Bar{{0, 61_234, "61,234"}, {1, 25_000, "25,000"}}}}, Source: "Report"},
		"falls":  {Title: "Falls", Unit: "%", Latin: true, Groups: []Group{{"Trade", []Bar{{0, -7, "-7%"}, {1, -2, "-2%"}}}}, Source: "Report"},
		"zero":   {Title: "Zero", Unit: "%", Latin: true, Groups: []Group{{"Trade", []Bar{{0, 0, "0%"}}}}, Source: "Report"},
	} {
		got, err := c.draw(latin(t))
		if err != nil {
			t.Fatal(err)
		}
		checkPicture(t, filepath.Join("testdata", name+".png"), got)
	}
}

// checkPicture compares got with the picture in file, but for what machines
// round apart, or rewrites the file.
func checkPicture(t *testing.T, file string, got *image.RGBA) {
	t.Helper()
	if golden.Update() {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Errorf("%s: picture of %v, want %v", file, got.Bounds(), want.Bounds())
		return
	}
	differ, first := 0, image.Point{}
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			r, g, b, _ := want.At(x, y).RGBA()
			c := got.RGBAAt(x, y)
			if max(apart(r, c.R), apart(g, c.G), apart(b, c.B)) > 6 {
				if differ == 0 {
					first = image.Pt(x, y)
				}
				differ++
			}
		}
	}
	if differ > 0 {
		t.Errorf("%s: %d pixels differ, the first at %v; look at the picture after -update", file, differ, first)
	}
}

func apart(want uint32, got uint8) int { return max(int(want>>8)-int(got), int(got)-int(want>>8)) }

func TestShort(t *testing.T) {
	for _, c := range []struct {
		n       float64
		chinese string
		latin   string
	}{
		{0, "0", "0"}, {-0.0000001, "0", "0"}, {0.5, "0.5", "0.5"}, {-2.25, "-2.25", "-2.25"}, {0.30000000000000004, "0.3", "0.3"}, {9999, "9999", "9999"},
		{10000, "1万", "10k"}, {-20000, "-2万", "-20k"}, {999_999, "99.9999万", "999.999k"}, {1e6, "100万", "1M"}, {-1e6, "-100万", "-1M"}, {1e8, "1亿", "100M"}, {-1e8, "-1亿", "-100M"},
		{1e9, "10亿", "1bn"}, {-1.5e9, "-15亿", "-1.5bn"},
	} {
		if got := (Chart{}).short(c.n); got != c.chinese {
			t.Errorf("short(%v) = %s, want %s", c.n, got, c.chinese)
		}
		if got := (Chart{Latin: true}).short(c.n); got != c.latin {
			t.Errorf("short(%v) in Latin = %s, want %s", c.n, got, c.latin)
		}
	}
}

func TestRound(t *testing.T) {
	for n, want := range map[float64]float64{1: 1, 1.9: 1, 2: 2, 4.9: 2, 5: 5, 9.9: 5, 10: 10, 0.3: 0.2, 0.07: 0.05, 2500: 2000} {
		if got := round(n); got < want*0.999 || got > want*1.001 {
			t.Errorf("round(%v) = %v, want %v", n, got, want)
		}
	}
}

// Lines break at spaces and semicolons of their second half, or anywhere but
// before a mark; nothing is lost.
func TestWrap(t *testing.T) {
	p := &painter{faces: make(map[float64]font.Face), font: latin(t)}
	w := p.width("nnnnnnnnnn", 20)
	for _, c := range []struct {
		s    string
		want []string
	}{
		{"", nil},
		{"nnnnnnnnnn", []string{"nnnnnnnnnn"}},
		{"nnnnnnnnnnn", []string{"nnnnnnnnnn", "n"}},
		{"nnnnnn nnnnnn", []string{"nnnnnn", "nnnnnn"}},
		{"nnn nnnnnnnnn", []string{"nnn nnnnnn", "nnn"}},
		{"nnnnn nnnnnn", []string{"nnnnn nnnn", "nn"}},
		{"nnnnnn; nnnnn", []string{"nnnnnn;", "nnnnn"}},
		{"nnnnnnnnnn nn", []string{"nnnnnnnnnn", "nn"}},
		{"nnnnnnnnnn%nn", []string{"nnnnnnnnnn%", "nn"}},
		{"nn\nnn", []string{"nn", "nn"}},
		{"nn ·\nnn", []string{"nn", "nn"}},
		{"nnnnnn\n\nnn", []string{"nnnnnn", "", "nn"}},
		{"nnnnnnn n\nnn", []string{"nnnnnnn n", "nn"}},
	} {
		if diff := cmp.Diff(c.want, p.wrap(c.s, 20, w)); diff != "" {
			t.Errorf("wrap(%q): (-want +got)\n%s", c.s, diff)
		}
	}
	if got := p.wrap("nnn", 20, 1); len(got) != 3 {
		t.Errorf("wrap to nothing = %q, want a letter each", got)
	}
}

// A table has a title, and its columns stand under each other; a bar without
// a name has none.
func TestTableColumns(t *testing.T) {
	got := Chart{Title: "甲", Series: []string{"A"}, Groups: []Group{{"长长的名", []Bar{{0, 1, "1"}, {1, 2, "2"}, {-1, 3, "3"}}}, {"ᄀb", []Bar{{0, 4, "4"}}}}}.Table()
	want := "甲\n长长的名  A  1\n             2\n             3\nᄀb       A  4"
	if got != want {
		t.Errorf("Table:\n%s\nwant:\n%s", got, want)
	}
	if got := (Chart{Title: "甲"}).Table(); got != "甲" {
		t.Errorf("Table of nothing = %q", got)
	}
}

// collection is a font file that holds fonts of the given tables, at odd places.
func collection(fonts ...[]string) []byte {
	head := append([]byte("ttcf\x00\x01\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(fonts)))...)
	at := len(head) + 4*len(fonts)
	var heads, body []byte
	for _, tables := range fonts {
		heads = binary.BigEndian.AppendUint32(heads, uint32(at+len(body)))
		data := at + len(body) + 12 + 16*len(tables)
		body = append(body, "true"...)
		body = binary.BigEndian.AppendUint16(body, uint16(len(tables)))
		body = append(body, make([]byte, 6)...)
		var all []byte
		for i, s := range tables {
			body = append(body, fmt.Sprintf("tab%d", i)...)
			body = append(body, 0, 0, 0, 0)
			body = binary.BigEndian.AppendUint32(body, uint32(data+len(all)))
			body = binary.BigEndian.AppendUint32(body, uint32(len(s)))
			all = append(all, s...)
		}
		body = append(body, all...)
	}
	return append(append(head, heads...), body...)
}

// tables are the tables of a font, as its directory finds them.
func tables(t *testing.T, one []byte) []string {
	t.Helper()
	var out []string
	for i := range int(binary.BigEndian.Uint16(one[4:])) {
		rec := one[12+16*i:]
		start, size := binary.BigEndian.Uint32(rec[8:]), binary.BigEndian.Uint32(rec[12:])
		if start%4 != 0 {
			t.Errorf("table %d stands at %d", i, start)
		}
		out = append(out, string(one[start:start+size]))
	}
	return out
}

// A collection is taken apart into fonts with their own tables, which stand at
// multiples of four bytes.
func TestSplit(t *testing.T) {
	want := [][]string{{"abc", "defgh", "ij"}, {"klmn"}}
	data := collection(want...)
	split2 := func(data []byte) (got [][]string) {
		for _, one := range split(data) {
			got = append(got, tables(t, one))
		}
		return got
	}
	if diff := cmp.Diff(want, split2(data)); diff != "" {
		t.Errorf("split: (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(want[:1], split2(data[:len(data)-1])); diff != "" {
		t.Errorf("split of a file cut off: (-want +got)\n%s", diff)
	}
	single := collection([]string{"abc"})[16:]
	binary.BigEndian.PutUint32(single[12+8:], 12+16)
	if diff := cmp.Diff([][]string{{"abc"}}, split2(single)); diff != "" {
		t.Errorf("split of one font: (-want +got)\n%s", diff)
	}
	for n := range data {
		split(data[:n]) // must not panic
	}
	for name, data := range map[string][]byte{"nothing": nil, "a word": []byte("no font"), "an empty collection": collection(), "a head outside": append(collection()[:8], 0, 0, 0, 1, 0, 0, 1, 0)} {
		if got := split(data); len(got) != 0 {
			t.Errorf("%s: %d fonts, want none", name, len(got))
		}
	}
	many := make([][]string, 70)
	if got := split(collection(many...)); len(got) != 64 {
		t.Errorf("%d fonts of 70, want 64", len(got))
	}
}

// A font without Chinese characters is none, whatever its name.
func TestFontWithoutHan(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "NotoSansCJK-Regular.ttc")
	if err := os.WriteFile(file, goregular.TTF, 0o644); err != nil {
		t.Fatal(err)
	}
	if f, err := findFont("", []string{dir}); err != ErrNoFont {
		t.Errorf("findFont = %v, %v, want ErrNoFont", f, err)
	}
	if f, err := findFont(file, nil); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("findFont of the file = %v, %v, want an error that names it", f, err)
	}
}
