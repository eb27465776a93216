// Forms, phases and branches out of a scenario's data: what is taken, what is refused, what the clocks do.
import { describe, expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import type { Value } from '#contract/process'
import { picturesIn, wrongField } from '#contract/wrong-field'
import { aProcess, aTrial } from '../suites/a-process.ts'
import { minutes } from '../suites/builders.ts'

const [form] = aProcess().forms
const fill = (values: Record<string, Value>) => ({ type: 'fill' as const, form: 'plan', values })
const good = { title: '三号楼' }
const to = (phase: string, reason?: string) => ({ type: 'advance' as const, to: phase, reason })
const clockOf = (street: ReturnType<typeof aTrial>, name: string) =>
  street.only().clocks.find((clock) => clock.name === name)

describe('a form', () => {
  const picture = 'a'.repeat(64)

  it.each<[string, string, Value]>([
    ['a line of text is one line', 'title', 'two\nlines'],
    ['a required field is not left blank', 'title', '  '],
    ['a number below the least', 'floors', 0],
    ['a number above the most', 'floors', 41],
    ['a number written as text', 'floors', '6'],
    ['an option that is none', 'colour', 'green'],
    ['one that is several', 'colour', ['red']],
    ['several with one that is none', 'days', ['mon', 'sun']],
    ['several with one twice', 'days', ['mon', 'mon']],
    ['several that is one', 'days', 'mon'],
    ['yes said as text', 'paid', 'yes'],
    ['a day that is none', 'on', '2026-02-31'],
    ['a day written otherwise', 'on', '21.11.2026'],
    ['an hour that is none', 'at', '24:00'],
    ['a picture that is none', 'picture', 'photo.jpg'],
    ['pictures, one of which is none', 'picture', [picture, 'x']],
    ['a field that the form does not have', 'ghost', 'boo'],
  ])('[SE3] %s: the field is named', (_what, field, value) => {
    expect(wrongField(form!, { ...good, [field]: value })).toBe(field)
  })

  it('[SE3] filled in rightly it is taken; what is not required may be left out', () => {
    expect(wrongField(form!, good)).toBeNull()
    const all = {
      ...good,
      ...{ floors: 6, colour: 'blue', days: ['mon', 'tue'], paid: false, on: '2026-02-28', at: '09:30' },
      ...{ picture: [picture], who: 'li', more: 'one\ntwo' },
    }
    expect(wrongField(form!, all)).toBeNull()
    expect(picturesIn(all)).toEqual([picture])
    expect(wrongField(form!, { ...good, floors: '', days: [] })).toBeNull()
  })

  it('[SE3] it is in the case with who filled it in; again it is written anew; a clock that waited for it stops', () => {
    const street = aTrial()
    expect(street.says('li', fill({ title: '' }))).toEqual({ refusal: 'form-wrong' })
    expect(street.says('li', fill({ ...good, who: 'a ghost' }))).toEqual({ refusal: 'form-wrong' })
    expect(street.says('li', { ...fill(good), form: 'ghost' })).toEqual({ refusal: 'form-unknown' })
    expect(street.says('shen', fill(good))).toEqual({ refusal: 'role-not-allowed' })
    street.says('li', fill(good))
    expect(clockOf(street, 'plan')?.metAt).toBe(street.now)
    street.pass(5)
    street.says('chen', fill({ title: '五号楼' }))
    expect(street.only().forms).toEqual({ plan: { by: 'chen', at: street.now, values: { title: '五号楼' } } })
    expect(street.only().steps.filter((step) => step.verb === 'fill')).toHaveLength(2)
  })

  it('[SE4] a verb that waits for a form is refused without it', () => {
    const street = aTrial({ phases: [], checklist: [], waitsForChildren: false })
    street.says('li', { type: 'arrive' })
    street.says('li', { type: 'finish' })
    expect(street.says('shen', { type: 'close', disposition: 'solved' })).toEqual({ refusal: 'form-missing' })
    street.says('chen', fill(good))
    expect(street.says('shen', { type: 'close', disposition: 'solved' })).toHaveProperty('events')
  })
})

describe('phases', () => {
  const ready = () => {
    const street = aTrial()
    street.says('li', fill(good))
    street.says('li', { type: 'tick', item: 'posted' })
    return street
  }

  it('[SE5] it goes on along the scenario’s lines only, with all that is asked for, and its clock starts with the phase', () => {
    const street = aTrial()
    expect(street.only().phase).toEqual({ id: 'plan', since: street.now })
    expect(street.says('li', to('build'))).toEqual({ refusal: 'phase-not-next' })
    expect(street.says('li', to('ask'))).toEqual({ refusal: 'phase-not-ready' })
    street.says('li', fill(good))
    expect(street.says('li', to('ask'))).toEqual({ refusal: 'phase-not-ready' })
    street.says('li', { type: 'tick', item: 'posted' })
    expect(clockOf(street, 'asking')).toBeUndefined()
    street.says('li', to('ask', '材料齐了'))
    expect(street.only().phase).toEqual({ id: 'ask', since: street.now })
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'advance', about: 'plan>ask', reason: '材料齐了' })
    expect(clockOf(street, 'asking')).toMatchObject({ startedAt: street.now, dueAt: street.now + minutes(120) })
  })

  it('[SE5] voted down it goes back, and asked a second time the clock is whole again', () => {
    const street = ready()
    street.says('li', to('ask'))
    street.pass(30)
    expect(street.says('li', to('build'))).toEqual({ refusal: 'phase-not-ready' })
    street.says('li', to('plan'))
    expect(clockOf(street, 'asking')?.metAt).toBe(street.now)
    street.pass(30)
    street.says('li', to('ask'))
    expect(clockOf(street, 'asking')).toMatchObject({ dueAt: street.now + minutes(120) })
    expect(clockOf(street, 'asking')?.metAt).toBeUndefined()
  })

  it('[SE5] a line may be one post’s alone; and only while it is in hand and not on hold', () => {
    const street = ready()
    street.says('li', to('ask'))
    street.says('li', { type: 'enroll', roll: 'homes', members: [{ id: '1', weight: 1 }] })
    street.says('li', { type: 'vote', ballot: 'wish', member: '1', choice: 'yes' })
    expect(street.says('shen', to('build'))).toEqual({ refusal: 'role-not-allowed' })
    street.says('shen', { type: 'return', reason: '换人' })
    expect(street.says('shen', to('plan'))).toEqual({ refusal: 'stage-not-allowed' })
  })

  it('[SE6] it is finished only in a phase in which it may be', () => {
    const street = ready()
    street.says('li', { type: 'arrive' })
    expect(street.says('li', { type: 'finish' })).toEqual({ refusal: 'phase-not-ready' })
    street.says('li', to('ask'))
    street.says('li', { type: 'enroll', roll: 'homes', members: [{ id: '1', weight: 1 }] })
    street.says('li', { type: 'vote', ballot: 'wish', member: '1', choice: 'yes' })
    street.says('li', to('build'))
    expect(street.says('li', { type: 'finish' })).toHaveProperty('events')
  })
})

