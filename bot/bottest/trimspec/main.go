// Command trimspec cuts a full machine-readable description of the Bot API
// (methods and types with their fields, as JSON) down to what package bottest
// checks requests against.
//
//	go run ./trimspec -in telegram-bot-api.json -out spec.json
//
// The result holds the methods and types listed below, one a line, each with
// its fields as "name": "types joined by |", with a "!" before the types of a
// required field, and for unions the list of their members.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
)

// methods are those a bot that answers questions may call.
var methods = strings.Fields(`
	answerCallbackQuery answerInlineQuery close deleteMessage deleteMessages deleteMyCommands deleteWebhook
	editMessageCaption editMessageReplyMarkup editMessageText getChat getChatMember getFile getMe
	getMyCommands getMyDescription getMyShortDescription getUpdates getWebhookInfo leaveChat logOut
	sendChatAction sendDocument sendMediaGroup sendMessage sendPhoto setChatMenuButton setMessageReaction
	setMyCommands setMyDescription setMyName setMyShortDescription setWebhook`)

// types are those that appear in the parameters of the methods. Of a union,
// members that are not listed are unknown to bottest.
var types = strings.Fields(`
	BotCommand BotCommandScope BotCommandScopeAllChatAdministrators BotCommandScopeAllGroupChats
	BotCommandScopeAllPrivateChats BotCommandScopeChat BotCommandScopeChatAdministrators
	BotCommandScopeChatMember BotCommandScopeDefault CopyTextButton InlineKeyboardButton
	InlineKeyboardMarkup InlineQueryResult InlineQueryResultArticle InlineQueryResultsButton
	InputMessageContent InputTextMessageContent LinkPreviewOptions MenuButton MenuButtonCommands
	MenuButtonDefault MenuButtonWebApp MessageEntity ReplyParameters SwitchInlineQueryChosenChat
	User WebAppInfo`)

type field struct {
	Name     string
	Types    []string
	Required bool
}

type entry struct {
	Fields   []field
	Subtypes []string
}

func main() {
	in := flag.String("in", "telegram-bot-api.json", "the full description")
	out := flag.String("out", "spec.json", "the trimmed description")
	flag.Parse()
	log.SetFlags(0)
	raw, err := os.ReadFile(*in)
	if err != nil {
		log.Fatal(err)
	}
	var full struct {
		Version        string
		Methods, Types map[string]entry
	}
	if err := json.Unmarshal(raw, &full); err != nil {
		log.Fatalf("%s: %v", *in, err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"version\": %q,\n\"methods\": {\n%s},\n\"types\": {\n%s}}\n",
		full.Version, lines(full.Methods, methods), lines(full.Types, types))
	if !json.Valid(b.Bytes()) {
		log.Fatal("result is no JSON")
	}
	if err := os.WriteFile(*out, b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// lines returns one line of JSON for each name.
func lines(all map[string]entry, names []string) string {
	keep := make(map[string]bool)
	for _, n := range names {
		keep[n] = true
	}
	sort.Strings(names)
	var rows []string
	for _, n := range names {
		e, ok := all[n]
		if !ok {
			log.Fatalf("no %s in the description", n)
		}
		var v any
		if e.Subtypes != nil {
			var members []string
			for _, s := range e.Subtypes {
				if keep[s] {
					members = append(members, s)
				}
			}
			v = members
		} else {
			m := make(map[string]string)
			for _, f := range e.Fields {
				t := strings.Join(f.Types, "|")
				if f.Required {
					t = "!" + t
				}
				m[f.Name] = t
			}
			v = m
		}
		row, err := json.Marshal(v)
		if err != nil {
			log.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf("%q: %s", n, row))
	}
	return strings.Join(rows, ",\n") + "\n"
}
