package position

import "testing"

func TestSound(t *testing.T) {
	for c, want := range map[rune]string{'津': "jin", '绿': "lu", '女': "nu", '重': "zhong", '丽': "li", 'a': "", '，': "", '〇': "", '𠮷': "", '5': ""} {
		if got := sound(c); got != want {
			t.Errorf("sound(%c) = %q, want %q", c, got, want)
		}
	}
}
