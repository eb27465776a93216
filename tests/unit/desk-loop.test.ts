// The desk's thinking about the closed loop: asked and granted, held and owned, joined and split, and a scenario's own road.
import { describe, expect, it } from 'vitest'
import type { Request } from '#contract/approval'
import { mayGrant } from '#contract/asks'
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { CaseId, PersonId, RequestId } from '#contract/ids'
import type { Field, Member } from '#contract/process'
import { Scenario } from '#contract/scenario'
import { countVotes } from '#contract/tally-votes'
import { readRoll } from '../../dashboard/parts/roll-lines.ts'
import { alsoSays } from '../../dashboard/screens/desk/also.ts'
import { ballotsSay } from '../../dashboard/screens/desk/ballots-say.ts'
import { choiceFor } from '../../dashboard/screens/desk/candidates.ts'
import { clocksSay, ledgersRunning } from '../../dashboard/screens/desk/clocks-say.ts'
import type { Facts } from '../../dashboard/screens/desk/facts.ts'
import { valuesOf } from '#contract/wrong-field'
import { wrongWords } from '../../dashboard/screens/desk/form-check.ts'
import { listsOf } from '../../dashboard/screens/desk/lists.ts'
import type { Looker } from '../../dashboard/screens/desk/may.ts'
import { formsSay, nextsSay, phasesSay, proceedingOf } from '../../dashboard/screens/desk/process-says.ts'
import { requestsSay } from '../../dashboard/screens/desk/requests-say.ts'
import { rowSays } from '../../dashboard/screens/desk/row-says.ts'
import { sheetOf } from '../../dashboard/screens/desk/sheets.ts'
import { stagesSay } from '../../dashboard/screens/desk/stages-say.ts'
import { standingSays } from '../../dashboard/screens/desk/standing.ts'
import { receiptsSay, stepsSay } from '../../dashboard/screens/desk/story.ts'
import { candidatesSay, mergeable, mergeWish } from '../../dashboard/screens/desk/twins.ts'
import { admit } from '../../dashboard/screens/desk/waiting-bar.ts'
import { clock, facts, now, sample, source } from '../../dashboard/screens/gallery/samples.ts'
import lift from '../../ingest-server/scenarios/lift.json' with { type: 'json' }

const minute = 60_000
const hour = 60 * minute
const [li, chen, zhou] = ['li', 'chen', 'zhou'] as PersonId[] as [PersonId, PersonId, PersonId]
const chief: Looker = { id: zhou, role: 'chief', post: 'station' }
const watch: Looker = { id: 'duty' as PersonId, role: 'duty-officer', post: 'command' }
const none = new Map<CaseId, Case>()
const by = (id: PersonId) => ({ kind: 'person' as const, id, role: 'officer' as const })
const handled = (change: Partial<Case> = {}) =>
  sample({ stage: 'handling', holder: { personId: li, since: now - hour, takenAt: now - hour }, ...change })
const request = (change: Partial<Request> = {}): Request => ({
  ...{ id: 'extend-1' as RequestId, what: 'extend', by: li, at: now - 5 * minute, reason: '等料' },
  ...{ longer: { amount: 2, unit: 'work-hours' as const }, clock: 'handle', ...change },
})
/** Four work hours, started at 09:01 that morning. */
const work = (change: Partial<Clock> = {}): Clock => ({
  ...{ name: 'handle', limit: { amount: 4, unit: 'work-hours' }, startedAt: now - 30 * minute },
  ...{ lateAt: now + 2 * hour, dueAt: now + 5.5 * hour, ledger: [{ from: now - 30 * minute, kind: 'running' }] },
  ...change,
})
const knowing = (change: Partial<Scenario>): Facts => {
  const scenario = { ...facts.scenarios.get('bike-shed-fire')!, ...change }
  return { ...facts, scenarios: new Map([[scenario.id, scenario]]) }
}
const standing = (subject: Case, looker: Looker | null = chief, known = facts) =>
  standingSays({ facts: known, subject, now, looker, all: none })
