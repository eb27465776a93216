// What lies sealed, and the secrets it hangs on: changed while the house runs, stopped half-way, forgotten only when nothing hangs on them.
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PersonId, SourceId, type ReporterRef } from '#contract/ids'
import { readKeyRing, type KeyRing } from '../../ingest-server/records/key-ring.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { keyFor, seal } from '../../ingest-server/records/sealing.ts'
import { changeSecrets, drawSecret, readSecrets, SecretsLocked } from '../../ingest-server/records/secret.ts'
import { keyIdOf } from '../../ingest-server/records/key-ring.ts'
import { chance, day, frigateBox, morning } from '../suites/records-folder.ts'

const wang = { name: '王秀英', phone: '138 1234 5678', address: '9 号 302 室', text: '也可以打 13900001111 找我女儿' }
let folder: string
let opened: Records[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sanping-ring-'))
  opened = []
})
afterEach(async () => {
  for (const one of opened) await one.close()
  await rm(folder, { recursive: true, force: true })
})

const now = () => morning
async function house(seed: string, at = folder, ring?: KeyRing): Promise<Records> {
  const random = chance(seed)
  const records = await openRecords({ folder: at, secret: ring ?? (await readKeyRing(at, random, now)), random, now })
  opened.push(records)
  return records
}
const rotate = (seed: string) => changeSecrets(folder, (secrets) => [drawSecret(chance(seed), morning), ...secrets])
async function renewAll(records: Records): Promise<number> {
  for (let [all, some] = [0, 1]; ; all += some) if ((some = await records.personal.sealed.renew(2)) === 0) return all
}
/** One row in every table that is sealed. */
async function fill(records: Records) {
  await records.sources.add(frigateBox(), morning)
  const id = SourceId.parse('frigate-1')
  await records.sources.addSecret(id, morning + day, morning)
  const password = await records.sipDevices.add('34020000001320000001', id, morning)
  const li = PersonId.parse('li')
  await records.reachable.setNumber(li, '13712345678', morning)
  const ref = await records.reporters.keep(wang, morning)
  return { id, li, ref, password, digest: records.sipDevices.digestOf('34020000001320000001', 'r') }
}

describe('the ring of secrets', () => {
  it('[PD20] of two that begin at once in an empty folder both have the same secret', async () => {
    const both = await Promise.all([readSecrets(folder, chance('one'), 1), readSecrets(folder, chance('two'), 1)])
    expect(both[0]).toEqual(both[1])
    expect((await stat(join(folder, 'secret.key'))).mode & 0o077).toBe(0)
    expect((await readdir(folder)).filter((name) => name !== 'secret.key')).toEqual([])
  })

  it('[PD20] a folder of before with one secret opens as it was, and its old rows with it', async () => {
    const secret = Buffer.from(chance('old')(32))
    await writeFile(join(folder, 'secret.key'), `${secret.toString('hex')}\n`, { mode: 0o600 })
    const records = await house('a')
    const ref = 'r-00000000000000000000000000000001' as ReporterRef
    const key = keyFor(secret, 'sanping reporters')
    const file = new Database(join(folder, 'records.db'))
    const { nonce, sealed } = seal(key, ref, JSON.stringify(wang), chance('n')(12))
    file
      .prepare('insert into reporters (ref, key_id, nonce, sealed, kept_at) values (?, ?, ?, ?, ?)')
      .run(ref, keyIdOf(key), nonce, sealed, morning)
    expect(await records.reporters.reveal(ref)).toEqual(wang)
    expect(await records.reporters.refsOf('13812345678')).toEqual([])
    await renewAll(records)
    expect(await records.reporters.reveal(ref)).toEqual(wang)
    expect(await records.reporters.refsOf('13812345678')).toEqual([ref])
    expect(file.prepare('select key_id from reporters').pluck().all()).toEqual(['own'])
    file.close()
  })

  it('[PD21] a new secret is used at once, also by who runs, and the old rows stay readable meanwhile', async () => {
    const running = await house('a')
    const { ref, id, li, digest } = await fill(running)
    await rotate('newer')
    await running.refresh()
    const later = await running.reporters.keep({ name: '李四' }, morning)
    const { secrets, lost } = await running.personal.sealed.hanging()
    expect([secrets.map(({ rows }) => rows > 0), lost]).toEqual([[true, true], 0])
    expect(await running.reporters.reveal(ref)).toEqual(wang)
    expect(await running.reporters.reveal(later)).toEqual({ name: '李四' })
    expect(running.sources.secretsOf(id)).toHaveLength(1)
    expect(running.reachable.numberOf(li)).toBe('13712345678')
    expect(running.sipDevices.digestOf('34020000001320000001', 'r')).toEqual(digest)
  })

  it('[PD22] what is old comes onto the newest a few rows at a time; stopped in the middle it goes on where it was', async () => {
    const records = await house('a')
    const { ref, id, li, digest } = await fill(records)
    const receipt = records.reachable.receiptOf('n-1' as never)
    await rotate('newer')
    await records.refresh()
    expect(await records.personal.sealed.renew(1)).toBe(1)
    const half = await records.personal.sealed.hanging()
    expect(half.secrets.every(({ rows }) => rows > 0)).toBe(true)

    const other = await house('b')
    expect(await renewAll(other)).toBeGreaterThan(3)
    const { secrets, lost } = await other.personal.sealed.hanging()
    expect([secrets[1]!.rows, lost]).toEqual([0, 0])

    await changeSecrets(folder, ([newest]) => [newest!])
    const fresh = await house('c')
    expect(await fresh.reporters.reveal(ref)).toEqual(wang)
    expect(await fresh.reporters.refsOf('+86 138-1234-5678')).toEqual([ref])
    expect(fresh.sources.secretsOf(id)).toHaveLength(1)
    expect(fresh.reachable.numberOf(li)).toBe('13712345678')
    expect(fresh.reachable.receiptOf('n-1' as never)).toBe(receipt)
    expect(fresh.sipDevices.digestOf('34020000001320000001', 'r')).toEqual(digest)
  })

  it('[PD22] two that renew at once lose nothing', async () => {
    const records = await house('a')
    const refs = []
    for (let nth = 0; nth < 12; nth++) refs.push(await records.reporters.keep({ name: `居民${nth}` }, morning))
    await rotate('newer')
    const [one, two] = [await house('b'), await house('c')]
    await Promise.all([renewAll(one), renewAll(two)])
    for (const [nth, ref] of refs.entries()) expect(await one.reporters.reveal(ref)).toEqual({ name: `居民${nth}` })
    expect((await one.personal.sealed.hanging()).secrets[1]!.rows).toBe(0)
  })

  it('[PD23] two hands do not change the secrets at once', async () => {
    await readSecrets(folder, chance('a'), 1)
    await writeFile(join(folder, 'secret.key.lock'), '')
    await expect(rotate('b')).rejects.toThrow(SecretsLocked)
  })
})

