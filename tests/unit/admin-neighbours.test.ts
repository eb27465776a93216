// Neighbours on the command line: added with a secret shown once, paused, rotated, tested, their dead letters sent once more.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { World } from '../../ingest-server/admin/call.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { DeliveryId, NeighbourId } from '#contract/neighbour'
import { chance, morning, openHouse, secret as houseSecret, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
  await writeFile(join(house.folder, 'secret.key'), `${Buffer.from(houseSecret).toString('hex')}\n`)
})
afterEach(() => house.close())

const id = NeighbourId.parse('district')

async function sanping(...args: string[]) {
  const said: string[] = []
  const world: World = {
    ...{
      folder: house.folder,
      address: 'https://sanping.example',
      language: 'zh',
      random: chance(),
      now: () => morning,
    },
    ...{ say: (line) => said.push(line), complain: (line) => said.push(line), readInput: async () => 'their-key\n' },
    ...{ places: () => [], pause: async () => {}, stopped: () => true },
  }
  const code = await runAdmin(args, world)
  await house.records.refresh()
  return { code, text: said.join('\n') }
}
const add = (...more: string[]) =>
  sanping('neighbour', 'add', 'district', 'https://district.example/in', '--name', '区平台', ...more)

it('[EX53] added: the secret is shown once and lies sealed; their key comes by standard input and lies sealed too', async () => {
  const { code, text } = await add('--levels', '1,2', '--key', '-')
  expect(code).toBe(0)
  const secret = /^whsec_\S+$/m.exec(text)![0]
  expect(house.records.neighbours.live().get(id)).toMatchObject({
    name: '区平台',
    kind: 'webhook',
    toldOf: { levels: [1, 2] },
  })
  expect(house.records.neighbours.secretsOf(id)).toEqual({ signing: [{ secret }], key: 'their-key' })
  const kept = await house.bytes()
  for (const hidden of [secret, 'their-key']) expect(kept.includes(hidden)).toBe(false)
  expect((await add()).code).toBe(1)
})

it.each([
  ['an address with a password', ['neighbour', 'add', 'x', 'https://a:b@c.example/'], 2, '地址要是 http(s) 网址'],
  ['a level that is none', ['neighbour', 'add', 'x', 'https://c.example/', '--levels', '7'], 2, '告知范围不对'],
  ['a kind that is none', ['neighbour', 'add', 'x', 'https://c.example/', '--kind', 'fax'], 2, '类型只能是'],
  ['a place that is none', ['neighbour', 'add', 'x', 'https://c.example/', '--places', 'moon'], 1, '没有地点「moon」'],
  [
    'a source that is none',
    ['neighbour', 'add', 'x', 'https://c.example/', '--source', 'nobody'],
    1,
    '没有来源「nobody」',
  ],
  ['a key of two lines', ['neighbour', 'add', 'x', 'https://c.example/', '--key', 'a\nb'], 2, '密钥只能是'],
  ['a key that no header can carry', ['neighbour', 'add', 'x', 'https://c.example/', '--key', '密钥'], 2, '密钥只能是'],
  ['a machine’s own passwords', ['neighbour', 'add', 'x', 'http://169.254.169.254/latest'], 2, '地址要是 http(s) 网址'],
  ['nobody to pause', ['neighbour', 'pause', 'x'], 1, '没有在用的对外单位「x」'],
])('[EX53] %s is one sentence', async (_what, args, code, words) => {
  const answer = await sanping(...args)
  expect(answer.code).toBe(code)
  expect(answer.text).toContain(words)
})

it('[EX53] paused, gone on, rotated with the old secret beside the new one, tested, dead letters once more, withdrawn', async () => {
  await add()
  const first = house.records.neighbours.secretsOf(id).signing[0]!.secret
  await sanping('neighbour', 'pause', 'district', '--why', '联调')
  expect(house.records.neighbours.live().get(id)!.paused).toEqual({ at: morning, why: '联调' })
  expect((await sanping('neighbour', 'list')).text).toContain('‖\tdistrict\t区平台')
  await sanping('neighbour', 'resume', 'district')
  await sanping('neighbour', 'rotate', 'district', '--days', '2')
  const { signing } = house.records.neighbours.secretsOf(id)
  expect(signing).toHaveLength(2)
  expect(signing[1]).toEqual({ secret: first, until: morning + 2 * 86_400_000 })
  await sanping('neighbour', 'test', 'district')
  const [test] = await house.records.deliveries.due(id, morning, 5)
  expect(test).toMatchObject({ type: 'test', caseId: null, state: 'waiting' })
  expect((await sanping('neighbour', 'redeliver', 'district')).code).toBe(1)
  await house.records.deliveries.dies(DeliveryId.parse(test!.id), { at: morning, answer: '422' })
  expect((await sanping('neighbour', 'redeliver', 'district')).text).toContain('1 条死信')
  await sanping('neighbour', 'withdraw', 'district')
  expect(house.records.neighbours.live().size).toBe(0)
  expect(house.records.neighbours.secretsOf(id)).toEqual({ signing: [] })
})

it('[EX54] sealed with another secret than the folder has now, it is paused and says why, and the house comes up', async () => {
  await writeFile(join(house.folder, 'secret.key'), `${'ab'.repeat(32)}\n`)
  expect((await add()).code).toBe(0)
  expect(house.records.neighbours.live().get(id)!.paused!.why).toContain('neighbour rotate')
  expect(house.records.neighbours.secretsOf(id)).toEqual({ signing: [] })
})
