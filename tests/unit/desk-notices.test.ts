// @vitest-environment happy-dom
// The desk's page of calls: ways with what is amiss first, each call with how it went, in words.
import { expect, it } from 'vitest'
import type { NoticeLabel, NoticeList } from '#contract/notice'
import { heldSaid, legsSaid, stateSaid, waysOf } from '../../dashboard/screens/desk/pages/notices.ts'
import { mayOpen } from '../../dashboard/screens/desk/pages/pages.ts'

const figures = { sent: 0, failed: 0, sentAt: null, trouble: null }
const list = {
  ways: [
    {
      id: 'gateway',
      name: '短信',
      kind: 'sms',
      bodies: [],
      settings: {},
      host: 'sms.example',
      ...figures,
      sent: 3,
      sentAt: 1,
    },
    {
      id: 'group',
      name: '桥一群',
      kind: 'wecom',
      bodies: ['桥一居民区'],
      settings: {},
      host: 'qyapi.weixin.qq.com',
      ...figures,
      failed: 1,
      trouble: '200 errcode 93000',
    },
  ],
  push: { phones: 2, people: 1, ...figures },
  counts: { dropped: 3, cooldown: 2, 'off-duty': 1 },
  notices: [],
} as unknown as NoticeList
const time = () => '03:01'

it('[NT31] the ways, what is amiss first; the phones among them', () => {
  const rows = waysOf(list, time)
  expect(rows.map(({ id }) => id)).toEqual(['group', 'push', 'gateway'])
  expect(rows[0]).toMatchObject({ kind: '企业微信群机器人', about: '桥一居民区 · qyapi.weixin.qq.com', failed: 1 })
  expect(rows[1]!.about).toBe('1 人 2 台打开了「手机关着也叫我」')
  expect(rows[2]).toMatchObject({ about: '所有人 · sms.example', sent: '一天发出 3，最近 03:01' })
  expect(heldSaid(list)).toBe('一天里没有发：冷却 2 · 已下岗 1 · 过时 0')
  expect(heldSaid({ ...list, counts: { sent: 1 } })).toBeNull()
})

it('[NT31] a call with its steps and what came of it', () => {
  const legs = [
    { road: 'push', wayId: null, state: 'sent' },
    { road: 'sms', wayId: 'gateway', state: 'skipped' },
    { road: 'robot', wayId: 'gone', state: 'failed' },
  ] as unknown as NoticeLabel['legs']
  expect(legsSaid(legs, list.ways)).toBe('手机推送 已发 → 短信 不用了 → gone 没发成')
  const call = (change: object) =>
    stateSaid({ state: 'shown', why: 'shown', shownAt: 1, ...change } as NoticeLabel, time)
  expect(call({})).toBe('03:01 送达 · 手机已显示')
  expect(call({ state: 'dropped', why: 'cooldown', shownAt: null })).toBe('没有发 · 刚叫过，冷却中')
  expect(call({ state: 'sent', why: null, shownAt: null })).toBe('已发，没有回执')
})

it('[NT31] [NT27] is for the duty officer and the administrator', () => {
  expect((['duty-officer', 'administrator', 'chief'] as const).map((role) => mayOpen('notices', role))).toEqual([
    true,
    true,
    false,
  ])
})
