// What is kept beside the journal: sources' keys, refused reports, residents' names.
import { stat, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import { firstAdministrator } from '../../ingest-server/records/first-administrator.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { NameTaken } from '../../ingest-server/records/port-people.ts'
import { readSecrets } from '../../ingest-server/records/secret.ts'
import { chance, frigateBox, minute, morning, openHouse, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

it('[WH10] a source is known by its key, of which the disk holds only the hash', async () => {
  const key = await house.records.sources.add(frigateBox(), morning)

  expect(key).toMatch(/^sp_[\w-]{43}$/)
  expect(house.records.sources.byKey(key)).toEqual(frigateBox())
  expect(house.records.sources.byKey(`${key}x`)).toBeNull()
  expect((await house.bytes()).includes(key)).toBe(false)
  expect((await house.bytes()).includes(key.slice(3))).toBe(false)
})

it('[WH10] a withdrawn source sends no more; it comes back only with a new key', async () => {
  const { sources } = house.records
  const key = await sources.add(frigateBox(), morning)
  await expect(sources.add(frigateBox(), morning)).rejects.toThrow(NameTaken)

  await sources.withdraw(SourceId.parse('frigate-1'), morning + minute)
  expect(sources.byKey(key)).toBeNull()
  expect(await sources.list()).toMatchObject([{ id: 'frigate-1', addedAt: morning, withdrawnAt: morning + minute }])

  const fresh = await sources.add(frigateBox(), morning + minute)
  expect(sources.byKey(key)).toBeNull()
  expect(sources.byKey(fresh)?.id).toBe('frigate-1')
})

it('[WH8] a source added on the command line may send within a second or two', async () => {
  const key = await (await house.neighbour()).sources.add(frigateBox(), morning)
  expect(house.records.sources.byKey(key)).toBeNull()
  await house.records.refresh()
  expect(house.records.sources.byKey(key)?.name).toBe('车棚边缘盒')
})

it('[WH8] the records look by themselves, once a second, and stop when closed', async () => {
  const looks: (() => void)[] = []
  const every = (milliseconds: number, run: () => void) => {
    expect(milliseconds).toBeLessThanOrEqual(1000)
    looks.push(run)
    return () => void looks.splice(0)
  }
  const options = {
    folder: house.folder,
    postgres: house.postgres,
    secret: chance()(32),
    random: chance('c'),
    now: () => morning,
  }
  const records = await openRecords({ ...options, every })
  const key = await house.records.sources.add(frigateBox(), morning)

  looks[0]?.()
  await expect.poll(() => records.sources.byKey(key)?.id).toBe('frigate-1')
  await records.close()
  expect(looks).toEqual([])
})

const refused = (body: Uint8Array, at = morning) => ({
  at,
  sourceId: SourceId.parse('frigate-1'),
  dialect: 'frigate',
  contentType: 'application/json',
  refusal: 'bad-json' as const,
  words: '这不是完整的 JSON。',
  body,
})

it('[QU1] what was not understood is kept whole, to the byte, with its reason', async () => {
  const body = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256)
  const id = await house.records.quarantine.keep(refused(body))

  const found = await (await house.neighbour()).quarantine.open(id)

  expect(found).toMatchObject({ id, refusal: 'bad-json', words: '这不是完整的 JSON。', sourceId: 'frigate-1' })
  expect(Buffer.compare(Buffer.from(found!.body), Buffer.from(body))).toBe(0)
})

it('[QU2] a device that repeats itself is one row, counted, at its latest time; another source is another', async () => {
  const { quarantine } = house.records
  const body = Buffer.from('{"half":')
  const first = await quarantine.keep(refused(body))
  const second = await quarantine.keep(refused(body, morning + minute))
  const other = await quarantine.keep({ ...refused(body), sourceId: null })

  expect(second).toBe(first)
  expect(other).not.toBe(first)
  expect(await quarantine.list(10)).toMatchObject([
    { id: first, times: 2, at: morning + minute, bytes: body.length },
    { id: other, times: 1, sourceId: null },
  ])
  expect(await quarantine.list(1)).toHaveLength(1)
})

const mrsWang = { name: '王秀英', phone: '13812345678', address: '瞿溪路 1111 弄 5 号 302 室', text: '我家水管爆了' }

it("[WH11] a resident's name, phone, address and words are nowhere on the disk in the clear", async () => {
  const ref = await house.records.reporters.keep(mrsWang, morning)

  const bytes = await house.bytes()
  for (const clear of Object.values(mrsWang)) expect(bytes.includes(clear)).toBe(false)
  expect(await house.records.reporters.reveal(ref)).toEqual(mrsWang)
})

it('[WH11] with another secret the names cannot be read', async () => {
  const ref = await house.records.reporters.keep(mrsWang, morning)
  const options = {
    folder: house.folder,
    postgres: house.postgres,
    secret: chance('other')(32),
    random: chance('d'),
    now: () => morning,
  }
  const stranger = await openRecords(options)
  await expect(stranger.reporters.reveal(ref)).rejects.toThrow(/sealed with key/)
  await stranger.close()
})

it('[WH12] an erased resident is gone, from the free pages and the write-ahead log too', async () => {
  const { reporters } = house.records
  const ref = await reporters.keep(mrsWang, morning)
  expect((await house.bytes()).includes(ref)).toBe(true)

  await reporters.erase(ref)

  expect(await reporters.reveal(ref)).toBeNull()
  expect(await reporters.masked(ref)).toBeNull()
  expect((await house.bytes()).includes(ref)).toBe(false)
})

it.each([
  [mrsWang, { name: '王**', phone: '138****5678' }],
  [
    { name: '欧阳娜娜', phone: '+86 138-1234-5678' },
    { name: '欧**', phone: '138****5678' },
  ],
  [{ phone: '021-6305 1234' }, { phone: '021****1234' }],
  [{ phone: '63051234' }, { phone: '****34' }],
  [{ phone: '110' }, { phone: '****' }],
  [{ address: '瞿溪路 1 号' }, {}],
])('[WH13] unasked, %j is shown as %j', async (reporter, shown) => {
  const ref = await house.records.reporters.keep(reporter, morning)
  expect(await house.records.reporters.masked(ref)).toEqual(shown)
})

it('[WH14] the secret is made once, readable by its owner alone, and a broken one is said and not replaced', async () => {
  const { folder } = house
  const made = await readSecrets(folder, chance('s'), morning)
  expect(await readSecrets(folder, chance('t'), morning)).toEqual(made)
  expect((await stat(`${folder}/secret.key`)).mode & 0o077).toBe(0)
  await writeFile(`${folder}/secret.key`, 'half')
  await expect(readSecrets(folder, chance('u'), morning)).rejects.toThrow(/32 bytes/)
})

it('[WH15] an empty house gets its first administrator once, with a password shown once', async () => {
  const { accounts } = house.records
  const first = await firstAdministrator(accounts, chance('p'), morning)
  expect(first?.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  expect(await accounts.check('admin', first!.password)).toBe('admin')
  expect(await firstAdministrator(accounts, chance('q'), morning)).toBeNull()
})
