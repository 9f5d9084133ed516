package admin

import (
	"errors"

	"jinwen/corpus"
	"jinwen/corpus/kept"
	"jinwen/corpus/version"
	"jinwen/handlers/chat"
	"jinwen/index"
)

// texts is everything that admins read, in one language.
type texts struct {
	OnlyAdmins  string
	OnlyPrivate string
	Stale       string
	Cancelled   string

	HowImport string
	Reading   string
	Steps     map[Step]string
	Step      string
	Same      string
	Already   string
	About     string
	Year      string
	NoYear    string
	NoPlace   string
	Counts    string
	Activate  string
	Discard   string
	Anyway    string

	Live      string
	GoneBack  string
	Reindexed string
	Discarded string
	Busy      string
	Conflict  string

	Versions    string
	VersionLine string
	IsActive    string
	IsPrevious  string
	IsPending   string
	IsKept      string
	Ships       string
	By          string
	Rollback    string
	RollbackTo  string
	NoVersion   string // what was named
	Confirm     string
	Cancel      string
	Reindex     string

	Audit     string
	NoAudit   string
	Damaged   string
	AuditFile string

	Words      string
	NoWords    string
	HowWords   string
	WordAdded  string
	WordTried  string
	WordBefore string
	WordGone   string
	Effect     string
	NoEffect   string
	Nothing    string
	Undo       string
	Keep       string
	Meaning    string

	Stats      string
	NoStats    string
	StatsLine  string
	Votes      string
	Took       string
	DayHead    string
	Topics     string
	Reasons    string
	Disliked   string
	Unanswered string
	AllFound   string
	Group      string
	Missed     string
	Days       string

	DiffTitle   string
	DiffNone    string
	DiffFigures string
	DiffPledges string
	DiffWords   string
	DiffHeads   string
	DiffMore    string
	DiffAdded   string
	DiffDropped string
	DiffMoved   string
	DiffOld     string
	DiffNew     string

	Inbox       string
	InboxFailed string

	Check        string
	Checking     string
	CheckTitle   string
	CheckCounts  string
	CheckDoubts  string
	CheckSure    string
	CheckDiffer  string // how many answers differ
	CheckAsked   string
	Standard     string
	Colon        string
	AskedWhy     string // a question, why it was not answered
	Comma        string
	OtherReport  string
	KeptTitle    string
	VerdictCount string
	KeptLine     string
	KeptOpen     string
	DiffTargets  string
	Verdicts     map[kept.Verdict]string
	Doubts       map[corpus.DoubtKind]string
	Commands     map[string]string
	Actions      map[version.Action]string
	Warnings     map[Warning]string
	WhyNot       map[index.Reason]string
	Problems     []problem // in the order in which they are looked for
}

// A problem is what can go wrong and an admin can mend.
type problem struct {
	err  error
	Text string
}

var table = chat.Texts[texts]{Hans: hansTexts, Hant: hantTexts, English: englishTexts}

func in(l chat.Lang) *texts { return table.In(l) }

// Explain returns what to tell an admin about err; false if it is nothing that
// they can mend.
func Explain(err error, l chat.Lang) (string, bool) {
	for _, p := range in(l).Problems {
		if errors.Is(err, p.err) {
			return p.Text, true
		}
	}
	return "", false
}
