package bot

import "strings"

// Texts are what the transport itself says to people.
type Texts struct {
	Apology string // the handler failed
	Flood   string // messages come faster than they can be answered
}

// DefaultTexts are the texts for a language tag: Traditional Chinese and
// English where the tag says so, Simplified Chinese otherwise.
func DefaultTexts(lang string) Texts {
	switch tag := strings.ToLower(lang); {
	case strings.HasPrefix(tag, "en"):
		return Texts{
			Apology: "Sorry, something went wrong and I could not answer. Please try again in a moment.",
			Flood:   "Your messages come faster than I can answer. Please wait for my answers, then send the rest again.",
		}
	case strings.HasPrefix(tag, "zh-hant"), strings.HasPrefix(tag, "zh-tw"), strings.HasPrefix(tag, "zh-hk"), strings.HasPrefix(tag, "zh-mo"):
		return Texts{
			Apology: "抱歉，剛才出了點問題，沒能回答。請稍後再試一次。",
			Flood:   "您發得太快了，我一時回答不過來。請等前面的回答到了，再把後面的重發一遍。",
		}
	}
	return Texts{
		Apology: "抱歉，刚才出了点问题，没能回答。请稍后再试一次。",
		Flood:   "您发得太快了，我一时回答不过来。请等前面的回答到了，再把后面的重发一遍。",
	}
}

// What the console says besides replies.
const (
	consoleHello   = "直接输入问题即可；输入编号按下对应的按钮，/file 路径 发送文件，/quit 退出。"
	consoleSaved   = "已保存："
	consoleNotSave = "没能保存："
	consoleCopied  = "复制："
	consoleShared  = "分享："
	consoleNoFile  = "打不开文件："
)
