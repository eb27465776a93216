// The site's own folder of scenarios, edited while the house runs: in force at once, refused in words, every version kept.
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openRuleBook } from '../../ingest-server/app/rule-book.ts'
import { faultInWords } from '../../ingest-server/app/rule-file.ts'
import type { KeptRules } from '../../ingest-server/records/port.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { ScenarioId } from '#contract/ids'
import { aProcess } from '../suites/a-process.ts'

const shipped = path.resolve(import.meta.dirname, '../../ingest-server/scenarios')
const garbage = 'dropped-garbage' as ScenarioId
type File = Record<string, unknown>

/** A site's folder, and the house's rule book over it; looks when it is told to. */
async function aSite() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'site-'))
  const site = path.join(folder, 'scenarios')
  const records = await openRecords({
    ...{ folder: ':memory:', pictures: folder, secret: new Uint8Array(32), now: () => 1 },
    random: (bytes) => new Uint8Array(bytes).fill(7),
  })
  onTestFinished(async () => {
    await records.close()
    await rm(folder, { recursive: true })
  })
  const refused: string[] = []
  let clock = 0
  let look = () => {}
  const open = (kept: KeptRules = records.rules) =>
    openRuleBook({
      ...{ shipped, site, kept, now: () => ++clock },
      every: (_ms, run) => {
        look = run
        return () => {}
      },
      onRefused: (fault) => refused.push(faultInWords(fault, 'zh')),
      onFault: (fault) => {
        throw fault
      },
    })
  const rules = await open()
  const put = async (name: string, change: (file: File) => unknown) => {
    await mkdir(site, { recursive: true })
    const from = await readFile(path.join(site, name), 'utf8').catch(() => readFile(path.join(shipped, name), 'utf8'))
    await writeFile(path.join(site, name), JSON.stringify(change(JSON.parse(from) as File)))
  }
  return {
    ...{ rules, records, site, refused, open, put },
    shipped: async (id: string) => JSON.parse(await readFile(path.join(shipped, `${id}.json`), 'utf8')) as File,
    /** The next look has found it so. */
    sees: (check: () => void) =>
      vi.waitFor(() => {
        look()
        check()
      }),
    version: (id: string, book = rules) => book.book().byId.get(id as ScenarioId)?.version,
  }
}

