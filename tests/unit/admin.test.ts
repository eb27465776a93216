// The administrator's command line: as a process of its own beside a running server, and called by name.
import { execFile, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Language } from '#contract/language'
import { Entry } from '#contract/event'
import { CommandId, PersonId, PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { World } from '../../ingest-server/admin/call.ts'
import { lineInWords } from '../../ingest-server/admin/journal-line.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { openBook } from '../../ingest-server/checkpoints/book.ts'
import { noNote, originOf, signCheckpoint } from '../../ingest-server/checkpoints/checkpoint.ts'
import { signingKey } from '../../ingest-server/checkpoints/key.ts'
import { privateKeyOf, verifierKey } from '../../ingest-server/checkpoints/note.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { aCase, sourceActor } from '../suites/builders.ts'
import { chance, goodPassword, morning, openHouse, type House } from '../suites/records-folder.ts'
import { anEntry } from '../world/an-entry.ts'

let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

const root = resolve(import.meta.dirname, '../..')
// Not by tsx's own command: between us and the process it would answer a signal itself.
const line = ['--import', 'tsx', join(root, 'ingest-server/admin/main.ts')]
const environment = () => ({
  ...process.env,
  SANPING_DATA: house.folder,
  SANPING_ORIGINS: 'https://sanping.example',
  LC_ALL: 'C',
})

/** As an administrator types it. */
const sanping = (...args: string[]) =>
  promisify(execFile)(process.execPath, [...line, ...args], { cwd: root, env: environment() })

describe('as a process', () => {
  it('[WH8] a user, a source and a wall added on the command line are let in by the running server', async () => {
    const user = await sanping('user', 'add', 'zhou', '--role', 'duty-officer', '--name', '周敏', '--on-duty')
    const source = await sanping('source', 'add', 'frigate-1', '--name', '车棚', '--matter', 'fire=smoke')
    const wall = await sanping('kiosk', 'add', 'wall-1')
    const password = /密码只显示这一次：(\S+)/.exec(user.stdout)?.[1]
    const key = /^sp_[\w-]{43}$/m.exec(source.stdout)?.[0]
    const link = /^https:\/\/sanping\.example\/wall\?kiosk=([\w-]{43})$/m.exec(wall.stdout)?.[1]

    const { records } = house
    expect(records.sources.byKey(key!)).toBeNull()
    await records.refresh()

    expect(await records.accounts.check('zhou', password!)).toBe('zhou')
    expect(records.accounts.people().get(PersonId.parse('zhou'))).toMatchObject({
      name: '周敏',
      post: 'command',
      onDuty: true,
    })
    expect(records.sources.byKey(key!)).toMatchObject({ id: 'frigate-1', matters: { fire: 'smoke' } })
    expect(await records.kiosks.bind(link!, morning)).not.toBeNull()
    const kept = await house.bytes()
    for (const shown of [password!, key!, link!]) expect(kept.includes(shown)).toBe(false)
  })

  it('[WH40] a wrong call is one sentence and the usage, exit 2; a no is one sentence, exit 1', async () => {
    const wrong = await sanping('user', 'add', 'li', '--role', 'king').catch((fault) => fault)
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/^--role 请从 .*\n {2}user add NAME/)
    expect(wrong.stdout).toBe('')
    const refused = await sanping('user', 'withdraw', 'nobody').catch((fault) => fault)
    expect([refused.code, refused.stderr]).toEqual([1, '没有「nobody」这个账号，请用 user list 查看。\n'])
  })

  it('[JO40] journal tail follows the running server until it is stopped', async () => {
    const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
    const head = await journal.append(await journal.head(), [anEntry(1)])
    const tail = spawn(process.execPath, [...line, 'journal', 'tail', '--follow'], { cwd: root, env: environment() })
    let shown = ''
    tail.stdout.on('data', (bytes: Buffer) => (shown += bytes.toString()))
    const ended = new Promise((done) => tail.once('exit', done))

    await expect.poll(() => shown, { timeout: 20_000 }).toContain('#1 ')
    await journal.append(head, [anEntry(2)])
    await expect.poll(() => shown, { timeout: 20_000 }).toContain('#2 2026-11-21 08:00:00 时钟 归档 20261121-2')

    tail.kill('SIGINT')
    expect(await ended).toBe(0)
    await journal.close()
  })
})

const place = (id: string, name: string) => ({ id: PlaceId.parse(id), name }) as Place
const places = [place('b1', '创意家园'), place('g1', '一网格'), place('g2', '一网格')]