const row = (subject: Case, key: string, looker: Looker | null = chief, known = facts) =>
  standing(subject, looker, known).find((one) => one.key.split(' ')[0] === key)

describe('what is asked for', () => {
  const waits = (looker: Looker) => (subject: Case) =>
    (subject.requests ?? []).some((one) => !one.answer && mayGrant(undefined, one, subject, looker))

  it('[SN110] 待批 holds what the viewer may grant; nobody finds their own request there', () => {
    const lis = handled({ requests: [request()] })
    const own = handled({ requests: [request({ by: zhou })] })
    const answered = handled({ requests: [request({ answer: { yes: true, by: zhou, at: now } })] })

    expect(listsOf([lis, own, answered], zhou, waits(chief)).asked).toEqual([lis])
    expect(row(lis, 'asked')?.acts?.map((one) => one.key)).toEqual(['reject', 'approve'])
    expect(row(own, 'asked')?.acts?.map((one) => one.key)).toEqual(['withdraw'])
    expect(row(lis, 'asked')?.said).toBe('处置延时 2 工时：等料')
  })

  it('[SN110] who may grant is the scenario’s word where it has one', () => {
    const strict = knowing({ asks: { extend: { grants: ['duty-officer'] } } })
    const subject = handled({ requests: [request()] })

    expect(row(subject, 'asked', chief, strict)).toMatchObject({ acts: [], more: expect.stringContaining('等值守批') })
    expect(row(subject, 'asked', watch, strict)?.acts).toHaveLength(2)
  })

  it('[SN111] the sheet asks within the limits of the scenario, and counts what was granted', () => {
    const tight = knowing({ asks: { extend: { times: 1, longest: { amount: 2, unit: 'work-hours' } } } })
    const fresh = handled({ clocks: [work()] })
    const spent = { ...fresh, requests: [request({ answer: { yes: true, by: zhou, at: now } })] }
    const asking = (subject: Case) => sheetOf({ about: 'ask' }, { facts: tight, subject, now, looker: chief }).says.rows

    expect(asking(fresh)[0]?.options[0]).toMatchObject({
      words: '延时',
      note: '还可 1 次　最长 2 工时',
      disabled: false,
    })
    expect(asking(spent)[0]?.options[0]).toMatchObject({ note: '次数已用完　最长 2 工时', disabled: true })
    expect(
      asking(fresh)
        .find((one) => one.key === 'longer handle')
        ?.options.map((one) => one.words),
    ).toEqual(['1 工时', '2 工时'])
  })

  it('[SN111] what is missing is said in words, and a whole answer is the wish', () => {
    const subject = handled({ clocks: [work()] })
    const { missing, wish } = sheetOf({ about: 'ask' }, { facts, subject, now, looker: chief })
    const asked = { what: ['extend'], clock: ['handle'] }
    const whole = { chosen: { ...asked, 'longer handle': ['1 work-hours'] }, reason: '等料' }

    expect(missing({ chosen: asked, reason: '等料' })).toBe('请选延多久')
    expect(missing({ ...whole, reason: '' })).toBe('请写明原因')
    expect(missing(whole)).toBeNull()
    expect(wish(whole)).toEqual({
      ...{ type: 'ask', caseId: subject.id, what: 'extend', reason: '等料' },
      ...{ longer: { amount: 1, unit: 'work-hours' }, clock: 'handle' },
    })
  })

  it('[SN111] a hold ends ahead of now and no later than the scenario allows', () => {
    const tight = knowing({ asks: { hold: { longest: { amount: 24, unit: 'hours' } } } })
    const { missing, says } = sheetOf({ about: 'ask' }, { facts: tight, subject: handled(), now, looker: chief })
    const until = (at: number) => missing({ chosen: { what: ['hold'], until: [String(at)] }, reason: '等料' })

    expect(until(now - 1)).toBe('时间要在现在之后')
    expect(until(now + 25 * hour)).toBe('超过了最长时限')
    expect(until(now + 23 * hour)).toBeNull()
    expect(says.rows.find((one) => one.key === 'until')?.options.map((one) => one.words)).toEqual([
      '今日 18:00',
      '明日 09:00',
    ])
  })

  it('[SN112] a held case lies in 挂账, says until when and who granted it, and can be taken up again', () => {
    const held = { since: now - hour, until: now + 24 * hour, reason: '等配件', by: li, grantedBy: chen }
    const subject = handled({ held, clocks: [] })
    const lists = listsOf([subject], zhou)

    expect([lists.held, lists.underWay]).toEqual([[subject], []])
    expect(row(subject, 'held')).toMatchObject({
      said: '至 明日 09:31，等配件',
      more: '李强申请，陈海燕批准，08:31 起',
      acts: [{ key: 'resume', words: '恢复办理' }],
    })
    expect(rowSays(facts, subject, now, { viewer: zhou, all: [] })).toMatchObject({
      since: '挂账 至 明日 09:31，等配件',
      left: '停走',
    })
  })

  it('[SN113] every request is kept with what was said to it, the newest first', () => {
    const requests = [
      request({ answer: { yes: false, by: zhou, at: now - 4 * minute, reason: '料已到' } }),
      request({ id: 'hold-1' as RequestId, what: 'hold', at: now - minute, until: now + hour, reason: '断电' }),
    ]

    expect(requestsSay(facts, handled({ requests }), now).map((one) => [one.want, one.answer])).toEqual([
      ['挂账至 10:31', '等值守或站长批'],
      ['处置延时 2 工时', '周敏 09:27 驳回：料已到'],
    ])
  })
})

