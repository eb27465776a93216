// Notices: by which robots and gateways people are called, whom they reached, a test for one person, and people's numbers.
import { PersonId } from '#contract/ids'
import { NoticeId, NoticeWay, NoticeWayId, WaySecrets, wayKinds } from '#contract/notice'
import { NameTaken } from '../records/port-people.ts'
import { listOf, no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { oneCell } from './plain.ts'

const listed = 20

/** `name=value`, as often as wanted; null where one of them is not. */
function pairsOf(call: Call, option: string): Record<string, string> | null {
  const given = call.options[option]
  const pairs = (Array.isArray(given) ? given : []).map((pair) => /^([^=]+)=(.*)$/s.exec(pair))
  if (pairs.includes(null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim(), pair?.[2]?.trim()]))
}

/** On the line itself a key would stay in the shell's history: `-` is read from standard input. */
const secretly = async (call: Call, given: string | undefined): Promise<string | undefined> =>
  given === '-' ? (await call.readInput()).trim() : given

async function add(call: Call): Promise<Answer> {
  const [kind, id] = call.words
  if (!wayKinds.some((one) => one === kind))
    return wrong(`类型只能是 ${wayKinds.join('、')}。`, `A kind is one of ${wayKinds.join(', ')}.`)
  const settings = pairsOf(call, 'set')
  const headers = pairsOf(call, 'header')
  const way = NoticeWay.safeParse({
    ...{ id, kind, name: textOf(call, 'name') ?? id, bodies: listOf(call, 'bodies'), settings },
  })
  if (!way.success || !headers)
    return wrong(
      '编号用小写字母、数字和连字符；--set、--header 写成 名称=值。',
      'An id is small letters, digits and hyphens; --set and --header are name=value.',
    )
  const secrets = WaySecrets.safeParse({
    url: await secretly(call, call.words[2]),
    ...(textOf(call, 'secret') && { secret: textOf(call, 'secret') }),
    ...(Object.keys(headers).length > 0 && { headers }),
  })
  if (!secrets.success)
    return wrong(
      '地址要是 http(s) 网址，不能带用户名、密码或 #；写 - 则从标准输入读。',
      'The address must be http(s), with no name, password or fragment in it; - reads it from standard input.',
    )
  try {
    await call.records.noticeWays.add(way.data, secrets.data, call.now())
  } catch (fault) {
    if (!(fault instanceof NameTaken)) throw fault
    return no(`通知方式「${id}」已在用。`, `The way ${id} is in use.`)
  }
  await note(call, 'notice-way-added', way.data.id)
  tell(call, `${way.data.name} 从现在起用来叫人。`, `People are called by ${way.data.name} from now on.`)
  return null
}

async function remove(call: Call): Promise<Answer> {
  const id = NoticeWayId.safeParse(call.words[0]).data
  if (!id || !(await call.records.noticeWays.remove(id)))
    return no(
      `没有通知方式「${call.words[0]}」，请用 notice list 查看。`,
      `There is no way ${call.words[0]}: see notice list.`,
    )
  await note(call, 'notice-way-removed', id)
  tell(call, `已撤掉 ${id}。`, `${id} is taken away.`)
  return null
}

async function list(call: Call): Promise<Answer> {
  const { notices, noticeWays: ways, reachable } = call.records
  for (const way of ways.live().values()) {
    const secrets = ways.secretsOf(way.id)
    const host = secrets ? new URL(secrets.url).host : '密钥打不开 · sealed with another secret'
    const trouble = await notices.trouble(way.kind === 'sms' ? 'sms' : 'robot', way.id)
    call.say([way.id, way.name, way.kind, host, way.bodies.join(','), trouble ?? '✓'].map(oneCell).join('\t'))
  }
  const { phones, people } = reachable.phones()
  const trouble = await notices.trouble('push', null)
  tell(
    call,
    `手机推送：${people} 人 ${phones} 台${trouble ? `，最近没发成：${trouble}` : ''}`,
    `push: ${phones} phones of ${people} people${trouble ? `, the last did not go: ${trouble}` : ''}`,
  )
  for (const one of await notices.list(listed)) {
    const legs = one.legs.map(({ road, wayId, state }) => `${wayId ?? road}:${state}`).join(' ')
    call.say(
      [localTime(one.at), one.personId, one.caseId ?? '—', one.what, one.state, one.why ?? '', legs]
        .map(oneCell)
        .join('\t'),
    )
  }
  return null
}

/** The person that is meant, or the no. */
function meant(call: Call): { id: PersonId; name: string; onDuty: boolean } | { no: Answer } {
  const id = PersonId.safeParse(call.words[0]).data
  const person = id && call.records.accounts.people().get(id)
  return (
    person ?? {
      no: no(
        `没有「${call.words[0]}」这个账号，请用 user list 查看。`,
        `Nobody signs in as ${call.words[0]}: see user list.`,
      ),
    }
  )
}

