// Package version keeps imported report texts on disk and remembers which
// version answers for which report, and which of them is active: what a question
// means that names no place (members.go has the rules).
//
// It guarantees that the active version is always a whole one, whatever
// instant the process is killed at, and that the audit trail and the state
// cannot disagree: the trail is the state. Texts are named by their content
// and never changed; everything else is one journal that is only appended to.
// Several processes may use a folder at once (the shell imports while the bot
// runs); [Store.Watch] tells one of what another did.
//
// Start reading with the format below, then record.go (lines), state.go (what
// the lines add up to), store.go and damage.go.
//
// # On disk
//
// A store is a folder, 0700, everything in it 0600:
//
//	lock                   held (flock) by whoever is changing something; it
//	                       says new until the first line is written
//	journal.jsonl          what was done, a line each, oldest first
//	journal.bad-1          a copy of a journal that was damaged, as it was
//	texts/1f0c6a2be0d4.txt the normalised text, UTF-8; its name is its ID, the
//	                       first 12 hex digits of its SHA-256
//	texts/tmp-*            a text being written; left over after a crash
//	parsed/1f0c6a2be0d4.gob what was found in that text (parsed.go): a copy that
//	                       is made anew when it is lost
//	import.lock            held by whoever imports many reports
//
// A line of the journal is a JSON object whose last member is a CRC-32C
// (Castagnoli, 8 hex digits) of the bytes of the line before `,"crc":`:
//
//	{"seq":1,"time":"2024-01-28T02:00:00Z","who":"7","action":"imported","version":"1f0c6a2be0d4","name":"终稿.docx","title":"青溪市政府工作报告","place":"青溪市","year":2024,"counts":{"chars":16480,"sections":81,"passages":352,"figures":211,"commitments":167},"crc":"cb6e9fcd"}
//	{"seq":2,"time":"2024-01-28T02:01:07Z","who":"7","action":"imported","version":"9d3e5c7a1b20","name":"embedded","title":"青溪市政府工作报告","place":"青溪市","year":2023,"counts":{"chars":15902,"sections":78,"passages":340,"figures":198,"commitments":154},"crc":"75abf1bc"}
//	{"seq":3,"time":"2024-01-28T02:01:07Z","who":"7","action":"activated","version":"1f0c6a2be0d4","from":"9d3e5c7a1b20","crc":"66c95188"}
//	{"seq":4,"time":"2024-01-28T03:30:00Z","who":"12","action":"rolled_back","version":"9d3e5c7a1b20","from":"1f0c6a2be0d4","crc":"b11b1187"}
//
// Admin 7 imported a text and activated it. It took the place of the report
// that ships with the program (version zero), whose text was kept with it (line
// 2), so that going back works even after an upgrade of the program ships
// another one. Admin 12 went back: version zero is active.
//
// # Rules
//
//   - Sequence numbers rise. A line counts if its CRC is right and its number
//     is above that of the line before; all others are skipped.
//   - Activations are a stack: activated and joined (as one of many) put a
//     version on top. Of the versions of one year and place the topmost serves;
//     which of those that serve is active, members.go says. rolled_back takes
//     what is active off until the named version is active. An empty stack means
//     version zero.
//   - Bytes after the last line that counts are the torn end of a write that
//     did not finish, if they begin as a line does and have no line feed, or
//     are NUL: they are cut off before the next write. Anything else there is
//     damage, and so is a journal without a line that counts while texts are
//     kept (unless lock says new: the first import was broken off). Before the
//     next write the journal is copied to journal.bad-N; then what does not
//     count is cut off. Damaged lines with good ones after them are left as
//     they are and reported by [Store.Damaged]. While there are any, or a
//     journal.bad-N is in the folder, no text is deleted. [Store.Warnings]
//     tells of all that; [Store.Lost], if nothing says any more which version
//     is active.
//   - A text is written beside its place, synced and renamed before the line
//     that names it is written; a line that drops a text is written before
//     the text is deleted. So a line never names a text that is not there, and
//     a text that no line names is an orphan, deleted by the next change.
//   - The line is the instant of the change: before it all is old, after it
//     all is new. Lines that belong together go out in one write and one sync;
//     each of their prefixes is a state of its own right.
package version