describe('the site’s own scenarios', () => {
  it('[SE23] an edited scenario is in force within seconds; the version before is still known by its name', async () => {
    const site = await aSite()
    const before = site.version(garbage)!
    const told = vi.fn()
    site.rules.follow(told)
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.9 }))
    await site.sees(() => expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.9))
    expect(told).toHaveBeenCalledOnce()
    expect(site.version(garbage)).not.toBe(before)
    expect(site.rules.book().byVersion.get(`dropped-garbage@${before}`)?.sureFrom).toBe(0.5)
    expect(site.rules.answer()).toMatchObject({ own: ['dropped-garbage'], faults: [], older: [{ version: before }] })
    await unlink(path.join(site.site, 'dropped-garbage.json'))
    await site.sees(() => expect(site.version(garbage)).toBe(before))
  })

  it('[SE24] a wrong file is refused in words, once, and what was there before stays; mended it is taken', async () => {
    const site = await aSite()
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.9 }))
    await site.sees(() => expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.9))
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 2 }))
    await site.sees(() => expect(site.refused).toHaveLength(1))
    expect(site.refused[0]).toMatch(/^dropped-garbage\.json: sureFrom: 数值过大/)
    expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.9)
    expect(site.rules.answer()).toMatchObject({ own: ['dropped-garbage'], faults: [{ path: 'sureFrom' }] })
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.8 }))
    await site.sees(() => expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.8))
    expect(site.rules.answer().faults).toEqual([])
    expect(site.refused).toHaveLength(1)
  })

  it('[SE24] wrong only beside the others: the one that was changed gives way, the rest of the folder is taken', async () => {
    const site = await aSite()
    await mkdir(site.site, { recursive: true })
    const twin = { ...aProcess(), matters: [{ ...aProcess().matters[0], code: 'smoke' }], feeds: [] }
    await writeFile(path.join(site.site, 'trial-process.json'), JSON.stringify(twin))
    await site.put('grid-report.json', (file) => ({ ...file, sureFrom: 0.9 }))
    await site.sees(() => expect(site.rules.book().byId.get('grid-report' as ScenarioId)?.sureFrom).toBe(0.9))
    expect(site.version('trial-process')).toBeUndefined()
    expect(site.refused).toEqual(['trial-process.json: matters[0].code: 事项「smoke」已归 bike-shed-fire'])
  })

  it('[SE24] a broken file does not keep the house from starting: the last version that was in force stands in', async () => {
    const site = await aSite()
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.9 }))
    await site.sees(() => expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.9))
    await site.rules.close()
    await writeFile(path.join(site.site, 'dropped-garbage.json'), '{ "id":')
    const again = await site.open()
    expect(again.book().byId.get(garbage)?.sureFrom).toBe(0.9)
    expect(site.refused).toEqual(['dropped-garbage.json: 不是完整的 JSON'])
    await again.close()
  })

  it('[SE21] every version is kept for the cases that go by it, over a restart too; kept before anything is opened by it', async () => {
    const site = await aSite()
    const first = site.version(garbage)!
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.9 }))
    await site.sees(() => expect(site.version(garbage)).not.toBe(first))
    const second = site.version(garbage)!
    await site.put('dropped-garbage.json', (file) => ({ ...file, sureFrom: 0.95 }))
    await site.sees(() => expect(site.version(garbage)).not.toBe(second))
    const again = await site.open()
    for (const version of [first, second]) expect(again.book().byVersion.has(`dropped-garbage@${version}`)).toBe(true)
    expect((await site.records.rules.all()).map(({ key }) => key)).toContain(`scenario:dropped-garbage@${second}`)
    await again.close()
  })

  it('[SE21] the site’s own calendar takes the shipped one’s place, and a clock still finds the one it was started under', async () => {
    const site = await aSite()
    const before = site.rules.calendar().version
    await site.put('calendar.json', (file) => ({ ...file, version: '2027', holidays: ['2027-01-01'] }))
    await site.sees(() => expect(site.rules.calendar().version).toMatch(/^2027#/))
    expect(site.rules.calendars().get(before)?.holidays).toContain('2026-10-01')
    await site.put('calendar.json', (file) => ({ ...file, hours: [] }))
    await site.sees(() => expect(site.refused).toEqual(['calendar.json: hours: 没有工作时间']))
    expect(site.rules.calendar().version).toMatch(/^2027#/)
    // Broken over a restart too: the last that was in force stands in.
    const again = await site.open()
    expect(again.calendar().version).toMatch(/^2027#/)
    await again.close()
  })

  it('[SE25] put through the door: checked beside the others, written, and in force when it is answered', async () => {
    const site = await aSite()
    const file = { ...(await site.shipped(garbage)), sureFrom: 0.9 }
    const answer = await site.rules.put(garbage, JSON.stringify(file))
    expect(answer).toEqual({ ok: true, version: site.version(garbage) })
    expect(site.rules.book().byId.get(garbage)?.sureFrom).toBe(0.9)
    const wrong = await site.rules.put(garbage, JSON.stringify({ ...file, handledBy: [] }))
    expect(wrong).toMatchObject({ ok: false, faults: [{ file: 'dropped-garbage.json', path: 'handledBy' }] })
    const other = await site.rules.put('grid-report' as ScenarioId, JSON.stringify(file))
    const named = expect.objectContaining({ file: 'grid-report.json', path: 'id' })
    expect(other).toMatchObject({ ok: false, faults: expect.arrayContaining([named]) })
    expect(JSON.parse(await readFile(path.join(site.site, 'dropped-garbage.json'), 'utf8'))).toEqual(file)
  })
})
