package wechat

import "testing"

func TestTexts(t *testing.T) {
	for _, wrong := range table.Check() {
		t.Error(wrong)
	}
}
