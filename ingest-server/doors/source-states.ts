// How each source is: heard or silent, what it sent since this start and how that went, how it proves itself, what of it waits in quarantine.
import type { SourceProofs, SourceSending, SourceState } from '#contract/devices'
import type { Instant } from '#contract/ids'
import type { Language } from '#contract/language'
import type { Quarantine } from '../records/port-quarantine.ts'
import type { Sources } from '../records/port.ts'
import type { Hearing } from './hearing.ts'
import { maskedReason } from './quarantine-masked.ts'
import type { Quotas } from './source-quotas.ts'
import type { Skews } from './source-skew.ts'
import type { SourceTallies, SourceTally } from './source-tallies.ts'

type Listed = Awaited<ReturnType<Sources['list']>>[number]

export interface SourceStatesNeeds {
  sources: Pick<Sources, 'list'>
  quarantine: Pick<Quarantine, 'counts'>
  hearing: Pick<Hearing, 'find'>
  tallies: Pick<SourceTallies, 'of'>
  quotas: Pick<Quotas, 'allowed'>
  skews: Pick<Skews, 'ofSource' | 'ofCamera' | 'wrongOf'>
  silentAfterMs: number
  now: () => Instant
}

export async function sourceStates(needs: SourceStatesNeeds): Promise<SourceState[]> {
  const at = needs.now()
  const [all, { counts }] = await Promise.all([needs.sources.list(), needs.quarantine.counts()])
  return all.map((source) => {
    const { id, name, matters, cameras, withdrawnAt } = source
    const thing = needs.hearing.find('source', id)
    const isSilent = thing !== undefined && (thing.offline !== null || at - thing.heardAt > needs.silentAfterMs)
    const tally = needs.tallies.of(id)
    return {
      ...{ id, name, matters, cameras, withdrawnAt },
      heardAt: thing?.heardAt ?? null,
      state: thing === undefined ? 'never' : isSilent ? 'silent' : 'online',
      ...{ taken: tally.taken, refused: tally.refused },
      inQuarantine: counts.reduce((sum, count) => sum + (count.sourceId === id ? count.rows : 0), 0),
      sending: sendingOf(source, tally, needs),
      proofs: proofsOf(source),
    }
  })
}

/** For who keeps the system: the last no of each without what it quotes of a person. */
export const withoutQuotes = (states: readonly SourceState[], language: Language): SourceState[] =>
  states.map((one) => {
    const { lastNo } = one.sending
    const words = lastNo && maskedReason(lastNo, language)
    return { ...one, sending: { ...one.sending, lastNo: lastNo && { ...lastNo, words: words ?? '' } } }
  })

const sendingOf = (source: Listed, { dialects, rate, over, lastNo }: SourceTally, needs: SourceStatesNeeds) =>
  ({
    ...{ dialects, over, lastNo },
    rate: { ...rate, allowed: needs.quotas.allowed(source) },
    ...needs.skews.ofSource(source.id),
    clocksWrong: needs.skews.wrongOf(source.id).length,
  }) satisfies SourceSending

const proofsOf = ({ mustSign, byAddress, byDigest, keys, secrets }: Listed): SourceProofs => ({
  ...{ mustSign: mustSign ?? false, byAddress: byAddress ?? false, byDigest: byDigest ?? false },
  ...{ keys, secrets },
})
