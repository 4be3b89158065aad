-- The nodes that may decide from memory, each for one run of its process.
CREATE TABLE node (
  id         TEXT COLLATE "C" PRIMARY KEY,
  -- Of its last renewal.
  number     BIGINT NOT NULL,
  -- The last change that it has applied.
  acked      BIGINT NOT NULL,
  -- Shut out for its silence, for good.
  fenced     BOOLEAN NOT NULL DEFAULT FALSE,
  -- For people, and to forget those that were fenced long ago; nothing is decided by it.
  renewed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- How long a lease lasts, and how long one may last that was given before that was lowered.
ALTER TABLE epoch ADD COLUMN lease_ms BIGINT NOT NULL DEFAULT 30000;
ALTER TABLE epoch ADD COLUMN longest_lease_ms BIGINT NOT NULL DEFAULT 30000;