describe('the clocks', () => {
  it('[SN114] a pause and an extension stand on the line and under it, with who and why', () => {
    const ledger: Clock['ledger'] = [
      { from: now - 30 * minute, to: now - 20 * minute, kind: 'running' },
      { from: now - 20 * minute, to: now - 10 * minute, kind: 'paused', why: '等料', by: chen },
      { from: now - 10 * minute, to: now - 5 * minute, kind: 'running' },
      {
        ...{ from: now - 5 * minute, to: now - 5 * minute, kind: 'extended', why: '店里没货', by: zhou },
        adds: { amount: 2, unit: 'work-hours' },
      },
      { from: now - 5 * minute, kind: 'running' },
    ]
    const [drawn] = ledgersRunning(facts, handled({ clocks: [work({ ledger })] }), now)

    expect(drawn).toMatchObject({
      limit: '4 工时 + 2 工时',
      notes: ['09:11–09:21 停走：等料（陈海燕）', '09:26 延 2 工时：店里没货（周敏）'],
    })
    expect(drawn?.stretches.filter((one) => one.stands)).toHaveLength(1)
    // The extension cuts no line in two: before lunch it is one stretch from the pause on.
    expect(drawn?.stretches.map((one) => one.runs)).toEqual([true, false, true, false, true])
    expect(drawn?.grants).toHaveLength(1)
  })

  it('[SN114] a clock that stands says so and breaks nothing', () => {
    const ledger: Clock['ledger'] = [
      { from: now - 6 * hour, to: now - 5 * hour, kind: 'running' },
      { from: now - 5 * hour, kind: 'paused', why: '等料', by: chen },
    ]
    const subject = handled({ clocks: [work({ ledger, startedAt: now - 6 * hour, dueAt: now - hour })] })

    expect(clocksSay(facts, subject, now)).toMatchObject([{ lamp: 'paused', left: '停走' }])
    expect(rowSays(facts, subject, now, { viewer: zhou, all: [] }).left).toBe('')
  })

  it('[SN115] what is left of twenty work days is said in work days', () => {
    const subject = handled({ clocks: [work({ limit: { amount: 20, unit: 'work-days' }, dueAt: now + 700 * hour })] })

    expect(clocksSay(facts, subject, now)[0]?.left).toBe('剩 19 工作日')
  })

  it('[SN116] the seven steps say what is done and when; a limit that was broken stays red', () => {
    const late = clock('accept', 20, now - 5 * minute)
    const steps: Case['steps'] = ['accept', 'file', 'dispatch'].map((verb) => ({
      ...{ verb: verb as 'accept', at: now - 5 * minute, by: by(zhou) },
    }))
    const said = stagesSay(facts, sample({ stage: 'dispatched', clocks: [late], steps }), now)

    expect(said.map((one) => [one.name, one.time, one.isNow])).toEqual([
      ['受理', '09:26', false],
      ['立案', '09:26', false],
      ['派遣', '09:26', false],
      ['处置', '', true],
      ['反馈', '', false],
      ['核查', '', false],
      ['结案', '', false],
    ])
    expect(said[0]).toMatchObject({ lamp: 'over', words: '已过 超时' })
    expect(said[3]?.lamp).toBe('none')
  })
})

