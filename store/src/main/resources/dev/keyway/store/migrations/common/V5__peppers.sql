-- Which peppers living keys depend on: counted at each start and every few seconds, so from an index.
CREATE INDEX api_key_live_by_pepper ON api_key (pepper_version, expires_at)
  WHERE revoked_at IS NULL AND deactivated_at IS NULL;

-- Tells a pepper from another one under the same version; it tells nothing about the pepper.
CREATE TABLE pepper_mark (
  version INTEGER PRIMARY KEY,
  mark    ${bytes} NOT NULL
);
