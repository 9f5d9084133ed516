package texts

import "jinwen/handlers/chat"

// Set is everything that users read, in one language; texts_hans.go,
// texts_hant.go and texts_en.go hold the three. Comments name what the verbs of
// a format stand for, in their order.
type Set struct {

	// General.
	NoReport  string
	Opening   string // the place of what stands before the first heading
	TheReport string
	TheReview string // year
	ThePlan   string // year
	YearOf    string // year
	MoreLeft  string // how many
	Asked     string // the question
	Example   string // a question
	Saved     string

	// Figures.
	FigureLine       string // when, indicator, value
	YearActual       string // year
	YearTarget       string // year
	YearMentioned    string // year
	Cumulative       string
	CumulativeTarget string
	Target           string
	Mentioned        string
	Exactly          string // amount, unit; as the three below it
	Roughly          string
	AtLeast          string
	Colon            string
	Comma            string // between things of one kind
	Semicolon        string // between names that may hold commas
	Points           string
	Same             string
	Higher           string // difference
	Lower            string // difference
	More             string // difference, of what is counted
	Fewer            string // difference, of what is counted
	TargetSame       string // year of the result
	TargetToActual   string // year of the result, difference
	OneToOther       string // one, other, difference

	// Answers.
	PageTitle  string // question, page
	ListFound  string // how many, which part
	OutlineHas string // how many, of what
	TopicBoth  string // year of the plan, how many, year of the review, how many
	TopicOne   string // year, how many

	// No answer.
	Absent         string // subject
	AbsentBare     string
	OtherPlace     string // place, title
	OtherPlaceBare string // title
	OtherYear      string // year named, review, plan
	OtherYearBare  string // review, plan
	NotThatYear    string // year named, which the report covers
	NoNumber       string // subject
	NoNumberBare   string
	Nearest        string
	// A question that the report answers in part: what it does not have, then
	// what is nearest.
	NearPlace   string // place
	NearPeriod  string // part of a year, or a year
	NearYear    string // year asked for, year that it has
	NearBare    string
	NearMeasure string // what is asked, in the question's words
	NearNumber  string // what of
	NearWho     string
	NearWhen    string
	NearPremise string // the word of the question
	NearItems   string // how many there are, with their measure word
	NearMeaning string // the name
	NearAlone   string // the year
	NearSays    string
	Unclear     string
	// Talk, by topic.
	Talk map[string]string
	// About the report: what it is asked, by topic.
	AboutLength    string // title, characters, parts
	AboutParts     string // title, how many
	AboutSpeaker   string // title, speaker
	AboutDate      string // title, day
	AboutYear      string // title, plan, review
	AboutPlaces    string // title, places
	AboutSource    string // title
	AboutSummary   string // title, plan, review
	NoSpeaker      string
	NoDate         string
	Empty          string
	Puzzled        string // the message
	TooSlow        string
	Away           string
	NoMore         string
	NoOtherYear    string
	AskWhat        string
	ExampleTarget  string // indicator
	ExampleCompare string // indicator
	ExampleTopic   string // heading
	ExampleFigure  string // year, indicator
	ExampleNumber  string // indicator, of a report that tells no year

	// Start, help, about.
	Greeting       string // title
	GreetingHow    string
	GroupGreeting  string // title
	AboutTitle     string
	AboutText      string
	AboutReport    string // title, characters, sections, figures, commitments
	AboutVersion   string // id
	HelpAdmin      string
	UnknownCommand string
	Odd            string
	FileNotForYou  string
	LinkOld        string
	LinkExpired    string
	LinkBroken     string
	LangChoose     string
	LangAuto       string

	// Lists.
	FiguresTitle     string // how many
	CommitmentsTitle string // how many
	PairsTitle       string // how many
	PairLine         string // indicator, result, target
	PairHead         string // year of the results, of the targets
	OtherTopics      string
	FilteredBy       string // filter
	Quantified       string
	ListEmpty        string
	ListRange        string // first, last, of how many
	ChooseTopic      string
	ChoosePlace      string
	NoOutline        string
	ExportCaption    string // figures, commitments, pairs
	ExportHow        string

	// Charts.
	ChartCompare  string
	ChartFigures  string
	ChartTitle    string // heading, place, years, unit
	Against       string // between two of the years
	ChartSource   string // title, parts
	ChartOwnScale string
	GrowthIn      string // before a unit

	// Inline.
	InlineNothing string // at most 60 characters
	InlineStart   string // place

	// Subscriptions.
	Subscribed      string // topics
	Unsubscribed    string
	NotSubscribed   string
	GroupAdminsOnly string
	AllTopics       string
	NewsTitle       string // title
	NewsNone        string // topics
	NewsNext        string // title, of the next year's report
	NewsKept        string // how many targets have a result
	NewsKeptIn      string // topics, how many
	NewsCount       string // how many
	NewsCountIn     string // topics, how many
	NewsWhy         string
	ChangeAdded     string
	ChangeDropped   string
	ChangeFigure    string // indicator, old, new
	ChangeText      string

	// Buttons.
	ButtonContext     string
	ButtonFold        string
	ButtonYear        string // year
	ButtonYearValue   string // year, value
	ButtonYearCount   string // year, how many
	ButtonMore        string // how many
	ButtonBack        string
	ButtonNext        string
	ButtonIntro       string
	ButtonUp          string
	ButtonCopy        string
	ButtonShare       string
	ButtonOpen        string
	ButtonSection     string
	ButtonChart       string
	ButtonChartOf     string // unit
	ButtonExport      string
	ButtonTopics      string
	ButtonPlaces      string
	ButtonAll         string
	ButtonBackToList  string
	ButtonOutline     string
	ButtonHelp        string
	ButtonFigures     string
	ButtonCommitments string
	ButtonCompare     string
	ButtonUnsubscribe string

	// Notices, at most 200 characters.
	ButtonBroken       string
	ButtonOtherVersion string
	ButtonExpired      string
	NotYourButton      string
	VotedUp            string
	VotedDown          string
	VotedAlready       string

	Across Across // of an answer from several reports

	Commands  map[string]string // what each command does, by name
	HelpTasks []chat.Block      // of /help

	// Of the bot's profile: at most 120 and 512 characters (Bot API,
	// setMyShortDescription, setMyDescription).
	ShortDescription string
	Description      string
}

var table = chat.Texts[Set]{Hans: hansTexts, Hant: hantTexts, English: englishTexts}

// Of returns the texts of l; those of Simplified Chinese for "".
func Of(l chat.Lang) *Set { return table.In(l) }

// Profile returns what the bot says of itself before anybody talks to it.
func Profile(l chat.Lang) chat.Profile {
	t := Of(l)
	return chat.Profile{Short: t.ShortDescription, Long: t.Description}
}
