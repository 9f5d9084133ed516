package corpus

// A Commitment is a clause of the plan by which the government undertakes
// something that can be checked later: it has a number, or names a project,
// place, line, institution, document or campaign.
type Commitment struct {
	Span                   // the shortest clause that still says it
	Text          string   `json:"text"`                    // verbatim
	Topic         string   `json:"topic"`                   // the nearest heading above it, without mark: 完善城市设施和服务功能
	Verb          string   `json:"verb"`                    // the leading verb: 建成, 开工, 启动, 新增, 出台; "" if an indicator leads
	Places        []string `json:"places,omitempty"`        // 蓟州下营镇, 河西区
	Organisations []string `json:"organisations,omitempty"` // 市人民医院, 中科曙光
	Figures       []int    `json:"-"`                       // indices in Report.Figures
	Passage       int      `json:"-"`                       // index in Report.Passages; -1 if in none
}
