// What the sheet shows of a case, of people and of photographs, made by the desk's own words.
import type { CaseStep } from '../../parts/case-steps.ts'
import type { PersonId } from '#contract/ids'
import { sayDesk } from '../../words/desk.ts'
import { choiceFor } from '../desk/candidates.ts'
import { checklistOf, headOf } from '../desk/case-says.ts'
import { clocksSay, ledgerBefore } from '../desk/clocks-say.ts'
import { deskTabs } from '../desk/lists.ts'
import { sourcesSay } from '../desk/scene.ts'
import { receiptsSay, stepsSay } from '../desk/story.ts'
import { sayGallery } from '../../words/gallery.ts'
import { clock, facts, lostPicture, now, people, sample, source } from './samples.ts'

const minute = 60_000
const li = 'li' as PersonId

const busy = () =>
  sample({
    stage: 'handling',
    returns: 1,
    ticked: ['flame'],
    holder: { personId: li, since: now - 6 * minute, takenAt: now - 5 * minute },
    told: [
      { personId: li, toldAt: now - 6 * minute, seenAt: now - 5 * minute },
      { personId: 'chen' as PersonId, toldAt: now - 6 * minute },
    ],
    sources: [
      source('1', now - 8 * minute),
      source('2', now - 6 * minute, {
        kind: 'service-ticket',
        channel: 'hotline',
        text: sayGallery('pictureWords'),
        why: { rule: 'near', metres: 42, seconds: 130 },
      }),
      source('3', now - 5 * minute, {
        why: { rule: 'same-camera', cameraId: 'cam-001-07' as never, metres: 0, seconds: 202 },
      }),
    ],
    clocks: [clock('accept', 3), clock('handle', 8.5), clock('handle-twice', 13), clock('verify', 6, now - 2 * minute)],
    steps: [
      { verb: 'open', at: now - 8 * minute, by: { kind: 'clock' } },
      { verb: 'dispatch', at: now - 6 * minute, by: { kind: 'person', id: 'zhou' as PersonId, role: 'chief' }, to: li },
      { verb: 'take', at: now - 5 * minute, by: { kind: 'person', id: li, role: 'officer' } },
    ],
  })

const manySources = () =>
  Array.from({ length: 12 }, (_, i) =>
    source(`m${i}`, now - (12 - i) * 9_000, {
      ...{ kind: 'service-ticket' as const, channel: 'hotline' as const, text: sayGallery('longWhy') },
      why: { rule: 'near' as const, metres: 12 + i, seconds: 9 * i },
    }),
  )

export function caseShown() {
  const subject = busy()
  const steps: CaseStep[] = stepsSay(facts, subject, now)
  // Before lunch, across a night, across a weekend.
  const moments = [now, Date.parse('2026-11-20T16:40:00+08:00'), Date.parse('2026-11-21T10:00:00+08:00')]
  return {
    head: headOf(facts, subject),
    unsureHead: headOf(facts, sample({ unsure: true })),
    checks: checklistOf(facts, subject, ['accept'], (item) => item === 'power'),
    sources: sourcesSay(facts, subject),
    manySources: sourcesSay(facts, { ...subject, sources: manySources() }),
    clocks: clocksSay(facts, subject, now),
    ledgers: moments.map((at) => ledgerBefore(facts, subject, at)).filter((ledger) => ledger !== null),
    steps,
    receipts: receiptsSay(facts, subject),
    voidReasons: facts.scenarios.get(subject.scenarioId)?.voidReasons ?? [],
    tabs: deskTabs,
  }
}

export function choiceShown() {
  const at = (id: string, east: number) => ({
    personId: id as PersonId,
    wgs84: [121.4767 + east, 31.204] as [number, number],
    at: now - minute,
    trail: [],
  })
  const presences = [at('li', 0.0019), at('chen', 0.002), at('zhao', 0.0023)]
  const choice = choiceFor(facts, sample(), { presences, cases: [], now })
  return { ...choice, chosen: people[0]?.id ?? null }
}

export function photosShown() {
  const where = [sayDesk('fromCase', { m: 6 }), sayDesk('accuracy', { m: 11 }), 'WGS-84', sayDesk('atShutter')].join(
    '·',
  )
  return {
    before: { evidence: lostPicture, title: sayDesk('slot.before-near'), who: '李强', time: '09:13:20', where },
    missing: { evidence: null, title: sayDesk('slot.after-near'), who: '', time: '', where: '' },
  }
}
