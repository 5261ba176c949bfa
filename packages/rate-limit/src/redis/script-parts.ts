// Parts of the script: exact arithmetic, the algorithms, and records as they lie in Redis. See script.ts.
import {
  BUCKET_BY_INTERVAL,
  BUCKET_CONTINUOUS,
  SLIDING,
  WINDOW_BY_CLOCK,
  WINDOW_FROM_FIRST,
} from "../meter.ts";

/** Seconds a record outlives what it counts, for clocks that differ a little. */
const SLACK_SECONDS = 1;
/** Longest time to live: some 280 years, far enough from where Redis would overflow. */
const MAX_TTL_MS = 2 ** 43;

export const ARITHMETIC: string = `
local floor, ceil, max = math.floor, math.ceil, math.max
local pack, unpack_record = struct.pack, struct.unpack

-- floor((a * b + c) / d) and the rest, exact for a <= d, c < d < 2^42 and b < 2^32: in digits of ten bits
-- where the product has more than 53 bits.
local function muldiv(a, b, c, d)
  local product = a * b + c
  if product <= 9007199254740991 then
    local q = floor(product / d)
    return q, product - q * d
  end
  local q, r = 0, 0
  for digit = 3, 0, -1 do
    local x = r * 1024 + a * (floor(b / 1024 ^ digit) % 1024)
    local whole = floor(x / d)
    q = q * 1024 + whole
    r = x - whole * d
  end
  local x = r + c
  local whole = floor(x / d)
  return q + whole, x - whole * d
end
`;

export const LIMITS: string = `
-- What the window before the current one still weighs.
local function weight(every, mark, time)
  local q, r = muldiv(every - (time - floor(time / every) * every), mark, 0, every)
  if r > 0 then q = q + 1 end
  return q
end

-- used and mark at the time \`now\`, of a state as of the time \`at\`, which is not later.
local function advance(kind, every, rate, used, mark, at, now)
  if kind == ${SLIDING} then
    local opened = floor(now / every) * every
    if at >= opened then return used, mark end
    if at >= opened - every then return 0, used end
    return 0, 0
  end
  if used == 0 then return 0, 0 end
  if kind == ${BUCKET_BY_INTERVAL} then
    local since = mark + now - at
    if since < every then return used, since end
    local times = floor(since / every)
    used = used - times * rate
    if used <= 0 then return 0, 0 end
    return used, since - times * every
  elseif kind == ${WINDOW_FROM_FIRST} then
    local since = mark + now - at
    if since < every then return used, since end
    return 0, 0
  elseif kind == ${BUCKET_CONTINUOUS} then
    local elapsed = now - at
    local whole = floor(elapsed / every)
    local more, rest = muldiv(elapsed - whole * every, rate, mark, every)
    used = used - whole * rate - more
    if used <= 0 then return 0, 0 end
    return used, rest
  end
  if at >= floor(now / every) * every then return used, 0 end
  return 0, 0
end

-- Milliseconds until a state is the same as none.
local function lasts(kind, every, rate, used, mark, now)
  if kind == ${SLIDING} then
    local rest = every - (now - floor(now / every) * every)
    if used > 0 then return rest + every end
    if mark > 0 then return rest end
    return 0
  end
  if used == 0 then return 0 end
  if kind == ${BUCKET_BY_INTERVAL} then return ceil(used / rate) * every - mark end
  if kind == ${WINDOW_FROM_FIRST} then return every - mark end
  if kind == ${BUCKET_CONTINUOUS} then return ceil(used / rate * every) end
  return every - (now - floor(now / every) * every)
end

-- Gives back what was charged at the time \`t\`, as far as it still counts.
local function refund(kind, every, used, mark, now, t, units)
  if kind == ${SLIDING} then
    local between = floor(now / every) - floor(t / every)
    if between == 0 then return max(used - units, 0), mark end
    if between == 1 then return used, max(mark - units, 0) end
    return used, mark
  end
  if kind == ${WINDOW_FROM_FIRST} and now - mark > t then return used, mark end
  if kind == ${WINDOW_BY_CLOCK} and floor(now / every) ~= floor(t / every) then return used, mark end
  if used <= units then return 0, 0 end
  return used - units, mark
end
`;

