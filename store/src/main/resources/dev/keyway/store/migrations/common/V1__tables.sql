-- Times are milliseconds since 1970, UTC. Ids are compared by case and ordered by code point:
-- ${id} is the type that does so. ${bytes} is the type for bytes.

-- The number of the latest change of rights: one row, the point at which all changes queue.
CREATE TABLE epoch (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  head BIGINT NOT NULL
);
INSERT INTO epoch (id, head) VALUES (1, 0);

CREATE TABLE change (
  seq           BIGINT PRIMARY KEY,
  direction     TEXT NOT NULL CHECK (direction IN ('narrows', 'widens')),
  committed_at  BIGINT NOT NULL,
  effective_at  BIGINT,
  keys_affected INTEGER NOT NULL
);
CREATE INDEX change_unconfirmed ON change (seq) WHERE effective_at IS NULL;

CREATE TABLE change_entity (
  seq    BIGINT NOT NULL REFERENCES change (seq),
  kind   TEXT NOT NULL,
  entity ${id} NOT NULL,
  PRIMARY KEY (seq, kind, entity)
);

CREATE TABLE account (
  id            ${id} PRIMARY KEY,
  product       TEXT NOT NULL,
  email         TEXT NOT NULL,
  -- The e-mail as it is compared.
  email_key     TEXT NOT NULL,
  name          TEXT NOT NULL,
  external_id   TEXT,
  status        TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'deleted')),
  password_hash TEXT,
  created_at    BIGINT NOT NULL,
  -- The change that deleted it.
  deleted_seq   BIGINT REFERENCES change (seq),
  version       BIGINT NOT NULL,
  CHECK ((status = 'deleted') = (deleted_seq IS NOT NULL))
);
CREATE UNIQUE INDEX account_email ON account (email_key, product) WHERE status != 'deleted';
CREATE UNIQUE INDEX account_external_id ON account (product, external_id)
  WHERE status != 'deleted';
CREATE INDEX account_list ON account (created_at, id);
CREATE INDEX account_list_by_product ON account (product, created_at, id);

CREATE TABLE workspace (
  id          ${id} PRIMARY KEY,
  product     TEXT NOT NULL,
  name        TEXT NOT NULL,
  plan        TEXT,
  created_at  BIGINT NOT NULL,
  deleted_at  BIGINT,
  -- The change that deleted it.
  deleted_seq BIGINT REFERENCES change (seq),
  version     BIGINT NOT NULL,
  CHECK ((deleted_at IS NULL) = (deleted_seq IS NULL))
);
CREATE INDEX workspace_list ON workspace (created_at, id);
CREATE INDEX workspace_list_by_product ON workspace (product, created_at, id);

CREATE TABLE membership (
  workspace_id ${id} NOT NULL REFERENCES workspace (id),
  account_id   ${id} NOT NULL REFERENCES account (id),
  role         TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  joined_at    BIGINT NOT NULL,
  left_at      BIGINT,
  PRIMARY KEY (workspace_id, account_id)
);
CREATE INDEX membership_by_account ON membership (account_id, joined_at, workspace_id);

CREATE TABLE resource (
  id           ${id} PRIMARY KEY,
  product      TEXT NOT NULL,
  workspace_id ${id} REFERENCES workspace (id),
  account_id   ${id} REFERENCES account (id),
  kind         TEXT NOT NULL,
  name         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  deleted_at   BIGINT,
  -- The change that deleted it.
  deleted_seq  BIGINT REFERENCES change (seq),
  CHECK ((deleted_at IS NULL) = (deleted_seq IS NULL)),
  CHECK ((workspace_id IS NULL) != (account_id IS NULL))
);
CREATE INDEX resource_list ON resource (created_at, id);
CREATE INDEX resource_list_by_product ON resource (product, created_at, id);
CREATE INDEX resource_by_workspace ON resource (workspace_id, created_at, id);
CREATE INDEX resource_by_account ON resource (account_id, created_at, id);

