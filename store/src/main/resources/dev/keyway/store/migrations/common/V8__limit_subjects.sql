-- Limits count keys, members, workspaces and plans, requests of more than one unit, and calendar
-- periods besides rolling windows.

CREATE TABLE limit_window (
  limit_name   TEXT NOT NULL,
  -- key, member, workspace or plan.
  subject_kind TEXT NOT NULL,
  subject_id   ${id} NOT NULL,
  -- When the last of them was admitted.
  admitted_at  BIGINT NOT NULL,
  counts_until BIGINT NOT NULL,
  requests     INTEGER NOT NULL,
  -- How many more may have been admitted without being written.
  reserve      INTEGER NOT NULL
);
INSERT INTO limit_window
    (limit_name, subject_kind, subject_id, admitted_at, counts_until, requests, reserve)
  SELECT limit_name, 'key', key_id, admitted_at, counts_until, requests, 0 FROM limit_admission;
DROP TABLE limit_admission;
CREATE INDEX limit_window_by_subject
  ON limit_window (subject_id, limit_name, subject_kind, admitted_at);
CREATE INDEX limit_window_by_end ON limit_window (counts_until);

-- What was used of calendar periods, the latest of each subject. Its times are the calendar's and do
-- not move when the clock is set.
CREATE TABLE limit_quota (
  limit_name   TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id   ${id} NOT NULL,
  starts_at    BIGINT NOT NULL,
  ends_at      BIGINT NOT NULL,
  used         BIGINT NOT NULL,
  reserve      INTEGER NOT NULL,
  PRIMARY KEY (subject_id, limit_name, subject_kind)
);
CREATE INDEX limit_quota_by_end ON limit_quota (ends_at);
-- A start and a stop go through these alone.
CREATE INDEX limit_quota_reserved ON limit_quota (reserve) WHERE reserve > 0;
