package chat

// A Command is what a menu of a transport offers: a word after a slash.
type Command struct {
	Name  string          // without the slash: 1–32 of [a-z0-9_]
	About map[Lang]string // one line by language; at most 256 characters
	Scope Scope
}

// A Scope says where and for whom a command is there.
type Scope uint8

const (
	InPrivate Scope = 1 << iota // private chats and the console
	InGroup                     // groups
	ForAdmins                   // admins only, in private chats and the console
)

// A Profile is what a bot says of itself before anybody talks to it.
type Profile struct {
	Short string // at most 120 characters
	Long  string // at most 512
}
