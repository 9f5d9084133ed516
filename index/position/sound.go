package position

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// The Han characters that have sounds here.
const (
	firstHan = 0x3400
	lastHan  = 0x9fff
)

// A soundTable is what we need of go-pinyin's dictionary: 60 KB instead of
// 1.7 MB.
type soundTable struct {
	names []string                       // sounds; names[0] is ""
	of    [lastHan - firstHan + 1]uint16 // character → index in names
}

// soundsOfHan makes the table once, and lets go of the dictionary, so that the
// rest of the process cannot use go-pinyin: nothing else here does.
var soundsOfHan = sync.OnceValue(func() *soundTable {
	t := &soundTable{names: []string{""}}
	byReading := make(map[string]uint16) // reading with its tone → index in names
	byName := make(map[string]uint16)
	args := pinyin.NewArgs()
	for c, readings := range pinyin.PinyinDict {
		if c < firstHan || c > lastHan {
			continue
		}
		reading, _, _ := strings.Cut(readings, ",") // the usual one
		n, ok := byReading[reading]
		if !ok {
			name := ""
			if p := pinyin.SinglePinyin(rune(c), args); len(p) > 0 {
				name = alike.Replace(p[0])
			}
			if n, ok = byName[name]; !ok {
				n = uint16(len(t.names))
				t.names = append(t.names, name)
				byName[name] = n
			}
			byReading[reading] = n
		}
		t.of[c-firstHan] = n
	}
	pinyin.PinyinDict = nil
	return t
})

// sound returns the pinyin of c without tone, with the sounds that many speakers
// do not tell apart written alike; "" if c has none.
func sound(c rune) string {
	if c < firstHan || c > lastHan {
		return ""
	}
	t := soundsOfHan()
	return t.names[t.of[c-firstHan]]
}

// alike merges ü with u, as keyboards do.
var alike = strings.NewReplacer("ü", "u", "v", "u")
