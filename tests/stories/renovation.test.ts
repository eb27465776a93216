// A flat is done up: registered, told the rules, looked at, found wrong, put right; and the rubble before the door is a case of its own.
import { expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { Report } from '#contract/report'
import { spot } from '../suites/small-ground.ts'
import { atWork, closes, isHandled } from './process-steps.ts'
import { agree, allFour, does, hour, isTold, openRooms, photographs, sends, shows } from './story.ts'

const aRoom = openRooms()
const [lon, lat] = spot(10, 60)
const report = Report.parse({
  kind: 'grid-report',
  ...{ eventId: 'flat-502', matter: 'renovation', occurredAt: hour('09:31:00') },
  at: { lon, lat, crs: 'wgs84' },
})

it('[SE30] 装修: from 登记 to 完工, with building waste as a child case that holds the end up until it is gone', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'li', 'zhou', 'he'] })
  room.clock.jump(hour('2026-11-23 09:31:00'))
  const [wall, desk, watch] = [await room.opens('wall'), await room.opens('shen'), await room.opens('chen')]
  const [property, cleaner] = [await room.opens('zhou'), await room.opens('he')]
  const opened = await does(desk, { type: 'report', report })
  const caseId = (opened as { caseId: CaseId }).caseId
  const first = await agree(room, caseId, wall, desk, property)
  expect(first).toMatchObject({ scenarioId: 'renovation', level: 4, phase: { id: 'register' } })
  expect(first.told.map(({ personId }) => personId).toSorted()).toEqual(['li', 'zhou'])
  // The neighbours' flat at the same door is a renovation of its own.
  const next = await does(desk, { type: 'report', report: { ...report, eventId: 'flat-503' } })
  expect(next).toMatchObject({ how: 'opened' })

  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  await does(property, { type: 'take', caseId })
  const zhou = atWork(property, caseId)
  const picture = await sends(room, 'zhou')
  expect(await zhou.mayNotGoTo('inform')).toBe('phase-not-ready')
  const dates = { starts: '2026-11-24', ends: '2027-01-20' }
  const flat = { dwelling: '3号楼502', scope: 'kitchen-bath', bearing: false, gas: true, ...dates }
  expect(
    await isTold(property, { type: 'fill', caseId, form: 'registration', values: { ...flat, scope: 'roof' } }),
  ).toBe('form-wrong')
  await zhou.fills('registration', { ...flat, crew: '沪安装饰' })
  await zhou.goesTo('inform')
  await zhou.fills('notice', { hours: true, neighbours: true, signed: picture })
  expect(await zhou.mayNotGoTo('patrol')).toBe('phase-not-ready')
  await zhou.ticks('rules-posted')
  await zhou.goesTo('patrol')

  await zhou.fills('patrol', { on: '2026-11-25', found: ['waste', 'hours'], picture })
  await zhou.goesTo('violation')
  await zhou.fills('violation', { what: '装修垃圾堆在楼道', until: '2026-11-28', picture })
  await zhou.goesTo('rectify')
  const clock = (await agree(room, caseId, desk)).clocks.find(({ name }) => name === 'rectify')
  expect(clock).toMatchObject({ limit: { amount: 3, unit: 'work-days' } })
  expect(clock?.dueAt).toBe(hour('2026-11-26 09:31:00'))

  const made = await zhou.branches('waste', '门口两袋砖渣，找 13812345678 开门')
  const waste = (made as { madeCaseId: CaseId }).madeCaseId
  const child = await agree(room, waste, wall, desk, property)
  expect(child).toMatchObject({
    ...{ scenarioId: 'dropped-garbage', matter: 'construction-waste', stage: 'reported' },
    lineage: { from: [caseId], how: 'branched', branch: 'waste' },
  })
  expect(child.sources[0]?.text).toBe('门口两袋砖渣，找 ［电话］ 开门')
  expect((await agree(room, caseId, desk, property)).children).toEqual([waste])

  await zhou.fills('rectified', { on: '2026-11-25', picture })
  await zhou.goesTo('patrol')
  await zhou.fills('completion', { on: '2027-01-18', 'bearing-whole': true, 'waste-cleared': true })
  expect(await zhou.mayNotGoTo('complete')).toBe('phase-not-ready')
  await does(property, { type: 'arrive', caseId })
  await photographs(room, ['zhou', property], caseId, ['after-near'])
  expect(await isTold(property, { type: 'finish', caseId })).toBe('phase-not-ready')

  await isHandled(room, desk, ['he', cleaner], waste, allFour)
  await closes(desk, waste)
  await zhou.goesTo('complete')
  await zhou.ticks('waste-gone')
  await does(property, { type: 'finish', caseId })
  await closes(watch, caseId)
  const last = await agree(room, caseId, wall, desk, property)
  expect(last).toMatchObject({ stage: 'closed', phase: { id: 'complete' }, children: [waste] })
  expect(last.steps.filter(({ verb }) => verb === 'advance').map(({ about }) => about)).toEqual([
    ...['register>inform', 'inform>patrol', 'patrol>violation', 'violation>rectify', 'rectify>patrol'],
    'patrol>complete',
  ])
  // A form's picture is shown to who sees the case.
  const shown = await fetch(`${room.url}/api/evidence/${picture}`, { headers: { cookie: await room.signIn('shen') } })
  expect(shown.status).toBe(200)
  expect(shows(wall, caseId)?.stage).toBe('closed')
})
