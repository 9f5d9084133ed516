-- Values by bucket and key, as store.Engine has them.
CREATE TABLE jinwen_kv (
	bucket text NOT NULL,
	key bytea NOT NULL,
	value bytea NOT NULL,
	PRIMARY KEY (bucket, key)
);

-- Who may do what only one process may. The epoch rises with every change of
-- the holder; it is part of a key, so that a change waits for the writes that
-- carry the epoch before, and renewing does not.
CREATE TABLE jinwen_lease (
	name text PRIMARY KEY,
	holder text NOT NULL,
	epoch bigint NOT NULL,
	until timestamptz NOT NULL,
	UNIQUE (name, epoch)
);

-- Fails unless the lease is at this epoch still, and keeps it there until the
-- transaction ends.
CREATE FUNCTION jinwen_held(lease text, at bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM jinwen_lease WHERE name = lease AND epoch = at FOR KEY SHARE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'lease % is not at epoch % any more', lease, at USING ERRCODE = 'JW001';
	END IF;
END $$;
