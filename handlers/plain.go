package handlers

import "strings"

// Plain is r as plain text: what `jinwen ask` prints and what the text of a
// chat message reads like once its markup is gone.
func (r Reply) Plain() string {
	var b strings.Builder
	for i, x := range r.Blocks {
		if i > 0 {
			b.WriteByte('\n')
			if gap(r.Blocks[i-1].Kind, x.Kind) {
				b.WriteByte('\n')
			}
		}
		switch x.Kind {
		case Quote:
			b.WriteString("「" + x.Text + "」")
		case Place:
			b.WriteString("—— " + x.Text)
		case Item:
			b.WriteString("• " + x.Text)
		default:
			b.WriteString(x.Text)
		}
	}
	return b.String()
}

// gap reports whether an empty line goes between two neighbouring blocks.
func gap(before, after BlockKind) bool {
	switch {
	case after == Place:
		return false // belongs to the quote above it
	case before == Item && after == Item, before == Title && after == Item:
		return false
	case after == Quote && before != Quote && before != Place && before != Note:
		return false // says what is quoted
	case before == Answer && after == Answer:
		return false
	}
	return true
}
