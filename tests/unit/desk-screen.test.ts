// The desk's own thinking: what lies in which list, what waits outside, what is held before it is sent, what the words say.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId } from '#contract/ids'
import { clocksSay, ledgerBefore } from '../../dashboard/screens/desk/clocks-say.ts'
import { openHold } from '../../dashboard/screens/desk/hold.ts'
import type { HeldWish } from '../../dashboard/screens/desk/hold.ts'
import { listsOf, tabFor } from '../../dashboard/screens/desk/lists.ts'
import { comparison, pairOf, shutterPoints } from '../../dashboard/screens/desk/photos-say.ts'
import { rowSays } from '../../dashboard/screens/desk/row-says.ts'
import { receiptsSay, sameSpot, stepsSay } from '../../dashboard/screens/desk/story.ts'
import { admit, everything, waitingBar } from '../../dashboard/screens/desk/waiting-bar.ts'
import { placeWords } from '../../dashboard/screens/desk/map-words.ts'
import { choiceFor } from '../../dashboard/screens/desk/candidates.ts'
import { stillsOf, sourcesSay } from '../../dashboard/screens/desk/scene.ts'
import { clock, facts, lostPicture, now, sample, source } from '../../dashboard/screens/gallery/samples.ts'

const minute = 60_000
const li = 'li' as PersonId
const nobody = { viewer: undefined, all: [] }
const ids = (cases: readonly Case[]) => cases.map((one) => one.id)

describe('the lists', () => {
  it('[SN80] the inbox stands by level, then by the clock that breaks first', () => {
    const third = sample({ level: 3, clocks: [clock('accept', 9)] })
    const calm = sample({ level: 2, clocks: [clock('accept', 1)] })
    const pressing = sample({ level: 2, clocks: [clock('accept', 9)] })
    const fire = sample({ level: 1, clocks: [] })

    expect(ids(listsOf([third, calm, pressing, fire], li).waiting)).toEqual(ids([fire, pressing, calm, third]))
  })

  it('[SN80] a clock already met does not push its case forward', () => {
    const done = sample({ clocks: [clock('accept', 9, now - minute), clock('handle', 1)] })
    const running = sample({ clocks: [clock('accept', 5)] })

    expect(ids(listsOf([done, running], li).waiting)).toEqual(ids([running, done]))
  })

  it('[SN81] what a machine was not sure of stands apart and is no alarm', () => {
    const lists = listsOf([sample({ unsure: true }), sample()], li)

    expect([lists.waiting.length, lists.unsure.length]).toEqual([1, 1])
  })

  it('[SN82] a case the viewer handled is listed apart, closed to them', () => {
    const own = sample({ stage: 'verification', handlers: [li] })
    const other = sample({ stage: 'verification', handlers: ['chen' as PersonId] })
    const lists = listsOf([own, other], li)

    expect([ids(lists.toVerify), ids(lists.notMine)]).toEqual([[other.id], [own.id]])
  })

  it('an ended case lies in no list', () => {
    expect(tabFor(sample({ stage: 'closed' }))).toBeNull()
  })
})

describe('new alarms', () => {
  it('[SN83] III, IV and unsure ones wait in the bar; I and II enter at once', () => {
    const old = sample({ level: 3 })
    const admitted = admit(null, [old])
    const fresh = [
      sample({ level: 1 }),
      sample({ level: 2 }),
      sample({ level: 3 }),
      sample({ level: 4 }),
      sample({ level: 1, unsure: true }),
    ]
    const board = [old, ...fresh]
    const after = admit(admitted, board)

    expect(fresh.map((one) => after.has(one.id))).toEqual([true, true, false, false, false])
    expect(waitingBar(after, board)).toMatchObject({ count: 3, worst: 3 })
  })

  it('[SN83] one that grows to II comes in by itself', () => {
    const smoke = sample({ level: 3 })
    const before = admit(admit(null, []), [smoke])

    expect(before.has(smoke.id)).toBe(false)
    expect(admit(before, [{ ...smoke, level: 2 }]).has(smoke.id)).toBe(true)
  })

  it('[SN83] a tap lets all of them in, and the bar is gone', () => {
    const board = [sample({ level: 4 })]

    expect(waitingBar(everything(board), board)).toBeNull()
  })

  it('[SN83] a case that was already in hand and comes back is not a new alarm', () => {
    const inHand = sample({ level: 4, stage: 'handling' })
    const seen = admit(admit(null, []), [inHand])

    expect(admit(seen, [{ ...inHand, stage: 'filed' }]).has(inHand.id)).toBe(true)
  })
})

