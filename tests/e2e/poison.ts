// A street in which everybody who can write anything has written the list of payloads: its map, its rules, its people, its sources and its cases.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NewPerson } from '../../ingest-server/records/port-people.ts'
import { findPaths } from '../../ingest-server/app/paths.ts'
import { Neighbour, NeighbourId } from '#contract/neighbour'
import { HandOverId, PersonId, PlaceId, SourceId, WindowId } from '#contract/ids'
import { packed, payloads, sayable } from '../suites/payloads.ts'
import type { TestHouse } from './house.ts'

const paths = findPaths(import.meta.dirname)
/** Short enough for a name, and run by a browser that takes it for a page. */
export const mark = '<img src=x onerror=window.__xss=1>'

/** One after the other, for ever. */
function openTurn(fields: readonly string[]): () => string {
  let turn = 0
  return () => fields[turn++ % fields.length]!
}
const nextName = openTurn(sayable.filter((one) => one.length <= 60 && one.trim() !== ''))

/** People are found by the names of streets, blocks and areas: those keep them and carry the payload behind. */
function poisonNames(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return key === 'name' ? `${value} ${nextName()}` : key === 'nameEn' ? nextName() : value
  if (Array.isArray(value)) return value.map((one) => poisonNames(one))
  if (typeof value !== 'object' || value === null) return value
  const isWide = 'level' in value && ['subdistrict', 'street-block', 'residential-area'].includes(String(value.level))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, isWide && name === 'name' ? one : poisonNames(one, name)]),
  )
}

/** Every sentence of a rule in both languages. */
function poisonWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(poisonWords)
  if (typeof value !== 'object' || value === null) return value
  if ('zh' in value && 'en' in value) return { ...value, zh: `${String(value.zh).slice(0, 2)}${mark}`, en: mark }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisonWords(one)]))
}

/** The site's own files; what they are called in the environment. */
export function poisonSite(folder: string): Record<string, string> {
  const map = join(folder, 'map')
  const scenarios = join(folder, 'scenarios')
  for (const made of [map, scenarios]) mkdirSync(made)
  for (const file of readdirSync(paths.map).filter((name) => /\.(geo)?json$/.test(name))) {
    const from = join(paths.map, file)
    if (file === 'places.json') cpSync(from, join(map, file))
    else writeFileSync(join(map, file), JSON.stringify(poisonNames(JSON.parse(readFileSync(from, 'utf8')))))
  }
  for (const file of ['bike-shed-fire.json', 'resident-repair.json', 'dropped-garbage.json']) {
    const rule = JSON.parse(readFileSync(join(paths.scenarios, file), 'utf8'))
    writeFileSync(join(scenarios, file), JSON.stringify({ ...(poisonWords(rule) as object), version: '2-site' }))
  }
  return { SANPING_MAP: map }
}

const ticket = (house: TestHouse, nth: number, text: string) => {
  const facilities = [...house.ground.facilities.values()]
  const [lon, lat] = facilities[(nth * 5) % facilities.length]!.at
  return {
    ...{
      kind: 'service-ticket',
      eventId: `poison-${nth} ${mark}`,
      matter: 'tap-repair',
      occurredAt: house.now(),
    },
    ...{ at: { lon, lat, crs: 'wgs84' }, text, channel: 'hotline' },
    reporter: { name: nextName().slice(0, 40), phone: nextName().slice(0, 30), address: nextName(), text },
  }
}

