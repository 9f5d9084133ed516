package figures

import "testing"

// A year is one year, in digits of any kind.
func TestYearOf(t *testing.T) {
	for s, want := range map[string]string{
		"2026": "2026", "２０２６": "2026", "二〇二六": "2026", "二○二六": "2026", "二零二六": "2026", "一九九零": "1990", "二0二六": "2026", "一二三四五六七八九": "123456789", "": "",
	} {
		if got := yearOf(s); got != want {
			t.Errorf("yearOf(%s) = %s, want %s", s, got, want)
		}
	}
}

// The years of five-year plans, and what a stretch of years is as a period.
func TestStretches(t *testing.T) {
	for n, want := range map[int]stretch{1: {1953, 1957}, 2: {1958, 1962}, 3: {1966, 1970}, 4: {1971, 1975}, 14: {2021, 2025}, 15: {2026, 2030}} {
		if got := planYears(n); got != want {
			t.Errorf("planYears(%d) = %v, want %v", n, got, want)
		}
	}
	for _, c := range []struct {
		s            stretch
		flow, level  string
		some, single bool
	}{
		{stretch{}, "other", "other", false, false}, {stretch{2026, 2030}, "2026-2030", "2030", true, false},
		{stretch{2026, 2026}, "2026", "2026", true, true}, {stretch{0, 2030}, "2030", "2030", true, false},
	} {
		if c.s.period(true) != c.flow || c.s.period(false) != c.level || c.s.some() != c.some || c.s.single() != c.single {
			t.Errorf("%v: %s, %s, %v, %v", c.s, c.s.period(true), c.s.period(false), c.s.some(), c.s.single())
		}
	}
}
