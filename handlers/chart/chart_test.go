package chart

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a chart of made-up numbers.
func sample() Chart {
	return Chart{
		Title: "主要指标 · 某市 · 2023年实际与2024年目标（%）", Unit: "%",
		Series: []string{"2023年实际", "2024年目标"},
		Groups: []Group{
			{"地区生产总值增长", []Bar{{0, 5.2, "5.2%"}, {1, 5.5, "5.5%左右"}}},
			{"社会消费品零售总额增长", []Bar{{0, 8, "8%"}, {1, 6.5, "6.5%"}}},
			{"居民消费价格涨幅", []Bar{{0, -0.3, "-0.3%"}, {1, 3, "3%左右"}}},
			{"规模以上工业战略性新兴产业增加值占规模以上工业增加值比重的提高幅度", []Bar{{1, 1.5, "超过1.5%"}}},
		},
		Source: "来源：《某市2024年政府工作报告》· 一、2023年工作回顾；二、2024年主要目标任务",
	}
}

func TestPNG(t *testing.T) {
	data, err := sample().PNG("")
	if errors.Is(err, ErrNoFont) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != width || b.Dy() < 500 || b.Dy() > 3000 {
		t.Errorf("picture of %v", b)
	}
	if dir := os.Getenv("CHART_DIR"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "sample.png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOddNumbersAreDrawn(t *testing.T) {
	for name, c := range map[string]Chart{
		"nothing":      {},
		"zero":         {Groups: []Group{{"甲", []Bar{{0, 0, "0"}}}}},
		"all negative": {Groups: []Group{{"甲", []Bar{{0, -3, "-3%"}, {7, -1, "-1%"}}}}},
		"huge":         {Groups: []Group{{"甲", []Bar{{0, 1e300, "很多"}, {1, 1, "一"}}}}},
	} {
		if _, err := c.PNG(""); err != nil && !errors.Is(err, ErrNoFont) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoFont(t *testing.T) {
	_, err := findFont("", []string{t.TempDir()})
	if !errors.Is(err, ErrNoFont) || !strings.Contains(err.Error(), "fonts-wqy-microhei") {
		t.Errorf("findFont in an empty folder = %v, want ErrNoFont that names a package", err)
	}
	bad := filepath.Join(t.TempDir(), "wqy-microhei.ttc")
	if err := os.WriteFile(bad, []byte("no font"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := findFont("", []string{filepath.Dir(bad)}); !errors.Is(err, ErrNoFont) {
		t.Errorf("findFont of a broken file = %v, want ErrNoFont", err)
	}
	if _, err := sample().PNG(bad); err == nil || !strings.Contains(err.Error(), bad) {
		t.Errorf("PNG with a broken font file = %v, want an error that names it", err)
	}
}

func TestTable(t *testing.T) {
	got := Chart{Title: "对照", Series: []string{"2023年", "2024年"}, Groups: []Group{
		{"零售", []Bar{{0, 7, "7%"}, {1, 6, "6%"}}}, {"GDP", []Bar{{1, 4.5, "4.5%左右"}}},
	}}.Table()
	want := "对照\n" +
		"零售  2023年  7%\n" +
		"      2024年  6%\n" +
		"GDP   2024年  4.5%左右"
	if got != want {
		t.Errorf("Table:\n%s\nwant:\n%s", got, want)
	}
}

// eyes are how people with each kind of colour blindness see a colour, as
// matrices over linear light (Machado, Oliveira and Fernandes, 2009, severity 1).
var eyes = map[string][3][3]float64{
	"all colours": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red":      {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"no green":    {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"no blue":     {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

// TestColours: bars are told apart from each other by every eye and on paper
// without colours, and from the ground.
func TestColours(t *testing.T) {
	for name, m := range eyes {
		for i, a := range colours {
			for _, b := range colours[:i] {
				if d := distance(seen(a, m), seen(b, m)); d < 25 {
					t.Errorf("%s: %v and %v are %.0f apart, want 25", name, a, b, d)
				}
			}
		}
	}
	for i, a := range colours {
		if c := contrast(a, background); c < 3 {
			t.Errorf("%v has a contrast of %.1f with the ground, want 3", a, c)
		}
		for _, b := range colours[:i] {
			if c := contrast(a, b); c < 1.4 {
				t.Errorf("%v and %v have a contrast of %.2f, want 1.4", a, b, c)
			}
		}
	}
}

func linear(c color.RGBA) [3]float64 {
	var out [3]float64
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		if x := float64(v) / 255; x <= .04045 {
			out[i] = x / 12.92
		} else {
			out[i] = math.Pow((x+.055)/1.055, 2.4)
		}
	}
	return out
}

func seen(c color.RGBA, m [3][3]float64) [3]float64 {
	l := linear(c)
	var out [3]float64
	for i := range out {
		out[i] = min(max(m[i][0]*l[0]+m[i][1]*l[1]+m[i][2]*l[2], 0), 1)
	}
	return out
}

// contrast is that of WCAG.
func contrast(a, b color.RGBA) float64 {
	light := func(c color.RGBA) float64 { l := linear(c); return .2126*l[0] + .7152*l[1] + .0722*l[2] + .05 }
	return max(light(a), light(b)) / min(light(a), light(b))
}

// distance returns how far linear colours are apart in CIE Lab (D65).
func distance(a, b [3]float64) float64 {
	lab := func(c [3]float64) [3]float64 {
		f := func(x float64) float64 {
			if x > .008856 {
				return math.Cbrt(x)
			}
			return 7.787*x + 16./116
		}
		x := f((.4124*c[0] + .3576*c[1] + .1805*c[2]) / .95047)
		y := f(.2126*c[0] + .7152*c[1] + .0722*c[2])
		z := f((.0193*c[0] + .1192*c[1] + .9505*c[2]) / 1.08883)
		return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
	}
	p, q := lab(a), lab(b)
	return math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2])
}