export const RECORDS: string = `
local P = cjson.decode(ARGV[1])
local now = P[1]
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + floor(time[2] / 1000)
end
local raws = {}
if #KEYS > 0 then raws = redis.call('MGET', unpack(KEYS)) end
local records, weights, changed, kept = {}, {}, {}, {}

-- The record of a client, brought to now: the time, then used and mark of each limit. What a window
-- before the current one weighs is kept apart, since most often nothing does.
local function limits_of(key, group)
  local record = records[key]
  if record then return record, weights[key] end
  local raw, n, weigh = raws[key], group.n, nil
  if raw and #raw == group.size then
    record = { unpack_record(group.format, raw) }
    local at = record[1]
    local time = at > now and at or now
    local kinds, everys, rates = group.kind, group.every, group.rate
    record[1] = time
    record[2 * n + 2] = nil
    local u = 2
    for i = 1, n do
      local kind, every = kinds[i], everys[i]
      local used, mark = advance(kind, every, rates[i], record[u], record[u + 1], at, time)
      record[u], record[u + 1] = used, mark
      if mark > 0 and kind == ${SLIDING} then
        weigh = weigh or {}
        weigh[i] = weight(every, mark, time)
      end
      u = u + 2
    end
    weights[key] = weigh
  else
    record = { now, unpack(group.zeros) }
  end
  records[key] = record
  return record, weigh
end

local texts = {}
local function keep(key, value, ttl)
  local seconds = ceil((ttl < ${MAX_TTL_MS} and ttl or ${MAX_TTL_MS}) / 1000) + ${SLACK_SECONDS}
  local text = texts[seconds]
  if not text then
    text = string.format('%.0f', seconds)
    texts[seconds] = text
  end
  redis.call('SET', KEYS[key], value, 'EX', text)
end

local function keep_limits(key, group)
  local record = records[key]
  local kinds, everys, rates = group.kind, group.every, group.rate
  local time, longest, u = record[1], 0, 2
  for i = 1, group.n do
    local ms = lasts(kinds[i], everys[i], rates[i], record[u], record[u + 1], time)
    if ms > longest then longest = ms end
    u = u + 2
  end
  keep(key, pack(group.format, unpack(record)), longest + time - now)
end

-- The record of strikes: the end of the block, then hash and time of each finding that still counts.
local function strikes_of(key, window)
  local record = records[key]
  if record then return record end
  local raw = raws[key]
  record = { blocked = 0 }
  if raw and #raw >= 8 and (#raw - 8) % 12 == 0 then
    local blocked, at = unpack_record('<d', raw)
    if blocked == 0 or blocked > now then
      record.blocked = blocked
      while at <= #raw do
        local hash, time
        hash, time, at = unpack_record('<I4d', raw, at)
        if blocked > now or now - time < window then
          record[#record + 1] = { hash, time }
        end
      end
    end
  end
  records[key] = record
  return record
end

local function keep_strikes(key, policy)
  local record = records[key]
  local parts, latest = { pack('<d', record.blocked) }, now
  for i = 1, #record do
    local finding = record[i]
    parts[i + 1] = pack('<I4d', finding[1], finding[2])
    latest = max(latest, finding[2] + policy.window)
  end
  keep(key, table.concat(parts), max(latest, record.blocked) - now)
end

-- Adds a finding, or makes one that is known as young as now; not beyond the threshold.
local function add_finding(record, hash, threshold)
  for i = 1, #record do
    if record[i][1] == hash then
      record[i][2] = now
      return
    end
  end
  if #record < threshold then record[#record + 1] = { hash, now } end
end
`;
