-- Sends one form of request with the keys of a file in rotation. Arguments: file with a key a line; file with the
-- form (method, headers, an empty line, the body; @KEY@ stands for a key); longest pause before a request in
-- milliseconds (0: none), which makes the rate low enough for latencies without queues.
local requests, count, sent = {}, 0, 0

local function read_form(file)
  local lines, headers, body = io.lines(file), {}, nil
  local method = lines()
  for line in lines do
    if line == "" then
      body = lines()
      break
    end
    local name, value = line:match("^([^:]+): (.*)$")
    headers[name] = value
  end
  if body == "" then body = nil end
  return method, headers, body
end

function init(arguments)
  local method, headers, body = read_form(arguments[2])
  for key in io.lines(arguments[1]) do
    local filled = {}
    for name, value in pairs(headers) do filled[name] = value:gsub("@KEY@", key) end
    count = count + 1
    requests[count] = wrk.format(method, nil, filled, body and (body:gsub("@KEY@", key)))
  end
  local longest = tonumber(arguments[3])
  if longest > 0 then
    function delay() return math.random(0, longest) end
  end
end

function request()
  sent = sent % count + 1
  return requests[sent]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\nsummary {"requests":%d,"micros":%d,"bytes":%d,"broken":%d,"refused":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50), latency:percentile(99)))
end
