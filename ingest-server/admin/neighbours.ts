// Neighbours: who is told of our cases beyond the street, with what, and what became of it.
import { PlaceId, SourceId } from '#contract/ids'
import { DeliveryId, Neighbour, NeighbourId, neighbourKinds } from '#contract/neighbour'
import { NameTaken } from '../records/port-people.ts'
import type { NeighbourSecrets } from '../records/port-neighbours.ts'
import { signingSecret } from '../records/signing-secret.ts'
import { listOf, no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { oneCell } from './plain.ts'

const dayMs = 86_400_000
/** So long the old secret signs beside the new one, where nobody says otherwise. */
const rotatesWithin = 7

const drawSecret = ({ random }: Call): string => signingSecret(random(24))

/** `name=value`, as often as wanted; null where one of them is not. */
function settingsOf(call: Call): Record<string, string> | null {
  const given = call.options['set']
  const pairs = (Array.isArray(given) ? given : []).map((pair) => /^([^=]+)=(.*)$/s.exec(pair))
  if (pairs.includes(null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim(), pair?.[2]?.trim()]))
}

async function add(call: Call): Promise<Answer> {
  const [id, url] = call.words
  const settings = settingsOf(call)
  const own = (option: string) => (listOf(call, option).length > 0 ? listOf(call, option) : undefined)
  const levels = own('levels')?.map(Number)
  const parsed = Neighbour.safeParse({
    ...{ id, url, name: textOf(call, 'name') ?? id, kind: textOf(call, 'kind') ?? 'webhook', settings, paused: null },
    ...(textOf(call, 'source') && { source: SourceId.parse(textOf(call, 'source')) }),
    toldOf: { levels, scenarios: own('scenarios'), places: own('places'), stages: own('stages') },
  })
  if (!parsed.success) return wrong(...notRight(parsed.error.issues[0]?.path[0]))
  const neighbour = parsed.data
  const unknown = await strange(call, neighbour)
  if (unknown) return unknown
  const secret = drawSecret(call)
  const given = textOf(call, 'key')
  // On the line itself it would stay in the shell's history.
  const key = given === '-' ? (await call.readInput()).trim() : given
  // Anything else is no header: the request would fail with the key in its complaint.
  if (key && !/^[\x21-\x7e]{1,500}$/.test(key))
    return wrong(
      '对方给的密钥只能是不带空格的英文、数字和符号，一行。',
      'Their key is one line of ASCII letters, digits and signs, without spaces.',
    )
  try {
    await call.records.neighbours.add(neighbour, { signing: [{ secret }], ...(key && { key }) }, call.now())
  } catch (fault) {
    if (!(fault instanceof NameTaken)) throw fault
    return no(`对外单位「${id}」已在用。`, `Neighbour ${id} is in use.`)
  }
  await note(call, 'neighbour-added', neighbour.id)
  tell(call, `${neighbour.name} 从现在起收到新情况。`, `${neighbour.name} is told from now on.`)
  if (neighbour.kind === 'webhook' || neighbour.kind === 'hotline-12345') {
    tell(call, '对方验签用的密钥，只显示这一次：', 'The secret they check our signature with, shown this once:')
    call.say(secret)
  }
  return null
}

function notRight(field: PropertyKey | undefined): [string, string] {
  if (field === 'url')
    return [
      '地址要是 http(s) 网址，不能带用户名、密码或 #。',
      'The address must be http(s), with no name, password or fragment in it.',
    ]
  if (field === 'id')
    return ['编号用小写字母、数字和连字符，最多 40 个字。', 'An id is small letters, digits and hyphens, at most 40.']
  if (field === 'kind')
    return [`类型只能是 ${neighbourKinds.join('、')}。`, `A kind is one of ${neighbourKinds.join(', ')}.`]
  if (field === 'settings')
    return ['设置请写成 名称=值，如 --set service=012。', 'A setting is name=value, as in --set service=012.']
  return [
    '告知范围不对：级别 1–4；场景、地点、环节用编号，逗号隔开。',
    'What it is told of is not right: levels 1 to 4; scenarios, places and stages by their ids, separated by commas.',
  ]
}

