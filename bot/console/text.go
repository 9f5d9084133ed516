package console

import "jinwen/handlers/chat"

// texts are those of the console besides replies.
type texts struct {
	Hello   string
	Saved   string // path
	NotSave string // what went wrong
	Copied  string // text
	Shared  string // text
	NoFile  string // path
}

var table = chat.Texts[texts]{
	Hans: texts{
		Hello:   "直接输入问题即可；输入编号按下对应的按钮，/file 路径 发送文件，/quit 退出。",
		Saved:   "已保存：%s",
		NotSave: "没能保存：%s",
		Copied:  "复制：%s",
		Shared:  "分享：%s",
		NoFile:  "打不开文件：%s",
	},
	Hant: texts{
		Hello:   "直接輸入問題即可；輸入編號按下對應的按鈕，/file 路徑 傳送檔案，/quit 離開。",
		Saved:   "已儲存：%s",
		NotSave: "沒能儲存：%s",
		Copied:  "複製：%s",
		Shared:  "分享：%s",
		NoFile:  "打不開檔案：%s",
	},
	English: texts{
		Hello:   "Type your question. A number presses that button, /file PATH sends a file, /quit leaves.",
		Saved:   "Saved: %s",
		NotSave: "Could not save: %s",
		Copied:  "Copy: %s",
		Shared:  "Share: %s",
		NoFile:  "Cannot open the file: %s",
	},
}

// text is in the language of the last reply, which a person can choose.
func (c *Console) text() *texts {
	if c.lang.Valid() {
		return table.In(c.lang)
	}
	return table.In(chat.LangOf(c.opt.Lang))
}