describe('ten seconds to think again', () => {
  function desk(left: string | null = null) {
    const sent: HeldWish[] = []
    let time = 0
    let kept = left
    const hold = openHold({
      shelf: { read: () => kept, write: (text) => void (kept = text) },
      now: () => time,
      send: (wish) => void sent.push(wish),
      changed: () => {},
    })
    const wait = (ms: number) => {
      time += ms
      hold.tick()
    }
    return { hold, sent, wait, kept: () => kept }
  }
  const refuse = (id: string): HeldWish => ({ type: 'void', caseId: id as CaseId, reason: '演练' })

  it('[SN84] nothing is sent before ten seconds, and then once', () => {
    const { hold, sent, wait } = desk()
    hold.put(refuse('a'), '乱设摊')
    wait(9_999)
    expect(sent).toEqual([])
    wait(1)
    wait(5_000)
    expect(sent).toEqual([refuse('a')])
  })

  it('[SN84] U takes it back and nothing is ever sent', () => {
    const { hold, sent, wait, kept } = desk()
    hold.put(refuse('a'), '乱设摊')
    expect(hold.undo()?.wish.caseId).toBe('a')
    wait(20_000)
    expect([sent, kept()]).toEqual([[], null])
  })

  it('[SN84] one at a time: a newer wish sends the older one', () => {
    const { hold, sent } = desk()
    hold.put(refuse('a'), '乱设摊')
    hold.put(refuse('b'), '跨门营业')
    expect(sent).toEqual([refuse('a')])
    expect(hold.heldFor('b' as CaseId)).toBe(true)
  })

  it('[SN84] a reload sends what was held', () => {
    const before = desk()
    before.hold.put(refuse('a'), '乱设摊')
    const { sent, wait, kept } = desk(before.kept())
    wait(0)
    expect([sent, kept()]).toEqual([[refuse('a')], null])
  })

  it('[SN84] what lies broken on the shelf is thrown away, never guessed at', () => {
    const { hold, sent, wait } = desk('{"wish":')
    wait(0)
    expect([hold.held(), sent]).toEqual([null, []])
  })
})

describe('what a row says', () => {
  it('[SN85] who has it, since when, until when, and what is left', () => {
    const row = rowSays(
      facts,
      sample({
        stage: 'handling',
        holder: { personId: li, since: now - 9 * minute, takenAt: now - 6 * minute },
        clocks: [clock('handle', 3)],
      }),
      now,
      nobody,
    )

    expect(row).toMatchObject({
      who: '李强',
      since: '09:25 接单，限 09:38',
      left: '剩 7:00',
      where: '桥一居民区·桥一 2 号车棚',
    })
  })

  it('[SN85] past its limit it says by how much', () => {
    expect(rowSays(facts, sample({ clocks: [clock('accept', 12.5)] }), now, nobody).left).toBe('超时 2 分')
  })

  it('[SN86] a level I nobody signed for says so, and who has seen it', () => {
    const { acknowledged: _signed, ...fire } = sample({
      level: 1,
      matter: 'open-fire',
      told: [{ personId: li, toldAt: now, seenAt: now }],
    })

    expect(rowSays(facts, fire, now, nobody)).toMatchObject({ calls: true, who: '未签收', since: '李强已看到' })
  })

  it('[SN81] a guess is judged by its camera: how sure, and how it fared today', () => {
    const wrong = sample({ stage: 'void', disposition: 'false-alarm' })
    const guess = sample({ unsure: true, sources: [source('g', now, { confidence: 0.46 })] })

    expect(rowSays(facts, guess, now, { viewer: undefined, all: [wrong, guess] })).toMatchObject({
      title: '疑似飞线充电',
      where: '镜头 桥一-07·置信 0.46',
      since: '今天此镜头另有 1 件，误报 1',
    })
  })
})

