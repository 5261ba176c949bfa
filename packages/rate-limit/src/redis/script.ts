// What Redis runs: one call reads every record that a batch of requests names, judges the requests one
// after the other, and writes each record once. It keeps the same two integers per limit as the memory
// store and follows the same steps, so that a suite can hold the two equal; the answers are worked out by
// the caller, from the states the script gives back.
//
// ARGV[1] is a JSON array of numbers, see call.ts. A record of limits is the time and, for each limit,
// `used` and `mark`; a record of strikes is the end of the block and, for each finding, hash and time.
// The reply is a flat array of integers: the time, then for each request whether it was denied, three
// numbers for each strike charge, and the states before spending of each limit charge.

/** Kinds of requests in a call. */
export const PEEK = 0;
export const TAKE = 1;
export const RESET = 2;
export const REFUND = 3;

/** Kind of a request in a call. */
export type QuestionKind = typeof PEEK | typeof TAKE | typeof RESET | typeof REFUND;

/** Algorithms as the script knows them. */
export const BUCKET_BY_INTERVAL = 1;
export const BUCKET_CONTINUOUS = 2;
export const WINDOW_FROM_FIRST = 3;
export const WINDOW_BY_CLOCK = 4;
export const SLIDING = 5;

/** Milliseconds a record outlives what it counts, for clocks that differ a little. */
const SLACK_MS = 1000;
/** Longest time to live: some 280 years, far enough from where Redis would overflow. */
const MAX_TTL_MS = 2 ** 43;

const ARITHMETIC = `
local floor, ceil, min, max = math.floor, math.ceil, math.min, math.max
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

const LIMITS = `
-- What the window before the current one still weighs.
local function weight(limit, mark, time)
  if mark == 0 then return 0 end
  local w = limit.every
  local q, r = muldiv(w - (time - floor(time / w) * w), mark, 0, w)
  if r > 0 then q = q + 1 end
  return q
end

-- used and mark at the time \`now\`, of a state as of the time \`at\`.
local function advance(limit, used, mark, at, now)
  local kind, every, elapsed = limit.kind, limit.every, now - at
  if kind == ${SLIDING} then
    local between = floor(now / every) - floor(at / every)
    if between == 0 then return used, mark end
    if between == 1 then return 0, used end
    return 0, 0
  end
  if used == 0 then return 0, 0 end
  if kind == ${BUCKET_BY_INTERVAL} then
    local since = mark + elapsed
    if since < every then return used, since end
    local times = floor(since / every)
    used = used - times * limit.rate
    if used <= 0 then return 0, 0 end
    return used, since - times * every
  elseif kind == ${BUCKET_CONTINUOUS} then
    local whole = floor(elapsed / every)
    local more, rest = muldiv(elapsed - whole * every, limit.rate, mark, every)
    used = used - whole * limit.rate - more
    if used <= 0 then return 0, 0 end
    return used, rest
  elseif kind == ${WINDOW_FROM_FIRST} then
    if mark + elapsed < every then return used, mark + elapsed end
    return 0, 0
  end
  if floor(at / every) == floor(now / every) then return used, 0 end
  return 0, 0
end

-- Milliseconds until a state is the same as none.
local function lasts(limit, used, mark, now)
  local kind, every = limit.kind, limit.every
  if kind == ${SLIDING} then
    local rest = every - (now - floor(now / every) * every)
    if used > 0 then return rest + every end
    if mark > 0 then return rest end
    return 0
  end
  if used == 0 then return 0 end
  if kind == ${BUCKET_BY_INTERVAL} then return ceil(used / limit.rate) * every - mark end
  if kind == ${BUCKET_CONTINUOUS} then return ceil(used / limit.rate * every) end
  if kind == ${WINDOW_FROM_FIRST} then return every - mark end
  return every - (now - floor(now / every) * every)
end

-- Gives back what was charged at the time \`t\`, as far as it still counts.
local function refund(limit, used, mark, now, t, units)
  local kind, every = limit.kind, limit.every
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

const RECORDS = `
local P = cjson.decode(ARGV[1])
local now = P[1]
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + floor(time[2] / 1000)
end
local raws = {}
if #KEYS > 0 then raws = redis.call('MGET', unpack(KEYS)) end
local records, weights, changed, kept = {}, {}, {}, {}

-- The record of a client, brought to now: the time, then used and mark of each limit.
local function limits_of(key, group)
  local record = records[key]
  if record then return record, weights[key] end
  local raw = raws[key]
  local n, weigh = group.n, {}
  if raw and #raw == group.size then
    record = { unpack_record(group.format, raw) }
    record[2 * n + 2] = nil
    local at = record[1]
    local time = max(at, now)
    record[1] = time
    for i = 1, n do
      local limit, u = group[i], 2 * i
      local used, mark = advance(limit, record[u], record[u + 1], at, time)
      record[u], record[u + 1] = used, mark
      weigh[i] = limit.kind == ${SLIDING} and weight(limit, mark, time) or 0
    end
  else
    record = { now }
    for i = 1, n do
      record[2 * i], record[2 * i + 1], weigh[i] = 0, 0, 0
    end
  end
  records[key], weights[key] = record, weigh
  return record, weigh
