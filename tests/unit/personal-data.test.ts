// Where anything personal lies, what is never kept, what goes by rule, and who is asked before somebody is forgotten.
import { readdirSync, readFileSync } from 'node:fs'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import express from 'express'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { isFaceFeature, withoutFaces } from '#contract/face-features'
import type { CaseId, EvidenceId, PersonId, ReporterRef } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { isBankCard, isIdentityCard, scrubbed, surelyPersonal } from '#contract/personal-numbers'
import { IncomingReport } from '#contract/report'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { openEvidenceDoor } from '../../ingest-server/doors/evidence.ts'
import { openPersonalDoor } from '../../ingest-server/doors/personal.ts'
import { readRetention, usualDays } from '../../ingest-server/app/read-retention.ts'
import { keepRetention } from '../../ingest-server/app/retaining.ts'
import { personalColumns, plainColumns, speaksOfSomebody } from '../../ingest-server/records/personal-inventory.ts'
import { scenarios } from '../suites/builders.ts'
import { day, morning, openHouse, type House } from '../suites/records-folder.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { aViewer } from '../suites/torture/fakes.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

describe('the inventory', () => {
  it('[PD10] every column of every table is said to be personal or not, and none that is not there', () => {
    const columns = ['records.db', 'person-keys.db'].flatMap((name) => {
      const file = new Database(join(house.folder, name), { readonly: true })
      const tables = file
        .prepare<[], string>(
          `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`,
        )
        .pluck()
        .all()
      const all = tables.flatMap((table) =>
        (file.pragma(`table_info(${table})`) as { name: string }[]).map((column) => `${table}.${column.name}`),
      )
      file.close()
      return all
    })
    const said = new Set([...Object.keys(personalColumns), ...plainColumns])
    expect(columns.filter((column) => !said.has(column))).toEqual([])
    expect([...said].filter((column) => !columns.includes(column))).toEqual([])
    expect(Object.keys(personalColumns).filter((column) => plainColumns.has(column))).toEqual([])
  })

  it('[PD11] no form of a scenario asks for somebody’s name, number or illness: it would stand in the journal', () => {
    const fields = scenarios.flatMap((scenario) =>
      [...JSON.stringify(scenario).matchAll(/"id":"([\w-]+)","words":\{"zh":"([^"]+)"/g)].map(
        ([, id, zh]) => `${id} ${zh}`,
      ),
    )
    expect(fields.length).toBeGreaterThan(10)
    expect(fields.filter((field) => speaksOfSomebody.test(field))).toEqual([])
    expect(speaksOfSomebody.test('owner-phone 业主电话')).toBe(true)
  })
})

describe('numbers that are somebody’s', () => {
  it.each([
    ['身份证 110101199003074477 是他的', '身份证 ［身份证］ 是他的'],
    ['身份证 110101 19900307 447 7', '身份证 ［身份证］'],
    ['身份证１１０１０１１９９００３０７４４７７。', '身份证［身份证］。'],
    ['卡号 6222 0212 3456 7890 128 退款', '卡号 ［银行卡］ 退款'],
    ['电话13812345678，卡6222021234567890128', '电话［电话］，卡［银行卡］'],
    ['打 138-1234-5678', '打 ［电话］'],
  ])('[PD12] %s is kept as %s', (typed, kept) => {
    expect(scrubbed(typed)).toBe(kept)
  })

  it.each([['工单 34020000001320000001'], ['案件 20261121-001'], ['3 号楼 1202 室'], ['设备 6222021234567890127']])(
    '[PD12] %s is nobody’s and stays',
    (typed) => expect(scrubbed(typed)).toBe(typed),
  )

  it('[PD12] the last figure vouches', () => {
    expect([isIdentityCard('110101199003074477'), isIdentityCard('110101199003074478')]).toEqual([true, false])
    expect([isBankCard('6222021234567890128'), isBankCard('6222021234567890127')]).toEqual([true, false])
  })

  it('[PD13] in what nobody typed only what is certain is found', () => {
    expect(surelyPersonal('他说 13812345678')).toEqual(['phone'])
    expect(surelyPersonal('a13812345678b0e1'.repeat(4))).toEqual([])
    expect(surelyPersonal('1763712345678')).toEqual([])
    expect(surelyPersonal('110101199003074477')).toEqual(['identity-card'])
  })
})

