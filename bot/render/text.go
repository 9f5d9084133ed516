package render

import "jinwen/handlers/chat"

// texts stand in a reply in the place of what cannot be shown.
type texts struct {
	Choose string // before the numbered choices
	More   string // what to type for the rest
	NoFile string // name
	Colon  string // before a link
}

var table = chat.Texts[texts]{
	Hans:    texts{Choose: "回复数字：", More: "（未完，回复“更多”看下文）", NoFile: "（文件 %s 在这里发不出来）", Colon: "："},
	Hant:    texts{Choose: "回覆數字：", More: "（未完，回覆“更多”看下文）", NoFile: "（檔案 %s 在這裡發不出來）", Colon: "："},
	English: texts{Choose: "Reply with a number:", More: "(Reply “more” for the rest)", NoFile: "(The file %s cannot be sent here)", Colon: ": "},
}

// moreWords are the words that people type for the rest of a reply.
var moreWords = map[string]bool{"更多": true, "继续": true, "繼續": true, "下文": true, "more": true, "next": true}
