// Package bottest is a fake Telegram Bot API for tests: a server on a loopback
// address that people write to through [Server] and a bot talks to over HTTP.
//
// It aims to be as strict as Telegram, and where Telegram silently forgives a
// mistake it is stricter: unknown methods and fields, missing and wrongly typed
// parameters, markup that does not parse, empty and over-long texts, callback
// data beyond 64 bytes, edits that change nothing and messages that do not
// exist are refused with the words Telegram uses, and kept ([Server.Rejected])
// so that a test can demand that there were none.
//
// It behaves: updates stay queued until a later offset confirms them, two
// pollers get 409, a wrong token 401, files can be downloaded, a webhook is
// called until it answers 2xx. [Server.Inject] breaks any call on purpose.
//
// A conversation reads like this:
//
//	s := bottest.NewServer(t)
//	// start the bot with s.Token and s.Endpoint()
//	ann := s.User("Ann", "zh-hans")
//	s.Text(ann.Private(), ann, "/start")
//	m := s.Next(ann.Private())   // waits for what the bot says
//	s.Press(ann, m, "下一页")      // taps a button
//	m = s.NextEdit(m)            // waits until the message is edited
//
// Start reading with server.go; spec.go checks parameters against the trimmed
// description of the Bot API in spec.json, html.go is the markup parser,
// methods.go what each method does, people.go what people do.
package bottest
