package handlers

import "strings"

// Plain is r as plain text: what `jinwen ask` prints and what the text of a
// chat message reads like once its markup is gone.
func (r Reply) Plain() string {
	var b strings.Builder
	for i, x := range r.Blocks {
		if i > 0 {
			b.WriteString(Between(r.Blocks[i-1].Kind, x.Kind))
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

// Between is what separates two neighbouring blocks, in every transport: a line
// break, or two where an empty line shows that something new begins.
func Between(before, after BlockKind) string {
	switch {
	case after == Place,
		after == Item && (before == Item || before == Title),
		after == Quote && before != Quote && before != Place && before != Note, // says what is quoted
		after == Answer && before == Answer:
		return "\n"
	}
	return "\n\n"
}
