// Both sides of a conflict: the phone says what the desk did meanwhile and how to go on; the desk sees what came late.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CaseId, CommandId, EvidenceId, Instant, PersonId } from '#contract/ids'
import { isUnsigned } from '#contract/figures'
import type { OutItem } from '../../dashboard/link/outbox-port.ts'
import { settleItem } from '../../dashboard/link/outbox-rules.ts'
import {
  heldPictures,
  lateGroups,
  lateOf,
  notesOf,
  picturesOf,
  waysOn,
  writtenIn,
} from '../../dashboard/screens/field/late.ts'
import type { ProcessBook } from '../../dashboard/screens/field/process-said.ts'
import { stepsSay } from '../../dashboard/screens/desk/story.ts'
import type { Facts } from '../../dashboard/screens/desk/facts.ts'
import { aCase, aCommand, aStreet, minutes, morning } from '../suites/builders.ts'

const li = 'li' as PersonId
const caseId = aCase().id
const tapped = (wish: Partial<PersonWish> & { type: string }, change: Partial<OutItem> = {}): OutItem => ({
  ...{
    id: `item-${wish.type}` as CommandId,
    owner: li,
    lane: caseId,
    order: 1,
    wish: { caseId, ...wish } as PersonWish,
  },
  ...{ pictures: [], tappedAt: morning, place: 'refused', trouble: 'not-assigned-to-you', tries: 1 },
  ...{ deliveredAt: null, outcome: null },
  ...change,
})
const by = (id: string) => ({ kind: 'person' as const, id: id as PersonId, role: 'chief' as const })
const step = (verb: Case['steps'][number]['verb'], id: string, at: Instant, more: object = {}) => ({
  verb,
  at,
  by: by(id),
  ...more,
})
const later = morning + minutes(40)

describe('what happened meanwhile', () => {
  const cases: [string, Partial<Case>, object][] = [
    [
      'given to another',
      {
        stage: 'handling',
        holder: { personId: 'zhao' as PersonId, since: later },
        steps: [step('dispatch', 'shen', later)],
      },
      { what: 'moved', to: 'zhao', by: { id: 'shen' }, at: later },
    ],
    ['returned', { stage: 'filed', steps: [step('return', 'shen', later)] }, { what: 'returned', by: { id: 'shen' } }],
    ['closed', { stage: 'closed', steps: [step('close', 'chen', later)] }, { what: 'closed', by: { id: 'chen' } }],
    ['voided', { stage: 'void', steps: [step('void', 'chen', later)] }, { what: 'voided', by: { id: 'chen' } }],
    [
      'merged',
      { stage: 'void', mergedInto: '20261120-009' as CaseId, steps: [step('merge', 'chen', later)] },
      { what: 'merged', into: '20261120-009', by: { id: 'chen' } },
    ],
    [
      'done by another',
      { stage: 'verification', holder: { personId: li, since: morning }, steps: [step('finish', 'zhao', later)] },
      { what: 'finished', by: { id: 'zhao' } },
    ],
    [
      'put on hold',
      {
        stage: 'handling',
        holder: { personId: li, since: morning },
        held: { since: later, until: later + 1, reason: '等配件', by: 'shen' } as unknown as NonNullable<Case['held']>,
        steps: [step('approve', 'shen', later)],
      },
      { what: 'held', until: later + 1 },
    ],
  ]
  it.each(cases)('[SN318] %s, by whom and when', (_name, change, late) => {
    expect(lateOf(tapped({ type: 'finish' }, { trouble: 'stage-not-allowed' }), aCase(change), li)).toMatchObject(late)
  })
  it('[SN318] a case that is out of sight is said to be; a no of another kind says itself what is wrong', () => {
    expect(lateOf(tapped({ type: 'finish' }), undefined, li)).toEqual({ what: 'gone' })
    expect(lateOf(tapped({ type: 'finish' }, { trouble: 'photo-missing' }), aCase({ stage: 'closed' }), li)).toBeNull()
    expect(lateOf(tapped({ type: 'finish' }, { place: 'waiting' }), aCase({ stage: 'closed' }), li)).toBeNull()
  })
  it('[SN319] all that was tapped for one case is told once, with when the desk said no', () => {
    const items = [
      tapped({ type: 'take' }),
      tapped({ type: 'arrive' }),
      tapped({ type: 'tick' }, { trouble: 'wrong-shape' }),
    ]
    const { groups, others } = lateGroups(items, new Map([[caseId, aCase({ stage: 'closed' })]]), li)
    expect(groups).toMatchObject([{ caseId, items: [{ wish: { type: 'take' } }, { wish: { type: 'arrive' } }] }])
    expect(others).toHaveLength(1)
    const no = { ok: false as const, refusal: 'stage-not-allowed' as const }
    expect(settleItem(tapped({ type: 'take' }), { outcome: no }, later)).toMatchObject({
      place: 'refused',
      refusedAt: later,
    })
  })
  it('[SN319] made anew it takes every photo along, those sent already too', () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as EvidenceId[]
    const items = [
      tapped({ type: 'attach', evidence: a!, slot: 'before-near', takenAt: morning } as never, { place: 'delivered' }),
      tapped({ type: 'attach', evidence: b!, slot: 'after-near', takenAt: morning } as never, { pictures: [b!] }),
      tapped({ type: 'finish' }, { lane: 'other', pictures: ['c'.repeat(64) as EvidenceId] }),
    ]
    expect(picturesOf(items, caseId)).toEqual([a, b])
    expect(waysOn({ what: 'closed' }, aCase())).toEqual(['note', 'report'])
    expect(waysOn({ what: 'gone' }, undefined)).toEqual([])
  })
})

