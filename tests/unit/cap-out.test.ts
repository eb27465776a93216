// A level I as the Common Alerting Protocol: raised, brought up to date, cancelled, and read again by our own reader.
import { expect, it } from 'vitest'
import type { Case, Step } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { capAlert } from '../../ingest-server/doors/vendors/cap-alert.ts'
import { parseXml } from '../../ingest-server/doors/vendors/xml.ts'
import { capNow, capTest } from '../../ingest-server/doors/cap-alert.ts'
import type { House } from '../../ingest-server/doors/outward-kind.ts'
import { cap } from '../../ingest-server/doors/outward-cap.ts'
import { aCase, aKnown, at, minutes, morning, sourceActor } from '../suites/builders.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import { openRooms } from '../stories/story.ts'

const house: House = { known: aKnown(), isExercise: false }
const warner = aNeighbour({ kind: 'cap' })
const room = openRooms()

const step = (verb: Step['verb'], minute: number): Step => ({
  verb,
  at: morning + minutes(minute),
  by: { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' },
})
const opened: Step = { verb: 'open', at: morning, by: sourceActor('hik') }
const fire = (...steps: Step[]) => aCase({ steps: [opened, ...steps], revision: 1 + steps.length })

const textsOf = (before: Case | null, now: Case) =>
  cap
    .about({ before, now, at: morning }, warner, house)
    .map(({ type, body }) => ({ type, xml: (body as { xml: string }).xml }))
const read = (xml: string) => {
  const parsed = parseXml(Buffer.from(xml))
  if ('refusal' in parsed) throw new Error(`not XML: ${xml}`)
  const alert = capAlert(parsed.value)
  if ('refusal' in alert) throw new Error(`no alert: ${JSON.stringify(alert)}`)
  return alert
}
const one = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]

it('[EX60] raised, brought up to date and cancelled: each names every message before it', () => {
  const [sent, solved] = [step('dispatch', 2), step('close', 40)]
  const [first] = textsOf(null, fire())
  const [second] = textsOf(fire(), fire(sent))
  const [third] = textsOf(fire(sent), fire(sent, solved))
  expect([first, second, third].map((message) => message!.type)).toEqual(['cap.alert', 'cap.update', 'cap.cancel'])
  const [a, b, c] = [first!, second!, third!].map(({ xml }) => read(xml))
  expect(a!.references).toEqual([])
  expect(b!.references).toHaveLength(1)
  expect(c!.references).toHaveLength(2)
  expect(c!.references[0]).toBe(b!.references[0])
  expect([a!.type, b!.type, c!.type]).toEqual(['Alert', 'Update', 'Cancel'])
  expect(new Set([a!.id, b!.id, c!.id]).size).toBe(3)
})

it('[EX60] two steps kept in one line are two messages, so that none names one that was never sent', () => {
  expect(textsOf(fire(), fire(step('dispatch', 2), step('arrive', 5))).map(({ type }) => type)).toEqual([
    'cap.update',
    'cap.update',
  ])
  expect(textsOf(fire(), fire(step('note', 3)))).toEqual([])
})

it('[EX61] a case that grew to level I is raised then, with all that was; one that fell below is cancelled', () => {
  const mild = aCase({ ...fire(step('dispatch', 2)), level: 2 })
  expect(textsOf(null, mild)).toEqual([])
  expect(textsOf(mild, { ...mild, level: 1 }).map(({ type }) => type)).toEqual(['cap.alert', 'cap.update'])
  expect(textsOf({ ...mild, level: 1 }, mild).map(({ type }) => type)).toEqual(['cap.cancel'])
})

it('[EX62] it keeps the rules of CAP 1.2: order of elements, times with an offset, two languages, an area with its circle', () => {
  const { xml } = textsOf(null, fire())[0]!
  const top = [...xml.matchAll(/^ {2}<(\w+)/gm)].map(([, name]) => name)
  expect(top).toEqual(['identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'restriction', 'info', 'info'])
  const inside = [...xml.slice(0, xml.indexOf('</info>')).matchAll(/^ {4}<(\w+)/gm)].map(([, name]) => name)
  expect(inside).toEqual([
    ...['language', 'category', 'event', 'urgency', 'severity', 'certainty', 'effective', 'onset', 'expires'],
    ...['senderName', 'headline', 'description', 'parameter', 'area'],
  ])
  expect(xml).toContain('xmlns="urn:oasis:names:tc:emergency:cap:1.2"')
  expect(one(xml, 'sent')).toBe('2026-11-20T09:31:00+08:00')
  for (const name of ['identifier', 'sender']) expect(one(xml, name)).toMatch(/^[^\s,<&]+$/)
  expect(one(xml, 'circle')).toMatch(/^31\.\d+,121\.\d+ 0\.05$/)
  expect([...xml.matchAll(/<language>(.*?)</g)].map(([, language]) => language)).toEqual(['zh-CN', 'en-US'])
  expect([one(xml, 'status'), one(xml, 'category'), one(xml, 'severity')]).toEqual(['Actual', 'Fire', 'Extreme'])
})

it('[EX62] in a demo it is an exercise by its status and in its headline; a test of the road says so', () => {
  const played = capNow(fire(), { ...house, isExercise: true })!
  expect(one(played, 'status')).toBe('Exercise')
  expect(one(played, 'headline')).toMatch(/^【演练】/)
  expect(one(capTest(morning), 'status')).toBe('Test')
})

it('[EX63] whoever may see a level I has it as CAP; of any other case there is none', async () => {
  const mild = aCase({ id: '20261120-002' as Case['id'], level: 2, sources: [] })
  const house = await room({ holding: [fire(), mild], at: '09:31' })
  const get = async (who: string | null, name: string) =>
    fetch(`${house.url}/api/cap/${name}`, who === null ? {} : { headers: { cookie: await house.signIn(who) } })
  const answer = await get('chen', '20261120-001.xml')
  expect(answer.headers.get('content-type')).toMatch(/^application\/cap\+xml/)
  expect(read(await answer.text()).type).toBe('Alert')
  expect((await get('chen', '20261120-002.xml')).status).toBe(404)
  expect((await get('chen', '20261120-001')).status).toBe(404)
  expect((await get(null, '20261120-001.xml')).status).toBe(401)
  expect(at('2026-11-20 09:31')).toBe(morning)
})
