package texts

import (
	_ "embed"
	"strings"

	"jinwen/handlers/chat"
)

//go:embed topics.txt
var topicFile string

// topicNames are the names of each topic in each language, by the lexicon's own.
var topicNames = func() map[string]map[chat.Lang]string {
	out := make(map[string]map[chat.Lang]string)
	for line := range strings.Lines(topicFile) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			out[f[0]] = map[chat.Lang]string{chat.Hans: f[0], chat.Hant: f[1], chat.English: f[2]}
		}
	}
	return out
}()

// Topic returns a topic of the lexicon by its name in l; as it is, if it is one
// that an admin made.
func Topic(topic string, l chat.Lang) string {
	if name := topicNames[topic][l]; name != "" {
		return name
	}
	return topic
}

// TopicNamed returns the topic of topics whose name in some language is word,
// or begins with it in English; "" if there is none.
func TopicNamed(topics []string, word string) string {
	for _, t := range topics {
		for l, name := range topicNames[t] {
			if strings.EqualFold(name, word) || l == chat.English && len(word) > 3 && strings.HasPrefix(strings.ToLower(name), strings.ToLower(word)+" ") {
				return t
			}
		}
		if t == word {
			return t
		}
	}
	return ""
}
