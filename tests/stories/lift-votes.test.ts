// A lift for an old building: one report a building, every household's word counted by head and by floor area, to a hundredth of a square metre.
import { expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { Report } from '#contract/report'
import { countVotes } from '#contract/tally-votes'
import { scenarios } from '../suites/builders.ts'
import { atWork, closes } from './process-steps.ts'
import { agree, does, hour, isTold, openRooms, sends, shows } from './story.ts'

const aRoom = openRooms()
const report = (eventId: string, placeId: string) =>
  Report.parse({
    kind: 'grid-report',
    ...{ eventId, matter: 'lift-installation', placeId, occurredAt: hour('09:31:00') },
  })
/** Nine households: 701 and 702 are a hundredth of a square metre larger than the others. */
const homes = ['101', '102', '201', '202', '301', '302', '701', '702', '802'].map((id) => ({
  id,
  weight: id.startsWith('70') ? 80.01 : 80,
}))
const consultation = scenarios.find(({ id }) => id === 'lift')!.ballots.find(({ id }) => id === 'consultation')!

it('[SE31] 加装电梯: passes at 2/3 and 3/4 exactly, fails one household below and a hundredth of a square metre below', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'li'] })
  const [wall, desk] = [await room.opens('wall'), await room.opens('shen')]
  const [phone, watch] = [await room.opens('li'), await room.opens('chen')]
  const opened = await does(phone, { type: 'report', report: report('wish-1', 'north-west-1-a') })
  const caseId = (opened as { caseId: CaseId }).caseId
  // 一楼栋一报告: whoever asks again for the same building asks in the same case, for the next in another.
  const again = await does(desk, { type: 'report', report: report('wish-2', 'north-west-1-a') })
  expect(again).toMatchObject({ how: 'joined', caseId, why: { rule: 'same-place' } })
  expect(await does(desk, { type: 'report', report: report('wish-3', 'north-west-1-b') })).toMatchObject({
    how: 'opened',
  })

  await does(desk, { type: 'dispatch', caseId, to: 'li' as PersonId })
  await does(phone, { type: 'take', caseId })
  const li = atWork(phone, caseId)
  await li.fills('application', { building: '3号楼', floors: 7, households: 9, starter: '101' })
  await li.enrolls('households', homes)
  await li.votes('intention', 'agree', '101', '102', '201', '202')
  expect(await li.mayNotGoTo('assessment')).toBe('phase-not-ready')
  await li.votes('intention', 'against', '301')
  await li.goesTo('assessment')
  expect(await isTold(phone, { type: 'enroll', caseId, roll: 'households', members: homes })).toBe('roll-closed')
  await li.fills('assessment', { structure: 'fit', pipes: ['gas'], 'fire-lane': true, difficulty: 'fair' })
  await li.goesTo('consultation')

  // Five of nine took part: one below two thirds, though every one agrees.
  await li.votes('consultation', 'agree', '101', '102', '201', '202', '301')
  expect(await li.mayNotGoTo('publicity')).toBe('phase-not-ready')
  // Eight took part and five agree: one below three quarters.
  await li.votes('consultation', 'against', '302', '701', '702')
  expect(await li.mayNotGoTo('publicity')).toBe('phase-not-ready')
  // 302 thinks again: six of eight, three quarters exactly; but 480 of 640.02 square metres are a little less.
  await li.votes('consultation', 'agree', '302')
  const counted = async () => {
    const { rolls, votes } = await agree(room, caseId, wall, desk, phone)
    return countVotes(consultation, rolls!['households']!, votes!['consultation'])
  }
  expect(await counted()).toMatchObject({ took: { heads: 8 }, for: { heads: 6, weight: 480 }, passed: false })
  expect(await li.mayNotGoTo('publicity')).toBe('phase-not-ready')
  // Who abstains still took part. With 701 seven of eight agree, and enough floor.
  await li.votes('consultation', 'abstain', '702')
  expect((await counted()).passed).toBe(false)
  await li.votes('consultation', 'agree', '701')
  expect(await counted()).toMatchObject({ for: { heads: 7 }, neither: { heads: 1 }, passed: true })
  await li.goesTo('publicity')
  // Whoever stands before the wall sees how the votes stand, and not whose they are.
  const held = await agree(room, caseId, wall, desk)
  const onWall = shows(wall, caseId)!
  expect(JSON.stringify(onWall)).not.toMatch(/"702"|3号楼/)
  expect(countVotes(consultation, onWall.rolls!['households']!, onWall.votes!['consultation'])).toEqual(
    countVotes(consultation, held.rolls!['households']!, held.votes!['consultation']),
  )

  const picture = await sends(room, 'li')
  await li.fills('plan', { from: '2026-12-01', until: '2026-12-10', objections: 1, picture })
  await li.ticks('objections-settled')
  await li.goesTo('signing')
  await li.fills('contract', { maker: '上海电梯', price: 68.5, shares: '按楼层系数', account: true })
  await li.goesTo('approval')
  await li.fills('permit', { number: '黄建〔2026〕118号', on: '2026-12-20' })
  await li.goesTo('building')
  await li.fills('site', { starts: '2027-01-04', crew: '申安建设' })
  await li.goesTo('acceptance')
  await li.fills('acceptance', { inspected: true, on: '2027-04-01', certificate: picture })
  await li.goesTo('upkeep')
  await does(phone, { type: 'arrive', caseId })
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('phase-not-ready')
  await li.fills('upkeep', { company: '上海电梯维保', fee: 6800, until: '2030-04-01' })
  await li.goesTo('in-use')
  await li.ticks('report-filed')
  await does(phone, { type: 'finish', caseId })
  await does(desk, { type: 'verify', caseId })
  expect(await isTold(desk, { type: 'close', caseId, disposition: 'solved' })).toBe('step-apart')
  await closes(watch, caseId)
  expect(await agree(room, caseId, wall, desk, phone)).toMatchObject({ stage: 'closed', phase: { id: 'in-use' } })
})

it('[SE31] exactly two thirds and exactly three quarters are enough, by head and by area', () => {
  const twelve = Array.from({ length: 12 }, (_, i) => ({ id: `${i + 1}`, weight: 70.35 }))
  const said = (agree: number, against: number) =>
    Object.fromEntries(
      twelve.slice(0, agree + against).map(({ id }, i) => [id, { choice: i < agree ? 'agree' : 'against' }]),
    )
  expect(countVotes(consultation, twelve, said(6, 2))).toMatchObject({ quorate: true, passed: true })
  expect(countVotes(consultation, twelve, said(7, 0))).toMatchObject({ quorate: false, passed: false })
  expect(countVotes(consultation, twelve, said(5, 3))).toMatchObject({ quorate: true, passed: false })
})
