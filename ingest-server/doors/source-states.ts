// How each source is: heard or silent, what it sent since this start, and what of it waits in quarantine.
import type { SourceState } from '#contract/devices'
import type { Instant } from '#contract/ids'
import type { Quarantine, Sources } from '../records/port.ts'
import type { Hearing } from './hearing.ts'
import type { SourceTallies } from './source-tallies.ts'

export interface SourceStatesNeeds {
  sources: Pick<Sources, 'list'>
  quarantine: Pick<Quarantine, 'counts'>
  hearing: Pick<Hearing, 'find'>
  tallies: Pick<SourceTallies, 'of'>
  silentAfterMs: number
  now: () => Instant
}

export async function sourceStates(needs: SourceStatesNeeds): Promise<SourceState[]> {
  const at = needs.now()
  const [all, { counts }] = await Promise.all([needs.sources.list(), needs.quarantine.counts()])
  return all.map(({ id, name, matters, cameras, withdrawnAt }) => {
    const thing = needs.hearing.find('source', id)
    const isSilent = thing !== undefined && (thing.offline !== null || at - thing.heardAt > needs.silentAfterMs)
    return {
      ...{ id, name, matters, cameras, withdrawnAt },
      heardAt: thing?.heardAt ?? null,
      state: thing === undefined ? 'never' : isSilent ? 'silent' : 'online',
      ...needs.tallies.of(id),
      inQuarantine: counts.reduce((sum, count) => sum + (count.sourceId === id ? count.rows : 0), 0),
    }
  })
}
