package view

import "jinwen/handlers/chat"

// Texts is everything that the pages say, in one language; text_hans.go,
// text_hant.go and text_en.go hold the three. Comments name what the verbs of
// a format stand for, in their order. Quotes stay as the report has them.
type Texts struct {
	// On every page.
	Site        string
	SiteAbout   string // one line under the name, and the description for search engines
	SkipLink    string
	NavMain     string // label of the main menu
	NavAsk      string
	NavReports  string
	NavFigures  string
	NavCommits  string
	NavPairs    string
	NavKept     string
	NavCompare  string
	NavAdmin    string
	Language    string // label of the choice of languages
	LargeOn     string // 大字版
	LargeOff    string
	FootNote    string
	FootAPI     string
	FootPrivacy string
	ErrorPrefix string // before the title of a page with an error
	Back        string

	// Asking.
	AskTitle     string
	AskLabel     string
	AskHint      string
	AskButton    string
	AskAgain     string // label of the field under an answer
	AskEmpty     string
	AskTooLong   string // most characters
	Examples     string
	Topics       string
	ReportsHere  string
	Home         string // mark of the default report
	FollowsOn    string // question before
	Source       string // heading of the place under a quote
	InReport     string // link to a quote's place
	MoreButtons  string // heading of the buttons
	Share        string
	ShareHow     string
	Copy         string
	Copied       string
	VoteQuestion string
	VoteUp       string
	VoteDown     string
	Printed      string // address, when printed
	Failed       string
	FailedAbout  string

	// Reader.
	Contents      string
	SearchIn      string
	SearchButton  string
	SearchFound   string // how many, word
	SearchNone    string // word
	SearchClear   string
	SearchNext    string
	Previous      string // report before
	Next          string // report after
	ReaderAbout   string // characters, figures, commitments
	Result        string
	Target        string
	Mentioned     string
	VersionOf     string // version
	ReportsTitle  string
	ReportsAbout  string
	NoReports     string
	ReportColumn  string
	PlaceColumn   string
	YearColumn    string
	CharsColumn   string
	OfFigures     string
	OfCommitments string

	// Tables.
	FiguresTitle   string
	FiguresAbout   string
	CommitsTitle   string
	CommitsAbout   string
	PairsTitle     string
	PairsAbout     string
	KeptTitle      string
	KeptAbout      string
	CompareTitle   string
	CompareAbout   string
	Filter         string
	FilterWord     string
	FilterTopic    string
	FilterPlace    string
	FilterYear     string
	FilterNature   string
	FilterReport   string
	FilterVerdict  string
	FilterConcept  string
	FilterPeriod   string
	FilterAll      string
	FilterHome     string
	FilterButton   string
	FilterClear    string
	RowsFound      string // how many
	RowsRange      string // first, last, of how many
	RowsNone       string
	SortBy         string // column
	Pages          string
	PageNext       string
	PagePrevious   string
	TakeAway       string
	DownloadXLSX   string
	DownloadCSV    string
	ColIndicator   string
	ColValue       string
	ColPeriod      string
	ColNature      string
	ColScope       string
	ColClause      string
	ColPath        string
	ColCommitment  string
	ColTopic       string
	ColNumbers     string
	ColPlaces      string
	ColActual      string // year
	ColActualAny   string // of no certain year
	ColTargetAny   string // of no certain year
	ColTarget      string // year
	ColDifference  string
	ColVerdict     string
	ColResultNow   string
	ColTargetThen  string
	Cumulative     string
	OtherPeriod    string
	Background     string
	Chart          string
	ChartAbout     string // title
	Exceeded       string
	Kept           string
	Near           string
	Partly         string
	Missed         string
	NotReported    string
	NotComparable  string
	KeptNoOther    string // report
	CompareChoose  string
	Read           string
	HeadSource     string // in files
	HeadFilter     string // in files
	HeadRows       string // in files
	HeadAddress    string // in files
	NoQuote        string
	FileNameFigure string
	FileNameCommit string
	FileNamePair   string
	FileNameKept   string
	FileNameComp   string

	// Errors.
	NotFound         string
	NotFoundAbout    string
	NoSuchReport     string
	NoSuchReportHint string
	BadMethod        string
	BadMethodAbout   string
	TooLarge         string
	TooLargeAbout    string
	TooMany          string
	TooManyAbout     string // seconds
	BadRequest       string
	BadRequestAbout  string
	CrossSite        string
	CrossSiteAbout   string
	NotReady         string
	NotReadyAbout    string

	// Admin.
	AdminTitle       string
	AdminLogin       string
	AdminName        string
	AdminPassword    string
	AdminEnter       string
	AdminLeave       string
	AdminWrong       string
	AdminSlow        string // seconds
	AdminHello       string // name
	AdminImport      string
	AdminFile        string
	AdminFileHint    string
	AdminSend        string
	AdminNoFile      string
	AdminVersions    string
	AdminVersion     string
	AdminWhen        string
	AdminWho         string
	AdminWhat        string
	AdminActive      string
	AdminState       string
	AdminKept        string
	AdminActivate    string
	AdminRollback    string
	AdminDo          string
	AdminWhole       string
	AdminLook        string
	AdminDiscard     string
	AdminCheck       string
	AdminMissed      string
	AdminMissedAbout string
	AdminMissedNone  string
	AdminTimes       string
	AdminPeople      string
	AdminQuestion    string
	AdminWord        string
	AdminWordMeans   string
	AdminWordHint    string
	AdminWordAdd     string
	AdminWords       string
	AdminWordRemove  string
	AdminUse         string
	AdminUseAbout    string // days
	AdminUseDay      string
	AdminUseAll      string
	AdminUseAnswered string
	AdminUseNone     string
	AdminAudit       string
	AdminDetail      string
	AdminDone        string
	AdminExpired     string
}

var texts = chat.Texts[Texts]{Hans: hansTexts, Hant: hantTexts, English: enTexts}

// Of returns the texts of l; those of Simplified Chinese if l is none of ours.
func Of(l chat.Lang) *Texts { return texts.In(l) }

// Tag returns l as pages and addresses write it.
func Tag(l chat.Lang) string {
	switch l {
	case chat.Hant:
		return "zh-Hant"
	case chat.English:
		return "en"
	}
	return "zh-CN"
}

// names are the languages in their own words, in the order of the switch.
var names = []struct {
	Lang chat.Lang
	Name string
}{{chat.Hans, "简体"}, {chat.Hant, "繁體"}, {chat.English, "English"}}
