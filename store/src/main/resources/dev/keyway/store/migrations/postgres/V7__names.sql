-- The name as keys are sorted by it: the first line of what is searched.
ALTER TABLE api_key ADD COLUMN name_key ${id};
UPDATE api_key SET name_key = split_part(search_text, chr(10), 1) WHERE name IS NOT NULL;