describe('owned and reached', () => {
  it('[SN117] who signed stands there with when they must move, and what is left of it', () => {
    const subject = sample({ acknowledged: { by: chen, at: now - minute, moveBy: now + 2 * minute } })

    expect(row(subject, 'signed')).toMatchObject({ said: '陈海燕 09:30 签收，须在 09:33 前动身', left: '剩 2:00' })
    expect(rowSays(facts, subject, now, { viewer: zhou, all: [] })).toMatchObject({
      who: '陈海燕',
      since: '09:30 签收，09:33 前动身',
    })
  })

  it('[SN117] a signature that ran out is no signature: 未签收, and whose it was', () => {
    const steps: Case['steps'] = [
      { verb: 'acknowledge', at: now - 5 * minute, by: by(chen) },
      { verb: 'lapse', at: now - minute, by: { kind: 'clock' } },
    ]
    const { acknowledged: _signed, ...subject } = sample({ level: 1, steps })

    expect(row(subject, 'lapsed')).toMatchObject({ said: '未签收', more: '陈海燕的签收 09:30 失效，没有人动身' })
    expect(stepsSay(facts, subject, subject.openedAt).map((one) => one.what)).toContain('签收失效')
  })

  it('[SN118] the next rung is named as the scenario names it, with its minute and whom it calls', () => {
    const known = knowing({
      ladder: [
        {
          ...{ name: 'chiefs', words: { zh: '两位站长', en: 'Both chiefs' }, after: { amount: 1, unit: 'minutes' } },
          ...{ until: 'acknowledge', atMost: 2, again: true, tell: [{ post: 'station', within: 'street-block' }] },
        },
      ],
    })
    const subject = sample({ calling: { rung: 0, round: 1, at: now + 38_000, since: now } })

    expect(row(subject, 'calling', chief, known)).toMatchObject({
      said: '09:31 升级：两位站长',
      more: '叫网格站　再叫没有应答的人　第 2 次',
      left: '剩 0:38',
    })
  })

  it('[SN119] receipts say sent, reached, seen, taken, there, and how often they were called', () => {
    const subject = sample({
      told: [{ personId: chen, toldAt: now - 3 * minute, deliveredAt: now - 2 * minute, calls: 3, calledAt: now }],
    })

    expect(receiptsSay(facts, subject)).toMatchObject([
      { name: '陈海燕', how: '叫 3 次', times: ['09:28', '09:29', '–', '–', '–'] },
    ])
  })
})

