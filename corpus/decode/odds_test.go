package decode

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/traditionalchinese"
)

// TestWarnings: a line that lost characters is named with how many, up to a
// hundred lines; a page without text by its number.
func TestWarnings(t *testing.T) {
	var got []string
	for _, w := range append(lost("新\uFFFD建\uFFFD\n公园\n\uFFFD\n"), Warning{Kind: EmptyPage, Page: 3}, Warning{Kind: "other"}) {
		got = append(got, w.String())
	}
	if want := []string{"line 1: 2 unreadable characters", "line 3: 1 unreadable characters", "page 3 has no text", "other"}; !slices.Equal(got, want) {
		t.Errorf("warnings %q, want %q", got, want)
	}
	for n, want := range map[int]int{99: 99, 100: 100, 101: 100} {
		if ws := lost(strings.Repeat("\uFFFD\n", n)); len(ws) != want || ws[want-1].Line != want {
			t.Errorf("%d lines that lost characters: %d warnings, want %d", n, len(ws), want)
		}
	}
}

// TestWebArchives: a page in one file is read whatever its encoding; one
// without a page is damaged.
func TestWebArchives(t *testing.T) {
	const page = "<html><body><p>新建公园</p></body></html>"
	coded := base64.StdEncoding.EncodeToString([]byte(page))
	for _, tt := range []struct {
		name, data, want string
		err              error
	}{
		{"plain, below blank lines", "\r\n \tFrom: a\nContent-Type: text/html\n\n" + page, "新建公园\n", nil},
		{"base64", "From: a\nContent-Type: text/html\nContent-Transfer-Encoding: Base64 \n\n" + coded, "新建公园\n", nil},
		{"quoted", "From: a\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<html><p>=E6=96=B0=\n=E5=BB=BA</p>", "新建\n", nil},
		{"the second part", "From: a\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b\nContent-Type: text/html\n\n" + page + "\n--b--\n", "新建公园\n", nil},
		{"a part in base64", "From: a\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + coded + "\n--b--\n", "新建公园\n", nil},
		{"no page", "From: a\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n", "", ErrDamaged},
		{"no type", "From: a\n\n" + page, "", ErrDamaged},
		{"no head", "新建公园", "", ErrDamaged},
		{"bytes that are no base64", "From: a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n***", "", ErrDamaged},
	} {
		if got, err := decodeMHT([]byte(tt.data)); got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%s: decodeMHT = %q, %v, want %q, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
}

// TestGridLimits: a merged cell is written again if it is short, and few reach
// down.
func TestGridLimits(t *testing.T) {
	for n, want := range map[int]int{maxRepeated: maxRepeated + 1, maxRepeated + 1: 1} {
		g := newGrid()
		g.place(strings.Repeat("a", n), 1, 1)
		g.endRow()
		if got := g.covered(); len(got) != want || g.column != 1 || g.covered() != "" {
			t.Errorf("a merged cell of %d bytes is %d below, want %d", n, len(got), want)
		}
	}
	g := newGrid()
	for i := range maxMerged + 1 {
		g.place(fmt.Sprint(i), 1, 2)
	}
	for range 2 {
		g.endRow()
		if got := strings.Fields(g.covered()); len(got) != maxMerged || got[maxMerged-1] != "49" {
			t.Errorf("%d cells reach down: %q", len(got), got)
		}
	}
	if g.endRow(); g.covered() != "" {
		t.Error("cells reach further than they say")
	}
	g.place("宽", 2, 1)
	g.place("邻", 1, 0)
	if g.endRow(); g.covered() != "宽\t" || g.column != 2 {
		t.Errorf("behind a cell of two columns stands column %d", g.column)
	}
}

// TestFieldLimits: of a field's code the beginning is kept, and of fields that
// do not end the last hundred.
func TestFieldLimits(t *testing.T) {
	w := docxWriter{fields: docxFields{skipContents: true}}
	w.fields.write("lost")
	w.field("separate")
	w.field("end")
	for i := range maxFields + 2 {
		w.field("begin")
		w.fields.write(fmt.Sprint(i))
	}
	if n := len(w.fields.open); n != maxFields || w.fields.open[0].code != "2" || w.fields.open[n-1].code != "101" {
		t.Errorf("%d fields are open, from %q to %q", n, w.fields.open[0].code, w.fields.open[n-1].code)
	}
	last := &w.fields.open[maxFields-1]
	last.code = strings.Repeat("a", maxField-1)
	w.fields.write("bc")
	w.fields.write("d")
	if !strings.HasSuffix(last.code, "abc") {
		t.Errorf("the code ends in %q", last.code[maxField-2:])
	}
}

// TestLooksHTML: a page is told by how it begins.
func TestLooksHTML(t *testing.T) {
	for text, want := range map[string]bool{
		"<html>": true, " \n<HTML lang=zh>": true, "\xef\xbb\xbf<!DOCTYPE html>": true, "<!doctype HTML PUBLIC>": true,
		"<?xml version='1.0'?><html>": true, "<!-- 一 --><html>": true,
		"<?xml version='1.0'?><report>": false, "<!-- 一 -->": false, "一<html>": false, "<p>": false, "": false,
		"<!--" + strings.Repeat(" ", 1015) + "<html": true, "<!--" + strings.Repeat(" ", 1016) + "<html": false,
	} {
		if got := looksHTML([]byte(text)); got != want {
			t.Errorf("looksHTML(%.40q of %d) = %v", text, len(text), got)
		}
	}
}

// TestDeclaredEncodings: a page in an encoding that its bytes do not tell is
// read as it says; one that says nothing true is not read.
func TestDeclaredEncodings(t *testing.T) {
	body, err := traditionalchinese.Big5.NewEncoder().String("<p>今年，要新建公園，改造的道路。</p>")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, head string
		err        error
	}{
		{"named", `<meta charset="big5">`, nil},
		{"named late", strings.Repeat(" ", 60000) + `<meta charset = big5>`, nil},
		{"named too late", strings.Repeat(" ", 1<<16) + `<meta charset=big5>`, ErrEncoding},
		{"not named", "", ErrEncoding},
		{"unknown", `<meta charset=xyz>`, ErrEncoding},
		{"another", `<meta charset=euc-kr>`, ErrEncoding},
	} {
		got, err := decodeHTML([]byte("<html>" + tt.head + body))
		if !errors.Is(err, tt.err) || err == nil && got != "今年，要新建公園，改造的道路。\n" {
			t.Errorf("%s: decodeHTML = %q, %v, want %v", tt.name, got, err, tt.err)
		}
	}
}

// TestUnwrapWidths: lines of up to sixty-four characters were broken at a width,
// longer ones are paragraphs.
func TestUnwrapWidths(t *testing.T) {
	for n, want := range map[int]int{mostMeasure: 1, mostMeasure + 1: 6} {
		if got := strings.Count(unwrap(strings.Repeat(strings.Repeat("建", n)+"\n", 5)+"园。\n"), "\n"); got != want {
			t.Errorf("lines of %d characters come to %d lines, want %d", n, got, want)
		}
	}
}
