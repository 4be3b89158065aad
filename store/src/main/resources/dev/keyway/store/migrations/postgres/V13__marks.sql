-- Tells a change from any other that ever had its number: a server that lost its latest changes gives
-- their numbers again. The default is for changes from before and for programs that know no marks.
ALTER TABLE change ADD COLUMN mark BIGINT NOT NULL
  DEFAULT ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 17))::bit(64)::bigint;

-- What a change took, for keeping it outside of this database.
CREATE INDEX api_key_by_revocation ON api_key (revoked_seq) WHERE revoked_seq IS NOT NULL;
CREATE INDEX api_key_by_deactivation ON api_key (deactivated_at) WHERE deactivated_at IS NOT NULL;
CREATE INDEX membership_by_leaving ON membership (left_at) WHERE left_at IS NOT NULL;
