// One sender in rows of words: what it sends, how that goes, how it proves itself. What needs looking at is marked.
import type { SourceSending, SourceState } from '#contract/devices'
import type { Instant } from '#contract/ids'
import { refusals } from '#contract/refusal'
import { saySources } from '../../../words/desk-sources.ts'
import { dayTime, spanInWords } from '../../../words/times.ts'
import { inWords, language } from '../../../words/words.ts'

export interface SourceLine {
  key: string
  name: string
  says: string
  /** To be looked at. */
  isAmiss: boolean
}

const line = (key: 'dialects' | 'rate' | 'over' | 'lag' | 'clock' | 'lastNo', says: string, isAmiss = false) => ({
  ...{ key, name: saySources(key), says, isAmiss },
})

export function sendingLines({ sending }: Pick<SourceState, 'sending'>, now: Instant): SourceLine[] {
  const { dialects, rate, over, lagMs, clock, clocksWrong, lastNo } = sending
  const clocks = [clockSays(clock, lagMs), ...(clocksWrong > 0 ? [saySources('clocksWrong', { n: clocksWrong })] : [])]
  return [
    line('dialects', dialects.length > 0 ? dialects.join(' · ') : saySources('noDialects')),
    line('rate', saySources('rateSays', rate)),
    over.lastAt === null
      ? line('over', saySources('overNever'))
      : line('over', saySources('overSays', { n: over.times, time: dayTime(over.lastAt, now) }), true),
    line('lag', lagSays(lagMs)),
    line('clock', clocks.join(' · '), clock === 'ahead' || clock === 'behind' || clocksWrong > 0),
    lastNo === null
      ? line('lastNo', saySources('lastNoNever'))
      : line('lastNo', saySources('lastNoSays', { time: dayTime(lastNo.at, now), words: noSays(lastNo) })),
  ]
}

/** The sentence it was answered with is in its own language; in another the closed list's own is shown. */
const noSays = ({ refusal, words }: NonNullable<SourceSending['lastNo']>): string =>
  language.value === 'zh' && /[\u4e00-\u9fff]/.test(words) ? words : inWords(refusals[refusal])

export const spanOf = (ms: number): string =>
  Math.abs(ms) < 120_000 ? saySources('seconds', { n: seconds(ms) }) : spanInWords(ms)
/** Below ten seconds to the tenth. */
const seconds = (ms: number): number => {
  const all = Math.abs(ms) / 1000
  return all < 10 ? Math.round(all * 10) / 10 : Math.round(all)
}

const lagSays = (lagMs: number | null): string =>
  lagMs === null ? saySources('lagNone') : saySources(lagMs < 0 ? 'lagAhead' : 'lagSays', { span: spanOf(lagMs) })

const clockSays = (clock: SourceSending['clock'], lagMs: number | null): string =>
  saySources(`clock.${clock}`, { span: spanOf(lagMs ?? 0) })

export function proofLines({ proofs }: Pick<SourceState, 'proofs'>, now: Instant): SourceLine[] {
  const { mustSign, byAddress, byDigest, keys, secrets } = proofs
  const says: [string, boolean][] = [
    ...(secrets.length > 0 ? [[saySources('proof.sign', { n: secrets.length }), false] as [string, boolean]] : []),
    mustSign ? [saySources('proof.mustSign'), secrets.length === 0] : [saySources('proof.key'), false],
    ...(byDigest ? [[saySources('proof.digest'), false] as [string, boolean]] : []),
    ...(byAddress ? [[saySources('proof.address'), true] as [string, boolean]] : []),
    ...ending(keys, 'oldKey', now),
    ...ending(secrets, 'oldSecret', now),
  ]
  return says.map(([words, isAmiss], at) => ({ key: `proof-${at}`, name: '', says: words, isAmiss }))
}

const ending = (keys: { endsAt: Instant | null }[], key: 'oldKey' | 'oldSecret', now: Instant): [string, boolean][] =>
  keys.flatMap(({ endsAt }) => (endsAt === null ? [] : [[saySources(key, { time: dayTime(endsAt, now) }), false]]))

/** In its row on the left: what is amiss with it, in two words; null where nothing is. */
export function amissIn({ sending }: Pick<SourceState, 'sending'>): string | null {
  const { over, clock, clocksWrong } = sending
  const said = [
    ...(over.times > 0 ? [`${saySources('over')} ${over.times}`] : []),
    ...(clock === 'ahead' || clock === 'behind' || clocksWrong > 0 ? [saySources('clockWrong')] : []),
  ]
  return said.length > 0 ? said.join(' · ') : null
}
