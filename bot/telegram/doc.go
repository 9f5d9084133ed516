// Package telegram is the bot on Telegram. It decodes an update into a
// [chat.Message], calls the [chat.Handler], and renders and sends the
// [chat.Reply]. It is the only package that knows Telegram.
//
// What it guarantees:
//
//   - An update is confirmed only after it has been answered, and handled ids
//     are kept, so that after a crash the unanswered are answered and the
//     answered are not. The window that remains is described at [dispatch.Seen].
//   - Messages of one chat are answered in order, chats in parallel, in bounded
//     memory, and nobody can keep the bot from the others.
//   - A reply is sent until Telegram has it: through floods, outages, broken
//     answers. Only a refusal for good (400, 403) ends it.
//   - Every message is within Telegram's limits and its markup is valid,
//     whatever its text. If Telegram refuses it all the same, the words go out
//     as plain text.
//   - The token is in no error, log or metric. Logs hold no text, no name and
//     no id of a person; a chat appears as a salted hash.
//
// The way of an update, and the order to read in: telegram.go (start and stop),
// poll.go or webhook.go (updates come in), hand.go (which of them are open),
// package dispatch (whose turn it is), decode.go (update to Message), answer.go
// (Message to Reply to chat), render.go and keyboard.go (Reply to HTML), send.go
// (limits and retries), client.go (HTTP; the token).
package telegram