/** A place or a source that is not there would be told of nothing, and nobody would notice. */
async function strange(call: Call, { toldOf, source }: Neighbour): Promise<Answer> {
  const places = new Set(call.places().map(({ id }) => id))
  const lost = toldOf.places?.find((place) => !places.has(PlaceId.parse(place)))
  if (lost) return no(`地图上没有地点「${lost}」。`, `The map has no place ${lost}.`)
  const known = new Set((await call.records.sources.list()).map(({ id }) => id))
  if (source && !known.has(source))
    return no(`没有来源「${source}」，请先 source add。`, `There is no source ${source}: add it first.`)
  return null
}

async function list(call: Call): Promise<Answer> {
  const counts = await call.records.deliveries.counts()
  for (const one of await call.records.neighbours.list()) {
    const of = (state: string) => counts.find((row) => row.neighbourId === one.id && row.state === state)?.rows ?? 0
    const state = one.withdrawnAt !== null ? '○' : one.paused ? '‖' : '●'
    const figures = [of('waiting'), of('taken'), of('dead')].join('/')
    call.say(
      [state, one.id, one.name, one.kind, one.url, localTime(one.addedAt), figures, one.paused?.why ?? '']
        .map(oneCell)
        .join('\t'),
    )
  }
  tell(call, '● 在用 ‖ 暂停 ○ 已停用；待发/已收/死信', '● in use ‖ paused ○ withdrawn; waiting/taken/dead')
  return null
}

/** The neighbour that is meant, or the no. */
function meant(call: Call): { id: NeighbourId; neighbour: Neighbour } | { no: Answer } {
  const id = NeighbourId.safeParse(call.words[0]).data
  const neighbour = id && call.records.neighbours.live().get(id)
  return id && neighbour
    ? { id, neighbour }
    : {
        no: no(
          `没有在用的对外单位「${call.words[0]}」，请用 neighbour list 查看。`,
          `No neighbour ${call.words[0]} is in use: see neighbour list.`,
        ),
      }
}

const doing = (
  what: string,
  run: (call: Call, one: { id: NeighbourId; neighbour: Neighbour }) => Promise<Answer | void>,
) =>
  async function (call: Call): Promise<Answer> {
    const one = meant(call)
    if ('no' in one) return one.no
    const answer = (await run(call, one)) ?? null
    if (answer === null) await note(call, what, one.id)
    return answer
  }

const pause = doing('neighbour-paused', async (call, { id, neighbour }) => {
  await call.records.neighbours.pause(id, textOf(call, 'why') ?? '', call.now())
  tell(call, `${neighbour.name} 已暂停，要发的先等着。`, `${neighbour.name} is paused; what is to be told waits.`)
})

const resume = doing('neighbour-resumed', async (call, { id, neighbour }) => {
  await call.records.neighbours.resume(id)
  tell(call, `${neighbour.name} 已恢复。`, `${neighbour.name} is told again.`)
})

const withdraw = doing('neighbour-withdrawn', async (call, { id, neighbour }) => {
  await call.records.neighbours.withdraw(id, call.now())
  tell(call, `${neighbour.name} 已停用，密钥作废。`, `${neighbour.name} is withdrawn, and its secrets are gone.`)
})

const redeliver = doing('neighbour-redelivered', async (call, { id }) => {
  const one = textOf(call, 'id')
  const delivery = one === undefined ? undefined : DeliveryId.parse(one)
  const count = await call.records.deliveries.redeliver(id, delivery, call.now())
  if (count === 0) return no('没有这样的死信。', 'There is no such dead letter.')
  tell(call, `${count} 条死信重新发。`, `${count} dead letters are sent once more.`)
})

