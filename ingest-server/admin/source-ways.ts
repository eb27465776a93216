// How a source proves itself and how much it may send: keys and secrets changed without a gap, ways opened and shut.
import { SourceId } from '#contract/ids'
import type { SourceWays } from '../records/port.ts'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
/** A sender is told, by telephone often, and somebody has to drive there. */
const usualSpan = '7d'
const mostPerMinute = 1_000_000

/** `7d`, `12h`, `30m`, `0`; null where it is none of them. */
function spanOf(text: string): number | null {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? []
  if (text === '0') return 0
  return count && unit ? Number(count) * units[unit]! : null
}

export const noSource = (call: Call): Answer =>
  no(
    `没有在用的来源「${call.words[0]}」，请用 source list 查看。`,
    `No source ${call.words[0]} is in use: see source list.`,
  )

async function rotate(call: Call): Promise<Answer> {
  const id = SourceId.safeParse(call.words[0]).data
  const span = spanOf(textOf(call, 'for') ?? usualSpan)
  if (span === null) return wrong('时间写成 7d、12h、30m 或 0。', 'A time is written 7d, 12h, 30m or 0.')
  const now = call.now()
  const { sources } = call.records
  const isSecret = call.options.secret === true
  const made = id && (await (isSecret ? sources.addSecret(id, now + span, now) : sources.rotate(id, now + span, now)))
  if (!id || !made) return noSource(call)
  await note(call, isSecret ? 'source-secret-made' : 'source-key-rotated', id)
  const until = localTime(now + span)
  if (isSecret)
    tell(
      call,
      `来源 ${id} 的新签名密钥，只显示这一次；以前的到 ${until} 为止：`,
      `The new signing secret of ${id}, shown this once; those before it end at ${until}:`,
    )
  else
    tell(
      call,
      `来源 ${id} 的新密钥，只显示这一次；以前的到 ${until} 为止：`,
      `The new key of ${id}, shown this once; those before it end at ${until}:`,
    )
  call.say(made)
  return null
}

async function ways(call: Call): Promise<Answer> {
  const id = SourceId.safeParse(call.words[0]).data
  const asked = waysOf(call)
  if (!asked) return wrongWays
  if (!id || !(await call.records.sources.setWays(id, asked))) return noSource(call)
  await note(call, 'source-ways-set', id)
  tell(call, `来源 ${id} 已改，一秒内生效。`, `The source ${id} is changed; it holds within a second.`)
  if (asked.byAddress) warnOfAddress(call)
  return null
}

export function warnOfAddress(call: Call): void {
  tell(
    call,
    '注意：写在网址里的密钥，沿途的代理和设备日志里都会留下，请只在专网里用。',
    'Mind: a key in the address stays in the logs of the device and of every proxy on the way. Only on a network of your own.',
  )
}

export const wrongWays = wrong(
  '开关写 yes 或 no，额度写每分钟 1 到 1000000 条。',
  'A switch is yes or no, a quota 1 to 1000000 a minute.',
)

/** Null where one of them is not said as it should be. */
export function waysOf(call: Call): SourceWays | null {
  const flags = { mustSign: 'must-sign', byAddress: 'by-address' } as const
  const said: SourceWays = {}
  for (const [way, option] of Object.entries(flags)) {
    const given = call.options[option]
    if (given === undefined) continue
    if (given !== 'yes' && given !== 'no' && given !== true) return null
    said[way as keyof typeof flags] = given !== 'no'
  }
  if (call.options['by-digest'] === true) said.byDigest = true
  const perMinute = textOf(call, 'per-minute')
  if (perMinute === undefined) return said
  const count = Number(perMinute)
  return Number.isInteger(count) && count >= 1 && count <= mostPerMinute ? { ...said, perMinute: count } : null
}

export const sourceWayCommands: Record<string, AdminCommand> = {
  'source rotate': {
    usage: 'source rotate ID [--secret] [--for 7d]',
    says: {
      zh: '换新密钥（--secret 换签名密钥），旧的再用 7 天',
      en: 'a new key, or signing secret by --secret; the old one holds for 7 days more',
    },
    standsOn: 'records.db',
    takes: 1,
    options: { for: { type: 'string' }, secret: { type: 'boolean' } },
    run: rotate,
  },
  'source ways': {
    usage: 'source ways ID [--must-sign yes|no] [--by-address yes|no] [--per-minute N]',
    says: {
      zh: '必须签名、网址里带密钥、每分钟额度',
      en: 'whether it must sign, may have its key in the address, and how much it may send',
    },
    standsOn: 'records.db',
    takes: 1,
    options: {
      'must-sign': { type: 'string' },
      'by-address': { type: 'string' },
      'per-minute': { type: 'string' },
    },
    run: ways,
  },
}
