package cli

import (
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"jinwen/bot/bottest"
)

var boundMessages = flag.Int("boundmessages", 3000, "how many messages TestDataBound writes")

// TestDataBound: however many people ask, the data folder stays within
// questions.max_mb and a fifth.
func TestDataBound(t *testing.T) {
	const maxMB = 2
	if testing.Short() {
		t.Skip("has thousands of messages answered")
	}
	s := bottest.NewServer(t)
	p := newProgram(t, s, fmt.Sprint("JINWEN_QUESTIONS_MAX_MB=", maxMB))
	var people []bottest.User
	for range 300 {
		people = append(people, s.User("x", "zh-hans"))
	}
	about := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "教育 量化任务", "养老床位", "新增就业", "老旧小区改造"}
	p.start()
	for i := range *boundMessages {
		u := people[i%len(people)]
		s.Text(u.Private(), u, fmt.Sprintf("%s，第%d次问，请说得细一点", about[i%len(about)], i))
		if i%500 == 499 {
			s.Drained()
			size := folder(t, p.dir+"/data")
			t.Logf("%5d messages: %v", i+1, size)
		}
	}
	s.Drained()
	p.stop()
	if size := folder(t, p.dir+"/data"); size["."] > maxMB<<20*6/5 {
		t.Errorf("the data folder has %d bytes: %v", size["."], size)
	}
}

// folder returns the bytes of a folder's files: of all, and by their first name.
func folder(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	size := make(map[string]int64)
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // deleted meanwhile
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		name, _ := filepath.Rel(dir, path)
		for filepath.Dir(name) != "." {
			name = filepath.Dir(name)
		}
		size[name] += info.Size()
		size["."] += info.Size()
		return nil
	})
	return size
}
