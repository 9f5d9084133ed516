// Package wecomtest is a fake of WeCom's smart bot service for tests: a
// WebSocket server on a loopback address that a bot subscribes to and people
// write to through [Server].
//
// It refuses what WeCom refuses, with its codes, and keeps a list of every
// frame that no bot should send ([Server.Violations]): unknown commands and
// message types, frames before the subscription, a second frame of a req_id
// before the ack of the first, replies to messages that do not exist or came
// more than a day ago, welcomes and card updates later than five seconds,
// contents over their bytes, cards over their limits, files in wrong parts,
// chats that never wrote, more than 30 messages a minute in a chat.
//
// It behaves: one connection a bot, the older one is told and closed; a stream
// under one id stays one bubble however often it is sent; dropped connections
// lose acks on purpose ([Server.Drop]).
//
//	s := wecomtest.NewServer(t)
//	// start the bot with s.URL, s.BotID and s.Secret
//	ann := s.Single("ann")
//	s.Say(ann, "口袋公园今年建几个")
//	b := s.Next(ann)   // the finished bubble
//
// Start reading with server.go; check.go holds the limits.
package wecomtest