describe('the deadline before the tap', () => {
  it('[SN87] 2:29 before lunch and 1:31 after it make four work hours, lunch named', () => {
    const ledger = ledgerBefore(facts, sample(), now)

    expect(ledger).toMatchObject({ name: '处置', limit: '4 工时，派遣起计', due: '现在派，限 15:31' })
    expect(ledger?.stretches.map((one) => [one.runs, one.words])).toEqual([
      [true, '2:29'],
      [false, '午休不计'],
      [true, '1:31'],
    ])
  })

  it('[SN87] asked on Friday evening it names the day it will be due', () => {
    const evening = Date.parse('2026-11-20T19:00:00+08:00')

    expect(ledgerBefore(facts, sample(), evening)?.due).toBe('现在派，限 11 月 23 日 12:00')
  })

  it('[SN87] without a calendar it promises nothing', () => {
    expect(ledgerBefore({ ...facts, calendar: null }, sample(), now)).toBeNull()
  })

  it('[SN87] a met clock says when it was done and stands below those that run', () => {
    const says = clocksSay(facts, sample({ clocks: [clock('accept', 9, now - minute), clock('handle', 3)] }), now)

    expect(says.map((one) => [one.name, one.left])).toEqual([
      ['处置', '剩 7:00'],
      ['受理', '09:30:07 完成'],
    ])
  })
})

describe('the case in the middle', () => {
  it('[SN88] every source but the first says why it joined', () => {
    const subject = sample({
      sources: [source('1', now), source('2', now, { why: { rule: 'near', metres: 42, seconds: 130 } })],
    })

    expect(sourcesSay(facts, subject).map((one) => [one.isFirst, one.why])).toEqual([
      [true, '首报'],
      [false, '同类近处，42 m，2 分 10 秒内'],
    ])
  })

  it('[SN88] a camera that fell silent is the house’s own word, and no resident’s', () => {
    const kinds = (['camera-alert', 'grid-report', 'device-report', 'service-ticket'] as const).map(
      (kind) => sourcesSay(facts, sample({ sources: [source('1', now, { kind })] }))[0]?.kind,
    )
    expect(kinds).toEqual(['镜头', '网格', '自检', '居民'])
  })

  it('[SN88] the picture with the detector’s box is shown first, with its score', () => {
    const other = 'a'.repeat(64) as typeof lostPicture
    const subject = sample({
      sources: [
        source('1', now, { evidence: [other] }),
        source('2', now, { evidence: [lostPicture], box: [0.4, 0.3, 0.2, 0.3] }),
      ],
    })

    expect(stillsOf(facts, subject)[0]).toMatchObject({ evidence: lostPicture, boxWords: '飞线充电 0.91' })
  })

  it('[SN89] what happened at the same shed is listed, and how it ended', () => {
    const before = sample({ stage: 'closed', disposition: 'solved', openedAt: now - 60 * minute })

    expect(sameSpot(facts, sample(), [before], now).map((one) => one.words)).toEqual(['08:31 飞线充电，已解决'])
  })

  it('受理 and 立案 done by the tap of 派遣 are told as that one step', () => {
    const by = { kind: 'person', id: 'zhou' as PersonId, role: 'chief' } as const
    const steps = (['accept', 'file', 'dispatch'] as const).map((verb) => ({ verb, at: now, by }))

    expect(stepsSay(facts, sample({ stage: 'dispatched', steps }), now).map((one) => one.what)).toEqual([
      '派遣',
      '待接单',
    ])
  })

  it('[SN339] what was done on another day says on which', () => {
    const by = { kind: 'person', id: 'zhou' as PersonId, role: 'chief' } as const
    const day = 24 * 60 * minute
    const steps = [now - 3 * day, now - day, now].map((at) => ({ verb: 'note' as const, at, by }))
    const times = stepsSay(facts, sample({ stage: 'closed', steps }), now).map((one) => one.time)
    expect(times).toEqual(['11 月 17 日 09:31', '昨日 09:31', '09:31'])
  })

  it('[SN90] receipts: whoever has it first, a dash for what has not happened', () => {
    const subject = sample({
      told: [
        { personId: 'chen' as PersonId, toldAt: now },
        { personId: li, toldAt: now, seenAt: now },
      ],
      holder: { personId: li, since: now },
    })

    expect(receiptsSay(facts, subject).map((one) => [one.name, one.times])).toEqual([
      ['李强', ['09:31', '–', '09:31', '–', '–']],
      ['陈海燕', ['09:31', '–', '–', '–', '–']],
    ])
  })
})