const rotate = doing('neighbour-rotated', async (call, { id }) => {
  const days = Number(textOf(call, 'days') ?? rotatesWithin)
  if (!Number.isInteger(days) || days < 0 || days > 90)
    return wrong('天数应是 0–90 的整数。', 'Days are a whole number from 0 to 90.')
  const until = call.now() + days * dayMs
  const { signing, ...rest } = call.records.neighbours.secretsOf(id)
  const secret = drawSecret(call)
  // The one before signs on until then; those before it have had their time.
  const [last] = signing
  const kept: NeighbourSecrets = { ...rest, signing: [{ secret }, ...(last ? [{ secret: last.secret, until }] : [])] }
  await call.records.neighbours.setSecrets(id, kept)
  tell(
    call,
    `新密钥，只显示这一次；旧密钥再签 ${days} 天：`,
    `The new secret, shown this once; the old one signs for ${days} days more:`,
  )
  call.say(secret)
})

const test = doing('neighbour-tested', async (call, { id, neighbour }) => {
  const stamp = `test_${call.now()}_${Buffer.from(call.random(6)).toString('hex')}`
  const body = { at: call.now() }
  const message = { id: DeliveryId.parse(stamp), thread: stamp, caseId: null, type: 'test', body }
  await call.records.deliveries.enqueue(id, [message], null, call.now())
  tell(
    call,
    `测试报文已排队，由正在运行的服务发给 ${neighbour.name}：${stamp}`,
    `A test waits for the running server to send it to ${neighbour.name}: ${stamp}`,
  )
})

const text = { type: 'string' } as const
const one = { standsOn: 'records.db' as const, takes: 1 }

export const neighbourCommands: Record<string, AdminCommand> = {
  'neighbour add': {
    usage:
      'neighbour add ID URL [--name 名称] [--kind webhook|open311|hotline-12345|cap] [--levels 1,2] [--scenarios …] [--places …] [--stages …] [--source 来源] [--key 对方给的密钥|-] [--set 名称=值]…',
    says: {
      zh: '建对外单位：告诉谁、告诉什么；--source 是它下达指令用的来源',
      en: 'somebody to be told beyond the street; --source is where its orders come in',
    },
    takes: 2,
    options: {
      ...{ name: text, kind: text, levels: text, scenarios: text, places: text, stages: text, source: text, key: text },
      set: { type: 'string', multiple: true },
    },
    run: add,
  },
  'neighbour list': {
    usage: 'neighbour list',
    says: { zh: '所有对外单位', en: 'all neighbours' },
    standsOn: 'records.db',
    takes: 0,
    run: list,
  },
  'neighbour pause': {
    usage: 'neighbour pause ID [--why 原因]',
    says: { zh: '暂停发送', en: 'nothing goes out for the time being' },
    ...one,
    options: { why: text },
    run: pause,
  },
  'neighbour resume': { usage: 'neighbour resume ID', says: { zh: '恢复发送', en: 'told again' }, ...one, run: resume },
  'neighbour withdraw': {
    usage: 'neighbour withdraw ID',
    says: { zh: '停用对外单位', en: 'ends a neighbour' },
    ...one,
    run: withdraw,
  },
  'neighbour rotate': {
    usage: 'neighbour rotate ID [--days 7]',
    says: { zh: '换签名密钥，旧的再用几天', en: 'a new signing secret beside the old one for some days' },
    ...one,
    options: { days: text },
    run: rotate,
  },
  'neighbour test': {
    usage: 'neighbour test ID',
    says: { zh: '发一条测试报文', en: 'sends a test' },
    ...one,
    run: test,
  },
  'neighbour redeliver': {
    usage: 'neighbour redeliver ID [--id 报文编号]',
    says: { zh: '重发死信，一条或全部', en: 'sends dead letters once more, one or all' },
    ...one,
    options: { id: text },
    run: redeliver,
  },
}