/** Called by name, in this process. */
async function call(words: string, change: Partial<World> & { language?: Language } = {}) {
  const said: string[] = []
  const complained: string[] = []
  const code = await runAdmin(words.split(' ').filter(Boolean), {
    folder: house.folder,
    address: 'http://127.0.0.1:8787',
    language: 'zh',
    random: chance(words),
    now: () => house.clock.now,
    say: (text) => said.push(text),
    complain: (text) => complained.push(text),
    readInput: async () => `${goodPassword}\n`,
    places: () => places,
    pause: async () => undefined,
    stopped: () => true,
    ...change,
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

describe('called by name', () => {
  it('[WH40] help names every command, in Chinese or in English', async () => {
    const { code, said } = await call('help')
    expect(code).toBe(0)
    for (const words of ['user add', 'user duty', 'source withdraw', 'kiosk add', 'journal verify', 'journal tail'])
      expect(said).toContain(words)
    expect((await call('', { language: 'en' })).said).toContain('Usage:')
  })

  it.each([
    'user fly',
    'user list --what',
    'user withdraw',
    'user add li --role officer',
    'user add li --role officer --places 火星',
    'user add li --role officer --places 一网格',
    'user add kiosk:wall --role administrator',
    'user duty',
    'source add box --matter fire',
    'journal tail -n many',
  ])('[WH40] %j is called wrongly: exit 2, a sentence, the usage, and nothing done', async (words) => {
    await openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' }).close()
    const { code, said, complained } = await call(words)
    expect(code).toBe(2)
    expect(said).toBe('')
    expect(complained.split('\n').length).toBeGreaterThan(2)
    await house.records.refresh()
    expect(house.records.accounts.people().size).toBe(0)
    expect(await house.records.sources.list()).toEqual([])
  })

  it('[WH40] a user is added with places by their names, goes off duty, gets a password from standard input, and leaves', async () => {
    expect(
      (await call('user add li --role officer --places 创意家园,g1 --skills 低压电工证 --stdin')).said,
    ).not.toContain('密码只')
    const li = async () => {
      await house.records.refresh()
      return house.records.accounts.people().get(PersonId.parse('li'))
    }
    expect(await li()).toMatchObject({ placeIds: ['b1', 'g1'], post: 'grid', skills: ['低压电工证'], onDuty: false })
    expect(await house.records.accounts.check('li', goodPassword)).toBe('li')
    expect((await call('user add li --role officer --places b1')).code).toBe(1)

    expect((await call('user duty li on --until 2026-11-21T18:00+08:00')).said).toBe('li在岗 → 2026-11-21 18:00:00')
    expect(await li()).toMatchObject({ onDuty: true, dutyUntil: Date.UTC(2026, 10, 21, 10) })
    await call('user duty li off')
    expect((await li())?.dutyUntil).toBeUndefined()
    expect((await call('user duty li on --until 2020-01-01')).code).toBe(2)

    const fresh = /密码只显示这一次：(\S+)/.exec((await call('user password li')).said)?.[1]
    expect(await house.records.accounts.check('li', goodPassword)).toBeNull()
    expect(await house.records.accounts.check('li', fresh!)).toBe('li')
    expect((await call('user list')).said).toContain('○\tli\tli\tofficer')

    expect((await call('user withdraw li')).code).toBe(0)
    expect(await li()).toBeUndefined()
  })

  it('[WH40] a source and a wall are listed and withdrawn, once', async () => {
    await call('source add box-1 --camera shed=C-47')
    expect((await call('source list')).said).toContain('●\tbox-1\tbox-1\t2026-11-21 08:00:00\tshed=C-47')
    expect((await call('source add box-1')).code).toBe(1)
    expect((await call('source withdraw box-1')).code).toBe(0)
    expect((await call('source withdraw box-1')).code).toBe(1)
    expect((await call('source list')).said).toContain('○\tbox-1')

    await call('kiosk add 大屏一')
    expect((await call('kiosk add 大屏一')).code).toBe(1)
    expect((await call('kiosk list')).said).toContain('○\t大屏一')
    expect((await call('kiosk withdraw 大屏一')).code).toBe(0)
    expect((await call('kiosk withdraw 大屏一')).code).toBe(1)
  })

  it('[WH40] a mistyped folder is said, and nothing is made there', async () => {
    const folder = join(house.folder, 'mistyped')
    await mkdir(folder)
    for (const words of ['user list', 'journal verify', 'journal tail']) {
      const { code, complained } = await call(`${words} --data ${folder}`)
      expect([code, complained]).toEqual([1, expect.stringContaining('--data')])
    }
  })

  it('[WH42] what is kept of a case’s residents is erased by its number, and the journal stays as it is', async () => {
    const ref = await house.records.reporters.keep({ name: '王秀英', phone: '13812345678' }, morning)
    const [revision, commandId] = [1, CommandId.parse('ticket-1')]
    const { revision: _own, ...subject } = aCase({ reporterRef: ref })
    const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
    await journal.append(await journal.head(), [
      {
        ...{ revision, commandId, at: morning, by: sourceActor('page'), type: 'report' },
        events: [{ type: 'opened', subject }],
        outcome: { ok: true, commandId, revision, caseId: subject.id },
      },
    ])
    await journal.close()

    expect((await call('reporter erase 20260101-001')).code).toBe(1)
    expect((await call(`reporter erase ${subject.id}`)).code).toBe(0)
    expect(await house.records.reporters.reveal(ref)).toBeNull()
    expect((await call('journal verify', { stopped: () => false })).code).toBe(0)
  })

  it('[WH41] what the command line did is in the audit', async () => {
    await call('user add chen --role duty-officer')
    await call('source add box-1')
    const file = new Database(join(house.folder, 'records.db'), { readonly: true })
    const lines = file.prepare('select who, what, about from audit').all()
    file.close()
    expect(lines).toEqual([
      { who: 'command-line', what: 'user-added', about: 'chen' },
      { who: 'command-line', what: 'source-added', about: 'box-1' },
    ])
  })

  it('[JO40] verify says how long the journal is, and names the first line that is wrong', async () => {
    const file = join(house.folder, 'journal.db')
    const journal = openSqliteJournal({ file, newId: () => 'journal' })
    const { hash } = await journal.append(
      await journal.head(),
      [1, 2, 3, 4, 5].map((revision) => anEntry(revision)),
    )
    await journal.close()
    const said = `日志完好，共 5 行，末行 ${hash}\n还没有检查点：服务启动后才会签。`
    expect(await call('journal verify', { stopped: () => false })).toMatchObject({ code: 0, said })

    const knife = new Database(file)
    knife.exec(`update lines set text = replace(text, 'wish-3', 'wish-9') where revision = 3`)
    knife.close()
    const { code, complained } = await call('journal verify', { stopped: () => false })
    expect(code).toBe(1)
    expect(complained).toMatch(/^第 3 行不对：.*它之前的都完好。$/)
  })

  it('[JO90] verify asks the checkpoints, a line and a key kept elsewhere, and can be stopped; the book begins anew with a reason', async () => {
    const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
    const head = await journal.append(await journal.head(), [anEntry(1), anEntry(2)])
    const own = await signingKey(house.folder, (bytes) => Buffer.alloc(bytes, 5))
    const book = openBook(join(house.folder, 'elsewhere'), journal.id)
    const first = { origin: originOf(journal.id), ...head, at: morning, number: 1, before: noNote }
    await book.add(signCheckpoint(first, own), morning)
    await journal.close()
    const go = { checkpoints: join(house.folder, 'elsewhere'), stopped: () => false }
    const file = join(house.folder, 'checkpoint.pub')

    const keys = (await call('checkpoint key', go)).said
    await writeFile(file, keys.slice(keys.indexOf('-----')))
    expect(await call(`journal verify --deep --key ${file}`, go)).toMatchObject({ code: 0, said: expect.stringContaining('与 1 个签名检查点一致，其后还有 0 行未签') }) // prettier-ignore
    await writeFile(file, verifierKey('sanping/journal', privateKeyOf(Buffer.alloc(32, 6))))
    expect((await call(`journal verify --key ${file}`, go)).complained).toMatch(
      /第 1 行：it was not signed with this key/,
    )

    const kept = await call('checkpoint export', go)
    expect(kept.said).toMatch(/^sanping\/journal\n2\n/)
    expect(kept.complained).toBe(`--known 2:${head.hash}`)
    expect(await call(`journal verify ${kept.complained}`, go)).toMatchObject({ code: 0 })
    expect(await call(`journal verify --known 3:${head.hash}`, go)).toMatchObject({ code: 1 })
    expect(await call('journal verify --known 3', go)).toMatchObject({ code: 2 })
    expect((await call('journal verify', { ...go, stopped: () => true })).complained).toMatch(/停在第 0 行/)

    expect(await call('checkpoint anew', go)).toMatchObject({ code: 2 })
    expect(await call('checkpoint anew --reason 从备份恢复', go)).toMatchObject({ code: 0 })
    expect((await call('journal verify', go)).complained).toContain('not one checkpoint')
  })

  it('[JO40] tail shows the last lines, as many as asked, in either language', async () => {
    const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
    await journal.append(
      await journal.head(),
      [1, 2, 3].map((revision) => anEntry(revision)),
    )
    await journal.close()
    expect((await call('journal tail -n 2')).said).toBe(
      '#2 2026-11-21 08:00:00 时钟 归档 20261121-2\n#3 2026-11-21 08:00:00 时钟 归档 20261121-3',
    )
    expect((await call('journal tail -n 1', { language: 'en' })).said).toBe(
      '#3 2026-11-21 08:00:00 clock archives 20261121-3',
    )
    expect((await call('journal tail -n 0')).said).toBe('')
  })
  it('[JO40] a line says who did what to which case, to whom and why', () => {
    const by = { kind: 'person', id: 'zhou', role: 'chief' }
    const step = { verb: 'dispatch', at: morning, by, to: 'li', reason: '离得最近' }
    const moved = Entry.parse({
      ...anEntry(7),
      by,
      type: 'dispatch',
      events: [{ type: 'moved', caseId: '20261121-007', stage: 'dispatched', step }],
    })
    const names: Record<string, string> = { zhou: '周敏', li: '李志强' }
    expect(lineInWords(moved, (id) => names[id] ?? id, 'zh')).toBe(
      '#7 2026-11-21 08:00:00 周敏 派遣 20261121-007 → 李志强 离得最近',
    )
  })
})
