-- The name as keys are sorted by it: the first line of what is searched.
ALTER TABLE api_key ADD COLUMN name_key TEXT;
UPDATE api_key SET name_key = substr(search_text, 1, instr(search_text, char(10)) - 1)
WHERE name IS NOT NULL;
