-- Tells a change from any other that ever had its number. Those before this column have none.
ALTER TABLE change ADD COLUMN mark BIGINT NOT NULL DEFAULT 0;
