-- Asks Keyway about each request before HAProxy forwards it: forward-auth by HAProxy's own HTTP client.
--
-- http-request lua.keyway AUTHZ PUBLIC_URL: the address to ask at, and where problem types are explained.
-- Where a script fails HAProxy goes on, so what was let pass is said in txn.keyway, and nothing else may pass.

local patience_millis = 10000

-- Meant for one hop, or set anew for the question.
local not_asked_with = {
  ["connection"] = true, ["content-length"] = true, ["expect"] = true, ["host"] = true, ["keep-alive"] = true,
  ["proxy-connection"] = true, ["te"] = true, ["trailer"] = true, ["transfer-encoding"] = true, ["upgrade"] = true,
  ["x-forwarded-for"] = true, ["x-forwarded-method"] = true, ["x-forwarded-uri"] = true,
  ["x-original-method"] = true, ["x-original-uri"] = true,
}

-- Credentials, and what an upstream could take for another request than the one that was checked.
local not_forwarded = {
  ["authorization"] = true, ["proxy-authorization"] = true, ["x-api-key"] = true,
  ["x-forwarded-method"] = true, ["x-forwarded-uri"] = true, ["x-forwarded-prefix"] = true,
  ["x-original-method"] = true, ["x-original-uri"] = true, ["x-original-url"] = true, ["x-rewrite-url"] = true,
  ["x-http-method"] = true, ["x-http-method-override"] = true, ["x-method-override"] = true,
}

-- What upstreams are told.
local told = {
  "keyway-key-id", "keyway-account-id", "keyway-workspace-id", "keyway-resource-id", "keyway-request-id",
  "keyway-identity",
}

-- What clients are told with the upstream's answer.
local shown = {
  "keyway-request-id", "ratelimit", "ratelimit-policy", "x-ratelimit-limit", "x-ratelimit-remaining",
  "x-ratelimit-reset", "vary", "access-control-allow-origin", "access-control-expose-headers",
}

-- What a refusal of Keyway's own is made of, besides its body.
local refused_with = {
  "content-type", "cache-control", "keyway-request-id", "www-authenticate", "retry-after", "ratelimit",
  "ratelimit-policy", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "allow", "vary",
  "access-control-allow-origin", "access-control-allow-methods",
  "access-control-allow-headers", "access-control-expose-headers", "access-control-max-age",
}

local function question(txn)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not not_asked_with[name] then
      local lines = {}
      for i = 0, #values do lines[#lines + 1] = values[i] end
      headers[name] = lines
    end
  end
  headers["host"] = { "keyway" }
  headers["x-forwarded-method"] = { txn.f:method() }
  headers["x-forwarded-uri"] = { txn.f:pathq() }
  headers["x-forwarded-for"] = { txn.f:src() }
  return headers
end

local function first(answer, name)
  local lines = answer.headers and answer.headers[name]
  return lines and lines[0]
end

local function copy(answer, names, add)
  for _, name in ipairs(names) do
    local lines = answer.headers[name]
    if lines then
      for i = 0, #lines do add(name, lines[i]) end
    end
  end
end

local function refuse(txn, status, answer, body)
  local reply = txn:reply({ status = status })
  copy(answer, refused_with, function(name, value) reply:add_header(name, value) end)
  reply:set_body(body)
  txn:done(reply)
end

-- Keyway is stopped, or something else answers in its place: nothing is known against the key.
local function cannot_verify(txn, public_url)
  local reply = txn:reply({ status = 503 })
  reply:add_header("content-type", "application/problem+json")
  reply:add_header("cache-control", "no-store")
  reply:add_header("retry-after", "5")
  reply:set_body('{"status":503,"type":"' .. public_url .. '/problems/cannot_verify","code":"cannot_verify"}')
  txn:done(reply)
end

-- A cookie header without the sessions of Keyway's.
local function without_ours(cookies)
  local kept = {}
  for cookie in cookies:gmatch("[^;]+") do
    local low = cookie:lower()
    if not (low:find("__host-keyway", 1, true) or low:find("keyway_session", 1, true)) then
      kept[#kept + 1] = cookie:match("^%s*(.-)%s*$")
    end
  end
  return table.concat(kept, "; ")
end

-- An address without its query, in which a key may stand.
local function page(address)
  return address:match("^[^?]*")
end

-- By its options a client could have the upstream drop what Keyway says.
local function upgrade_alone(options)
  return options:lower():find("upgrade", 1, true) and "upgrade" or ""
end

local cleaned = { ["cookie"] = without_ours, ["referer"] = page, ["connection"] = upgrade_alone }

local function pass(txn, answer)
  for name, values in pairs(txn.http:req_get_headers()) do
    local folded = name:gsub("_", "-")
    local clean = cleaned[name]
    if not_forwarded[folded] or folded:sub(1, 7) == "keyway-" then
      txn.http:req_del_header(name)
    elseif clean then
      txn.http:req_del_header(name)
      for i = 0, #values do
        local value = clean(values[i])
        if value ~= "" then txn.http:req_add_header(name, value) end
      end
    end
  end
  copy(answer, told, function(name, value) txn.http:req_add_header(name, value) end)
  local target = first(answer, "keyway-target")
  if target then txn.http:req_set_uri(target) end
  local fields = {}
  copy(answer, shown, function(name, value) fields[#fields + 1] = { name, value } end)
  txn:set_priv(fields)
  txn:set_var("txn.keyway", "valid")
end

core.register_action("keyway", { "http-req" }, function(txn, authz, public_url)
  txn:set_var("txn.keyway", "asked")
  local client = core.httpclient()
  local answer = client:get({ url = authz, headers = question(txn), timeout = patience_millis })
  local status = tonumber(answer and first(answer, "keyway-status"))
  if status == nil then
    cannot_verify(txn, public_url)
  elseif answer.status ~= 200 then
    refuse(txn, status, answer, answer.body or "")
  elseif first(answer, "keyway-code") == "valid" then
    pass(txn, answer)
  else
    -- A CORS preflight, which no upstream is asked about.
    refuse(txn, status, answer, "")
  end
end, 2)

core.register_action("keyway_fields", { "http-res" }, function(txn)
  for _, field in ipairs(txn:get_priv() or {}) do
    txn.http:res_add_header(field[1], field[2])
  end
end)
