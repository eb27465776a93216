// Frigate tells one happening in three messages that the network shuffles: whatever comes first, it is one case that grows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CaseSource } from '#contract/case'
import { inHand, unsure } from '#contract/figures'
import type { DutyRoom } from '../world/duty-room.ts'
import { agree, caseOf, does, hour, openRooms, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'gu', 'li']
type Step = 'new' | 'update' | 'end'
const folder = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
/** As Frigate really sends it, seen by our camera 1. Its severity begins as a detection and ends as an alert. */
const review = (step: Step): unknown =>
  JSON.parse(readFileSync(join(folder, `frigate-review-${step}.json`), 'utf8').replaceAll('cang_wu_shed_1', 'cam-1'))
const tells = async (room: DutyRoom, steps: readonly Step[]) => {
  const answers = []
  for (const step of steps) answers.push(await room.posts(review(step), 'frigate'))
  expect(answers.map(({ status }) => status)).toEqual(steps.map(() => 200))
  return answers
}
/** What the order may leave behind is only how it came in, never what it is. */
const essence = ({ key, phase, matter, firstAt, lastAt, confidence, facilityId }: CaseSource) => ({
  ...{ key, phase, matter, firstAt, lastAt, confidence, facilityId },
})

it.each<[string, Step[], string[], lines: number]>([
  ['once each', ['new', 'update', 'end'], ['opened', 'updated', 'updated'], 3],
  ['twice each', ['new', 'new', 'update', 'update', 'end', 'end'], ['opened', '=', 'updated', '=', 'updated', '='], 3],
  ['out of order', ['update', 'end', 'new'], ['opened', 'updated', 'updated'], 3],
  ['with the end first', ['end', 'new', 'update'], ['opened', 'updated', 'repeated'], 2],
  [
    'the end first, then all again',
    ['end', 'new', 'update', 'new', 'end'],
    ['opened', 'updated', 'repeated', '=', '='],
    2,
  ],
])(
  '[IN20] [CO17] [DE3] sent %s the wall shows one alarm with one source, the same in the end',
  async (_order, steps, hows, lines) => {
    const room = await aRoom({ at: '16:00:00', staff })
    const [wall, phone] = [await room.opens('wall'), await room.opens('gu')]
    const answers = await tells(room, steps)

    const ids = new Set(answers.map(caseOf))
    hows.forEach((how, i) => {
      // The very same message is the same command, and so gets the same answer as the first time.
      if (how === '=') expect(answers[i]).toEqual(answers[steps.indexOf(steps[i]!)])
      else expect(answers[i]!.results).toMatchObject([{ how }])
    })
    expect(ids.size).toBe(1)
    const subject = await agree(room, [...ids][0]!, wall, phone)
    expect(wall.cases()).toHaveLength(1)
    expect(subject).toMatchObject({ matter: 'open-fire', level: 1, unsure: false })
    expect(subject.sources.map(essence)).toEqual([
      {
        key: 'hik/1795233590.482917-q7xk2m',
        ...{ phase: 'end', matter: 'open-fire', confidence: 1, facilityId: 'shed-1' },
        ...{ firstAt: 1795233590483, lastAt: 1795233684020 },
      },
    ])
    // What said nothing new wrote no line.
    expect(await walk(room.journal)).toHaveLength(lines)
  },
)

it('[CO10] what Frigate itself only noticed wakes nobody until it calls it an alert', async () => {
  const room = await aRoom({ at: '16:00:00', staff })
  const wall = await room.opens('wall')
  const caseId = caseOf((await tells(room, ['new']))[0]!)
  expect((await agree(room, caseId, wall)).told).toEqual([])
  expect([unsure(wall.cases()), inHand(wall.cases())]).toEqual([[caseId], []])

  await tells(room, ['end'])
  const told = (await agree(room, caseId, wall)).told.map((receipt) => receipt.personId)
  expect(told.toSorted()).toEqual(['chen', 'gu', 'li'])
  expect([unsure(wall.cases()), inHand(wall.cases())]).toEqual([[], [caseId]])
})

it('[CO8] the end that comes late, after the case was voided, stays in it and opens nothing', async () => {
  const room = await aRoom({ at: '16:00:00', staff })
  const watch = await room.opens('chen')
  const caseId = caseOf((await tells(room, ['update']))[0]!)
  await does(watch, { type: 'void', caseId, reason: '误报：水汽、扬尘', disposition: 'false-alarm' })
  const [answer] = await tells(room, ['end'])
  expect(caseOf(answer!)).toBe(caseId)
  const subject = await agree(room, caseId, watch)
  expect(watch.cases()).toHaveLength(1)
  expect(subject).toMatchObject({ stage: 'void', endedAt: hour('16:00:00'), sources: [{ phase: 'end' }] })
})
