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

/** Seconds a record outlives what it counts, for clocks that differ a little. */
const SLACK_SECONDS = 1;
/** Longest time to live: some 280 years, far enough from where Redis would overflow. */
const MAX_TTL_MS = 2 ** 43;

const ARITHMETIC = `
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

const LIMITS = `
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

const PROGRAM = `
local p = 3
local groups = {}
for g = 1, P[2] do
  local n = P[p]
  local kind, live, every, most, rate, zeros = {}, {}, {}, {}, {}, {}
  for i = 1, n do
    kind[i], live[i], every[i], most[i], rate[i] = P[p + 1], P[p + 2] == 1, P[p + 3], P[p + 4], P[p + 5]
    zeros[2 * i - 1], zeros[2 * i] = 0, 0
    p = p + 5
  end
  p = p + 1
  groups[g] = {
    n = n, size = 8 + 12 * n, format = '<d' .. string.rep('I4d', n),
    kind = kind, live = live, every = every, most = most, rate = rate, zeros = zeros,
  }
end

local out, o = { now }, 1

local function judge_strikes(commit)
  local denied = false
  local count = P[p]
  p = p + 1
  if count == 0 then return false end
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

-- Whether a live limit denies; the units asked of each stand in P from \`from\` on.
local function denies(key, group, from)
  local record, weigh = limits_of(key, group)
  local live, most = group.live, group.most
  for i = 1, group.n do
    local units = P[from + i]
    if live[i] and units > 0 then
      local left = most[i] - record[2 * i]
      if weigh and weigh[i] then left = left - weigh[i] end
      if units > left then return true end
    end
  end
  return false
end

-- Replies with the state of each limit, and spends unless that is denied.
local function spend(key, group, from, denied, commit)
  local record, weigh = records[key], weights[key]
  local live, most = group.live, group.most
  o = o + 1
  out[o] = record[1]
  local u = 2
  for i = 1, group.n do
    local units, used = P[from + i], record[u]
    out[o + 1], out[o + 2] = used, record[u + 1]
    o = o + 2
    if commit and units > 0 and not (denied and live[i]) then
      local left = most[i] - used
      if weigh and weigh[i] then left = left - weigh[i] end
      if units <= left then record[u] = used + units end
    end
    u = u + 2
  end
  if commit then changed[key], kept[key] = keep_limits, group end
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
    if denies(P[p], group, p + 1) then denied = true end
    p = p + 2 + group.n
  end
  p = first
  for _ = 1, count do
    local group = groups[P[p + 1]]
    spend(P[p], group, p + 1, denied, commit)
    p = p + 2 + group.n
  end
  out[verdict] = denied and 1 or 0
end

local function reset()
  local count = P[p]
  for i = 1, count do
    local key = P[p + i]
    redis.call('DEL', KEYS[key])
    records[key], raws[key], changed[key], weights[key] = nil, nil, nil, nil
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
    local record = limits_of(key, group)
    local time = record[1]
    for i = 1, group.n do
      local units, kind, every, u = P[p + 2 + i], group.kind[i], group.every[i], 2 * i
      if units > 0 then
        local used, mark = refund(kind, every, record[u], record[u + 1], time, t, units)
        record[u], record[u + 1] = used, mark
        if weights[key] and weights[key][i] then weights[key][i] = weight(every, mark, time) end
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
