-- The journal of versions, a line each, and the texts that it names
-- (corpus/version). A line is kept byte for byte, checksum and line feed
-- included.
CREATE TABLE jinwen_journal (
	seq bigint PRIMARY KEY,
	line bytea NOT NULL
);
CREATE TABLE jinwen_text (
	id text PRIMARY KEY,
	body text NOT NULL
);