describe('erased truly', () => {
  it('[PD30] of a backup taken before, an erased resident cannot be read with today’s keys, and the others can', async () => {
    const records = await house('a')
    const gone = await records.reporters.keep(wang, morning)
    const stays = await records.reporters.keep({ name: '李四', phone: '13711112222' }, morning)
    const backup = await mkdtemp(join(tmpdir(), 'sanping-backup-'))
    for (const name of await readdir(folder))
      if (!/^(secret\.key|person-keys\.db)/.test(name))
        await cp(join(folder, name), join(backup, name), { recursive: true })

    await records.personal.erase({ refs: [gone], pictures: [] }, morning)
    await records.close()
    opened = []
    // An empty machine: yesterday's records, today's keys.
    for (const name of await readdir(folder))
      if (/^(secret\.key|person-keys\.db)/.test(name)) await cp(join(folder, name), join(backup, name))
    const restored = await house('b', backup)
    expect(await restored.reporters.reveal(gone)).toBeNull()
    expect(await restored.reporters.masked(gone)).toBeNull()
    expect(await restored.reporters.reveal(stays)).toEqual({ name: '李四', phone: '13711112222' })
    await rm(backup, { recursive: true })
  })

  it('[PD31] nothing of them is in any file: not their words, not their key, not by what they were found', async () => {
    const records = await house('a')
    const ref = await records.reporters.keep(wang, morning)
    const box = new Database(join(folder, 'person-keys.db'), { readonly: true })
    const sealed = box.prepare<[], Buffer>('select sealed from person_keys').pluck().get()!
    box.close()
    const file = new Database(join(folder, 'records.db'), { readonly: true })
    const marks = file.prepare<[], string>('select mark from reporter_marks').pluck().all()
    file.close()
    expect(marks).toHaveLength(2)
    const bytes = async () =>
      Buffer.concat(
        await Promise.all(
          (await readdir(folder)).filter((name) => /\.db/.test(name)).map((name) => readFile(join(folder, name))),
        ),
      )
    expect((await bytes()).includes(sealed)).toBe(true)
    await records.personal.erase({ refs: [ref], pictures: [] }, morning)
    const after = await bytes()
    for (const one of [sealed, ref, ...marks, '13812345678']) expect(after.includes(one)).toBe(false)
    expect(await records.reporters.refsOf(wang.phone)).toEqual([])
  })

  it('[PD32] they are found by any number they gave, however it is written, and by nobody else’s', async () => {
    const { reporters } = await house('a')
    const ref = await reporters.keep(wang, morning)
    const again = await reporters.keep({ phone: '+8613812345678' }, morning)
    expect((await reporters.refsOf('１３８１２３４５６７８')).sort()).toEqual([ref, again].sort())
    expect(await reporters.refsOf('13900001111')).toEqual([ref])
    expect(await reporters.refsOf('13812345679')).toEqual([])
    expect(await reporters.refsOf('王秀英')).toEqual([])
  })
})
