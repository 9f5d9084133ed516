package texts

import (
	"slices"
	"strings"
)

// MoreWords ask for the next page of the last answer, DetailWords for its
// context; compared whole, without punctuation and final particles.
var (
	MoreWords = []string{
		"还有", "还有吗", "还有么", "还有没有", "还有别的吗", "还有其他的吗", "还有其他吗", "还有哪些", "更多", "继续", "下一页", "接着说", "再来点", "其他的",
		"還有", "還有嗎", "還有沒有", "還有別的嗎", "還有其他的嗎", "還有哪些", "繼續", "下一頁", "接著說",
		"more", "next", "go on", "anything else", "what else", "show more",
	}
	DetailWords = []string{
		"详细", "详细点", "详细一点", "具体点", "具体一点", "说详细点", "展开", "展开说说", "上下文", "原文", "前后文",
		"詳細", "詳細點", "詳細一點", "具體點", "展開", "上下文", "原文",
		"details", "detail", "more detail", "more details", "context", "in detail",
	}
)

// thanksWords are in a message that thanks, and is no greeting.
var thanksWords = []string{"谢", "謝", "辛苦", "thank", "thx", "3q", "多亏", "多虧", "感恩"}

// Thanks reports whether text thanks.
func Thanks(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(thanksWords, func(w string) bool { return strings.Contains(text, w) })
}

// QuantifiedWords narrow a list to commitments with a figure.
var QuantifiedWords = []string{"量化", "量化任务", "数字", "有数字", "quantified", "numbers"}
