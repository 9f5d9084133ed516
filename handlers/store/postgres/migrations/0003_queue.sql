-- Updates that any process may handle, each once and those of a lane in order
-- (queue.go).
CREATE TABLE jinwen_queue (
	id text PRIMARY KEY,
	lane text NOT NULL,
	seq bigint NOT NULL,
	body bytea NOT NULL
);
CREATE INDEX jinwen_queue_lane ON jinwen_queue (lane, seq);

-- The lanes that are in hand, and the lease and epoch of who has them.
CREATE TABLE jinwen_lane (
	lane text PRIMARY KEY,
	holder text NOT NULL,
	epoch bigint NOT NULL
);
CREATE INDEX jinwen_lane_holder ON jinwen_lane (holder);
