// The secrets all that is sealed hangs on: a new one, what hangs on which, and an old one forgotten once nothing does.
import { secretId } from '../records/key-ring.ts'
import { changeSecrets, drawSecret, SecretsLocked, type Secret } from '../records/secret.ts'
import { no, note, tell, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'

/** In one commit: a running house writes, too. */
const atOnce = 50
/** Every process on this folder has the new secret by then. */
const knownAfter = 1500

async function rotate(call: Call): Promise<Answer> {
  const drawn = drawSecret(call.random, call.now())
  const locked = await change(call, (secrets) => [drawn, ...secrets])
  if (locked) return locked
  const id = secretId(drawn.bytes)
  await note(call, 'key-rotated', id)
  tell(
    call,
    `新密钥 ${id} 已启用，新写的都用它。正在改封旧的……`,
    `Secret ${id} is in use for all that is new. What is older is being sealed anew …`,
  )
  await call.pause(knownAfter)
  return renew(call)
}

/** Stopped, it goes on where it was. */
async function renew(call: Call): Promise<Answer> {
  await call.records.refresh()
  const left = (await hangingOnOlder(call)) || 0
  let done = 0
  let said = 0
  while (!call.stopped()) {
    const some = await call.records.personal.sealed.renew(atOnce)
    if (some === 0) break
    done += some
    if (done - said < 1000) continue
    said = done
    tell(call, `已改封 ${done} / ${left}`, `${done} of ${left} sealed anew`)
  }
  const rest = await hangingOnOlder(call)
  await note(call, 'key-renewed', String(done))
  tell(
    call,
    `改封了 ${done} 条，还有 ${rest} 条在旧密钥上。`,
    `${done} rows were sealed anew, ${rest} still hang on older secrets.`,
  )
  if (rest > 0)
    return no('没有做完，再运行 key renew 会接着做。', 'It is not done: key renew goes on where this stopped.')
  return null
}

async function hangingOnOlder(call: Call): Promise<number> {
  const { secrets } = await call.records.personal.sealed.hanging()
  return secrets.slice(1).reduce((sum, { rows }) => sum + rows, 0)
}

async function list(call: Call): Promise<Answer> {
  const { secrets, lost } = await call.records.personal.sealed.hanging()
  for (const [nth, { id, madeAt, rows }] of secrets.entries())
    call.say([nth === 0 ? '●' : '○', id, madeAt === null ? '—' : localTime(madeAt), rows].join('\t'))
  tell(
    call,
    '● 在用 ○ 旧的；最后一列是还用它封着的条数',
    '● in use ○ older; the last column is how many rows hang on it',
  )
  if (lost > 0)
    tell(
      call,
      `${lost} 条用的密钥不在这里，打不开。`,
      `${lost} rows hang on a secret that is not here and cannot be opened.`,
    )
  return null
}

async function forget(call: Call): Promise<Answer> {
  const id = call.words[0] ?? ''
  // A house that has not read the new secret yet may still be sealing with the old one.
  await call.pause(knownAfter)
  const { secrets } = await call.records.personal.sealed.hanging()
  const nth = secrets.findIndex((one) => one.id === id)
  if (nth === -1) return no(`没有密钥「${id}」，请看 key list。`, `There is no secret ${id}: see key list.`)
  if (nth === 0) return no('这是在用的密钥，请先 key rotate。', 'This is the one in use: rotate first.')
  const { rows } = secrets[nth]!
  if (rows > 0)
    return no(`还有 ${rows} 条用它封着，请先运行 key renew。`, `${rows} rows still hang on it: run key renew first.`)
  const locked = await change(call, (all) => all.filter(({ bytes }) => secretId(bytes) !== id))
  if (locked) return locked
  await note(call, 'key-forgotten', id)
  tell(
    call,
    `密钥 ${id} 已删除。用它封着的备份从此打不开。`,
    `Secret ${id} is gone. Backups sealed with it open no more.`,
  )
  return null
}

async function change(call: Call, how: (secrets: Secret[]) => Secret[]): Promise<Answer> {
  try {
    await changeSecrets(call.folder, how)
    return null
  } catch (fault) {
    if (!(fault instanceof SecretsLocked)) throw fault
    return no(
      `别的程序正在换密钥；确定没有的话，删掉 ${fault.message} 再试。`,
      `Another program is changing the secrets; if none is, remove ${fault.message} and try again.`,
    )
  }
}

const standsOn = 'records.db' as const
export const keyCommands: Record<string, AdminCommand> = {
  'key rotate': {
    usage: 'key rotate',
    says: {
      zh: '换新密钥，再把旧的逐批改封（可随时停）',
      en: 'a new secret, then all that is older is sealed anew (may be stopped)',
    },
    ...{ standsOn, takes: 0, run: rotate },
  },
  'key renew': {
    usage: 'key renew',
    says: { zh: '接着把旧密钥上的改封到新密钥', en: 'goes on bringing older rows onto the newest secret' },
    ...{ standsOn, takes: 0, run: renew },
  },
  'key list': {
    usage: 'key list',
    says: { zh: '列出密钥和各封着多少条', en: 'lists the secrets and how much hangs on each' },
    ...{ standsOn, takes: 0, run: list },
  },
  'key forget': {
    usage: 'key forget ID',
    says: { zh: '删除已经没有用的旧密钥', en: 'forgets an old secret on which nothing hangs' },
    ...{ standsOn, takes: 1, run: forget },
  },
}