end

local function keep_limits(key, group)
  local record = records[key]
  local time = record[1]
  local longest = 0
  for i = 1, group.n do
    longest = max(longest, lasts(group[i], record[2 * i], record[2 * i + 1], time))
  end
  local ttl = min(longest + time - now + ${SLACK_MS}, ${MAX_TTL_MS})
  redis.call('SET', KEYS[key], pack(group.format, unpack(record)), 'PX', ttl)
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
  local ttl = min(max(latest, record.blocked) - now + ${SLACK_MS}, ${MAX_TTL_MS})
  redis.call('SET', KEYS[key], table.concat(parts), 'PX', ttl)
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

const PROGRAM = `
local p = 3
local groups = {}
for g = 1, P[2] do
  local n = P[p]
  local group = { n = n, size = 8 + 12 * n, format = '<d' .. string.rep('I4d', n) }
  p = p + 1
  for i = 1, n do
    group[i] = { kind = P[p], live = P[p + 1] == 1, every = P[p + 2], most = P[p + 3], rate = P[p + 4] }
    p = p + 5
  end
  groups[g] = group
end

local out, o = { now }, 1

local function judge_strikes(commit)
  local denied = false
  local count = P[p]
  p = p + 1
  for _ = 1, count do
    local key, threshold, window, block = P[p], P[p + 1], P[p + 2], P[p + 3]
    local live, findings = P[p + 4] == 1, P[p + 5]
    p = p + 6
    local record = strikes_of(key, window)
    if commit and findings > 0 and record.blocked == 0 then
      for i = 0, findings - 1 do add_finding(record, P[p + i], threshold) end
      if #record >= threshold then record.blocked = now + block end
      changed[key], kept[key] = keep_strikes, { window = window }
    end
    p = p + findings
    local blocked = record.blocked > now
    if blocked and live then denied = true end
    out[o + 1], out[o + 2], out[o + 3] = blocked and 1 or 0, #record, blocked and record.blocked - now or 0
    o = o + 3
  end
  return denied
end

local function denies(group, record, weigh, from)
  for i = 1, group.n do
    local units, limit = P[from + i], group[i]
    if limit.live and units > 0 and units > limit.most - record[2 * i] - weigh[i] then return true end
  end
  return false
end

local function spend(group, record, weigh, from, denied)
  for i = 1, group.n do
    local units, limit, u = P[from + i], group[i], 2 * i
    if units > 0 and not (denied and limit.live) and units <= limit.most - record[u] - weigh[i] then
      record[u] = record[u] + units
    end
  end
end

local function judge(commit)
  o = o + 1
  local verdict = o
  local denied = judge_strikes(commit)
  local count = P[p]
  local first = p + 1
  p = first
  for _ = 1, count do
    local group = groups[P[p + 1]]
    local record, weigh = limits_of(P[p], group)
    if denies(group, record, weigh, p + 1) then denied = true end
    p = p + 2 + group.n
  end
  p = first
  for _ = 1, count do
    local key, group = P[p], groups[P[p + 1]]
    local record, weigh = limits_of(key, group)
    for i = 1, 2 * group.n + 1 do out[o + i] = record[i] end
    o = o + 2 * group.n + 1
    if commit then
      spend(group, record, weigh, p + 1, denied)
      changed[key], kept[key] = keep_limits, group
    end
    p = p + 2 + group.n
  end
  out[verdict] = denied and 1 or 0
end

local function reset()
  local count = P[p]
  for i = 1, count do
    local key = P[p + i]
    redis.call('DEL', KEYS[key])
    records[key], raws[key], changed[key] = nil, nil, nil
  end
  p = p + count + 1
  o = o + 1
  out[o] = 0
end

local function give_back()
  local count = P[p]
  p = p + 1
  for _ = 1, count do
    local key, group, t = P[p], groups[P[p + 1]], P[p + 2]
    local record, weigh = limits_of(key, group)
    for i = 1, group.n do
      local units, limit, u = P[p + 2 + i], group[i], 2 * i
      if units > 0 then
        record[u], record[u + 1] = refund(limit, record[u], record[u + 1], record[1], t, units)
        if limit.kind == ${SLIDING} then weigh[i] = weight(limit, record[u + 1], record[1]) end
      end
    end
    changed[key], kept[key] = keep_limits, group
    p = p + 3 + group.n
  end
  o = o + 1
  out[o] = 0
end

local requests = P[p]
p = p + 1
for _ = 1, requests do
  local kind = P[p]
  p = p + 1
  if kind == ${RESET} then reset()
  elseif kind == ${REFUND} then give_back()
  else judge(kind == ${TAKE}) end
end
for key, keep in pairs(changed) do keep(key, kept[key]) end
return out
`;

/** The script, in the Lua of Redis 6.2 and later and of Valkey. */
export const SCRIPT: string = ARITHMETIC + LIMITS + RECORDS + PROGRAM;
