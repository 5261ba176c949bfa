// What Redis runs: one call reads every record that a batch of requests names, judges the requests one
// after the other, and writes each record once. It keeps the same two integers per limit as the memory
// store and follows the same steps, so that a suite can hold the two equal; the answers are worked out by
// the caller, from the states the script gives back.
//
// ARGV[1] is a JSON array of numbers, see call.ts. A record of limits is the time and, for each limit,
// `used` and `mark`; a record of strikes is the end of the block and, for each finding, hash and time.
// The reply is a flat array of integers: the time, then for each request whether it was denied, three
// numbers for each strike charge, and the states before spending of each limit charge.
import { REFUND, RESET, TAKE } from "./kinds.ts";
import { ARITHMETIC, LIMITS, RECORDS } from "./script-parts.ts";

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