describe('one case or two', () => {
  const near = sample({ openedAt: now - 20 * minute, wgs84: [121.4767, 31.2047], matter: 'open-fire' })
  const far = sample({ wgs84: [121.4767, 31.214], matter: 'light-out' })
  const ended = sample({ stage: 'closed' })

  it('[SN120] a likely one is shown with metres and minutes, and that it is of another kind', () => {
    const subject = sample({
      candidates: [{ caseId: near.id, why: { rule: 'likely', metres: 82, seconds: 180 }, at: now }],
    })
    const all = new Map([[near.id, { ...near, scenarioId: 'other' as never }]])

    expect(candidatesSay(facts, subject, all)).toMatchObject([
      { title: '车棚明火', why: '可能同一件，82 m，3 分 0 秒内', kind: '另一类' },
    ])
    expect(candidatesSay(facts, subject, none)).toEqual([])
  })

  it('[SN120] of two that are one the first stays', () => {
    const later = sample()
    const into = { type: 'merge', caseId: later.id, into: near.id }

    expect(mergeWish(later, near)).toEqual(into)
    expect(mergeWish(near, later)).toEqual(into)
  })

  it('[SN121] what could be merged stands by its distance; a few characters find the rest; what has ended is not offered', () => {
    const subject = sample()
    const listed = (typed: string) => mergeable(facts, subject, [far, ended, near, subject], typed).map((one) => one.id)

    expect(listed('')).toEqual([near.id, far.id])
    expect(listed('楼道灯')).toEqual([far.id])
    expect(listed(near.id.slice(4))).toEqual([near.id])
    expect(mergeable(facts, subject, [near], '')[0]?.why).toBe('78 m，相隔 12 分')
  })

  it('[SN122] a split takes at least one source and leaves at least one', () => {
    const subject = sample({ sources: [source('a', now), source('b', now)] })
    const lacks = (...sources: string[]) =>
      sheetOf({ about: 'split', sources }, { facts, subject, now, looker: chief }).missing({ chosen: {}, reason: '' })

    expect([lacks(), lacks('a', 'b')]).toEqual(Array(2).fill('请选要拆出的来源，至少留下一个'))
    expect(lacks('b')).toBeNull()
  })

  it('[SN123] the cases it has to do with are a tap away, and a merge can be undone', () => {
    const subject = sample({
      stage: 'void',
      mergedInto: near.id,
      lineage: { from: [far.id], how: 'reopened' },
      reworks: 2,
      repeats: 412,
    })

    expect(row(subject, 'mergedInto')).toMatchObject({ links: [{ id: near.id }], acts: [{ key: 'unmerge' }] })
    expect(row(subject, 'from')).toMatchObject({ said: '重开自', links: [{ id: far.id }] })
    expect([row(subject, 'reworks')?.said, row(subject, 'repeats')?.said]).toEqual(['第 2 次返工', '重复 412 次'])
  })
})

