// People: who may sign in, as what, for which places.
import { PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import { posts, roles, type Post, type Role } from '#contract/roles'
import { drawPassword } from '../records/first-administrator.ts'
import { AccountName, Password } from '../records/names.ts'
import { NameTaken } from '../records/port-people.ts'
import { listOf, no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { placeIdsOf } from './places.ts'
import { oneCell } from './plain.ts'

/** A wall is nobody: it gets a kiosk link. */
type StaffRole = Exclude<Role, 'wall'>
const staffRoles = roles.filter((role): role is StaffRole => role !== 'wall')
const usualPost: Record<StaffRole, Post> = {
  'duty-officer': 'command',
  administrator: 'command',
  'security-administrator': 'command',
  'audit-administrator': 'command',
  chief: 'station',
  officer: 'grid',
  property: 'property',
}
/** They see what lies in their places and nothing else. */
const needsPlaces = new Set<StaffRole>(['chief', 'officer', 'property'])

const known = (call: Call): Person | undefined => {
  const id = PersonId.safeParse(call.words[0]).data
  return id && call.records.accounts.people().get(id)
}
const nobody = (call: Call): Answer =>
  no(`没有「${call.words[0]}」这个账号，请用 user list 查看。`, `Nobody signs in as ${call.words[0]}: see user list.`)

async function add(call: Call): Promise<Answer> {
  const id = AccountName.safeParse(call.words[0])
  if (!id.success)
    return wrong(
      '账号只能用文字、数字和 . _ -，最多 40 个字。',
      'A sign-in name is up to 40 letters, figures, dots, hyphens or underscores.',
    )
  const role = staffRoles.find((one) => one === call.options.role)
  if (!role) return wrong(`--role 请从 ${staffRoles.join('、')} 中选。`, `--role is one of ${staffRoles.join(', ')}.`)
  const post = posts.find((one) => one === (textOf(call, 'post') ?? usualPost[role]))
  if (!post) return wrong(`--post 请从 ${posts.join('、')} 中选。`, `--post is one of ${posts.join(', ')}.`)
  const named = listOf(call, 'places')
  if (named.length === 0 && needsPlaces.has(role))
    return wrong(
      '请用 --places 写明负责哪里，否则什么都看不到。',
      'Say with --places what they answer for: without, they see nothing.',
    )
  const placeIds = named.length === 0 ? [] : placeIdsOf(call.places(), named)
  if ('unclear' in placeIds) return noPlace(placeIds.unclear)
  const password = await passwordOf(call)
  if (typeof password !== 'string') return password

  const name = textOf(call, 'name') ?? id.data
  const skills = listOf(call, 'skills')
  const body = textOf(call, 'body') ?? ''
  const onDuty = call.options['on-duty'] === true
  try {
    await call.records.accounts.add(
      {
        id: PersonId.parse(id.data),
        name,
        role,
        post,
        body,
        placeIds,
        skills,
        onDuty,
        password,
        given: call.options.stdin !== true,
      },
      call.now(),
    )
  } catch (fault) {
    if (!(fault instanceof NameTaken)) throw fault
    return no(
      `账号「${id.data}」已有人用过，日志里留着这个名字，请换一个。`,
      `${id.data} is or was somebody's name, and the journal names them: choose another.`,
    )
  }
  await note(call, 'user-added', id.data)
  tell(call, `账号 ${id.data}（${name}）已建。`, `${id.data} (${name}) may sign in.`)
  showPassword(call, password)
  return null
}

export const noPlace = (name: string): Answer =>
  wrong(`地图上没有唯一叫「${name}」的地方，请写编号。`, `No one place on the map is called ${name}: give its id.`)

/** Read where `--stdin` is given, drawn otherwise; never an argument, which other users of the machine could read. */
async function passwordOf(call: Call): Promise<string | Answer> {
  if (call.options.stdin !== true) return drawPassword(call.random)
  const given = Password.safeParse((await call.readInput()).replace(/\r?\n$/, ''))
  return given.success ? given.data : wrong('密码要 10 到 200 个字。', 'A password has 10 to 200 characters.')
}

function showPassword(call: Call, password: string): void {
  if (call.options.stdin === true) return
  tell(call, `密码只显示这一次：${password}`, `The password, shown this once: ${password}`)
}

async function list(call: Call): Promise<Answer> {
  for (const person of call.records.accounts.people().values()) {
    const duty = person.onDuty ? '●' : '○'
    call.say(
      [duty, person.id, person.name, person.role, person.post, person.body, person.placeIds.join(',')]
        .map(oneCell)
        .join('\t'),
    )
  }
  tell(call, '● 在岗 ○ 不在岗', '● on duty ○ off duty')
  return null
}

async function duty(call: Call): Promise<Answer> {
  const person = known(call)
  if (!person) return nobody(call)
  const onDuty = { on: true, off: false }[call.words[1] ?? '']
  if (onDuty === undefined) return wrong('请写 on 或 off。', 'Say on or off.')
  const until = textOf(call, 'until')
  const dutyUntil = until === undefined ? undefined : Date.parse(until)
  if (dutyUntil !== undefined && !(dutyUntil > call.now()))
    return wrong(
      '--until 请写将来的时刻，如 2026-11-21T18:00+08:00。',
      '--until is a moment to come, such as 2026-11-21T18:00+08:00.',
    )
  await call.records.accounts.change(person.id, { onDuty, dutyUntil: onDuty ? dutyUntil : undefined })
  await note(call, onDuty ? 'duty-on' : 'duty-off', person.id)
  const till = dutyUntil === undefined || !onDuty ? '' : ` → ${localTime(dutyUntil)}`
  tell(
    call,
    `${person.name}${onDuty ? '在岗' : '离岗'}${till}`,
    `${person.name} is ${onDuty ? 'on' : 'off'} duty${till}`,
  )
  return null
}

async function password(call: Call): Promise<Answer> {
  const person = known(call)
  if (!person) return nobody(call)
  const fresh = await passwordOf(call)
  if (typeof fresh !== 'string') return fresh
  await call.records.accounts.setPassword(person.id, fresh, call.options.stdin === true ? undefined : 'given')
  await note(call, 'password-set', person.id)
  tell(
    call,
    `${person.name}的密码已换，所有登录都已退出。`,
    `${person.name} has a new password and is signed out everywhere.`,
  )
  showPassword(call, fresh)
  return null
}

async function withdraw(call: Call): Promise<Answer> {
  const person = known(call)
  if (!person) return nobody(call)
  await call.records.accounts.withdraw(person.id)
  await note(call, 'user-withdrawn', person.id)
  tell(call, `账号 ${person.id} 已停用，所有登录都已退出。`, `${person.id} is withdrawn and signed out everywhere.`)
  return null
}

async function unlock(call: Call): Promise<Answer> {
  const person = known(call)
  if (!person) return nobody(call)
  await call.records.signInTries.unlock(person.id)
  await note(call, 'user-unlocked', person.id)
  tell(call, `${person.name}可以马上再试。`, `${person.name} may try again at once.`)
  return null
}

async function resetCode(call: Call): Promise<Answer> {
  const person = known(call)
  if (!person) return nobody(call)
  if (!(await call.records.factors.reset(person.id)))
    return no(`${person.name}没有绑定动态码。`, `${person.name} has no authenticator set up.`)
  await call.records.sessions.endAll(person.id, null, 'administrator', call.now())
  await note(call, 'code-reset', person.id)
  tell(
    call,
    `${person.name}的动态码已重置，所有登录都已退出。`,
    `${person.name} sets an authenticator up anew, and is signed out everywhere.`,
  )
  return null
}

const stdin = { stdin: { type: 'boolean' } } as const

export const userCommands: Record<string, AdminCommand> = {
  'user add': {
    usage:
      'user add NAME --role ROLE [--name 显示名] [--places A,B] [--post POST] [--body BODY] [--skills A,B] [--on-duty] [--stdin]',
    says: {
      zh: '建账号，密码只显示一次（--stdin 则从标准输入读）',
      en: 'an account; its password is shown once, or read with --stdin',
    },
    takes: 1,
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      places: { type: 'string' },
      post: { type: 'string' },
      body: { type: 'string' },
      skills: { type: 'string' },
      'on-duty': { type: 'boolean' },
      ...stdin,
    },
    run: add,
  },
  'user list': {
    usage: 'user list',
    says: { zh: '所有账号', en: 'all accounts' },
    standsOn: 'records.db',
    takes: 0,
    run: list,
  },
  'user duty': {
    usage: 'user duty NAME on|off [--until TIME]',
    says: { zh: '在岗、离岗', en: 'on or off duty' },
    standsOn: 'records.db',
    takes: 2,
    options: { until: { type: 'string' } },
    run: duty,
  },
  'user password': {
    usage: 'user password NAME [--stdin]',
    says: { zh: '换密码并退出所有登录', en: 'a new password; signs them out everywhere' },
    standsOn: 'records.db',
    takes: 1,
    options: stdin,
    run: password,
  },
  'user unlock': {
    usage: 'user unlock NAME',
    says: { zh: '试错太多的账号马上可以再试', en: 'an account that waits after too many tries may try at once' },
    standsOn: 'records.db',
    takes: 1,
    run: unlock,
  },
  'user reset-code': {
    usage: 'user reset-code NAME',
    says: { zh: '重置动态码（手机丢了）', en: 'takes an authenticator away (the phone was lost)' },
    standsOn: 'records.db',
    takes: 1,
    run: resetCode,
  },
  'user withdraw': {
    usage: 'user withdraw NAME',
    says: { zh: '停用账号', en: 'ends an account' },
    standsOn: 'records.db',
    takes: 1,
    run: withdraw,
  },
}
