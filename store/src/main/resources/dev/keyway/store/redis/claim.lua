-- Units of rolling windows, for several nodes: UnitLedger in one step, and what a shared store adds to it.
--
-- KEYS: the state of this memory, and its nodes. Each counter has two keys more, named after this memory: its
-- entries by the time at which they end, and what they hold.
-- ARGV, of the call: server's run, name for a new memory, 1 if nothing was ever granted, latest time, 1 if memory is to
-- be given up, node, divisor, shared divisor, silence, youth; then eleven of each claim.

local run, fresh_name, is_first, latest, give_up = ARGV[1], ARGV[2], ARGV[3] == '1', tonumber(ARGV[4]), ARGV[5] == '1'
local node, divisor, shared_divisor, silence = ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local youth = tonumber(ARGV[10])
local CALL, CLAIM, SPREAD, STEPS = 10, 11, 4, 500
local GRANTED, FULL, UNKNOWN = 0, 1, 2

local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
if clock > latest then
  return {1, clock}
end

local name, known_run, since, last, complete =
  unpack(redis.call('HMGET', KEYS[1], 'name', 'run', 'since', 'last', 'complete'))
if not name or known_run ~= run or give_up or clock < last - 1000 then
  -- Memory is gone, or may lack what was granted last.
  complete = (not name and is_first) and '1' or '0'
  since = complete == '1' and 0 or clock
  name = fresh_name
  last = clock
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'name', name, 'run', run, 'since', since, 'complete', complete)
end
since = tonumber(since)
local now = math.max(clock, tonumber(last))
redis.call('HSET', KEYS[1], 'last', now)

-- First heard, last heard, divisor, and until when it shared by which divisor.
local entry = redis.call('HGET', KEYS[2], node)
local first_heard, shared_until, shared_by = tostring(now), '0', '0'
if entry then
  first_heard, shared_until, shared_by = string.match(entry, '^(%S+) %S+ %S+ (%S+) (%S+)$')
end
if shared_divisor ~= '0' then
  shared_until, shared_by = tostring(now), shared_divisor
end
redis.call('HSET', KEYS[2], node, first_heard .. ' ' .. now .. ' ' .. divisor .. ' ' .. shared_until .. ' ' .. shared_by)
local live, silent, back = 0, {}, {}
local nodes = redis.call('HGETALL', KEYS[2])
for i = 1, #nodes, 2 do
  local begun, heard, by, until_, with = string.match(nodes[i + 1], '^(%S+) (%S+) (%S+) (%S+) (%S+)$')
  if now - heard < silence then
    live = live + (now - begun >= youth and 1 or 0)
  elseif now - heard > 200000000 then
    redis.call('HDEL', KEYS[2], nodes[i])
  else
    silent[#silent + 1] = tonumber(by)
  end
  if tonumber(with) > 0 then
    back[#back + 1] = {tonumber(until_), tonumber(with)}
  end
end
table.sort(silent)

-- What others may take of a limit without asking here.
local function held_back(allowed, most_nodes, counted)
  local held = 0
  for _, each in ipairs(back) do
    if now <= each[1] + counted then
      held = held + math.floor(allowed / each[2])
    end
  end
  local missing = math.max(0, most_nodes - live)
  if missing == 0 and complete ~= '1' then
    complete = '1'
    redis.call('HSET', KEYS[1], 'complete', '1')
  end
  if complete ~= '1' then
    -- This memory has not seen all, so nobody knows by which part they share: by two at least.
    return held + missing * math.floor(allowed / 2)
  end
  for i = 1, math.min(missing, #silent) do
    held = held + math.floor(allowed / silent[i])
  end
  return held
end

-- The units of an entry: of what is spent its number, of what is open its last word.
local function units_of(value)
  return value and tonumber(string.match(value, '(%d+)$')) or 0
end

local function add_spent(ends, log, at, units)
  local field = 's' .. at
  redis.call('HINCRBY', log, field, units)
  redis.call('ZADD', ends, at, field)
end

local function wait_for(ends, log, missing, counted)
  local entries = redis.call('ZRANGE', ends, 0, -1, 'WITHSCORES')
  for i = 1, #entries, 2 do
    missing = missing - units_of(redis.call('HGET', log, entries[i]))
    if missing <= 0 then
      return math.max(1, entries[i + 1] - now)
    end
  end
  return counted
end

local reply = {0, clock, #nodes / 2, name}
for first = CALL + 1, #ARGV, CLAIM do
  local subject, account = ARGV[first], ARGV[first + 1]
  local number, allowed, spent = tonumber(ARGV[first + 2]), tonumber(ARGV[first + 3]), tonumber(ARGV[first + 4])
  local in_hand, least, wanted = tonumber(ARGV[first + 5]), tonumber(ARGV[first + 6]), tonumber(ARGV[first + 7])
  local window, life, most_nodes = tonumber(ARGV[first + 8]) + 1, tonumber(ARGV[first + 9]), tonumber(ARGV[first + 10])
  local ends, log = 'keyway:limits:' .. name .. ':e:' .. subject, 'keyway:limits:' .. name .. ':l:' .. subject
  local used = tonumber(redis.call('HGET', log, 'used') or 0)

  local over = redis.call('ZRANGEBYSCORE', ends, '-inf', now)
  for _, field in ipairs(over) do
    used = used - units_of(redis.call('HGET', log, field))
    redis.call('HDEL', log, field)
  end
  if #over > 0 then
    redis.call('ZREMRANGEBYSCORE', ends, '-inf', now)
  end

  local mine = 'o' .. account
  local before = redis.call('HGET', log, mine)
  local old_number, old_spent, old_units
  if before then
    old_number, old_spent, old_units = string.match(before, '^(%d+) (%d+) (%d+)$')
    old_number, old_spent, old_units = tonumber(old_number), tonumber(old_spent), tonumber(old_units)
  end
  local outcome, units, kept, wait = UNKNOWN, 0, 0, 0
  if before and number <= old_number then
    -- It came late, and a later one is done.
    redis.call('HSET', log, 'used', used)
  elseif now < since + window + life then
    wait = since + window + life - now
    redis.call('HSET', log, 'used', used)
  else
    local hand = 0
    if before then
      local gone = math.max(0, math.min(spent - old_spent, old_units))
      hand = math.min(in_hand, old_units - gone)
      used = used + gone - old_units
      if gone > 0 then
        local step = math.max(1, math.floor(window / STEPS))
        add_spent(ends, log, math.ceil((now + window) / step) * step, gone)
      end
      kept = hand == in_hand and 1 or 0
    end
    local needed = math.max(0, least - (kept == 1 and hand or 0))
    local room = math.max(0, allowed - held_back(allowed, most_nodes, window + life) - used - hand)
    if room >= needed then
      outcome = GRANTED
      units = math.min(math.max(needed, math.floor(room / SPREAD)), math.max(needed, wanted - hand))
    elseif allowed - used - hand < needed then
      outcome = FULL
    end
    used = used + hand + units
    local missing = outcome == FULL and used + needed - allowed or 1
    redis.call('HSET', log, mine, number .. ' ' .. spent .. ' ' .. (hand + units), 'used', used)
    redis.call('ZADD', ends, now + life + window, mine)
    wait = wait_for(ends, log, missing, window)
  end
  redis.call('PEXPIRE', ends, window + life + 1000)
  redis.call('PEXPIRE', log, window + life + 1000)
  local at = #reply
  reply[at + 1], reply[at + 2], reply[at + 3] = outcome, units, kept
  reply[at + 4], reply[at + 5] = math.max(0, allowed - used), wait
end
return reply