it('[SN319] what was written with it goes along, each word once', () => {
  const items = [
    tapped({ type: 'take' }),
    tapped({ type: 'finish', note: '线已拆，人已劝离' }),
    tapped({ type: 'return', reason: '不归网格' }),
    tapped({ type: 'return', reason: '不归网格' }),
  ]
  expect(writtenIn(items)).toEqual(['线已拆，人已劝离', '不归网格'])
  const long = notesOf('点了「办完」', [tapped({ type: 'finish', note: '长'.repeat(900) })])
  expect(long.map((note) => note.length <= 500)).toEqual([true, true])
  expect(long.join('')).toBe(`点了「办完」\n${'长'.repeat(900)}`)
})

it('[SN341] a form and a vote that came too late are in the note in words, and their photos lie here until somebody decides', () => {
  const words = (zh: string) => ({ zh, en: zh })
  const field = (id: string, zh: string, kind: string, more: object = {}) => ({ id, words: words(zh), kind, ...more })
  const scenario = {
    forms: [
      {
        ...{ id: 'look', words: words('到场查看') },
        fields: [
          field('smoke', '有烟', 'yes-no'),
          field('who', '在场', 'person'),
          field('room', '几户', 'number', { unit: words('户') }),
          field('where', '哪里', 'choices', { options: [{ id: 'roof', words: words('棚顶') }] }),
          field('slip', '照片', 'photo'),
        ],
      },
    ],
    ballots: [{ id: 'lift', words: words('加装电梯'), choices: [{ id: 'yes', words: words('同意') }] }],
  } as unknown as ProcessBook['scenario']
  const book = { scenario, nameOf: () => '李志强', and: '、' }
  const [slip, ballot] = ['a'.repeat(64), 'b'.repeat(64)] as [EvidenceId, EvidenceId]
  const values = { smoke: true, who: 'li', room: 3, where: ['roof', 'wall'], slip: [slip] }
  const items = [
    tapped({ type: 'fill', form: 'look', values } as never, { pictures: [slip] }),
    tapped({ type: 'vote', ballot: 'lift', member: '3-201', choice: 'yes', evidence: ballot } as never, {
      pictures: [ballot],
    }),
    tapped({ type: 'finish', note: '线已拆' }),
  ]
  const said = ['到场查看·有烟 是', '到场查看·在场 李志强', '到场查看·几户 3 户', '到场查看·哪里 棚顶、wall']
  expect(writtenIn(items, book)).toEqual([...said, '加装电梯·3-201 同意', '线已拆'])
  expect(notesOf('点了「填表」', items, book)).toEqual([
    ['点了「填表」', ...said, '加装电梯·3-201 同意', '线已拆'].join('\n'),
  ])
  expect(heldPictures(items)).toEqual([slip, ballot])
  expect(picturesOf(items, caseId)).toEqual([slip, ballot])
})

describe('at the desk', () => {
  it('[SN320] what a phone did long before it was heard says both times', () => {
    const street = aStreet()
    street.reports()
    street.says('shen', { type: 'dispatch', to: 'li' as PersonId, caseId: street.only().id } as never)
    street.pass(231)
    const take: PersonWish = { type: 'take', caseId: street.only().id }
    street.submit(aCommand({ kind: 'person', id: li, role: 'officer' }, take, { claimedAt: morning }))
    const facts = {
      people: new Map([[li, { name: '李志强' }]]),
      versions: new Map(),
      scenarios: new Map(),
    } as unknown as Facts
    const said = stepsSay(facts, street.only(), later).find(({ what }) => what === '接单')
    expect(said).toMatchObject({ time: '13:22', why: '手机 09:31 已点，13:22 才到' })
  })
  it('[SN321] a note of whoever had it is taken in after it went to another and after it ended, and moves nothing', () => {
    const street = aStreet()
    street.reports()
    const { id } = street.only()
    street.says('shen', { type: 'dispatch', caseId: id, to: 'zhao' as PersonId })
    const words = '李志强 09:31 在手机上点了「办完」'
    street.says('li', { type: 'note', caseId: id, note: words })
    expect(street.only()).toMatchObject({ stage: 'dispatched', holder: { personId: 'zhao' } })
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'note', note: words, by: { id: 'li' } })
    street.says('zhao', { type: 'return', caseId: id, reason: '不归我' })
    street.says('chen', { type: 'void', caseId: id, disposition: 'false-alarm', reason: '演练' })
    expect(street.says('li', { type: 'note', caseId: id, note: words })).toMatchObject({ events: [{ type: 'marked' }] })
    expect(street.says('wu', { type: 'note', caseId: id, note: words })).toEqual({ refusal: 'not-your-area' })
  })
})

describe('unsigned', () => {
  it('[SN322] the phone marks as unanswered what the figures count as unsigned, and nothing else', () => {
    expect([aCase(), aCase({ level: 3 }), aCase({ stage: 'closed' })].map(isUnsigned)).toEqual([true, false, false])
  })
})
