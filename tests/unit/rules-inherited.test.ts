// Rules of a city, a district and a street: each says only what it says otherwise, and what no longer fits is refused in words.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ScenarioId } from '#contract/ids'
import { linesOf, mergePatch } from '../../ingest-server/app/merge-patch.ts'
import { openRuleBook } from '../../ingest-server/app/rule-book.ts'
import { faultInWords } from '../../ingest-server/app/rule-file.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'

const shipped = path.resolve(import.meta.dirname, '../../ingest-server/scenarios')
const garbage = 'dropped-garbage' as ScenarioId
const file = JSON.parse(readFileSync(path.join(shipped, 'dropped-garbage.json'), 'utf8')) as Record<string, unknown>

describe('a merge patch', () => {
  it('[ST10] is RFC 7396: null takes away, a list is replaced whole, a field that is no object gives way', () => {
    const cases: [unknown, unknown, unknown][] = [
      [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
      [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
      [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
      [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
      [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
      [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
      [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
      [
        ['a', 'b'],
        ['c', 'd'],
        ['c', 'd'],
      ],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [[1, 2], { a: 'b', c: null }, { a: 'b' }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    ]
    for (const [target, patch, merged] of cases) expect(mergePatch(target, patch)).toEqual(merged)
    const hostile = mergePatch({}, JSON.parse('{"__proto__":{"polluted":1}}'))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.keys(hostile as object)).toEqual(['__proto__'])
  })

  it('[ST13] what was changed is told line by line: the path, what is above, what is ours', () => {
    expect(linesOf({ a: [1, { b: 2 }], c: 3 }, { a: [1, { b: 4 }, 5], d: 6 })).toEqual([
      { path: 'a[1].b', above: 2, ours: 4 },
      { path: 'a[2]', ours: 5 },
      { path: 'c', above: 3 },
      { path: 'd', ours: 6 },
    ])
  })
})

describe('three levels', () => {
  let folder: string
  const levels = ['city', 'district', 'street'] as const
  const at = (level: (typeof levels)[number], name: string) => path.join(folder, level, name)
  const put = (level: (typeof levels)[number], name: string, what: unknown) =>
    writeFileSync(at(level, name), typeof what === 'string' ? what : JSON.stringify(what))

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'levels-'))
    for (const level of levels) mkdirSync(path.join(folder, level))
    onTestFinished(() => rmSync(folder, { recursive: true }))
  })

  async function open() {
    const records = await openRecords({
      ...{ folder: ':memory:', pictures: folder, secret: new Uint8Array(32), now: () => 1 },
      random: (bytes) => new Uint8Array(bytes).fill(7),
    })
    const refused: string[] = []
    let look = () => {}
    const rules = await openRuleBook({
      ...{ shipped, site: path.join(folder, 'street'), kept: records.rules, now: () => 1 },
      above: [
        { id: '3101', kind: 'city', words: { zh: '上海市', en: 'Shanghai' }, folder: path.join(folder, 'city') },
        {
          id: '310101',
          kind: 'district',
          words: { zh: '黄浦区', en: 'Huangpu' },
          folder: path.join(folder, 'district'),
        },
      ],
      self: { id: '310101020', kind: 'street', words: { zh: '五里桥街道', en: 'Wuliqiao' } },
      every: (_ms, run) => {
        look = run
        return () => {}
      },
      onRefused: (fault) => refused.push(`${fault.level}: ${faultInWords(fault, 'en')}`),
      onFault: (fault) => {
        throw fault
      },
    })
    onTestFinished(async () => {
      await rules.close()
      await records.close()
    })
    return {
      ...{ rules, refused },
      sees: (check: () => void) =>
        vi.waitFor(() => {
          look()
          check()
        }),
      of: () => rules.book().byId.get(garbage)!,
    }
  }

  it('[ST10] a level changes fields of what it inherits, and what is under it inherits that', async () => {
    put('city', 'dropped-garbage.patch.json', { short: { zh: '市垃圾' } })
    put('district', 'dropped-garbage.patch.json', { sameCase: { minutes: 45 } })
    put('street', 'dropped-garbage.patch.json', { sureFrom: 0.9 })
    const { of, rules, refused } = await open()
    expect(of()).toMatchObject({ short: { zh: '市垃圾' }, sameCase: { minutes: 45 }, sureFrom: 0.9 })
    expect(refused).toEqual([])
    const origins = rules.answer().origins![garbage]!
    expect(origins.map(({ level, isNew }) => [level.kind, isNew])).toEqual([
      ['city', false],
      ['district', false],
      ['street', false],
    ])
    expect(origins[1]!.lines).toEqual([
      { path: 'sameCase.minutes', above: (file.sameCase as { minutes: number }).minutes, ours: 45 },
    ])
    expect(origins[2]!.lines).toEqual([{ path: 'sureFrom', above: file.sureFrom, ours: 0.9 }])
  })

  it('[ST11] a version above is another here, too; a case goes by the one it was opened under', async () => {
    put('street', 'dropped-garbage.patch.json', { sureFrom: 0.9 })
    const { of, rules, sees } = await open()
    const before = of().version
    put('district', 'dropped-garbage.patch.json', { sameCase: { minutes: 45 } })
    await sees(() => expect(of().sameCase.minutes).toBe(45))
    expect(of().version).not.toBe(before)
    expect(of().sureFrom).toBe(0.9)
    expect(rules.book().byVersion.get(`${garbage}@${before}`)?.sameCase.minutes).not.toBe(45)
  })

  it('[ST12] a change that no longer fits what is above it is refused in words, and the last good one stays', async () => {
    put('street', 'dropped-garbage.patch.json', { sureFrom: 0.9 })
    const { of, refused, sees, rules } = await open()
    const good = of().version
    put('street', 'dropped-garbage.patch.json', { sureFrom: 7 })
    await sees(() => expect(rules.answer().faults).toHaveLength(1))
    expect(refused[0]).toMatch(/^310101020: dropped-garbage\.patch\.json: sureFrom/)
    expect(of().version).toBe(good)
    put('street', 'dropped-garbage.patch.json', { sureFrom: 0.9 })
    await sees(() => expect(rules.answer().faults).toEqual([]))
    put('street', 'nothing-above.patch.json', { sureFrom: 0.9 })
    await sees(() => expect(refused.at(-1)).toContain('there is no such scenario above it to change'))
    put('street', 'nothing-above.patch.json', '[]')
    await sees(() => expect(rules.answer().faults).toHaveLength(1))
    unlinkSync(at('street', 'nothing-above.patch.json'))
    put('district', 'dropped-garbage.json', '{')
    await sees(() => expect(refused.at(-1)).toMatch(/^310101: dropped-garbage\.json: it is not whole JSON/))
    expect(of().sureFrom).toBe(0.9)
  })

  it('[ST10] a level may add a scenario of its own, and everything under it has it', async () => {
    const { version: _version, menu: _menu, autoDispatch: _sent, ...rest } = file
    const own = {
      ...rest,
      version: '1',
      id: 'bulky-waste',
      matters: [{ ...(file.matters as object[])[0], code: 'bulky-waste' }],
    }
    put('district', 'bulky-waste.json', own)
    put('street', 'bulky-waste.patch.json', { sureFrom: 0.5 })
    const { rules, refused } = await open()
    expect(refused).toEqual([])
    expect(rules.book().byId.get('bulky-waste' as ScenarioId)?.sureFrom).toBe(0.5)
    expect(rules.answer().origins!['bulky-waste']!.map(({ level, isNew }) => [level.kind, isNew])).toEqual([
      ['district', true],
      ['street', false],
    ])
    expect(rules.answer().own).toEqual(['bulky-waste'])
  })
})
