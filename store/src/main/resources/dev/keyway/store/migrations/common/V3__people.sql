-- How people get a password. What a link ends with is not kept, only its digest.
CREATE TABLE invitation (
  digest     ${id} PRIMARY KEY,
  account_id ${id} NOT NULL REFERENCES account (id),
  expires_at BIGINT NOT NULL
);
CREATE INDEX invitation_by_account ON invitation (account_id);
CREATE INDEX invitation_by_expiry ON invitation (expires_at);
