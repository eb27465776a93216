// The few things that must happen in one go at the leases, by Redis's own clock: whoever asks has another.
import type { Script } from './between.ts'

/** A key of this street. */
export const keyOf = (street: string, what: string): string => `sanping:${street}:${what}`

/**
 * KEYS lease, nodes · ARGV name, milliseconds, wants (`take` a free lease, `look` only), serves (1, or 0: leaves the nodes that serve it).
 * A lease that is ours is held for longer. Gives the holder or '', then the nodes that live.
 */
export const beat: Script = {
  name: 'sanpingBeat',
  lua: `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local lasts = tonumber(ARGV[2])
    if ARGV[4] == '1' then redis.call('ZADD', KEYS[2], now, ARGV[1]) else redis.call('ZREM', KEYS[2], ARGV[1]) end
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - lasts)
    redis.call('PEXPIRE', KEYS[2], lasts * 2)
    local holder = redis.call('GET', KEYS[1])
    if holder == ARGV[1] then
      redis.call('PEXPIRE', KEYS[1], lasts)
    elseif not holder and ARGV[3] == 'take' then
      redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', lasts)
      holder = ARGV[1]
    end
    local answer = redis.call('ZRANGE', KEYS[2], 0, -1)
    table.insert(answer, 1, holder or '')
    return answer
  `,
}

/** KEYS lease · ARGV name, to ('' for nobody), milliseconds. Only where the lease is still ours. */
export const giveOver: Script = {
  name: 'sanpingGiveOver',
  lua: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
    return 1
  `,
}