describe('faces as numbers', () => {
  const planted = 'Q0FOQVJZRkFDRQ=='
  it.each([
    [`{"faceFeature":"${planted}","a":1}`, '{"faceFeature":null,"a":1}'],
    [`{"FaceFeature": {"Data":["${planted}", "x}\\""]},"b":[2]}`, '{"FaceFeature": null,"b":[2]}'],
    [`{"x":[{"model_data":"${planted}"}]}`, '{"x":[{"model_data":null}]}'],
    [
      `<A><ns:FeatureData e="1">${planted}</ns:FeatureData><B>1</B></A>`,
      '<A><ns:FeatureData e="1"></ns:FeatureData><B>1</B></A>',
    ],
    [`{"embedding":[0.1,0.2`, '{"embedding":null'],
  ])('[PD14] %s is kept as %s', (sent, kept) => {
    expect(Buffer.from(withoutFaces(Buffer.from(sent))).toString()).toBe(kept)
  })

  it('[PD14] what has none comes through byte for byte, a picture too', () => {
    const bytes = Buffer.from([0xff, 0xd8, 0x00, ...Buffer.from('feature'), 0xfe])
    expect(withoutFaces(bytes)).toBe(bytes)
  })

  it('[PD14] what is refused is kept without them, and the contract has no field for any', async () => {
    const { quarantine } = house.records
    const body = Buffer.from(`{"eventType":"faceCapture","faceFeature":"${planted}"}`)
    const id = await quarantine.keep({
      ...{ at: morning, sourceId: null, dialect: 'hikvision', contentType: 'application/json', body },
      ...{ refusal: 'wrong-shape', words: '' },
    })
    await quarantine.ask(id, { at: morning, by: 'chen', body })
    expect(Buffer.from((await quarantine.open(id))!.body).toString()).toContain('"faceFeature":null')
    expect((await house.bytes()).includes(planted)).toBe(false)
    const taken = IncomingReport.parse({
      ...{ kind: 'camera-alert', eventId: 'e', matter: 'smoke', occurredAt: 1, cameraId: 'C-1' },
      ...{ faceFeature: planted, modelData: planted },
    })
    expect(JSON.stringify(taken)).not.toContain(planted)
  })

  it('[PD14] no reader of a maker’s words takes one', () => {
    const folder = join(import.meta.dirname, '../../ingest-server/doors/vendors')
    const takes = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        [...readFileSync(join(folder, name), 'utf8').matchAll(/\b[A-Za-z_]\w+\b/g)]
          .map(([word]) => word)
          .filter(isFaceFeature)
          .map((word) => `${name} ${word}`),
      )
    expect(takes).toEqual([])
  })
})

const wang = { name: '王秀英', phone: '13812345678' }
const picture = async (at: number) => (await house.records.evidence.keep(await smallPhoto(), at))!

describe('what goes by rule', () => {
  const ended = (id: string, ref: ReporterRef | undefined, evidence: EvidenceId[], endedAt: number) =>
    ({
      ...{ id, openedAt: morning, endedAt, photos: [] },
      sources: [{ key: id, evidence, ...(ref && { reporterRef: ref }) }],
    }) as unknown as Case

  function retaining(archived: Case[], onBoard: Case[] = []) {
    const board = emptyBoard()
    for (const one of onBoard) board.cases.set(one.id, one)
    return keepRetention({
      records: house.records,
      archive: {
        async *between(from, to) {
          for (const one of archived) if (one.endedAt! >= from && one.endedAt! < to) yield one
        },
        holding: async (id) => archived.filter((one) => one.sources.some((source) => source.evidence.includes(id))),
      },
      complete: () => true,
      desk: { board: () => board, holds: () => true },
      days: usualDays,
      world: { now: () => house.clock.now, every: () => () => {}, defer: setImmediate },
      onFault: (fault) => {
        throw fault
      },
    })
  }
  const auditLines = () => {
    const file = new Database(join(house.folder, 'records.db'), { readonly: true })
    const lines = file
      .prepare<[], string>(`select what || ' ' || about from audit where who = 'retention'`)
      .pluck()
      .all()
    file.close()
    return lines
  }

  it('[PD33] a resident and a picture go so long after the end of their last case, thumbnails and files with them', async () => {
    const { reporters, evidence, personal } = house.records
    const [ref, id] = [await reporters.keep(wang, morning), await picture(morning)]
    const paths = (['full', 'thumb'] as const).map((size) => evidence.file(id, size)!.path)
    const job = retaining([ended('c-1', ref, [id], morning + day)])
    house.clock.now = morning + 180 * day
    await job.sweep()
    expect(await reporters.reveal(ref)).toEqual(wang)
    house.clock.now = morning + 182 * day
    await job.sweep()
    expect(await reporters.reveal(ref)).toBeNull()
    expect(evidence.has(id)).toBe(true)
    house.clock.now = morning + 367 * day
    await job.sweep()
    expect([evidence.has(id), await personal.retention.pictureGone(id)]).toEqual([false, house.clock.now])
    for (const path of paths) await expect(access(path)).rejects.toThrow('ENOENT')
    const door = openEvidenceDoor({
      ...house.records,
      viewerOf: () => aViewer(),
      mayView: async () => ({ how: 'shown', caseId: 'c-1' as CaseId, size: 'full', blurred: [] }),
      now: () => house.clock.now,
      origins: [],
    })
    const asked = await request(express().use(door.router)).get(`/api/evidence/${id}`).expect(410)
    expect(asked.body.refusal).toBe('erased-by-rule')
    expect(auditLines()).toEqual(['erased-by-rule residents 1', 'erased-by-rule pictures 1'])
  })

  it('[PD34] who is named by a case still on the board stays, whatever the age of the one before it', async () => {
    const { reporters } = house.records
    const [ref, id] = [await reporters.keep(wang, morning), await picture(morning)]
    house.clock.now = morning + 1000 * day
    await retaining([ended('c-1', ref, [id], morning + day)], [ended('c-2', ref, [id], morning)]).sweep()
    expect(await reporters.reveal(ref)).toEqual(wang)
    expect(house.records.evidence.has(id)).toBe(true)
    expect(auditLines()).toEqual([])
  })

  it('[PD34] the later end of two counts', async () => {
    const { reporters } = house.records
    const ref = await reporters.keep(wang, morning)
    house.clock.now = morning + 300 * day
    await retaining([ended('c-1', ref, [], morning + day), ended('c-2', ref, [], morning + 200 * day)]).sweep()
    expect(await reporters.reveal(ref)).toEqual(wang)
  })

  it('[PD35] the audit is kept 180 days and more, whatever a site writes; a wrong file is one sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-keep-'))
    const write = (text: string) =>
      import('node:fs/promises').then((fs) => fs.writeFile(join(folder, 'retention.json'), text))
    expect(await readRetention(folder)).toEqual(usualDays)
    await write('{"audit":179}')
    await expect(readRetention(folder)).rejects.toThrow(/audit.*180/)
    await write('{"audit":180,"residents":30}')
    expect(await readRetention(folder)).toMatchObject({ audit: 180, residents: 30, pictures: usualDays.pictures })
    await write('{"reporters":30}')
    await expect(readRetention(folder)).rejects.toThrow(/retention\.json/)
    await rm(folder, { recursive: true })
  })

  it('[PD35] asked what is due, it counts and erases nothing', async () => {
    const ref = await house.records.reporters.keep(wang, morning)
    const { retention } = house.records.personal
    await retention.note([{ endedAt: morning, refs: [ref], pictures: [] }], morning, morning)
    const open = { refs: new Set<ReporterRef>(), pictures: new Set<EvidenceId>() }
    expect(await retention.due(usualDays, open, morning + 400 * day)).toMatchObject({ residents: 1, pictures: 0 })
    expect(await house.records.reporters.reveal(ref)).toEqual(wang)
  })
})