describe('put aside, urged, ended', () => {
  const shelved = { since: now - minute, until: now + hour, reason: '下午统一清', by: zhou }

  it('[SN124] what was put aside lies in 静默 and in no other list, and waits in no bar', () => {
    const subject = sample({ level: 4, shelved })
    const lists = listsOf([subject], zhou)

    expect([lists.shelved, lists.waiting]).toEqual([[subject], []])
    expect(admit(admit(null, []), [subject]).has(subject.id)).toBe(true)
    expect(row(subject, 'shelved')).toMatchObject({ said: '至 10:31，下午统一清', acts: [{ key: 'unshelve' }] })
  })

  it('[SN124] a shelf has an end ahead and a reason', () => {
    const { missing } = sheetOf({ about: 'shelve' }, { facts, subject: sample(), now, looker: chief })
    const lacks = (until: number | null, reason: string) =>
      missing({ chosen: { until: until === null ? [] : [String(until)] }, reason })

    expect([lacks(null, '忙'), lacks(now - 1, '忙'), lacks(now + hour, ''), lacks(now + hour, '忙')]).toEqual([
      '请选到什么时候',
      '时间要在现在之后',
      '请写明原因',
      null,
    ])
  })

  it('[SN125] an urging stands there until it is answered, and is not answered by who urged', () => {
    const urged = { by: watch.id, at: now - minute, reason: '怎么还没清？' }

    expect(row(handled({ urged }), 'urged')).toMatchObject({ said: '怎么还没清？', acts: [{ key: 'answer' }] })
    expect(row(handled({ urged }), 'urged', watch)?.acts).toEqual([])
    expect(row(handled({ urged: { ...urged, answeredAt: now } }), 'urged')).toBeUndefined()
  })

  it('[SN126] closed as solved it needs no reason, closed as anything else it does', () => {
    const { missing, wish } = sheetOf(
      { about: 'conclude' },
      { facts, subject: sample({ stage: 'verification' }), now, looker: chief },
    )
    const closed = (as: string, reason = '') => missing({ chosen: { as: [as] }, reason })

    expect([closed('solved'), closed('not-found'), closed('not-found', '到场没有')]).toEqual([null, '请写明原因', null])
    expect(wish({ chosen: { as: ['not-found'] }, reason: '到场没有' })).toMatchObject({ disposition: 'not-found' })
  })

  it('[SN127] an ended case can be reopened, and who reported it asked; not by whoever handled it', () => {
    const ticket = [source('t', now, { kind: 'service-ticket', channel: 'page' })]
    const ended = sample({ stage: 'closed', sources: ticket, handlers: [li], endedAt: now })
    const offered = (looker: Looker) => alsoSays(facts, ended, looker).map((one) => one.key)

    expect(offered(chief)).toEqual(['callback', 'reopen'])
    expect(offered({ ...chief, id: li })).toEqual(['reopen'])
    expect(alsoSays(facts, { ...ended, mergedInto: 'x' as CaseId }, chief).map((one) => one.key)).toEqual(['callback'])
  })
})

