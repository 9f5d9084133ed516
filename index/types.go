package index

import (
	"jinwen/index/answer"
	"jinwen/index/resolve"
)

// What an answer is made of, by the names that callers use: package answer
// defines it.
type (
	Answer     = answer.Answer
	Status     = answer.Status
	Reason     = answer.Reason
	Slot       = answer.Slot
	Missing    = answer.Missing
	Kind       = answer.Kind
	Hit        = answer.Hit
	Across     = answer.Across
	AcrossKind = answer.AcrossKind
	Row        = answer.Row
	Gap        = answer.Gap
	Order      = answer.Order
	Question   = resolve.Question
	Alt        = resolve.Alt
)

// The values of Status, Reason, Slot, Kind and AcrossKind.
const (
	Answered = answer.Answered
	Nearest  = answer.Nearest
	NotFound = answer.NotFound
	Clarify  = answer.Clarify
	Talk     = answer.Talk

	ReasonNone       = answer.ReasonNone
	ReasonAbsent     = answer.ReasonAbsent
	ReasonOtherPlace = answer.ReasonOtherPlace
	ReasonOtherYear  = answer.ReasonOtherYear
	ReasonNoNumber   = answer.ReasonNoNumber
	ReasonSmallTalk  = answer.ReasonSmallTalk
	ReasonEmpty      = answer.ReasonEmpty

	SlotThing     = answer.SlotThing
	SlotPlace     = answer.SlotPlace
	SlotPeriod    = answer.SlotPeriod
	SlotWhen      = answer.SlotWhen
	SlotMeasure   = answer.SlotMeasure
	SlotNumber    = answer.SlotNumber
	SlotQualifier = answer.SlotQualifier
	SlotPremise   = answer.SlotPremise
	SlotItems     = answer.SlotItems
	SlotMeaning   = answer.SlotMeaning
	SlotAlone     = answer.SlotAlone

	KindFigure  = answer.KindFigure
	KindCompare = answer.KindCompare
	KindList    = answer.KindList
	KindPassage = answer.KindPassage
	KindTopic   = answer.KindTopic
	KindOutline = answer.KindOutline

	AcrossPlaces  = answer.AcrossPlaces
	AcrossYears   = answer.AcrossYears
	AcrossRanking = answer.AcrossRanking
	AcrossMention = answer.AcrossMention
	AcrossKept    = answer.AcrossKept
	AcrossParts   = answer.AcrossParts
	AcrossMissing = answer.AcrossMissing
)
