-- What rate limits have admitted, so that a restart forgets none of it.

-- The node that counts: one row.
CREATE TABLE limit_run (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  -- Whether it may have admitted what is not written: 0 or 1.
  is_open       INTEGER NOT NULL,
  -- The times below less this are times of the node's own clock.
  epoch_at_zero BIGINT NOT NULL
);
INSERT INTO limit_run (id, is_open, epoch_at_zero) VALUES (1, 0, 0);

-- When a node began whose predecessor had not ended in order.
CREATE TABLE limit_gap (
  at BIGINT NOT NULL
);

-- Rows are only added and, once they count no more, removed. Nothing about them is unique: all of
-- their times move when the clock is set, one after another.
CREATE TABLE limit_admission (
  key_id       ${id} NOT NULL,
  limit_name   TEXT NOT NULL,
  -- When the last of them was admitted.
  admitted_at  BIGINT NOT NULL,
  counts_until BIGINT NOT NULL,
  requests     INTEGER NOT NULL
);
CREATE INDEX limit_admission_by_key ON limit_admission (key_id, limit_name, admitted_at);
CREATE INDEX limit_admission_by_end ON limit_admission (counts_until);
