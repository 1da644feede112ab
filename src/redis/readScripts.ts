import { INTACT } from './writeScripts.ts';

/**
 * Every script that reads a copy. Each runs alone, so that all it answers is of one revision. The reply begins with that
 * revision and the size; it is `missing` where there is no copy, and `broken` where a part of it was lost.
 */

const HEAD = `
local meta, ranks, members, scores = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
${INTACT}
local revision = redis.call('HGET', meta, 'revision')
if not revision then return 'missing' end
if not isIntact() then return 'broken' end
local size = redis.call('ZCARD', ranks)

-- How many stand before a position: with a lower key, and with the same key and an earlier sequence.
local function countBefore(key, seq, isIncluded)
  local ahead = redis.call('ZCOUNT', ranks, '-inf', '(' .. key)
  local low, high = ahead, ahead + redis.call('ZCOUNT', ranks, key, key)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local other = string.match(redis.call('ZRANGE', ranks, middle, middle)[1], '^[^:]+')
    if other < seq or (isIncluded and other == seq) then low = middle + 1 else high = middle end
  end
  return low, ahead
end

local function keysBefore(key)
  return redis.call('ZCOUNT', scores, '-inf', '(' .. key)
end
`;

/**
 * Pages of one period, all of one revision. KEYS meta, ranks, members, scores.
 * ARGV rows to look at most in all, then for each page: how many of the following belong to it, kind, limit, horizon or '',
 * then by kind:
 *   after, before: order key and hex sequence of the cursor, or '' and ''; with a horizon, rows that changed after that
 *   revision are left out; rank: the first rank from 0; around: the player; players: their ids, in no order (limit ''),
 *   of whom those without an entry are left out.
 * Reply revision, size, then a list for each page, for each row: member, order key, its index, how many have a lower key,
 * how many keys are lower. `far` when too many rows would have to be looked at.
 */
export const PAGES = `${HEAD}
local looksLeft = tonumber(ARGV[1])

local function collect(page, first, step)
  local limit, horizon, found = page.limit, page.horizon, {}
  local index = first
  while #found < limit and index >= 0 and index < size do
    if looksLeft <= 0 then return nil end
    local low = step > 0 and index or math.max(0, index - limit + 1)
    local high = step > 0 and math.min(size - 1, index + limit - 1) or index
    local raw = redis.call('ZRANGE', ranks, low, high, 'WITHSCORES')
    local players = {}
    for member = 1, #raw, 2 do players[#players + 1] = string.match(raw[member], ':(.*)$') end
    local held = horizon and redis.call('HMGET', members, unpack(players))
    for offset = 0, high - low do
      local at = step > 0 and low + offset or high - offset
      local row = at - low + 1
      local changedAt = held and tonumber(string.match(held[row], ' (%S+) '))
      if #found < limit and not (changedAt and changedAt > horizon) then
        found[#found + 1] = { raw[2 * row - 1], raw[2 * row], at }
      end
    end
    looksLeft = looksLeft - (high - low + 1)
    index = index + step * (high - low + 1)
  end
  return found
end

local function pick(page)
  local kind, start = page.kind, page.start
  if kind == 'after' then
    return collect(page, start == '' and 0 or countBefore(start, page.seq, true), 1)
  elseif kind == 'before' then
    return collect(page, start == '' and size - 1 or countBefore(start, page.seq, false) - 1, -1)
  elseif kind == 'rank' then
    return collect(page, tonumber(start), 1)
  end
  local held = redis.call('HGET', members, start)
  if not held then return {} end
  local self = redis.call('ZRANK', ranks, string.match(held, '^%S+') .. ':' .. start)
  return collect(page, math.max(0, math.min(self - math.floor((page.limit - 1) / 2), size - page.limit)), 1)
end

local function rowsOf(found, first, last, step)
  local rows = {}
  local before, ahead, lower = nil, 0, 0
  for row = first, last, step do
    local member, key, index = found[row][1], found[row][2], found[row][3]
    if not before or key ~= before[2] then
      local follows = before and index == before[3] + 1
      ahead = follows and index or redis.call('ZCOUNT', ranks, '-inf', '(' .. key)
      lower = follows and lower + 1 or keysBefore(key)
    end
    before = found[row]
    for _, value in ipairs({ member, key, index, ahead, lower }) do rows[#rows + 1] = value end
  end
  return rows
end

local function rowsOfPlayers(first, last)
  local rows = {}
  for argument = first, last do
    local player = ARGV[argument]
    local held = redis.call('HGET', members, player)
    if held then
      local seq, key = string.match(held, '^(%S+) %S+ (%S+)$')
      local member = seq .. ':' .. player
      local row = { member, key, redis.call('ZRANK', ranks, member), redis.call('ZCOUNT', ranks, '-inf', '(' .. key), keysBefore(key) }
      for _, value in ipairs(row) do rows[#rows + 1] = value end
    end
  end
  return rows
end

local reply = { revision, size }
local at = 2
while at <= #ARGV do
  local next = at + 1 + tonumber(ARGV[at])
  local page = { kind = ARGV[at + 1], limit = tonumber(ARGV[at + 2]), horizon = tonumber(ARGV[at + 3]), start = ARGV[at + 4], seq = ARGV[at + 5] }
  if page.kind == 'players' then
    reply[#reply + 1] = rowsOfPlayers(at + 4, next - 1)
  else
    local found = pick(page)
    if not found then return 'far' end
    local isUpwards = page.kind == 'before'
    reply[#reply + 1] = isUpwards and rowsOf(found, #found, 1, -1) or rowsOf(found, 1, #found, 1)
  end
  at = next
end
return reply
`;

/**
 * Where entries that a player had would stand among the others, whether or not the player still has them.
 * KEYS meta, ranks, members, scores. ARGV player, then order key and hex sequence of each position.
 * Reply revision, size, then for each position: how many others stand before it, how many others have a lower key, how many
 * keys are lower.
 */
export const POSITIONS = `${HEAD}
local player = ARGV[1]
local held = redis.call('HGET', members, player)
local heldSeq, heldKey
if held then heldSeq, heldKey = string.match(held, '^(%S+) %S+ (%S+)$') end
local reply = { revision, size }
for argument = 2, #ARGV, 2 do
  local key, seq = ARGV[argument], ARGV[argument + 1]
  local before, ahead = countBefore(key, seq, false)
  if heldKey and tonumber(heldKey) < tonumber(key) then
    before, ahead = before - 1, ahead - 1
  elseif heldKey and tonumber(heldKey) == tonumber(key) and heldSeq < seq then
    before = before - 1
  end
  for _, value in ipairs({ before, ahead, keysBefore(key) }) do reply[#reply + 1] = value end
end
return reply
`;
