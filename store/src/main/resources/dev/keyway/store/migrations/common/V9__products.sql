-- The prefix that each product's keys were made under, as noted at a start: a key does not keep its own.
CREATE TABLE product (
  slug   TEXT PRIMARY KEY,
  prefix TEXT NOT NULL
);
