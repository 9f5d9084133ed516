package version

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"jinwen/corpus/extract"
)

// A disk that fills up during an import of many leaves each report whole or
// absent, says so, and the import goes on once there is room. It needs the
// right to mount a disk of its own.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	mount := func(flags uintptr, size string) error {
		return syscall.Mount("tmpfs", dir, "tmpfs", flags, "size="+size)
	}
	if err := mount(0, "400k"); err != nil {
		t.Skipf("no disk of our own: %v", err)
	}
	defer syscall.Unmount(dir, 0)
	s := open(t, dir, Options{})
	by := By{Who: "7", When: time.Unix(1e9, 0)}
	var all []Item
	for i := range 60 {
		text := fmt.Sprintf("云岭市%d年政府工作报告\n\n一、工作回顾\n\n地区生产总值增长5%%。\n\n二、工作安排\n\n地区生产总值增长6%%。\n", 1960+i)
		for range 80 {
			text += "改造老旧小区100个，新增学位3200个，改建农村公路86公里。\n\n"
		}
		all = append(all, Item{Name: "r.txt", Report: extract.ParseText(text)})
	}
	joined := 0
	var failed error
	for i := 0; i < len(all); i += 4 {
		if _, failed = s.Join(all[i:i+4], false, by); failed != nil {
			break
		}
		joined = i + 4
	}
	if !errors.Is(failed, ErrFull) || joined == 0 || joined == len(all) {
		t.Fatalf("%d joined, then %v; want some, then ErrFull", joined, failed)
	}
	look := func(want int) {
		t.Helper()
		s := open(t, dir, Options{})
		if n := len(s.Damaged()); n > 0 {
			t.Errorf("%d lines of the journal are damaged", n)
		}
		n := 0
		for _, r := range s.Reports() {
			if r.Place != "云岭市" {
				continue
			}
			n++
			if _, err := s.Report(r.Serving.ID); err != nil {
				t.Errorf("%s: %v", r.Name, err)
			}
		}
		if n != want {
			t.Errorf("%d reports are there, want %d", n, want)
		}
	}
	look(joined)
	if err := mount(syscall.MS_REMOUNT, "8m"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(all, false, by); err != nil {
		t.Fatal(err)
	}
	look(len(all))
	if left, _ := os.ReadDir(s.texts()); len(left) != len(all) {
		t.Errorf("%d files of texts, want %d", len(left), len(all))
	}
}
