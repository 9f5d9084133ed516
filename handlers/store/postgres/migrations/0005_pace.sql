-- When the next message may go out, by what it is counted against (pace.go). A
-- crash empties it, which costs a burst at most.
CREATE UNLOGGED TABLE jinwen_pace (
	name text PRIMARY KEY,
	at timestamptz NOT NULL
);
