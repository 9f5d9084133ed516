package library

// used are the numbers of answering from many reports.
var used = struct {
	Asked      int // reports that are asked one by one for what is no official indicator
	Concepts   int // indicators that are told of at once
	Kept       int // targets that are told of in one answer
	Parts      int // questions of one message that are answered
	Others     int // places told of that are not the answer
	SideBySide int // places of a group that are put side by side where the first of them is asked for; of more only the first are told
	Years      int // years that are told of one place
}{
	Asked:      40,
	Concepts:   3,
	Kept:       6,
	Parts:      4,
	Others:     40,
	SideBySide: 4,
	Years:      10,
}
