// Notices on the command line: ways set up with their keys sealed, numbers sealed and masked, a test for one person; and the site's own steps.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { World } from '../../ingest-server/admin/call.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { readNoticeRules } from '../../ingest-server/app/read-notice-rules.ts'
import { PersonId } from '#contract/ids'
import { NoticeWayId, usualNotices } from '#contract/notice'
import { chance, morning, officerLi, openHouse, secret as houseSecret, type House } from '../suites/records-folder.ts'
import { aPhone } from '../suites/notice-servers.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await writeFile(join(house.folder, 'secret.key'), `${Buffer.from(houseSecret).toString('hex')}\n`)
})
afterEach(() => house.close())

const li = PersonId.parse('li')
const key = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4'

async function sanping(...args: string[]) {
  const said: string[] = []
  const world: World = {
    ...{ folder: house.folder, address: 'https://sanping.example', language: 'zh' as const },
    ...{ random: chance(), now: () => morning, say: (line) => said.push(line), complain: (line) => said.push(line) },
    ...{ readInput: async () => `${key}\n`, places: () => [], pause: async () => {}, stopped: () => true },
  }
  const code = await runAdmin(args, world)
  await house.records.refresh()
  return { code, text: said.join('\n') }
}

it('[NT23] a robot: its address is its key, comes by standard input, lies sealed, and no list shows more than its host', async () => {
  expect(
    (await sanping('notice', 'add', 'wecom', 'group', '-', '--name', '桥一群', '--bodies', '桥一居民区')).code,
  ).toBe(0)
  const { noticeWays } = house.records
  const id = NoticeWayId.parse('group')
  expect(noticeWays.live().get(id)).toMatchObject({ name: '桥一群', kind: 'wecom', bodies: ['桥一居民区'] })
  expect(noticeWays.secretsOf(id)).toEqual({ url: key })
  expect((await house.bytes()).includes('693axxx6')).toBe(false)
  const { text } = await sanping('notice', 'list')
  expect(text).toContain('qyapi.weixin.qq.com')
  expect(text).not.toContain('693axxx6')
  expect((await sanping('notice', 'add', 'wecom', 'group', '-')).code).toBe(1)
  expect((await sanping('notice', 'remove', 'group')).code).toBe(0)
  expect(noticeWays.live().size).toBe(0)
  expect((await sanping('notice', 'remove', 'group')).code).toBe(1)
})

it.each([
  ['a kind that is none', ['notice', 'add', 'fax', 'x', 'https://c.example/'], '类型只能是'],
  ['an address with a password', ['notice', 'add', 'wecom', 'x', 'https://a:b@c.example/'], '地址要是 http(s) 网址'],
  ['an address of this machine’s files', ['notice', 'add', 'sms', 'x', 'file:///etc/passwd'], '地址要是 http(s) 网址'],
  ['a setting without its value', ['notice', 'add', 'sms', 'x', 'https://c.example/', '--set', 'ok'], '名称=值'],
])('[NT23] %s is said in a sentence', async (_, args, words) => {
  const { code, text } = await sanping(...args)
  expect(code).toBe(2)
  expect(text).toContain(words)
})

it('[NT24] a number lies sealed, is shown masked and can be taken away', async () => {
  await house.records.accounts.add(officerLi(), morning)
  const { code, text } = await sanping('user', 'phone', 'li', '138 0000-0001')
  expect([code, text]).toEqual([0, '李志强的号码已登记：138****01'])
  expect(house.records.reachable.numberOf(li)).toBe('13800000001')
  expect((await house.bytes()).includes('13800000001')).toBe(false)
  expect((await sanping('user', 'phone', 'li', 'call me')).code).toBe(2)
  expect((await sanping('user', 'phone', 'nobody', '13800000001')).code).toBe(1)
  await sanping('user', 'phone', 'li', 'none')
  expect(house.records.reachable.numberOf(li)).toBeNull()
})

it('[NT25] a test goes by all ways of a person at once; where there is none it is said', async () => {
  await house.records.accounts.add(officerLi(), morning)
  expect((await sanping('notice', 'test', 'li')).text).toContain('没有可用的方式')
  await sanping('notice', 'add', 'sms', 'gateway', 'https://sms.example/send')
  await sanping('user', 'phone', 'li', '13800000001')
  await house.records.reachable.subscribe(li, aPhone('li', 'https://fcm.googleapis.com').address, morning)
  expect((await sanping('notice', 'test', 'li')).text).toContain('共 2 路')
  const due = await house.records.notices.due(morning, 9)
  expect(due.map(({ road, notice }) => [road, notice.what, notice.caseId])).toEqual([
    ['push', 'test', null],
    ['sms', 'test', null],
  ])
})

it('[NT16] [NT17] the keys of a house are the same after a start, and its phones are known again', async () => {
  const { reachable } = house.records
  await reachable.subscribe(li, aPhone('li', 'https://fcm.googleapis.com').address, morning)
  const again = await house.neighbour()
  expect(again.reachable.vapid()).toEqual(reachable.vapid())
  expect(again.reachable.phonesOf(li)).toHaveLength(1)
  expect((await house.bytes()).includes('fcm.googleapis.com')).toBe(false)
})

it('[NT22] the site’s own steps: without the file as usual, a wrong one names the place', async () => {
  const file = join(house.folder, 'notices.json')
  expect(await readNoticeRules(house.folder)).toEqual(usualNotices)
  await writeFile(file, JSON.stringify({ ...usualNotices, cooldown: 60 }))
  expect((await readNoticeRules(house.folder)).cooldown).toBe(60)
  await writeFile(
    file,
    JSON.stringify({ ...usualNotices, levels: { ...usualNotices.levels, 1: [{ by: 'pigeon', after: 0 }] } }),
  )
  await expect(readNoticeRules(house.folder)).rejects.toThrow(/notices\.json 不能用（levels/)
  await writeFile(file, '{')
  await expect(readNoticeRules(house.folder)).rejects.toThrow(/不是完整的 JSON/)
})

it('[NT15] [NT22] push services besides the usual, or none', () => {
  expect(readConfig({}).push).toBeUndefined()
  expect(readConfig({ SANPING_PUSH: 'off' }).push).toEqual([])
  expect(readConfig({ SANPING_PUSH: 'push.example.cn, https://push.intranet:8443' }).push).toEqual(
    expect.arrayContaining(['fcm.googleapis.com', 'push.example.cn', 'https://push.intranet:8443']),
  )
  expect(() => readConfig({ SANPING_PUSH: 'https://push.intranet/path' })).toThrow(/SANPING_PUSH/)
})
