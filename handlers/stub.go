package handlers

import "context"

type texts struct {
	NoReport, FileNotForYou, UnknownCommand, LangChoose, LangAuto, Saved, ButtonBroken, ButtonOtherVersion, NotYourButton string
	Commands                                                                                                              map[string]string
}

var hans = texts{}

func textOf(l Lang) *texts { return &hans }

type talks struct{}

func todo(ctx context.Context, t *Turn) (Reply, error)                     { return Reply{}, nil }
func todoPress(ctx context.Context, t *Turn, args []string) (Reply, error) { return Reply{}, nil }

var (
	start, help, askCommand, outline, figures, commitments, compare, export, subscribe, unsubscribe, about, joined, inline = todo, todo, todo, todo, todo, todo, todo, todo, todo, todo, todo, todo, todo
)

func ask(ctx context.Context, t *Turn, q string) (Reply, error) { return Reply{}, nil }
func odd(t *Turn) Reply                                         { return Reply{} }

var pressView, pressYear, pressQuote, pressVote, pressAsk, pressSection, pressList, pressFilter, pressChart, pressExport, pressTopic = todoPress, todoPress, todoPress, todoPress, todoPress, todoPress, todoPress, todoPress, todoPress, todoPress, todoPress
