package text

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/yanyiwu/gojieba"
)

// The dictionary files that gojieba must have; its idf file serves keyword
// extraction only, which nothing here does, and is not needed.
var dictFiles = [...]string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8", "stop_words.utf8"}

// DictEnv is the environment variable that names the folder of the dictionaries.
const DictEnv = "JINWEN_DICT_DIR"

// ErrNoDict says that gojieba's dictionaries were found nowhere.
var ErrNoDict = errors.New("gojieba's dictionaries not found")

// FindDict returns the first folder that holds gojieba's dictionaries: dir (a
// setting; if given, nothing else is tried), the environment, beside the
// binary, the usual share folders, the module cache. The error lists where it
// looked and what was missing.
func FindDict(dir string) (string, error) {
	var tried []string
	for _, d := range dictDirs(dir) {
		missing := missingFile(d)
		if missing == "" {
			return d, nil
		}
		tried = append(tried, fmt.Sprintf("%s (no %s)", d, missing))
	}
	return "", fmt.Errorf("%w; set dict_dir or %s to the folder with %s; looked in: %s",
		ErrNoDict, DictEnv, dictFiles[0], strings.Join(tried, ", "))
}

func dictDirs(dir string) []string {
	if dir != "" {
		return []string{dir}
	}
	if env := os.Getenv(DictEnv); env != "" {
		return []string{env}
	}
	var dirs []string
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		base := filepath.Dir(exe)
		dirs = append(dirs, filepath.Join(base, "dict"), filepath.Join(base, "..", "share", "jinwen", "dict"))
	}
	dirs = append(dirs, "/usr/local/share/jinwen/dict", "/usr/share/jinwen/dict", "/usr/share/gojieba/dict")
	const inModule = "github.com/yanyiwu/gojieba@v1.4.7/deps/cppjieba/dict"
	for _, root := range moduleCaches() {
		dirs = append(dirs, filepath.Join(root, inModule))
	}
	// Where gojieba's source lay when it was compiled.
	if filepath.IsAbs(gojieba.DICT_DIR) {
		dirs = append(dirs, gojieba.DICT_DIR)
	}
	return dirs
}

// moduleCaches lists where the go command keeps modules, as `go env
// GOMODCACHE` would say, without running it.
func moduleCaches() []string {
	if c := os.Getenv("GOMODCACHE"); c != "" {
		return []string{c}
	}
	var out []string
	for _, p := range filepath.SplitList(os.Getenv("GOPATH")) {
		out = append(out, filepath.Join(p, "pkg", "mod"))
	}
	if home, err := os.UserHomeDir(); err == nil {
		out = append(out, filepath.Join(home, "go", "pkg", "mod"))
	}
	return out
}

// missingFile returns the first dictionary file that dir lacks, or "".
func missingFile(dir string) string {
	for _, f := range dictFiles {
		if st, err := os.Stat(filepath.Join(dir, f)); err != nil || !st.Mode().IsRegular() || st.Size() == 0 {
			return f
		}
	}
	return ""
}

// One jieba serves the whole process: each costs about half a second and
// 100 MB, and cutting is safe for concurrent use. It is never freed and its
// dictionary never edited; the words of a report are kept beside it (see
// segmenter), so that they come and go with their index.
var jieba struct {
	sync.Mutex
	*gojieba.Jieba
	dir string
}

// loadJieba returns the process's jieba, loading it from dir the first time.
func loadJieba(dir string) (*gojieba.Jieba, error) {
	jieba.Lock()
	defer jieba.Unlock()
	if jieba.Jieba != nil {
		return jieba.Jieba, nil
	}
	dir, err := FindDict(dir)
	if err != nil {
		return nil, err
	}
	idf, cleanup := smallIDF(dir)
	defer cleanup()
	if _, err := os.Stat(idf); err != nil { // gojieba would end the process
		return nil, fmt.Errorf("%w: no idf.utf8 in %s, and none can be written to %s", ErrNoDict, dir, os.TempDir())
	}
	at := func(i int) string { return filepath.Join(dir, dictFiles[i]) }
	jieba.Jieba, jieba.dir = gojieba.NewJieba(at(0), at(1), at(2), idf, at(3)), dir
	return jieba.Jieba, nil
}

// smallIDF returns the path of an idf file of one word, which saves loading
// 6 MB that nothing uses. Where no file can be written the real one serves.
func smallIDF(dir string) (path string, cleanup func()) {
	f, err := os.CreateTemp("", "jinwen-idf-*")
	if err != nil {
		return filepath.Join(dir, "idf.utf8"), func() {}
	}
	defer f.Close()
	if _, err := f.WriteString("的 1.0\n"); err != nil {
		os.Remove(f.Name())
		return filepath.Join(dir, "idf.utf8"), func() {}
	}
	return f.Name(), func() { os.Remove(f.Name()) }
}
