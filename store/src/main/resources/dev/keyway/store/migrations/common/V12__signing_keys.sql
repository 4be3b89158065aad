-- The public halves of the keys that nodes sign identities with; the private ones are in no store.
CREATE TABLE signing_key (
  id           TEXT PRIMARY KEY,
  jwk          TEXT NOT NULL,
  -- When its node last said that it signs with it.
  published_at BIGINT NOT NULL
);