CREATE TABLE api_key (
  id             ${id} PRIMARY KEY,
  product        TEXT NOT NULL,
  name           TEXT,
  description    TEXT,
  -- Name, description and id in lower case: where a search looks.
  search_text    TEXT NOT NULL,
  scope_kind     TEXT NOT NULL CHECK (scope_kind IN ('account', 'workspace', 'resource')),
  scope_id       ${id} NOT NULL,
  -- The place among the scope's active keys; null without a limit and for keys that have ended.
  slot           INTEGER,
  created_by     ${id} NOT NULL,
  workspace_id   ${id},
  created_by_key ${id},
  pepper_version INTEGER NOT NULL,
  digest         ${bytes} NOT NULL,
  suffix         TEXT NOT NULL,
  created_at     BIGINT NOT NULL,
  expires_at     BIGINT,
  revoked_at     BIGINT,
  -- The change that revoked it.
  revoked_seq    BIGINT REFERENCES change (seq),
  deactivated_at BIGINT,
  version        BIGINT NOT NULL,
  CHECK ((revoked_at IS NULL) = (revoked_seq IS NULL)),
  -- "At most N active keys": true under any concurrency because it is no count.
  UNIQUE (scope_kind, scope_id, slot)
);
CREATE INDEX api_key_list ON api_key (created_at, id);
CREATE INDEX api_key_list_by_product ON api_key (product, created_at, id);
CREATE INDEX api_key_list_by_account ON api_key (created_by, created_at, id);
CREATE INDEX api_key_list_by_workspace ON api_key (workspace_id, created_at, id);
CREATE INDEX api_key_by_maker ON api_key (created_by_key) WHERE created_by_key IS NOT NULL;
CREATE INDEX api_key_live_by_scope ON api_key (scope_kind, scope_id)
  WHERE revoked_at IS NULL AND deactivated_at IS NULL;

CREATE TABLE operator_key (
  id             ${id} PRIMARY KEY,
  name           TEXT NOT NULL,
  -- Comma-separated, sorted; no products means all.
  rights         TEXT NOT NULL,
  products       TEXT NOT NULL,
  pepper_version INTEGER NOT NULL,
  digest         ${bytes} NOT NULL,
  created_at     BIGINT NOT NULL,
  revoked_at     BIGINT,
  revoked_seq    BIGINT REFERENCES change (seq)
);
CREATE INDEX operator_key_list ON operator_key (created_at, id);

CREATE TABLE session (
  digest           ${id} PRIMARY KEY,
  account_id       ${id} NOT NULL,
  csrf_token       TEXT NOT NULL,
  created_at       BIGINT NOT NULL,
  last_seen_at     BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL
);
CREATE INDEX session_by_account ON session (account_id);
CREATE INDEX session_by_creation ON session (created_at);
CREATE INDEX session_by_last_use ON session (last_seen_at);

CREATE TABLE idempotency (
  caller      ${id} NOT NULL,
  call_key    ${id} NOT NULL,
  fingerprint TEXT NOT NULL,
  begun_at    BIGINT NOT NULL,
  status      INTEGER,
  body        TEXT,
  PRIMARY KEY (caller, call_key)
);
CREATE INDEX idempotency_by_age ON idempotency (begun_at);

CREATE TABLE secret (
  name  TEXT PRIMARY KEY,
  value ${bytes} NOT NULL
);

-- Apart from the keys, so that use never writes the row that decisions are read from.
CREATE TABLE key_usage (
  key_id       ${id} PRIMARY KEY,
  last_used_at BIGINT NOT NULL
);

CREATE TABLE refusal_count (
  key_id         ${id} NOT NULL,
  reason         TEXT NOT NULL,
  address_prefix TEXT NOT NULL,
  minute_at      BIGINT NOT NULL,
  refusals       BIGINT NOT NULL,
  PRIMARY KEY (key_id, minute_at, reason, address_prefix)
);
CREATE INDEX refusal_count_by_age ON refusal_count (minute_at);

CREATE TABLE audit_event (
  id           ${id} PRIMARY KEY,
  at           BIGINT NOT NULL,
  action       TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  actor_kind   TEXT NOT NULL,
  actor_id     TEXT NOT NULL,
  address      TEXT NOT NULL,
  request_id   TEXT NOT NULL,
  product      TEXT,
  key_id       ${id},
  account_id   ${id},
  workspace_id ${id},
  reason       TEXT
);
CREATE INDEX audit_event_list ON audit_event (at, id);
CREATE INDEX audit_event_by_product ON audit_event (product, at, id);
CREATE INDEX audit_event_by_key ON audit_event (key_id, at, id);
CREATE INDEX audit_event_by_account ON audit_event (account_id, at, id);
CREATE INDEX audit_event_by_workspace ON audit_event (workspace_id, at, id);
