-- Tells a change from any other that ever had its number: a server that lost its latest changes gives
-- their numbers again. The default is for changes from before and for programs that know no marks.
ALTER TABLE change ADD COLUMN mark BIGINT NOT NULL
  DEFAULT ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 17))::bit(64)::bigint;
