package chart

import (
	"bytes"
	"errors"
	"image/png"
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
