-- Sends GET with a key of a file in rotation. Arguments: file with a key a line; longest pause before
-- a request in milliseconds (0: none), which makes the rate low enough for latencies without queues.
local requests, count, sent = {}, 0, 0

function init(arguments)
  for key in io.lines(arguments[1]) do
    count = count + 1
    requests[count] = wrk.format("GET", nil, {["Authorization"] = "Bearer " .. key})
  end
  local longest = tonumber(arguments[2])
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
