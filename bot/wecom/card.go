package wecom

import (
	"unicode/utf8"

	"jinwen/handlers/chat"
)

// Limits of cards (developer.work.weixin.qq.com, 模板卡片类型); characters are
// what WeCom advises, beyond which it cuts.
const (
	maxCardButtons = 6
	maxButtonChars = 10
	maxKeyBytes    = 1024
)

// A card has buttons under a title.
type card struct {
	Type    string       `json:"card_type"`
	Title   cardTitle    `json:"main_title"`
	Buttons []cardButton `json:"button_list,omitempty"`
	TaskID  string       `json:"task_id,omitempty"`
}

type cardTitle struct {
	Title string `json:"title"`
}

type cardButton struct {
	Text  string `json:"text"`
	Style int    `json:"style"`
	Key   string `json:"key"`
}

// cardOf returns the buttons of a reply as a card, if a card can show all of
// them as they are; else they are numbered choices in the text.
func cardOf(buttons [][]chat.Button, title, task string) (card, bool) {
	c := card{Type: "button_interaction", Title: cardTitle{title}, TaskID: task}
	seen := make(map[string]bool)
	for _, row := range buttons {
		for _, b := range row {
			if b.Data == "" || seen[b.Data] || len(b.Data) > maxKeyBytes || utf8.RuneCountInString(b.Text) > maxButtonChars {
				return card{}, false
			}
			seen[b.Data] = true
			c.Buttons = append(c.Buttons, cardButton{Text: b.Text, Style: 2, Key: b.Data})
		}
	}
	return c, 0 < len(c.Buttons) && len(c.Buttons) <= maxCardButtons
}

// pressed returns the card after a press: the same title, the button that was
// pressed in full colour, so that people see what they chose.
func pressed(title, task string, b cardButton) card {
	b.Style = 1
	return card{Type: "button_interaction", Title: cardTitle{title}, TaskID: task, Buttons: []cardButton{b}}
}
