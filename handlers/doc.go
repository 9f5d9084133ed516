// Package handlers is what the bot does with a message: questions, commands,
// buttons, inline queries, admin work. It knows no transport and no markup: a
// [chat.Message] comes in, a [chat.Reply] goes out.
//
// Start reading with package chat, then bot.go ([Bot.Handle], the one way in),
// then the file named after the task.
package handlers
