package chart

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// ErrNoFont says that the machine has no font with Chinese characters. Its
// text names the package to install.
var ErrNoFont = errors.New("no font with Chinese characters found; install fonts-wqy-microhei or fonts-noto-cjk, or set the font file")

// fontNames are beginnings of the file names of fonts that are good for
// labels, best first; compared in lower case.
var fontNames = []string{
	"notosanscjk-regular", "notosanssc-regular", "notosanscjksc-regular", "sourcehansanssc-regular", "sourcehansans-regular",
	"wqy-microhei", "wqy-zenhei", "pingfang", "hiragino sans gb", "stheiti", "msyh", "simhei", "droidsansfallback",
}

// fontDirs returns where systems keep fonts.
func fontDirs() []string {
	dirs := []string{"/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", `C:\Windows\Fonts`}
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, ".fonts"), filepath.Join(home, ".local/share/fonts"), filepath.Join(home, "Library/Fonts"))
	}
	return dirs
}

var fonts struct {
	sync.Mutex
	m map[string]*sfnt.Font
}

// loadFont returns the font in file, or the best of the system if file is "".
// Fonts that were found are kept; the search for one that was not is repeated,
// so that it may be installed while the bot runs.
func loadFont(file string) (*sfnt.Font, error) {
	fonts.Lock()
	defer fonts.Unlock()
	if f, ok := fonts.m[file]; ok {
		return f, nil
	}
	f, err := findFont(file, fontDirs())
	if err != nil {
		return nil, err
	}
	if fonts.m == nil {
		fonts.m = make(map[string]*sfnt.Font)
	}
	fonts.m[file] = f
	return f, nil
}

func findFont(file string, dirs []string) (*sfnt.Font, error) {
	if file != "" {
		f, err := openFont(file)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w; name another file, or none and install fonts-wqy-microhei or fonts-noto-cjk", file, err)
		}
		return f, nil
	}
	found := make([]string, len(fontNames))
	for _, dir := range dirs {
		filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // what cannot be read is not there
			}
			name := strings.ToLower(d.Name())
			for i, want := range fontNames {
				if found[i] == "" && strings.HasPrefix(name, want) {
					found[i] = path
				}
			}
			return nil
		})
	}
	for _, path := range found {
		if path == "" {
			continue
		}
		if f, err := openFont(path); err == nil {
			return f, nil
		}
	}
	return nil, ErrNoFont
}

// openFont opens a .ttf, .otf or .ttc file; of a collection the font for
// Simplified Chinese, or else the first that has its characters.
func openFont(path string) (*sfnt.Font, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var best *sfnt.Font
	for _, one := range split(data) {
		f, err := opentype.Parse(one)
		if err != nil || !hasHan(f) {
			continue
		}
		name, _ := f.Name(nil, sfnt.NameIDFull)
		simplified := strings.Contains(name, " SC") && !strings.Contains(name, "Mono")
		if best == nil || simplified {
			best = f
		}
		if simplified {
			break
		}
	}
	if best == nil {
		return nil, ErrNoFont
	}
	return best, nil
}

// split takes the fonts of a collection apart, or gives the one font of data.
// Each is laid out anew with its tables at multiples of four bytes, as the
// OpenType specification asks for and sfnt insists on: those of
// wqy-microhei.ttc are not. A file that is no font gives what it can.
func split(data []byte) [][]byte {
	u32 := func(at int) int {
		if at < 0 || at+4 > len(data) {
			return -1
		}
		return int(binary.BigEndian.Uint32(data[at:]))
	}
	heads := []int{0}
	if bytes.HasPrefix(data, []byte("ttcf")) {
		heads = nil
		for i := range min(max(u32(8), 0), 64) {
			heads = append(heads, u32(12+4*i))
		}
	}
	var out [][]byte
	for _, head := range heads {
		if head < 0 || head+12 > len(data) {
			continue
		}
		n := int(binary.BigEndian.Uint16(data[head+4:]))
		dir := 12 + 16*n
		if head+dir > len(data) {
			continue
		}
		one := append(make([]byte, 0, dir), data[head:head+dir]...)
		for i := range n {
			rec := 12 + 16*i
			start, size := u32(head+rec+8), u32(head+rec+12)
			if start < 0 || size < 0 || start+size > len(data) {
				one = nil
				break
			}
			for len(one)%4 != 0 {
				one = append(one, 0)
			}
			binary.BigEndian.PutUint32(one[rec+8:], uint32(len(one)))
			one = append(one, data[start:start+size]...)
		}
		if one != nil {
			out = append(out, one)
		}
	}
	return out
}

func hasHan(f *sfnt.Font) bool {
	var b sfnt.Buffer
	for _, c := range "津问年" {
		if i, err := f.GlyphIndex(&b, c); err != nil || i == 0 {
			return false
		}
	}
	return true
}
