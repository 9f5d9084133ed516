package admin

import (
	"errors"

	"jinwen/corpus/decode"
	"jinwen/corpus/version"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// Everything that admins read, the three languages side by side. Verbs of fmt
// stand in the same order in all of them.

// A tri is a text in Simplified Chinese, Traditional Chinese and English.
type tri [3]string

func (t tri) in(l chat.Lang) string {
	switch l {
	case chat.Hant:
		return t[1]
	case chat.English:
		return t[2]
	}
	return t[0]
}

var (
	textOnlyAdmins  = tri{"抱歉，这是管理员的命令（您的用户编号是 %s）。您可以直接提问，或用 /help 看看我能做什么。", "抱歉，這是管理員的命令（您的使用者編號是 %s）。您可以直接提問，或用 /help 看看我能做什麼。", "Sorry, this command is for admins (your user id is %s). Just ask a question, or see /help."}
	textOnlyPrivate = tri{"管理命令请在与我的私聊里用。", "管理命令請在與我的私聊裡用。", "Please use admin commands in our private chat."}
	textStale       = tri{"这个按钮已经过时，请重新发送命令。", "這個按鈕已經過時，請重新傳送命令。", "This button is out of date; please send the command again."}
	textCancelled   = tri{"已取消，什么都没有改变。", "已取消，什麼都沒有改變。", "Cancelled; nothing has changed."}

	textHowImport = tri{
		"把新文本作为文件发给我：.txt、.md、.docx、.html 或有文字层的 .pdf，不超过 20 MB。我先列出与现行版本的差别，您确认后才启用。",
		"把新文本作為檔案傳給我：.txt、.md、.docx、.html 或有文字層的 .pdf，不超過 20 MB。我先列出與現行版本的差別，您確認後才啟用。",
		"Send me the new text as a file: .txt, .md, .docx, .html or a .pdf with a text layer, up to 20 MB. I show what changes first; it goes live only when you say so."}
	textReading  = tri{"⏳ 正在读取文件……", "⏳ 正在讀取檔案……", "⏳ Reading the file…"}
	textSteps    = [...]tri{Reading: {"正在解析文本", "正在解析文本", "reading the text"}, Indexing: {"正在建立索引", "正在建立索引", "building the index"}, Checking: {"正在检查索引", "正在檢查索引", "checking the index"}, Switching: {"正在切换", "正在切換", "switching"}}
	textStep     = tri{"⏳ %d/%d %s……", "⏳ %d/%d %s……", "⏳ %d/%d %s…"}
	textSame     = tri{"这正是现在启用的文本，没有任何变化。", "這正是現在啟用的文本，沒有任何變化。", "This is the very text that is live; nothing changed."}
	textAlready  = tri{"这份文本以前已经导入过。", "這份文本以前已經匯入過。", "This text had been imported before."}
	textAbout    = tri{"%s · %s · 版本 %s", "%s · %s · 版本 %s", "%s · %s · version %s"}
	textYear     = tri{"%d年", "%d年", "%d"}
	textNoYear   = tri{"年份不明", "年份不明", "year unknown"}
	textNoPlace  = tri{"地区不明", "地區不明", "place unknown"}
	textCounts   = tri{"正文%d字，标题%d个，段落%d个，数字%d个，任务%d项", "正文%d字，標題%d個，段落%d個，數字%d個，任務%d項", "%d characters, %d headings, %d passages, %d figures, %d commitments"}
	textActivate = tri{"✅ 启用", "✅ 啟用", "✅ Activate"}
	textDiscard  = tri{"🗑 丢弃", "🗑 丟棄", "🗑 Discard"}
	textAnyway   = tri{"⚠️ 仍然启用", "⚠️ 仍然啟用", "⚠️ Activate anyway"}

	textLive      = tri{"已启用：%s（版本 %s）。", "已啟用：%s（版本 %s）。", "Live now: %s (version %s)."}
	textGoneBack  = tri{"已回到：%s（版本 %s）。", "已回到：%s（版本 %s）。", "Back to: %s (version %s)."}
	textReindexed = tri{"已重建索引：%s（版本 %s）。", "已重建索引：%s（版本 %s）。", "Index rebuilt: %s (version %s)."}
	textDiscarded = tri{"已丢弃版本 %s。", "已丟棄版本 %s。", "Version %s is discarded."}
	textBusy      = tri{"%s 从 %s 起正在%s，请稍候再试。", "%s 從 %s 起正在%s，請稍候再試。", "%s has been at it since %s (%s); please try again in a moment."}
	textConflict  = tri{"在此期间 %s 于 %s %s了版本 %s。下面是与它的差别，请重新决定。", "在此期間 %s 於 %s %s了版本 %s。下面是與它的差別，請重新決定。", "Meanwhile %s, at %s, %s version %s. Here is the difference to that one; please decide again."}

	textVersions    = tri{"已保存的版本", "已儲存的版本", "Versions kept"}
	textVersionLine = tri{"%s %s · %s · %s", "%s %s · %s · %s", "%s %s · %s · %s"}
	textIsActive    = tri{"● 启用中", "● 啟用中", "● live"}
	textIsPrevious  = tri{"◐ 上一版", "◐ 上一版", "◐ before"}
	textIsPending   = tri{"○ 待定", "○ 待定", "○ waiting"}
	textIsKept      = tri{"○ 保留", "○ 保留", "○ kept"}
	textShips       = tri{"随程序附带", "隨程式附帶", "ships with the program"}
	textBy          = tri{"%s 于 %s 导入", "%s 於 %s 匯入", "imported by %s, %s"}
	textRollback    = tri{"↩️ 回到上一版", "↩️ 回到上一版", "↩️ Go back"}
	textRollbackTo  = tri{"回到版本 %s（%s）？现在启用的是 %s（%s）。", "回到版本 %s（%s）？現在啟用的是 %s（%s）。", "Go back to version %s (%s)? Live now is %s (%s)."}
	textConfirm     = tri{"↩️ 是，回去", "↩️ 是，回去", "↩️ Yes, go back"}
	textCancel      = tri{"取消", "取消", "Cancel"}
	textReindex     = tri{"🔄 重建索引", "🔄 重建索引", "🔄 Rebuild the index"}

	textAudit     = tri{"管理记录（新的在前，共 %d 条）", "管理記錄（新的在前，共 %d 條）", "Audit trail (newest first, %d in all)"}
	textNoAudit   = tri{"还没有管理记录。", "還沒有管理記錄。", "Nothing has been done yet."}
	textDamaged   = tri{"⚠️ 记录文件中有 %d 行损坏，已跳过。", "⚠️ 記錄檔中有 %d 行損壞，已跳過。", "⚠️ %d damaged lines of the journal were skipped."}
	textAuditFile = tri{"全部记录", "全部記錄", "The whole trail"}

	textWords      = tri{"自定义词（%d 个）", "自訂詞（%d 個）", "Your words (%d)"}
	textNoWords    = tri{"还没有自定义词。", "還沒有自訂詞。", "No words of your own yet."}
	textHowWords   = tri{"添加：/lexicon 摇号=个人普通车摇号指标\n试一试（不保存）：/lexicon try 摇号=…\n删除：/lexicon remove 摇号", "新增：/lexicon 搖號=個人普通車搖號指標\n試一試（不儲存）：/lexicon try 搖號=…\n刪除：/lexicon remove 搖號", "Add: /lexicon 摇号=个人普通车摇号指标\nTry without keeping: /lexicon try 摇号=…\nRemove: /lexicon remove 摇号"}
	textWordAdded  = tri{"已添加，立即生效：%s", "已新增，立即生效：%s", "Added, counts from now on: %s"}
	textWordTried  = tri{"试用（未保存）：%s", "試用（未儲存）：%s", "Tried, not kept: %s"}
	textWordBefore = tri{"原来是：%s", "原來是：%s", "It was: %s"}
	textWordGone   = tri{"已删除：%s", "已刪除：%s", "Removed: %s"}
	textEffect     = tri{"最近 %d 个问题中有 %d 个的回答会改变：", "最近 %d 個問題中有 %d 個的回答會改變：", "Of the last %d questions %d would be answered otherwise:"}
	textNoEffect   = tri{"最近 %d 个问题的回答都不会改变。", "最近 %d 個問題的回答都不會改變。", "None of the last %d questions would be answered otherwise."}
	textNothing    = tri{"（未找到）", "（未找到）", "(not found)"}
	textUndo       = tri{"↩️ 撤销", "↩️ 撤銷", "↩️ Undo"}
	textKeep       = tri{"✅ 保存", "✅ 儲存", "✅ Keep"}
	textMeaning    = tri{"「%s」在报告里叫什么？选一个，或发送：\n/lexicon %s=报告里的说法", "「%s」在報告裡叫什麼？選一個，或傳送：\n/lexicon %s=報告裡的說法", "What does the report call “%s”? Choose, or send:\n/lexicon %s=the report's term"}

	textStats      = tri{"最近 %d 天", "最近 %d 天", "The last %d days"}
	textNoStats    = tri{"最近 %d 天没有人提问。", "最近 %d 天沒有人提問。", "Nobody asked anything in the last %d days."}
	textStatsLine  = tri{"%d 个问题，%d 人；答出 %d（%d%%），未找到 %d", "%d 個問題，%d 人；答出 %d（%d%%），未找到 %d", "%d questions by %d people; %d answered (%d%%), %d not found"}
	textVotes      = tri{"👍 %d　👎 %d", "👍 %d　👎 %d", "👍 %d  👎 %d"}
	textTook       = tri{"用时：一半 ≤ %s，95%% ≤ %s，99%% ≤ %s", "用時：一半 ≤ %s，95%% ≤ %s，99%% ≤ %s", "Time taken: half ≤ %s, 95%% ≤ %s, 99%% ≤ %s"}
	textDayHead    = tri{"日期        问题  人  答出", "日期        問題  人  答出", "day       asked people answered"}
	textTopics     = tri{"问得最多", "問得最多", "Asked most about"}
	textReasons    = tri{"未找到的原因", "未找到的原因", "Why not found"}
	textDisliked   = tri{"得到 👎 的问题", "得到 👎 的問題", "Answers with 👎"}
	textUnanswered = tri{"问了但没有得到回答（最近 %d 天）", "問了但沒有得到回答（最近 %d 天）", "Asked and not answered (last %d days)"}
	textAllFound   = tri{"最近 %d 天的问题都有回答。", "最近 %d 天的問題都有回答。", "Every question of the last %d days was answered."}
	textGroup      = tri{"%s：%d 人，%d 次", "%s：%d 人，%d 次", "%s: %d people, %d times"}
	textMissed     = tri{"❓ 未回答的问题", "❓ 未回答的問題", "❓ Not answered"}
	textDays       = tri{"天数应在 1 到 %d 之间。", "天數應在 1 到 %d 之間。", "The number of days must be 1 to %d."}

	textDiffTitle   = tri{"与现行版本（%s）的差别", "與現行版本（%s）的差別", "What changes from the live version (%s)"}
	textDiffNone    = tri{"只有空白不同，内容没有变化。", "只有空白不同，內容沒有變化。", "Nothing but white space differs."}
	textDiffFigures = tri{"数字：%d 个变化，%d 个新增，%d 个删除", "數字：%d 個變化，%d 個新增，%d 個刪除", "Figures: %d changed, %d added, %d dropped"}
	textDiffPledges = tri{"任务：%d 项改写，%d 项新增，%d 项删除", "任務：%d 項改寫，%d 項新增，%d 項刪除", "Commitments: %d reworded, %d added, %d dropped"}
	textDiffWords   = tri{"句子：%d 句改写，%d 句新增，%d 句删除，%d 句移动", "句子：%d 句改寫，%d 句新增，%d 句刪除，%d 句移動", "Sentences: %d reworded, %d added, %d dropped, %d moved"}
	textDiffHeads   = tri{"标题：%d 个改写，%d 个新增，%d 个删除，%d 个移动", "標題：%d 個改寫，%d 個新增，%d 個刪除，%d 個移動", "Headings: %d reworded, %d added, %d dropped, %d moved"}
	textDiffMore    = tri{"全部差别见附件。", "全部差別見附件。", "All of it is in the attached file."}
	textDiffAdded   = tri{"新增：", "新增：", "added: "}
	textDiffDropped = tri{"删除：", "刪除：", "dropped: "}
	textDiffMoved   = tri{"移动：", "移動：", "moved: "}
	textDiffOld     = tri{"原：", "原：", "old: "}
	textDiffNew     = tri{"新：", "新：", "new: "}

	textInbox       = tri{"监视文件夹收到 %s：", "監視資料夾收到 %s：", "The watched folder received %s:"}
	textInboxFailed = tri{"没有导入，原因见 failed 文件夹。", "沒有匯入，原因見 failed 資料夾。", "It was not imported; the folder failed says why."}
)

var textCommands = map[string]tri{
	"import":     {"导入新的报告文本", "匯入新的報告文本", "Put in an updated report"},
	"versions":   {"已保存的版本，启用或丢弃", "已儲存的版本，啟用或丟棄", "Versions kept; activate or discard"},
	"rollback":   {"回到上一版", "回到上一版", "Go back to the version before"},
	"reindex":    {"重建现行版本的索引", "重建現行版本的索引", "Rebuild the index of the live version"},
	"lexicon":    {"自定义词：查看、添加、删除", "自訂詞：查看、新增、刪除", "Your words: list, add, remove"},
	"stats":      {"提问统计", "提問統計", "What people ask, counted"},
	"unanswered": {"没有得到回答的问题", "沒有得到回答的問題", "Questions without an answer"},
	"audit":      {"谁在何时做了什么", "誰在何時做了什麼", "Who did what, and when"},
}

var textActions = map[version.Action]tri{
	version.Imported:       {"导入", "匯入", "imported"},
	version.Activated:      {"启用", "啟用", "activated"},
	version.Joined:         {"入库", "入庫", "added to the library"},
	version.RolledBack:     {"回到", "回到", "went back to"},
	version.Discarded:      {"丢弃", "丟棄", "discarded"},
	version.Pruned:         {"清理", "清理", "pruned"},
	version.Reindexed:      {"重建索引", "重建索引", "rebuilt the index of"},
	version.LexiconAdded:   {"添加词", "新增詞", "added a word"},
	version.LexiconRemoved: {"删除词", "刪除詞", "removed a word"},
}

var textWarnings = map[Warning]tri{
	WarnNoOutline:     {"没有找到标题层次，请检查文件是否完整", "沒有找到標題層次，請檢查檔案是否完整", "no headings found; is the file complete?"},
	WarnShort:         {"全文不到 2000 字，比一般报告短得多", "全文不到 2000 字，比一般報告短得多", "fewer than 2000 characters, much shorter than reports are"},
	WarnCharacters:    {"有字符没有正确解码（显示为 �）", "有字元沒有正確解碼（顯示為 �）", "some characters did not decode (shown as �)"},
	WarnNoFigures:     {"没有找到任何数字", "沒有找到任何數字", "not one figure found"},
	WarnNoCommitments: {"没有找到任何任务", "沒有找到任何任務", "not one commitment found"},
	WarnNoYear:        {"看不出是哪一年的报告", "看不出是哪一年的報告", "it does not say which year it is for"},
	WarnOlder:         {"比现行版本的年份早", "比現行版本的年份早", "it is for an earlier year than the live one"},
	WarnOtherPlace:    {"与现行版本不是同一地区", "與現行版本不是同一地區", "it is of another place than the live one"},
}

var textWhyNot = map[index.Reason]tri{
	index.ReasonAbsent:     {"报告没有提到", "報告沒有提到", "not in the report"},
	index.ReasonOtherPlace: {"问的是别的地区", "問的是別的地區", "about another place"},
	index.ReasonOtherYear:  {"问的是别的年份", "問的是別的年份", "about another year"},
	index.ReasonNoNumber:   {"提到了但没有数字", "提到了但沒有數字", "mentioned without a number"},
	index.ReasonSmallTalk:  {"寒暄", "寒暄", "small talk"},
	index.ReasonEmpty:      {"没有内容", "沒有內容", "nothing in it"},
}

// problems are what can go wrong and an admin can mend.
var problems = []struct {
	err  error
	text tri
}{
	{decode.ErrTooBig, tri{"文件超过 20 MB。请去掉图片，只发文字。", "檔案超過 20 MB。請去掉圖片，只傳文字。", "The file is larger than 20 MB. Please take the pictures out and send the text."}},
	{decode.ErrEncoding, tri{"认不出文件的编码（不是 UTF-8、GB18030 或 UTF-16）。请另存为 UTF-8 再发。", "認不出檔案的編碼（不是 UTF-8、GB18030 或 UTF-16）。請另存為 UTF-8 再傳。", "The encoding is none of UTF-8, GB18030 and UTF-16. Please save the file as UTF-8."}},
	{decode.ErrBinary, tri{"这不是文本文件。请发 .txt、.md、.docx、.html 或 .pdf。", "這不是文字檔。請傳 .txt、.md、.docx、.html 或 .pdf。", "This is not a text. Please send .txt, .md, .docx, .html or .pdf."}},
	{decode.ErrOldWord, tri{"这是旧的 Word 格式（.doc）。请另存为 .docx 再发。", "這是舊的 Word 格式（.doc）。請另存為 .docx 再傳。", "This is the old Word format (.doc). Please save it as .docx."}},
	{decode.ErrProtected, tri{"文件有密码保护。请去掉密码再发。", "檔案有密碼保護。請去掉密碼再傳。", "The file is protected by a password. Please save it without one."}},
	{decode.ErrDamaged, tri{"文件损坏或不完整。请重新发送。", "檔案損壞或不完整。請重新傳送。", "The file is damaged or cut off. Please send it again."}},
	{decode.ErrBomb, tri{"文件展开后远远超过一份报告的大小，没有读取。请重新保存，或发送纯文本。", "檔案展開後遠遠超過一份報告的大小，沒有讀取。請重新儲存，或傳送純文字。", "The file needs far more room than a report does and was not read. Please save it anew or send the plain text."}},
	{decode.ErrTooLong, tri{"全文超过 200 万字：没有这么长的报告。请检查文件。", "全文超過 200 萬字：沒有這麼長的報告。請檢查檔案。", "The text has more than 2,000,000 characters: no report is that long. Please check the file."}},
	{decode.ErrScanned, tri{"这份 PDF 只有扫描图片，没有文字。请先做文字识别，或发 .docx。", "這份 PDF 只有掃描圖片，沒有文字。請先做文字辨識，或傳 .docx。", "The pages of this PDF are pictures without text. Please run text recognition, or send .docx."}},
	{decode.ErrUnmapped, tri{"这份 PDF 的字体没有说明文字是什么，无法读取。请发 .docx 或 .txt。", "這份 PDF 的字型沒有說明文字是什麼，無法讀取。請傳 .docx 或 .txt。", "The fonts of this PDF do not say which characters they show. Please send .docx or .txt."}},
	{decode.ErrEmpty, tri{"文件里没有文字。", "檔案裡沒有文字。", "There is no text in the file."}},
	{ErrReading, tri{"上次读取这个文件时程序中断了，没有再读。如果不是有人停止了程序，那就是文件有问题：请改发纯文本；否则请重新放入。", "上次讀取這個檔案時程式中斷了，沒有再讀。如果不是有人停止了程式，那就是檔案有問題：請改傳純文字；否則請重新放入。", "The program ended while it read this file, and did not try again. If nobody stopped it, the file is at fault: please send plain text; else put it in again."}},
	{ErrNoReport, tri{"没有找到标题，也没有找到数字：这不像政府工作报告，没有导入。", "沒有找到標題，也沒有找到數字：這不像政府工作報告，沒有匯入。", "No headings and no figures: this does not look like a government work report. It was not imported."}},
	{version.ErrUnknown, tri{"没有这个版本（可能已丢弃或清理）。用 /versions 看看有哪些。", "沒有這個版本（可能已丟棄或清理）。用 /versions 看看有哪些。", "There is no such version (any more). See /versions."}},
	{version.ErrActive, tri{"这个版本正在启用中。", "這個版本正在啟用中。", "That version is live."}},
	{version.ErrPrevious, tri{"这是上一版，留着以便回去，不能丢弃。", "這是上一版，留著以便回去，不能丟棄。", "That is the version to go back to; it can not be discarded."}},
	{version.ErrNoPrevious, tri{"没有可以回去的版本。", "沒有可以回去的版本。", "There is no version to go back to."}},
	{version.ErrDamaged, tri{"保存的文本已损坏，没有启用。请重新导入原文件。", "儲存的文本已損壞，沒有啟用。請重新匯入原檔案。", "The kept text is damaged and was not activated. Please import the file again."}},
	{ErrCheck, tri{"新索引没有通过检查（用报告自己的话提问也找不到），没有启用。请检查文件内容。", "新索引沒有通過檢查（用報告自己的話提問也找不到），沒有啟用。請檢查檔案內容。", "The new index failed its check (it does not find the report's own words) and did not go live. Please look at the file."}},
	{ErrWordForm, tri{"格式：/lexicon 词=报告里的说法，多个说法用逗号分开（词至少两个字；最多 8 个说法，每个不超过 24 字）。", "格式：/lexicon 詞=報告裡的說法，多個說法用逗號分開（詞至少兩個字；最多 8 個說法，每個不超過 24 字）。", "The form is /lexicon word=the report's term, more terms separated by commas (a word of two characters at least; at most 8 terms, each up to 24 characters)."}},
	{ErrWordUnknown, tri{"自定义词里没有它。", "自訂詞裡沒有它。", "It is not among your words."}},
	{ErrTooMany, tri{"自定义词已满 2000 个，请先删除一些。", "自訂詞已滿 2000 個，請先刪除一些。", "There are 2000 words already; please remove some first."}},
	{ErrNoLexicon, tri{"没有配置数据文件夹，词不能保存。", "沒有設定資料夾，詞不能儲存。", "No data folder is configured to keep words in."}},
}

// Explain is what to tell an admin about err; false if it is nothing that they
// can mend.
func Explain(err error, l chat.Lang) (string, bool) {
	for _, p := range problems {
		if errors.Is(err, p.err) {
			return p.text.in(l), true
		}
	}
	return "", false
}
