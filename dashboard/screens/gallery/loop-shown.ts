// What the gallery shows of the closed loop: a case in every standing, its ledger touched by people, its other selves.
import type { Case } from '#contract/case'
import type { CaseId, PersonId, RequestId } from '#contract/ids'
import type { PassedFrom } from '#contract/passing'
import type { Scenario } from '#contract/scenario'
import type { StreetId } from '#contract/streets'
import { sayGallery } from '../../words/gallery.ts'
import { alsoSays } from '../desk/also.ts'
import { clocksSay, ledgersRunning } from '../desk/clocks-say.ts'
import type { Looker } from '../desk/may.ts'
import { cameSays, passedSays } from '../desk/passed-says.ts'
import { requestsSay } from '../desk/requests-say.ts'
import { sheetOf } from '../desk/sheets.ts'
import { stagesSay } from '../desk/stages-say.ts'
import { standingSays } from '../desk/standing.ts'
import { candidatesSay, mergeable } from '../desk/twins.ts'
import { clock, facts, known, now, sample, source } from './samples.ts'

const minute = 60_000
const hour = 60 * minute
const [li, chen, zhou] = ['li', 'chen', 'zhou'] as PersonId[] as [PersonId, PersonId, PersonId]
const looker: Looker = { id: zhou, role: 'chief', post: 'station' }
const other = 'x' as CaseId
const because = () => sayGallery('because')
const words = (zh: string, en: string) => ({ zh, en })

const next = { street: '310101021' as StreetId, words: words('打浦桥街道', 'Dapuqiao') }
/** Sent, taken, ended there. */
const passedOn = [
  { ...next, at: now - hour, by: chen, reason: '' },
  { ...next, at: now - hour, by: chen, reason: '', theirs: other, acceptedAt: now - 30 * minute },
  { ...next, at: now - hour, by: chen, reason: '', theirs: other, closedAt: now - minute },
].map((one) => ({ ...one, reason: because() }))
const cameFrom: PassedFrom = {
  ...{ ...next, caseId: other, since: now - 2 * hour, why: because(), wgs84: [121.47, 31.2] },
  clocks: [
    { name: 'accept', words: words('受理', 'Accept'), left: 9 * minute },
    { name: 'handle', words: words('处置', 'Handle'), left: -5 * minute },
  ],
}

const touched = (): Case => {
  const ledger: Case['clocks'][number]['ledger'] = [
    { from: now - 90 * minute, to: now - 60 * minute, kind: 'running' },
    { from: now - 60 * minute, to: now - 30 * minute, kind: 'paused', why: because(), by: chen },
    { from: now - 30 * minute, to: now - 20 * minute, kind: 'running' },
    {
      ...{ from: now - 20 * minute, to: now - 20 * minute, kind: 'extended', why: because(), by: zhou },
      adds: { amount: 2, unit: 'work-hours' },
    },
    { from: now - 20 * minute, kind: 'running' },
  ]
  const handle = { name: 'handle', limit: { amount: 4, unit: 'work-hours' as const }, startedAt: now - 90 * minute }
  return sample({
    stage: 'handling',
    holder: { personId: li, since: now - 90 * minute, takenAt: now - 80 * minute },
    clocks: [
      clock('accept', 20, now - 85 * minute),
      { ...handle, lateAt: now + 4 * hour, dueAt: now + 7.5 * hour, ledger },
    ],
    requests: [
      { ...asked('extend-1'), answer: { yes: true, by: zhou, at: now - 20 * minute } },
      { ...asked('hold-1'), what: 'hold', until: now + 24 * hour },
    ],
  })
}
const asked = (id: string) => ({
  ...{ id: id as RequestId, what: 'extend' as const, by: li, at: now - 25 * minute, reason: because() },
  longer: { amount: 2, unit: 'work-hours' as const },
})

/** All of it at once, as no case ever has it. */
const standing = (): Case =>
  sample({
    stage: 'handling',
    acknowledged: { by: chen, at: now - minute, moveBy: now + 45_000 },
    calling: { rung: 0, round: 1, at: now + 38_000, since: now },
    assignAt: now + 4 * minute,
    held: { since: now - hour, until: now + 24 * hour, reason: because(), by: li, grantedBy: zhou },
    shelved: { since: now - hour, until: now + hour, reason: because(), by: zhou },
    requests: [asked('extend-1'), { ...asked('hold-1'), by: zhou, what: 'hold', until: now + hour }],
    urged: { by: chen, at: now - 5 * minute, reason: because() },
    lineage: { from: [other], how: 'reopened' },
    ...{ children: [other], merged: [other], mergedInto: other },
    ...{ reworks: 1, misdispatches: 2, repeats: 412, recoveredAt: now - minute },
    rating: { stars: 4, at: now, fixed: true },
  })

const ladder: Scenario['ladder'] = [
  {
    ...{ name: 'chiefs', words: words('站长', 'Station chief'), after: { amount: 1, unit: 'minutes' } },
    ...{ until: 'acknowledge', atMost: 2, again: true, tell: [{ post: 'station', within: 'street-block' }] },
  },
]

export function loopShown() {
  const none = new Map<CaseId, Case>()
  const near = sample({ openedAt: now - 20 * minute, wgs84: [121.4767, 31.2047], matter: 'open-fire' })
  const why = { rule: 'likely' as const, metres: 78, seconds: 182 }
  const subject = sample({ candidates: [{ caseId: near.id, why, at: now }] })
  const all = new Map([
    [near.id, { ...near, sources: [source('n', now, { text: sayGallery('pictureWords') })] }],
    [subject.id, subject],
  ])
  const about = { facts, subject: touched(), now, looker }
  return {
    stages: [sample(), touched(), sample({ stage: 'closed' })].map((one) => stagesSay(facts, one, now)),
    standing: standingSays({ facts: known({ ladder }), subject: standing(), now, looker, all: none }),
    passed: passedOn.flatMap((passed) => passedSays(sample({ passed }), now, true)),
    came: cameSays(sample({ sources: [source('street', now - hour, { passedFrom: cameFrom })] }), now),
    lapsed: standingSays({ facts, subject: lapsed(), now, looker, all: none }),
    twins: candidatesSay(facts, subject, all),
    near: mergeable(facts, subject, all.values(), ''),
    clocks: clocksSay(facts, touched(), now),
    ledgers: ledgersRunning(facts, touched(), now),
    requests: requestsSay(facts, touched(), now),
    also: alsoSays(facts, touched(), looker),
    sheets: [
      sheetOf({ about: 'ask' }, about),
      sheetOf({ about: 'shelve' }, about),
      sheetOf({ about: 'callback' }, about),
    ],
  }
}

function lapsed(): Case {
  const by = { kind: 'person' as const, id: chen, role: 'officer' as const }
  const steps: Case['steps'] = [
    { verb: 'acknowledge', at: now - 5 * minute, by },
    { verb: 'lapse', at: now - minute, by: { kind: 'clock' } },
  ]
  const { acknowledged: _signed, ...subject } = sample({ level: 1, steps })
  return subject
}
