// A backup put back from the command line: verified, brought to this version, and what must come from elsewhere said.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { manifestFile } from '../backup/manifest.ts'
import { restore, restoreSystem, type Restored } from '../backup/restore.ts'
import { setsIn } from '../backup/sets.ts'
import { no, tell, textOf, type Answer, type SystemCall, type SystemCommand } from './call.ts'
import { localTime } from './local-time.ts'
import { orNo, workOf } from './long-work.ts'
import { noteIn } from './note-in.ts'
import { streetsMeant, type Meant } from './streets-meant.ts'

async function run(call: SystemCall): Promise<Answer> {
  const root = resolve(call.words[0]!)
  return orNo(
    async () => {
      const system = (await setsIn(join(root, 'system'))).at(-1)
      if (system && textOf(call, 'street') === undefined && call.options.check !== true) {
        const given = textOf(call, 'keys')
        const keys = given === undefined ? null : await setIn(join(resolve(given), 'system'))
        await restoreSystem(system.path, keys, call.folder, workOf(call))
        tell(call, `${system.path}：街道名单已恢复`, `${system.path}: the list of streets is back`)
      }
      const all = await streetsMeant(call)
      if ('no' in all) return all
      for (const one of all.meant) {
        const answer = await restoreOne(call, one, root)
        if (answer) return answer
      }
      return null
    },
    { zh: '没有恢复任何内容。', en: 'nothing was put in place.' },
  )
}

async function restoreOne(call: SystemCall, { id, world }: Meant, root: string): Promise<Answer> {
  const set = await setIn(id === null ? root : join(root, id))
  if (set === null) return no(`${root} 里没有完整的备份。`, `There is no whole backup in ${root}.`)
  const given = textOf(call, 'keys')
  const keys = given === undefined ? null : await setIn(id === null ? resolve(given) : join(resolve(given), id))
  if (given !== undefined && keys === null)
    return no(`${given} 里没有完整的密钥备份。`, `There is no whole backup of keys in ${given}.`)
  const onlyCheck = call.options.check === true
  const restored = await restore({
    ...{ set, keys, place: world, work: workOf(call), onlyCheck },
    checkpoints: world.checkpoints ?? join(world.folder, 'checkpoints'),
    trusted: textOf(call, 'key') ?? null,
    newId: () => Buffer.from(call.random(16)).toString('hex'),
  })
  const { manifest, reached } = restored
  const about = `${reached.id} ${reached.revision} ${new Date(manifest.at).toISOString()}`
  if (!onlyCheck) await noteIn(world, 'restored', about)
  say(call, set, restored, onlyCheck)
  return null
}

/** Itself a backup, or the newest of those in it. */
const setIn = async (path: string): Promise<string | null> =>
  existsSync(join(path, manifestFile)) ? path : ((await setsIn(path)).at(-1)?.path ?? null)

function say(call: SystemCall, set: string, restored: Restored, onlyCheck: boolean): void {
  const { reached, manifest, sessions, deliveries, notices, unreadable, knownElsewhere } = restored
  const until = reached.at === null ? '—' : localTime(reached.at)
  if (onlyCheck)
    return tell(
      call,
      `${set} 完好，可以恢复：到第 ${reached.revision} 行（${until}），${manifest.files.length} 个文件逐一核对过。`,
      `${set} holds and can be restored: up to line ${reached.revision} (${until}); all ${manifest.files.length} files were checked.`,
    )
  tell(
    call,
    `已恢复 ${set}：日志到第 ${reached.revision} 行（${until}），末行 ${reached.hash}；这之后的不在其中。`,
    `${set} is restored: the journal reaches line ${reached.revision} (${until}), the last ${reached.hash}; what came after is not in it.`,
  )
  if (knownElsewhere !== null && knownElsewhere > reached.revision)
    tell(
      call,
      `别处的检查点签到第 ${knownElsewhere} 行：少了 ${knownElsewhere - reached.revision} 行。`,
      `Checkpoints kept elsewhere were signed up to line ${knownElsewhere}: ${knownElsewhere - reached.revision} lines are lost.`,
    )
  tell(
    call,
    `日志换了新编号，各屏会重取全图；${sessions} 个登录已作废，人员重新登录，大屏重新绑定；${deliveries} 条待送邻接系统的消息改为人工重送（neighbour redeliver），${notices} 条未达的呼叫不再发出。`,
    `The journal has a new name, so every screen takes the whole board; ${sessions} sessions ended: people sign in again, walls are bound again; ${deliveries} messages to neighbours wait for your word (neighbour redeliver), ${notices} calls are not made any more.`,
  )
  tell(
    call,
    '备份之后停用的账号、密钥、大屏又回来了，请再停用一次；之后被要求删除的居民信息，请再删一次（person erase）。',
    'Accounts, keys and walls withdrawn after the backup are there again: withdraw them again; so are residents erased after it: person erase.',
  )
  if (unreadable && Object.values(unreadable).some((rows) => rows > 0)) saySecret(call, unreadable)
}

const asked: Readonly<Record<string, { zh: string; en: string }>> = {
  reporters: { zh: '居民的姓名电话（读不出了）', en: 'residents’ names and numbers (cannot be read any more)' },
  source_secrets: { zh: '来源的签名密钥（source rotate）', en: 'secrets of sources that sign (source rotate)' },
  sip_devices: { zh: 'SIP 设备的口令（source sip）', en: 'passwords of SIP devices (source sip)' },
  neighbours: { zh: '邻接系统的密钥（neighbour rotate）', en: 'secrets of neighbours (neighbour rotate)' },
  notice_ways: { zh: '通知渠道（notice add）', en: 'ways to call people (notice add)' },
  push_addresses: { zh: '手机推送（本人重新允许）', en: 'phones to push to (each allows it again)' },
  phone_numbers: { zh: '短信号码（user phone）', en: 'numbers for text messages (user phone)' },
  second_factors: { zh: '动态口令（user reset-code）', en: 'one-time codes (user reset-code)' },
}

/** Which of them must be given anew. */
function saySecret(call: SystemCall, unreadable: Record<string, number>): void {
  tell(
    call,
    '没有 secret.key，下列要从别处来：放回原来的密钥（--keys），或逐项重设：',
    'There is no secret.key. These must come from elsewhere: put the old keys back (--keys), or set each anew:',
  )
  for (const [table, rows] of Object.entries(unreadable))
    if (rows > 0 && asked[table]) call.say(`  ${rows}\t${asked[table][call.language]}`)
}

const text = { type: 'string' as const }
export const restoreCommands: Record<string, SystemCommand> = {
  restore: {
    usage: 'restore DIR [--keys DIR2] [--check] [--key PUBLIC-KEY-FILE] [--street 编码]',
    says: {
      zh: '恢复到空目录（或空的数据库）：逐个文件、逐行日志核对，再升到本版本；--keys 放回密钥，--check 只核对不动',
      en: 'into an empty folder (or database): every file and every line is checked, then it is brought to this version; --keys puts the keys back, --check only checks',
    },
    takes: 1,
    options: { keys: text, key: text, check: { type: 'boolean' }, street: text },
    runs: run,
  },
}
