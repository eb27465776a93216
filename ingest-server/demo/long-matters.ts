// Three matters that nobody calls an alarm, on their way: a lift that is voted on, a flat that is done up, a hearing about bicycles.
import type { PersonWish } from '#contract/command'
import type { CaseId, Instant, PersonId, PlaceId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Value } from '#contract/process'

export interface Hands {
  wish(by: PersonId, wish: PersonWish): Promise<Outcome>
  now(): Instant
}

type Step = (caseId: CaseId) => [by: string, wish: PersonWish]

/** Opened by a chief, sent to an officer, taken; then step by step as far as it has come. */
async function walk(
  hands: Hands,
  matter: string,
  placeId: PlaceId,
  text: string,
  steps: readonly Step[],
): Promise<void> {
  const report = {
    kind: 'grid-report' as const,
    eventId: `demo-${matter}`,
    matter,
    placeId,
    text,
    occurredAt: hands.now(),
    phase: 'new' as const,
    evidence: [],
  }
  const opened = await hands.wish('tang' as PersonId, { type: 'report', report })
  if (!opened.ok || !opened.caseId) return
  const caseId = opened.caseId
  const all: Step[] = [
    (id) => ['tang', { type: 'dispatch', caseId: id, to: 'chenhy' as PersonId }],
    (id) => ['chenhy', { type: 'take', caseId: id }],
    ...steps,
  ]
  for (const step of all) {
    const [by, wish] = step(caseId)
    await hands.wish(by as PersonId, wish)
  }
}

const fill =
  (form: string, values: Record<string, Value>): Step =>
  (caseId) => ['chenhy', { type: 'fill', caseId, form, values }]
const go =
  (to: string): Step =>
  (caseId) => ['chenhy', { type: 'advance', caseId, to }]
const enroll =
  (roll: string, members: { id: string; weight: number }[]): Step =>
  (caseId) => ['chenhy', { type: 'enroll', caseId, roll, members }]
const votes = (ballot: string, choices: Record<string, readonly string[]>): Step[] =>
  Object.entries(choices).flatMap(([choice, members]) =>
    members.map((member): Step => (caseId) => ['chenhy', { type: 'vote', caseId, ballot, member, choice }]),
  )

/** Six floors, three doors a floor; the second flat is the large one. */
const households = Array.from({ length: 18 }, (_, nth) => ({
  id: `${Math.floor(nth / 3) + 1}0${(nth % 3) + 1} 室`,
  weight: [52.4, 78.6, 61.2][nth % 3]!,
}))
const idsOf = (from: number, to: number): string[] => households.slice(from, to).map(({ id }) => id)

const wards = ['桥一居委会', '业委会', '物业', '居民代表一', '居民代表二', '居民代表三', '共享单车企业'].map((id) => ({
  id,
  weight: 1,
}))

export const lift = (hands: Hands, placeId: PlaceId): Promise<void> =>
  walk(hands, 'lift-installation', placeId, '三户老人提出，六层老公房想加装电梯', [
    fill('application', { building: '12 号楼', floors: 6, households: 18, starter: '楼组长' }),
    enroll('households', households),
    ...votes('intention', { agree: idsOf(0, 12), against: idsOf(12, 14) }),
    go('assessment'),
    fill('assessment', { structure: 'fit', 'fire-lane': true, difficulty: 'fair' }),
    go('consultation'),
    ...votes('consultation', { agree: idsOf(0, 10), against: idsOf(10, 12) }),
  ])

export const renovation = (hands: Hands, placeId: PlaceId, day: string): Promise<void> =>
  walk(hands, 'renovation', placeId, '402 室整屋翻新，业主来登记', [
    fill('registration', {
      dwelling: '402 室',
      scope: 'whole',
      bearing: false,
      gas: true,
      starts: day,
      ends: day,
      crew: '申信装饰 6 人',
    }),
    go('inform'),
  ])

export const hearing = (hands: Hands, placeId: PlaceId, day: string): Promise<void> =>
  walk(hands, 'topic-bikes', placeId, '校门口单车乱停一月八起，居民要求划线', [
    fill('topic', { title: '校门口非机动车停放', concerns: '早晚接送时段盲道被占，轮椅过不去', parties: 7 }),
    fill('notice', { on: day, at: '14:00', place: '桥一居民区议事厅', way: 'on-site' }),
    go('hearing'),
    enroll('hearing-parties', wards),
    ...votes('hearing-attendance', { present: wards.slice(0, 5).map(({ id }) => id) }),
  ])
