-- Units of rolling windows, for several nodes: UnitLedger in one step, and what a shared store adds to it.
--
-- KEYS: the state of this memory, and its nodes. Each counter has two keys more, named after this memory: its
-- entries by the time at which they end, and what they hold.
-- ARGV, of the call: server's run, name for a new memory, 1 if nothing was ever granted, latest time, 1 if memory is to
-- be given up, node, divisor, shared divisor, silence, youth, for how long it is a node, the most that units can count,
-- from when on it has watched this clock; then eleven of each claim, the last of them how many nodes there were at most, or -1 while nobody says.

local run, fresh_name, is_first, latest, give_up = ARGV[1], ARGV[2], ARGV[3] == '1', tonumber(ARGV[4]), ARGV[5] == '1'
local node, divisor, shared_divisor, silence = ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])
local youth, member, longest, watched = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12]), tonumber(ARGV[13])
local CALL, CLAIM, SPREAD, STEPS, SPARE = 13, 11, 4, 500, 60000
local ALL = 9007199254740991
local GRANTED, FULL, UNKNOWN = 0, 1, 2

local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
if clock > latest then
  return {1, clock}
end

local name, known_run, since, last, complete, stood =
  unpack(redis.call('HMGET', KEYS[1], 'name', 'run', 'since', 'last', 'complete', 'stood'))
if not name or known_run ~= run or give_up or clock < last - 1000 then
  -- Memory is gone, or may lack what was granted last.
  local is_new = not name and is_first
  complete = is_new and ALL or 0
  since = is_new and 0 or clock
  name = fresh_name
  last = clock
  stood = 0
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'name', name, 'run', run, 'since', since, 'complete', complete)
end
since = tonumber(since)
-- This memory has seen all nodes that can matter to units that count for so long.
complete = tonumber(complete)
last = tonumber(last)
-- Time that nobody has watched may be the clock's being set: as far as counts go, it did not pass.
stood = tonumber(stood or 0) + math.max(0, math.min(watched, clock) - last)
last = math.max(clock, last)
redis.call('HSET', KEYS[1], 'last', last, 'stood', stood)
local now = last - stood

-- Since when it is one of the nodes, last heard, divisor, until when it shared by which divisor; and of one that is
-- silent since when it was surely over.
local entry = redis.call('HGET', KEYS[2], node)
local shared_until, shared_by = '0', '0'
if entry then
  shared_until, shared_by = string.match(entry, '^%S+ %S+ %S+ (%S+) (%S+)')
end
if shared_divisor ~= '0' then
  -- Of two that may both count, the greater share.
  if shared_by == '0' or tonumber(shared_divisor) < tonumber(shared_by) or now > shared_until + longest then
    shared_by = shared_divisor
  end
  shared_until = tostring(now)
end
redis.call('HSET', KEYS[2], node,
  (now - member) .. ' ' .. now .. ' ' .. divisor .. ' ' .. shared_until .. ' ' .. shared_by)
local begun_at, silent, back = {}, {}, {}
local nodes = redis.call('HGETALL', KEYS[2])
for i = 1, #nodes, 2 do
  local begun, heard, by, until_, with, over =
    string.match(nodes[i + 1], '^(%S+) (%S+) (%S+) (%S+) (%S+) ?(%S*)$')
  if now - heard < silence then
    begun_at[#begun_at + 1] = tonumber(begun)
  elseif now - heard > 200000000 then
    redis.call('HDEL', KEYS[2], nodes[i])
  else
    silent[#silent + 1] =
      {node = nodes[i], entry = nodes[i + 1], heard = tonumber(heard), by = tonumber(by), over = tonumber(over)}
  end
  if tonumber(with) > 0 then
    back[#back + 1] = {tonumber(until_), tonumber(with)}
  end
end
table.sort(silent, function(a, b) return a.by < b.by end)

-- None that is silent is one of the nodes any more, as far as it was silent for so long that all know of it.
local function end_silent()
  for _, each in ipairs(silent) do
    if not each.over and now - each.heard >= youth then
      each.over = now
      redis.call('HSET', KEYS[2], each.node, each.entry .. ' ' .. now)
    end
  end
end

-- What others may take of a limit without asking here.
local function held_back(allowed, most_nodes, counted)
  local held = 0
  for _, each in ipairs(back) do
    if now <= each[1] + counted then
      held = held + math.floor(allowed / each[2])
    end
  end
  local live = 0
  for _, begun in ipairs(begun_at) do
    -- A younger one may have come for one that was sharing until then.
    live = live + (now - begun >= youth + counted and 1 or 0)
  end
  local missing = math.max(0, most_nodes - live)
  if most_nodes < 0 then
    if complete < counted then
      return allowed
    end
    for _, each in ipairs(silent) do
      held = held + (each.over and now > each.over + counted and 0 or math.floor(allowed / each.by))
    end
    return held
  end
  if missing == 0 then
    end_silent()
    if complete < counted then
      complete = counted
      redis.call('HSET', KEYS[1], 'complete', complete)
    end
  end
  if complete < counted then
    -- This memory has not seen all, so nobody knows by which part they share: by two at least.
    return held + missing * math.floor(allowed / 2)
  end
  for i = 1, math.min(missing, #silent) do
    held = held + math.floor(allowed / silent[i].by)
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
  redis.call('PEXPIRE', ends, window + life + SPARE)
  redis.call('PEXPIRE', log, window + life + SPARE)
  local at = #reply
  reply[at + 1], reply[at + 2], reply[at + 3] = outcome, units, kept
  reply[at + 4], reply[at + 5] = math.max(0, allowed - used), wait
end
return reply