/** Everything that is written by a running house's many hands. */
export async function poison(house: TestHouse): Promise<void> {
  const { records, now } = house
  const area = [...house.ground.places.values()].find(({ name }) => name === '桥一居民区')!.id
  for (const [nth, role] of (['officer', 'property', 'chief', 'duty-officer'] as const).entries()) {
    const person = { id: `p-${nth}`, name: `${nth}${mark}`, role, body: nextName(), placeIds: [area], onDuty: true }
    const more = {
      post: role === 'duty-officer' ? 'command' : 'grid',
      skills: [nextName()],
      password: 'long enough for a test',
    }
    await records.accounts.add({ ...person, ...more } as unknown as NewPerson, now())
  }
  for (const nth of [1, 2, 3])
    await records.sources.add(
      { id: SourceId.parse(`s-${nth}${mark}`), name: nextName(), matters: { [mark]: 'smoke' }, cameras: {} },
      now(),
    )
  const neighbour = {
    id: NeighbourId.parse('n-1'),
    name: mark,
    kind: 'webhook',
    url: 'http://127.0.0.1:1/?<x>',
    toldOf: {},
    settings: {},
    paused: null,
  }
  await records.neighbours.add(Neighbour.parse(neighbour), { signing: [{ secret: `whsec_${'A'.repeat(32)}` }] }, now())

  const json = 'application/json'
  for (const [nth, text] of packed(800).entries()) {
    const answer = await house.posts('sanping', json, JSON.stringify(ticket(house, nth, text)))
    if (!answer.ok) throw new Error(await answer.text())
  }
  // What nobody understands: whole bodies, of every kind, and a dialect that is none.
  for (const body of [...packed(3000), ...payloads.filter((one) => !sayable.includes(one))]) {
    await house.posts('sanping', json, JSON.stringify({ kind: body, eventId: body, matter: body }))
    await house.posts(
      'hikvision',
      'application/xml',
      `<EventNotificationAlert><eventType>${body}</eventType></EventNotificationAlert>`,
    )
    await house.posts(`edge-box.${encodeURIComponent(mark)}`, 'text/plain', body)
  }
  await house.posts(
    'cap',
    'application/xml',
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${mark}</identifier></alert>`,
  )
  await house.posts('hotline-12345', json, JSON.stringify([{ orderId: mark, content: mark }]))
  await house.posts('frigate', json, JSON.stringify({ type: 'new', after: { id: mark, camera: mark, label: mark } }))
  await house.posts(
    'cloudevents',
    'application/cloudevents+json',
    JSON.stringify({ specversion: '1.0', id: mark, source: mark, type: mark }),
  )

  const [first, second] = house.cases()
  const texts = openTurn(packed(480))
  const at = { placeId: PlaceId.parse(area) }
  for (const wish of [
    { type: 'dispatch', caseId: first!.id, to: PersonId.parse('li'), reason: texts() },
    { type: 'note', caseId: first!.id, note: texts() },
    { type: 'note', caseId: first!.id, note: texts() },
    { type: 'urge', caseId: first!.id, reason: texts() },
    { type: 'contact', caseId: first!.id, note: texts() },
    { type: 'ask', caseId: first!.id, what: 'hold', reason: texts(), until: now() + 3_600_000 },
    { type: 'void', caseId: second!.id, disposition: 'duplicate', reason: texts() },
    { type: 'hand-over', id: HandOverId.parse('h-1'), ...at, note: packed(4000)[0]!, cases: [first!.id] },
    {
      type: 'open-window',
      window: {
        id: WindowId.parse('w-1'),
        kind: 'control',
        ...at,
        from: now(),
        until: now() + 3_600_000,
        reason: texts(),
      },
    },
  ])
    await house.wish('chen', wish as never)
  await house.wish('li', {
    type: 'ask',
    caseId: first!.id,
    what: 'hold',
    reason: texts(),
    until: now() + 3_600_000,
  } as never)
  await house.wish('li', { type: 'note', caseId: first!.id, note: texts() })
}

/** A resident's own page: the link of what they sent. */
export async function poisonedLink(house: TestHouse): Promise<string> {
  const area = [...house.ground.places.values()].find(({ name }) => name === '桥一居民区')!.id
  const answer = await fetch(`${house.url}/api/resident/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: JSON.stringify({
      matter: 'tap-repair',
      placeId: area,
      text: packed(1900)[0],
      name: mark,
      phone: mark.slice(0, 30),
      address: mark,
    }),
  })
  return ((await answer.json()) as { link: string }).link
}
