package dispatch

import "jinwen/handlers/chat"

// Texts are what transports themselves say to people.
type Texts struct {
	Apology string // the handler failed
	Flood   string // messages come faster than they can be answered
}

var texts = chat.Texts[Texts]{
	Hans: Texts{
		Apology: "抱歉，刚才出了点问题，没能回答。请稍后再试一次。",
		Flood:   "您发得太快了，我一时回答不过来。请等前面的回答到了，再把后面的重发一遍。",
	},
	Hant: Texts{
		Apology: "抱歉，剛才出了點問題，沒能回答。請稍後再試一次。",
		Flood:   "您發得太快了，我一時回答不過來。請等前面的回答到了，再把後面的重發一遍。",
	},
	English: Texts{
		Apology: "Sorry, something went wrong and I could not answer. Please try again in a moment.",
		Flood:   "Your messages come faster than I can answer. Please wait for my answers, then send the rest again.",
	},
}

// TextsOf returns the texts for a language tag as transports have it.
func TextsOf(tag string) *Texts { return texts.In(chat.LangOf(tag)) }