async function test(call: Call): Promise<Answer> {
  const person = meant(call)
  if ('no' in person) return person.no
  const { reachable, noticeWays, notices } = call.records
  const at = call.now()
  const id = NoticeId.parse(`n_test_${at}_${Buffer.from(call.random(6)).toString('hex')}`)
  const body = call.records.accounts.people().get(person.id)!.body
  const ways = [...noticeWays.live().values()].filter(({ bodies }) => bodies.length === 0 || bodies.includes(body))
  const hasNumber = reachable.numberOf(person.id) !== null
  const leg = { thread: id, dueAt: at }
  const legs = [
    ...(reachable.phonesOf(person.id).length > 0 ? [{ ...leg, road: 'push' as const, wayId: null }] : []),
    ...ways
      .filter(({ kind }) => kind !== 'sms' || hasNumber)
      .map((way) => ({
        ...{ road: way.kind === 'sms' ? ('sms' as const) : ('robot' as const), wayId: way.id },
        ...{ thread: `${way.id} ${id}`, dueAt: at },
      })),
  ]
  if (legs.length === 0)
    return no(
      `${person.name}没有可用的方式：手机没开「手机关着也叫我」，没有登记号码，也没有群机器人。`,
      `There is no way to ${person.name}: no phone that asked to be called, no number, no robot of their group.`,
    )
  const words = `测试：这是一条测试通知，没有事情发生。`
  const about = { personId: person.id, caseId: null, what: 'test' as const, level: 1 as const }
  await notices.decide([{ id, ...about, words, at, revision: 0, legs }], null)
  await note(call, 'notice-tested', person.id)
  tell(
    call,
    `测试已排队，由正在运行的服务发给${person.name}，共 ${legs.length} 路；不在岗则不发。结果见 notice list。`,
    `A test waits for the running server to send it to ${person.name} by ${legs.length} ways, if they are on duty. See notice list.`,
  )
  return null
}

async function phone(call: Call): Promise<Answer> {
  const person = meant(call)
  if ('no' in person) return person.no
  const given = await secretly(call, call.words[1])
  const number = given === 'none' ? null : (given ?? '').replaceAll(/[\s-]/g, '')
  if (number !== null && !/^\+?\d{5,15}$/.test(number))
    return wrong(
      '号码应是 5–15 位数字，可带 +；写 none 则去掉，写 - 则从标准输入读。',
      'A number is 5 to 15 digits, with + or without; none takes it away, - reads it from standard input.',
    )
  await call.records.reachable.setNumber(person.id, number, call.now())
  await note(call, number === null ? 'phone-removed' : 'phone-set', person.id)
  tell(
    call,
    number === null ? `${person.name}的号码已去掉。` : `${person.name}的号码已登记：${shown(number)}`,
    number === null ? `${person.name} has no number any more.` : `${person.name} has the number ${shown(number)}`,
  )
  return null
}

const shown = (number: string): string => `${number.slice(0, 3)}****${number.slice(-2)}`

const text = { type: 'string' } as const
const many = { type: 'string', multiple: true } as const

export const noticeCommands: Record<string, AdminCommand> = {
  'notice add': {
    usage:
      'notice add wecom|dingtalk|sms ID URL|- [--name 名称] [--bodies 单位,…] [--secret 加签密钥] [--header 名称=值]… [--set method|type|body|ok|perMinute=值]…',
    says: {
      zh: '建叫人的方式：群机器人，或短信网关（地址、请求体里用 {phone} {words}）',
      en: 'a way to call people: a group’s robot, or a gateway of text messages ({phone} {words} in address and body)',
    },
    takes: 3,
    options: { name: text, bodies: text, secret: text, header: many, set: many },
    run: add,
  },
  'notice remove': {
    usage: 'notice remove ID',
    says: { zh: '撤掉一种方式', en: 'takes a way away' },
    standsOn: 'records.db',
    takes: 1,
    run: remove,
  },
  'notice list': {
    usage: 'notice list',
    says: { zh: '各种方式和最近的通知', en: 'the ways, and the last notices' },
    standsOn: 'records.db',
    takes: 0,
    run: list,
  },
  'notice test': {
    usage: 'notice test NAME',
    says: { zh: '给一个人发测试，走他所有的路', en: 'a test to one person, by all their ways' },
    standsOn: 'records.db',
    takes: 1,
    run: test,
  },
  'user phone': {
    usage: 'user phone NAME 号码|none|-',
    says: { zh: '登记短信号码，加密存放', en: 'a number for text messages, kept sealed' },
    standsOn: 'records.db',
    takes: 2,
    run: phone,
  },
}
