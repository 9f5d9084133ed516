package dispatch

import (
	"fmt"

	"jinwen/handlers/chat"
)

// Texts are what transports themselves say to people.
type Texts struct {
	Apology string // the handler failed
	Full    string // … since the disk is full
	Flood   string // messages come faster than they can be answered
	Aside   string // the message was set aside
	// To admins, of a message that was set aside: its kind and id, and why.
	Told                    string
	Crash, Timeout, Unknown string
	TellFull                string // to admins
}

var texts = chat.Texts[Texts]{
	Hans: Texts{
		Apology:  "抱歉，刚才出了点问题，没能回答。请稍后再试一次。",
		Full:     "抱歉，服务器的磁盘满了，这一步没能保存下来。提问不受影响；腾出空间之后请再做一次。",
		Flood:    "您发得太快了，我一时回答不过来。请等前面的回答到了，再把后面的重发一遍。",
		Aside:    "抱歉，这条消息试了几次都没能处理完，先搁下了，已告诉管理员。其他问题可以照常问。",
		Told:     "有一条消息（%s，%s）被搁置：%s。服务器上的 jinwen dead-letters 可以查看、重试。",
		TellFull: "服务器的磁盘满了（数据目录 data_dir 所在的盘）。提问照常回答，但设置、订阅、提问记录都存不下来。请尽快腾出空间。",
		Crash:    "处理它的时候程序退出了 %d 次",
		Timeout:  "处理它 %d 次都超时",
		Unknown:  "发送答复的时候程序退出了 %d 次，不知道对方收到没有",
	},
	Hant: Texts{
		Apology:  "抱歉，剛才出了點問題，沒能回答。請稍後再試一次。",
		Full:     "抱歉，伺服器的磁碟滿了，這一步沒能儲存下來。提問不受影響；騰出空間之後請再做一次。",
		Flood:    "您發得太快了，我一時回答不過來。請等前面的回答到了，再把後面的重發一遍。",
		Aside:    "抱歉，這條訊息試了幾次都沒能處理完，先擱下了，已告訴管理員。其他問題可以照常問。",
		Told:     "有一條訊息（%s，%s）被擱置：%s。伺服器上的 jinwen dead-letters 可以查看、重試。",
		TellFull: "伺服器的磁碟滿了（資料目錄 data_dir 所在的碟）。提問照常回答，但設定、訂閱、提問紀錄都存不下來。請盡快騰出空間。",
		Crash:    "處理它的時候程式退出了 %d 次",
		Timeout:  "處理它 %d 次都逾時",
		Unknown:  "傳送答覆的時候程式退出了 %d 次，不知道對方收到沒有",
	},
	English: Texts{
		Apology:  "Sorry, something went wrong and I could not answer. Please try again in a moment.",
		Aside:    "Sorry, this message could not be handled in several tries. It was set aside and the admins were told. You can go on with other questions.",
		Told:     "A message (%s, %s) was set aside: %s. On the server, jinwen dead-letters shows it and tries it once more.",
		TellFull: "The server's disk is full (the one of data_dir). Questions are answered, but settings, subscriptions and the question log cannot be saved. Please make room soon.",
		Crash:    "the program ended %d times while it was handled",
		Timeout:  "handling it took too long %d times",
		Unknown:  "the program ended %d times while its answer was on its way, which may have arrived or not",
		Full:     "Sorry, the server's disk is full and this could not be saved. Questions are answered all the same; please do it again once there is room.",
		Flood:    "Your messages come faster than I can answer. Please wait for my answers, then send the rest again.",
	},
}

// Failed returns what a person hears when the handler failed with err.
func Failed(err error, tag string) string {
	if Full(err) {
		return TextsOf(tag).Full
	}
	return TextsOf(tag).Apology
}

// FullDisk returns what admins hear when the disk is full.
func FullDisk(lang chat.Lang) string { return texts.In(lang).TellFull }

// Told returns what admins hear of a message that was set aside.
func Told(l DeadLetter, lang chat.Lang) string {
	t := texts.In(lang)
	why := t.Crash
	switch l.Reason {
	case ReasonLate:
		why = t.Timeout
	case ReasonUnsure:
		why = t.Unknown
	}
	return fmt.Sprintf(t.Told, l.Kind, l.ID, fmt.Sprintf(why, l.Tries))
}

// TextsOf returns the texts for a language tag as transports have it.
func TextsOf(tag string) *Texts { return texts.In(chat.LangOf(tag)) }