describe('asked by the resident', () => {
  let viewer: Viewer | null
  let app: express.Express
  let link: string
  let ref: ReporterRef
  beforeEach(async () => {
    const { reporters, links } = house.records
    ref = await reporters.keep(wang, morning)
    link = await links.make({ sourceKey: 'resident-page/1', caseId: '20261121-001' as CaseId, ref }, morning)
    viewer = aViewer({ role: 'security-administrator', personId: 'qin' as PersonId })
    const door = openPersonalDoor({
      ...house.records,
      sessions: { provenAt: () => house.clock.now },
      desk: { board: emptyBoard },
      archived: async () => null,
      viewerOf: () => viewer,
      now: () => house.clock.now,
      origins: ['http://sanping.test'],
      perMinute: 60,
    })
    app = express().use(door.router)
  })
  const own = () => request(app).get(`/api/resident/cases/${link}/own`)

  it('[PD36] whoever holds the link sees at once what is kept, and nobody by another', async () => {
    const { body } = await own().expect(200).expect('cache-control', 'no-store')
    expect(body).toEqual({ reporter: wang, keptAt: morning, caseId: '20261121-001', asked: null })
    await request(app)
      .get(`/api/resident/cases/${'x'.repeat(43)}/own`)
      .expect(404)
  })

  it('[PD37] the wish to be forgotten waits for the security administrator; then all under that number is gone', async () => {
    const other = await house.records.reporters.keep({ phone: '+86 138 1234 5678', text: '上个月的' }, morning)
    const stays = await house.records.reporters.keep({ name: '李四', phone: '13711112222' }, morning)
    await request(app).post(`/api/resident/cases/${link}/forget`).expect(200)
    await request(app).post(`/api/resident/cases/${link}/forget`).expect(200)
    const { wishes } = (await request(app).get('/api/personal/wishes').expect(200)).body
    expect(wishes).toHaveLength(1)
    const decide = () => request(app).post(`/api/personal/wishes/${wishes[0].id}`).send({ grant: true })
    const { erased } = (await decide().expect(200)).body
    expect(erased).toEqual({ residents: 2, links: 1, pictures: 0 })
    for (const gone of [ref, other]) expect(await house.records.reporters.reveal(gone)).toBeNull()
    expect(await house.records.reporters.reveal(stays)).not.toBeNull()
    await decide().expect(409)
    await own().expect(404)
  })

  it.each(['administrator', 'duty-officer', 'chief', 'audit-administrator', 'wall'] as const)(
    '[PD37] the %s decides nothing of it and sees no list',
    async (role) => {
      viewer = aViewer({ role })
      await request(app).get('/api/personal/wishes').expect(403)
      await request(app).post('/api/personal/wishes/w-1').send({ grant: true }).expect(403)
    },
  )
})
