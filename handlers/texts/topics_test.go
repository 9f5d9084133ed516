package texts

import (
	"testing"

	"jinwen/handlers/chat"
)

// TestTopicNamed: a topic is named whole in any language, in English by its
// first words too, if they are no abbreviation.
func TestTopicNamed(t *testing.T) {
	var all []string
	for name := range topicNames {
		all = append(all, name)
	}
	for name, in := range topicNames {
		for l, word := range in {
			if got := TopicNamed(all, word); got != name {
				t.Errorf("TopicNamed(%q) = %q, want %q", word, got, name)
			}
			if got := Topic(name, l); got != word {
				t.Errorf("Topic(%q, %s) = %q, want %q", name, l, got, word)
			}
		}
	}
	topicNames["试题"] = map[chat.Lang]string{chat.Hans: "试题", chat.Hant: "試題", chat.English: "Old city works"}
	defer delete(topicNames, "试题")
	own := []string{"自建", "试题"}
	for word, want := range map[string]string{
		"試題": "试题", "old city works": "试题", "OLD CITY": "试题", "old city wor": "", "old": "", "city works": "", "自建": "自建", "自": "", "": "",
	} {
		if got := TopicNamed(own, word); got != want {
			t.Errorf("TopicNamed(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Topic("自建", chat.English); got != "自建" {
		t.Errorf("a topic of an admin's is %q", got)
	}
}
