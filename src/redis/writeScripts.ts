/**
 * Every script that changes a copy. They are exact because each runs alone, and because a change is applied only to the
 * revision that it leads on from.
 */

/** `held` and `changes` are texts without numbers in them: order keys and sequences pass through Lua unchanged. */
const APPLY = `
local meta, ranks, members, scores = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local function applyChange(to, changes)
  for player, seq, key in string.gmatch(changes, '(%S+) (%S+) (%S+)') do
    local held = redis.call('HGET', members, player)
    if held then
      local heldSeq, heldKey = string.match(held, '^(%S+) %S+ (%S+)$')
      redis.call('ZREM', ranks, heldSeq .. ':' .. player)
      if heldKey ~= key and redis.call('ZCOUNT', ranks, heldKey, heldKey) == 0 then
        redis.call('ZREM', scores, heldKey)
      end
    end
    if seq == '-' then
      redis.call('HDEL', members, player)
    else
      redis.call('ZADD', ranks, key, seq .. ':' .. player)
      redis.call('ZADD', scores, key, key)
      redis.call('HSET', members, player, seq .. ' ' .. to .. ' ' .. key)
    end
  end
end

local function note(revision)
  redis.call('HSET', meta, 'revision', revision, 'size', redis.call('ZCARD', ranks), 'distinct', redis.call('ZCARD', scores))
end

local function drain(pending, revision, limit, isKept)
  local applied = 0
  while applied < limit do
    local change = redis.call('HGET', pending, revision)
    if not change then break end
    if not isKept then redis.call('HDEL', pending, revision) end
    local to, changes = string.match(change, '^(%S+) ?(.*)$')
    applyChange(to, changes)
    revision = to
    applied = applied + 1
  end
  if applied > 0 then note(revision) end
  return revision, applied
end

local function prune(pending, revision)
  for _, from in ipairs(redis.call('HKEYS', pending)) do
    if tonumber(from) < tonumber(revision) then redis.call('HDEL', pending, from) end
  end
end
`;

/** Whether the three parts hold as many members as they did after the last change. */
export const INTACT = `
local function isIntact()
  local counts = redis.call('HMGET', meta, 'size', 'distinct')
  return redis.call('ZCARD', ranks) == tonumber(counts[1]) and redis.call('HLEN', members) == tonumber(counts[1])
    and redis.call('ZCARD', scores) == tonumber(counts[2])
end
`;

/**
 * Applies one change, and those that were waiting for it.
 * KEYS meta, ranks, members, scores, pending, rebuild.
 * ARGV fromRevision, toRevision, changes as `player seq key` (`player - -` for one who left), lifetime in s, pending max.
 * Reply `applied`, `known` (not newer than the copy), `gap` (kept until its predecessor comes), `missing` (there is no
 * copy), or `broken` (the copy was damaged or too far behind, and is gone).
 */
export const PUT = `${APPLY}${INTACT}
local pending, rebuild = KEYS[5], KEYS[6]
local from, to, changes, lifetime, pendingMax = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local isRebuilding = redis.call('EXISTS', rebuild) == 1
local function storePending()
  redis.call('HSET', pending, from, to .. ' ' .. changes)
  redis.call('EXPIRE', pending, lifetime)
end
if isRebuilding then storePending() end

local revision = redis.call('HGET', meta, 'revision')
if not revision then
  if from ~= '0' or isRebuilding then return 'missing' end
  revision = '0'
elseif not isIntact() then
  redis.call('UNLINK', meta, ranks, members, scores)
  return 'broken'
end
if tonumber(to) <= tonumber(revision) then return 'known' end
if tonumber(from) > tonumber(revision) then
  if not isRebuilding and redis.call('HLEN', pending) >= pendingMax then
    redis.call('UNLINK', meta, ranks, members, scores, pending)
    return 'broken'
  end
  storePending()
  return 'gap'
end
if from ~= revision then
  redis.call('UNLINK', meta, ranks, members, scores)
  return 'broken'
end
applyChange(to, changes)
note(to)
if redis.call('EXISTS', pending) == 1 then
  local reached = drain(pending, to, pendingMax, isRebuilding)
  if not isRebuilding then prune(pending, reached) end
end
for index = 1, 4 do redis.call('EXPIRE', KEYS[index], lifetime) end
return 'applied'
`;

/**
 * Brings the next copy of a rebuild nearer to the present.
 * KEYS meta, ranks, members, scores (all of the next copy), pending, rebuild. ARGV token, changes at most.
 * Reply how many were applied; -1 when the rebuild is somebody else's by now.
 */
export const DRAIN = `${APPLY}
local pending, rebuild = KEYS[5], KEYS[6]
if redis.call('GET', rebuild) ~= ARGV[1] then return -1 end
local _, applied = drain(pending, redis.call('HGET', meta, 'revision'), tonumber(ARGV[2]))
return applied
`;

/**
 * Puts the next copy in the place of the present one, up to date, in one step.
 * KEYS as for DRAIN, then meta, ranks, members, scores of the present copy. ARGV token, changes at most, lifetime in s.
 * Reply 1 when done; 0 when there is more to drain first, or the next copy is damaged or the rebuild somebody else's.
 */
export const PROMOTE = `${APPLY}${INTACT}
local pending, rebuild = KEYS[5], KEYS[6]
if redis.call('GET', rebuild) ~= ARGV[1] then return 0 end
local revision, applied = drain(pending, redis.call('HGET', meta, 'revision'), tonumber(ARGV[2]))
if applied == tonumber(ARGV[2]) or not isIntact() then return 0 end
redis.call('UNLINK', KEYS[7], KEYS[8], KEYS[9], KEYS[10])
for index = 1, 4 do
  if redis.call('EXISTS', KEYS[index]) == 1 then
    redis.call('RENAME', KEYS[index], KEYS[index + 6])
    redis.call('EXPIRE', KEYS[index + 6], ARGV[3])
  end
end
prune(pending, revision)
redis.call('DEL', rebuild)
return 1
`;

/** KEYS rebuild. ARGV token, milliseconds. Reply 1 while the rebuild is still the caller's, and goes on being so. */
export const EXTEND = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** KEYS rebuild. ARGV token. Gives the rebuild up, if it is still the caller's. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;
