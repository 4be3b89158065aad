-- How often keys were accepted, by hour.
CREATE TABLE key_requests (
  key_id   ${id} NOT NULL,
  hour_at  BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  PRIMARY KEY (key_id, hour_at)
);
CREATE INDEX key_requests_by_age ON key_requests (hour_at);

-- The clients that keys were accepted from: a few a key, those seen last.
CREATE TABLE key_client (
  key_id         ${id} NOT NULL,
  -- What it calls itself; empty for one that says nothing.
  client         ${id} NOT NULL,
  address_prefix TEXT NOT NULL,
  first_seen_at  BIGINT NOT NULL,
  last_seen_at   BIGINT NOT NULL,
  requests       BIGINT NOT NULL,
  PRIMARY KEY (key_id, client, address_prefix)
);
CREATE INDEX key_client_by_age ON key_client (last_seen_at);

-- How often keys were refused, by hour: what is shown. The minutes of refusal_count may be as many
-- as an attacker has networks.
CREATE TABLE key_refusals (
  key_id   ${id} NOT NULL,
  hour_at  BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  refusals BIGINT NOT NULL,
  PRIMARY KEY (key_id, hour_at, reason)
);
CREATE INDEX key_refusals_by_age ON key_refusals (hour_at);

INSERT INTO key_refusals (key_id, hour_at, reason, refusals)
SELECT key_id, minute_at / 3600000 * 3600000, reason, SUM(refusals)
FROM refusal_count
GROUP BY key_id, minute_at / 3600000 * 3600000, reason;
