-- The nodes that may decide from memory, each for one run of its process. One that is shut out or
-- has left is gone, and can only join anew under another name.
CREATE TABLE node (
  id         TEXT COLLATE "C" PRIMARY KEY,
  -- Of its last renewal.
  number     BIGINT NOT NULL,
  -- The last change that it has applied.
  acked      BIGINT NOT NULL,
  -- Host and port where it takes calls, for people.
  name       TEXT NOT NULL,
  -- For people, too; nothing is decided by a clock that can be set.
  renewed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- How long a lease lasts, and how long one may last that was given before that was lowered.
ALTER TABLE epoch ADD COLUMN lease_ms BIGINT NOT NULL DEFAULT 30000;
ALTER TABLE epoch ADD COLUMN longest_lease_ms BIGINT NOT NULL DEFAULT 30000;
-- Of these two: who has waited for the end of longer leases must not have missed another change.
ALTER TABLE epoch ADD COLUMN lease_version BIGINT NOT NULL DEFAULT 1;
