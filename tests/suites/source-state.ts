// A source as the devices page is told of it: well, and with nothing said of it that is not as usual.
import type { SourceState } from '#contract/devices'

export const aSourceState = (id: string, change: Partial<SourceState> = {}): SourceState => ({
  ...{ id: id as SourceState['id'], name: id, heardAt: 0, state: 'online', taken: 0, refused: 0, inQuarantine: 0 },
  ...{ matters: {}, cameras: {}, withdrawnAt: null },
  sending: {
    ...{ dialects: ['sanping'], rate: { minute: 4, hour: 120, allowed: 6000 } },
    ...{ over: { times: 0, lastAt: null }, lastNo: null, lagMs: 900, clock: 'right', clocksWrong: 0 },
  },
  proofs: {
    ...{ mustSign: false, byAddress: false, byDigest: false },
    ...{ keys: [{ madeAt: 0, endsAt: null }], secrets: [] },
  },
  ...change,
})
