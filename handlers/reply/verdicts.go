package reply

// VerdictName returns what became of a target, in words.
func VerdictName(verdict string) string {
	if name, ok := verdictNames[verdict]; ok {
		return name
	}
	return verdict
}

var verdictNames = map[string]string{
	"exceeded": "超额完成", "kept": "完成", "near": "略低于目标", "partly": "部分完成", "missed": "未完成",
	"not_reported": "未报告结果", "not_comparable": "不可比",
}
