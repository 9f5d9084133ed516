package figures

import "testing"

// A name or its clause speaks of a scope when it has half of the pairs of
// characters of the scope, and of no scope always.
func TestScopeIsTold(t *testing.T) {
	for _, tt := range []struct {
		name, where, scope string
		want               bool
	}{
		{"", "", "", true},
		{"收入", "", "城镇", false},
		{"城镇收入", "", "城镇", true},
		{"收入", "城镇", "城镇", true},
		{"城", "镇", "城镇", true}, // across the joint of name and clause
		{"收入", "城镇企", "城镇企业", true},
		{"收入", "城镇", "城镇企业", false},
		{"收入", "城镇企", "城镇企业主", true},
		{"收入", "城镇", "城镇企", true},
		{"收入", "镇企业", "城镇企业主", true},
		{"收入", "企业", "城镇企业主", false},
		{"收入", "城城", "城城城", true}, // counted as often as it stands
		{"收入", "城城", "城城城城", false},
	} {
		if got := (subject{name: tt.name, where: tt.where}).tells(tt.scope); got != tt.want {
			t.Errorf("%s, %s tells %s: %v, want %v", tt.name, tt.where, tt.scope, got, tt.want)
		}
	}
}