describe('whom to send', () => {
  it('[SN91] the nearest on duty first with the reasons; who is off duty is named below with why not', () => {
    const at = (personId: string, east: number) => ({
      personId: personId as PersonId,
      wgs84: [121.4767 + east, 31.204] as [number, number],
      at: now,
      trail: [],
    })
    const { candidates, passedOver } = choiceFor(facts, sample(), {
      presences: [at('chen', 0.002), at('li', 0.001)],
      cases: [],
      now,
    })

    expect(candidates.slice(0, 2).map((one) => one.name)).toEqual(['李强', '陈海燕'])
    expect(candidates[0]?.reasons).toContain('最近')
    expect(passedOver).toMatchObject([{ name: '周敏', why: '不在岗' }])
  })

  describe('names on the map', () => {
    const room = { left: 0, top: 0, right: 400, bottom: 300 }
    const stood = (id: string, x: number, y: number, isChosen = false) => ({
      ...{ id: id as PersonId, at: [121.4767, 31.204] as [number, number], name: '陈海燕', distance: '60 m' },
      ...{ x, y, isChosen, gap: 12 },
    })

    it('stand beside their ring, and on another side where that one is taken or outside the map', () => {
      const said = placeWords([stood('a', 100, 100), stood('b', 130, 100), stood('c', 390, 200)], room, [])

      expect(said.map((one) => one.words?.side)).toEqual(['left', 'right', 'left'])
    })

    it("are left out rather than laid on each other, but never the chosen one's", () => {
      const crowd = [0, 1, 2, 3, 4, 5, 6].map((i) => stood(`p${i}`, 100 + i, 100, i === 6))
      const said = placeWords(crowd, room, [])

      expect(said[6]?.words).not.toBeNull()
      expect(said.filter((one) => one.words === null).length).toBeGreaterThan(0)
    })
  })
})

describe('verification', () => {
  const photo = (slot: 'before-near' | 'after-near', takenAt: number, east = 0) => ({
    evidence: lostPicture,
    slot,
    by: li,
    takenAt,
    metres: 6,
    at: {
      given: { lon: 121.4767, lat: 31.204, crs: 'gcj02' as const, accuracy: 8 },
      wgs84: [121.4767 + east, 31.204] as [number, number],
    },
  })

  it('[SN92] who, shutter time, metres, accuracy and datum stand under each photo', () => {
    const { before } = pairOf(facts, sample({ photos: [photo('before-near', now)] }), 'near')

    expect(before).toMatchObject({ who: '李强', time: '09:31:07', where: '距案发点 6 m·精度 ±8 m·GCJ-02·快门时取点' })
  })

  it('[SN92] after a return the newest photo of a slot counts', () => {
    const { afterPhoto } = pairOf(
      facts,
      sample({ photos: [photo('after-near', now - minute), photo('after-near', now)] }),
      'near',
    )

    expect(afterPhoto?.takenAt).toBe(now)
  })

  it('[SN92] the two are compared by place and time; where one is missing nothing is claimed', () => {
    const both = pairOf(
      facts,
      sample({ photos: [photo('before-near', now - 10 * minute), photo('after-near', now, 0.0001)] }),
      'near',
    )

    expect(comparison(both)).toEqual(['相距 10 m', '相隔 10:00'])
    expect(shutterPoints(both).map((one) => one.words)).toEqual(['前', '后'])
    expect(comparison(pairOf(facts, sample(), 'near'))).toBeNull()
  })

  it('[SN92] without a photo before, the picture that reported it stands in and says so', () => {
    const subject = sample({ sources: [source('1', now, { evidence: [lostPicture] })] })

    expect(pairOf(facts, subject, 'near').before).toMatchObject({
      title: '首报图',
      where: '没有拍处置前，用首报图代替',
    })
  })
})