describe('a scenario’s own road', () => {
  const scenario = Scenario.parse(lift)
  const known: Facts = { ...facts, scenarios: new Map([[scenario.id, scenario]]) }
  const roll: Member[] = Array.from({ length: 9 }, (_, i) => ({ id: `${i + 1}01室`, weight: 80 }))
  const voting = (agree: number, against: number) => ({
    consultation: Object.fromEntries(
      roll
        .slice(0, agree + against)
        .map((member, i) => [member.id, { choice: i < agree ? 'agree' : 'against', by: zhou, at: now }]),
    ),
  })
  const lifted = (change: Partial<Case> = {}) =>
    handled({
      ...{ scenarioId: scenario.id, scenarioVersion: scenario.version, matter: 'lift-installation', clocks: [] },
      phase: { id: 'consultation', since: now - hour },
      ...change,
    })
  const at = (subject: Case, looker: Looker = chief) => proceedingOf({ facts: known, subject, all: none, looker, now })!

  it('[SN129] the phases say where the case stands, and each next one what it still needs', () => {
    const waiting = at(lifted({ rolls: { households: roll }, votes: voting(4, 0) }))
    const passed = at(lifted({ rolls: { households: roll }, votes: voting(6, 1) }))

    expect(
      phasesSay(waiting)
        .slice(0, 4)
        .map((one) => one.state),
    ).toEqual(['done', 'done', 'now', 'ahead'])
    expect(nextsSay(waiting)[0]).toMatchObject({
      words: '方案公示',
      needs: [{ words: '「加装征询」表决通过', isMet: false }],
      isReady: false,
    })
    expect(nextsSay(passed)[0]).toMatchObject({ needs: [{ isMet: true }], isReady: true })
  })

  it('[SN129] nothing is gone on with before somebody has taken it, nor while it is held', () => {
    const ready = { rolls: { households: roll }, votes: voting(6, 1) }
    const held = { since: now, until: now + hour, reason: '等', by: li, grantedBy: zhou }

    expect(nextsSay(at(lifted({ ...ready, stage: 'dispatched' })))[0]).toMatchObject({
      closed: '接单之后才能推进',
      isReady: false,
    })
    expect(nextsSay(at(lifted({ ...ready, held })))[0]?.isReady).toBe(false)
  })

  it('[SN130] a form is checked field by field, in words, as the engine checks it', () => {
    const fields: Field[] = scenario.forms.find((form) => form.id === 'application')!.fields

    expect(wrongWords(fields, { floors: 40, households: 18 })).toEqual({
      building: '这一项要填',
      floors: '2 到 33 之间',
    })
    expect(wrongWords(fields, { building: '5 号', floors: 6, households: 18 })).toEqual({})
    expect(valuesOf(fields, { building: ' 5 号 ', floors: 6, starter: '  ' })).toEqual({ building: '5 号', floors: 6 })
  })

  it('[SN130] what the next step does not ask for yet waits behind a tap', () => {
    const due = formsSay(at(lifted({ phase: { id: 'wish', since: now } }))).filter((form) => form.isDue)

    expect(due.map((form) => form.id)).toEqual(['application'])
  })

  it('[SN131] a roll is read a dwelling a line, or the line that is wrong is named', () => {
    expect(readRoll('101室 86.5\n102室，54.2㎡\n\n3 号 201\t71.8平方米')).toEqual({
      members: [
        { id: '101室', weight: 86.5 },
        { id: '102室', weight: 54.2 },
        { id: '3 号 201', weight: 71.8 },
      ],
      wrong: null,
    })
    expect(readRoll('101室').members).toEqual([{ id: '101室', weight: 1 }])
    expect(readRoll('101室 86\n101室 50').wrong).toBe('第 2 行与前面重复：101室')
    expect(readRoll('101室 八十').wrong).toBe('第 1 行的面积不是正数')
    expect(readRoll('  \n').wrong).toBe('还没有内容')
  })

  it('[SN132] the bars say what the count says: 6 of 9 is two thirds, 4 of 6 is not three quarters', () => {
    const bars = (agree: number, against: number) => {
      const subject = lifted({ rolls: { households: roll }, votes: voting(agree, against) })
      return ballotsSay(at(subject)).find((ballot) => ballot.id === 'consultation')!
    }
    const ballot = scenario.ballots.find((one) => one.id === 'consultation')!

    expect(bars(4, 2).bars.map((bar) => [bar.figures, bar.isReached])).toEqual([
      ['6/9', true],
      ['480/720', true],
      ['4/6', false],
      ['320/480', false],
    ])
    for (const [agree, against] of [
      [4, 1],
      [4, 2],
      [6, 2],
      [5, 4],
      [0, 0],
    ] as const) {
      const said = bars(agree, against)
      const count = countVotes(ballot, roll, voting(agree, against).consultation)
      expect([said.isPassed, said.bars.every((bar) => bar.isReached)]).toEqual([count.passed, count.passed])
    }
  })

  it('[SN135] a case goes by the rules it was opened under, not by those in force', () => {
    const older = { ...scenario, version: '0', phases: scenario.phases.slice(0, 3) }
    const both = { ...known, versions: new Map([[`${older.id}@0`, older]]) }
    const subject = lifted({ scenarioVersion: '0' })

    expect(phasesSay(proceedingOf({ facts: both, subject, all: none, looker: chief, now })!)).toHaveLength(3)
  })
})

describe('whom to send', () => {
  it('[SN133] whose it is by the table stands above the list, and an old position says its age', () => {
    const table = {
      version: '1',
      rows: [{ placeId: 'b' as never, body: '创意家园网格站', from: '2026-01-01' }],
      coverage: [],
    }
    const presences = [
      { personId: li, wgs84: [121.4767, 31.2056] as [number, number], at: now - 6 * minute, trail: [] },
    ]
    const choice = choiceFor(facts, sample(), { presences, cases: [], now }, table)

    expect(choice.responsible).toBe('责任单位 创意家园网格站')
    expect(choice.candidates[0]?.facts).toContain('180 m（6 分前）')
    expect(choice.candidates[0]?.reasons).toContain('责任单位')
  })
})
