package handlers

// Keys of log attributes. No value is ever a user's text, name or raw id.
const (
	logErr     = "err"
	logAction  = "action"
	logVersion = "version"
	logChat    = "chat" // salted hash
	logSent    = "sent"
	logSkipped = "skipped"
	logLimit   = "limit"
	logSize    = "size" // of a message, in characters; never its text
)