describe('branches', () => {
  /** In `build`, where waste may be branched off. */
  function building() {
    const street = aTrial()
    street.says('li', fill(good))
    street.says('li', { type: 'tick', item: 'posted' })
    expect(street.says('li', { type: 'branch', branch: 'waste' })).toEqual({ refusal: 'branch-unknown' })
    street.says('li', to('ask'))
    street.says('li', { type: 'enroll', roll: 'homes', members: [{ id: '1', weight: 1 }] })
    street.says('li', { type: 'vote', ballot: 'wish', member: '1', choice: 'yes' })
    street.says('li', to('build'))
    return street
  }

  it('[SE7] a case grows out of another: a life and clocks of its own, and both say of the other', () => {
    const street = building()
    const parent = street.only().id
    expect(street.says('shen', { type: 'branch', branch: 'waste' })).toEqual({ refusal: 'role-not-allowed' })
    expect(street.says('li', { type: 'branch', branch: 'ghost' })).toEqual({ refusal: 'branch-unknown' })
    const decision = street.says('li', { type: 'branch', branch: 'waste', text: '门口一堆砖' })
    expect(decision).toMatchObject({ caseId: parent, madeCaseId: '20261120-002' })
    const [before, child] = street.cases()
    expect(before).toMatchObject({ children: [child!.id], steps: expect.arrayContaining([expect.objectContaining({ verb: 'branch', about: child!.id })]) }) // prettier-ignore
    expect(child).toMatchObject({
      ...{ scenarioId: 'dropped-garbage', matter: 'dropped-garbage', stage: 'reported', path: before!.path },
      lineage: { from: [parent], how: 'branched', branch: 'waste' },
      sources: [{ text: '门口一堆砖', why: { rule: 'branched', from: parent }, by: { kind: 'person', id: 'li' } }],
    })
    expect(child!.clocks.map((clock) => clock.name)).toContain('accept')
    // One more is one more, never joined with the first.
    expect(street.says('li', { type: 'branch', branch: 'waste' })).toMatchObject({ madeCaseId: '20261120-003' })
  })

  it('[SE8] its parent is not closed while it is open; ended or gone from the board it holds nothing up', () => {
    const street = building()
    const parent = street.only().id
    street.says('li', { type: 'branch', branch: 'waste' })
    street.says('li', { type: 'arrive' })
    expect(street.says('li', to('plan'))).toEqual({ refusal: 'phase-not-ready' })
    street.says('li', { type: 'finish' })
    const close = { type: 'close' as const, caseId: parent, disposition: 'solved' as const }
    expect(street.says('shen', close)).toEqual({ refusal: 'children-open' })
    street.says('shen', { type: 'void', caseId: '20261120-002' as CaseId, reason: '已清' })
    expect(street.says('shen', close)).toHaveProperty('events')
  })

  it('[SE8] what was closed and opened again is waited for again', () => {
    const street = building()
    const parent = street.only().id
    street.says('li', { type: 'branch', branch: 'waste' })
    const child = street.board.cases.get('20261120-002' as CaseId)!
    street.board.cases.set(child.id, { ...child, stage: 'closed', children: ['20261120-009' as CaseId] })
    const again = { ...child, id: '20261120-009' as CaseId, lineage: { from: [child.id], how: 'reopened' as const } }
    street.board.cases.set(again.id, again)
    street.says('li', { type: 'arrive', caseId: parent })
    street.says('li', { type: 'finish', caseId: parent })
    const close = { type: 'close' as const, caseId: parent, disposition: 'solved' as const }
    expect(street.says('chen', close)).toEqual({ refusal: 'children-open' })
    street.board.cases.set(again.id, { ...again, stage: 'closed' })
    expect(street.says('chen', close)).toHaveProperty('events')
  })

  it('[SE7] an ended case grows nothing any more', () => {
    const street = building()
    street.says('li', { type: 'arrive' })
    street.says('li', { type: 'finish' })
    street.says('shen', { type: 'close', disposition: 'solved' })
    expect(street.says('li', { type: 'branch', branch: 'waste' })).toEqual({ refusal: 'stage-not-allowed' })
    expect(street.only().handlers).toEqual(['li' as PersonId])
  })
})
