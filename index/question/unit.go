package question

import "jinwen/corpus/zh"

// Units by what they tell of the thing that is counted in them.
var (
	// FixedUnits are those that no other can stand for; a count of things may be
	// asked in one measure word and given in another (几家, 12所).
	FixedUnits = zh.Set("公里 亩 平方米 吨 元 % 人 人次 微克 标准箱 岁 天")
	// ThingUnits are those in which things of one kind are counted and those of
	// another are not.
	ThingUnits = zh.Set("亩 公里 吨")
	// keptUnits are those that another thing may be asked in as well: a follow-up
	// that renames the thing keeps them.
	keptUnits = zh.Set("亩 公里 吨 元 %")
)
