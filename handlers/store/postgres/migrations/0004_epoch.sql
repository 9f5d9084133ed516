-- Epochs come from here, so that one is never used twice, even of a lease whose
-- row was deleted meanwhile.
CREATE SEQUENCE jinwen_epoch;
SELECT setval('jinwen_epoch', coalesce(max(epoch), 0) + 1) FROM jinwen_lease;
