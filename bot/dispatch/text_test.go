package dispatch

import "testing"

func TestTexts(t *testing.T) {
	for _, wrong := range texts.Check() {
		t.Error(wrong)
	}
}
