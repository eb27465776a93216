// Backups from the command line, beside a server that goes on: of one street or all, the keys apart.
import { relative, resolve, join } from 'node:path'
import { existsSync } from 'node:fs'
import { keepNewest, setsIn } from '../backup/sets.ts'
import { takeBackup, takeKeys, takeSystem } from '../backup/take.ts'
import { isKept } from '../engines/postgres.ts'
import { noteIn } from './note-in.ts'
import { no, tell, textOf, wrong, type Answer, type SystemCall, type SystemCommand, type World } from './call.ts'
import { localTime } from './local-time.ts'
import { orNo, sizeInWords, workOf } from './long-work.ts'
import { streetsMeant, type Meant } from './streets-meant.ts'

const nothingLeft = { zh: '没有留下半份备份。', en: 'no half backup was left.' }

async function backup(call: SystemCall): Promise<Answer> {
  return eachStreet(call, 'system', async ({ id, world }, into) => {
    const started = call.now()
    const { path, manifest, linked } = await takeBackup({
      ...{ place: world, street: id, into, at: call.now(), work: workOf(call) },
      checkpoints: world.checkpoints ?? join(world.folder, 'checkpoints'),
    })
    await noteIn(world, 'backup-taken', `${path} ${manifest.journal!.revision}`)
    const size = sizeInWords(manifest.files.reduce((sum, one) => sum + one.size, 0))
    const [lines, seconds] = [manifest.journal!.revision, ((call.now() - started) / 1000).toFixed(1)]
    const until = manifest.journal!.at === null ? '' : localTime(manifest.journal!.at)
    tell(
      call,
      `${path}：到第 ${lines} 行（${until}），${manifest.files.length} 个文件 ${size}，其中 ${linked} 个与上一份共用，用时 ${seconds} s`,
      `${path}: up to line ${lines} (${until}), ${manifest.files.length} files of ${size}, ${linked} of them shared with the one before, in ${seconds} s`,
    )
    tell(
      call,
      '不在其中：密钥（用 backup keys 另存几天）、档案（恢复后自动重建）、没传完的图片',
      'Left out: the keys (backup keys keeps them apart, for days), the archive (made again by itself), pictures half sent',
    )
    if (manifest.gone.length > 0)
      tell(
        call,
        `有 ${manifest.gone.length} 个图片文件已不在或已损坏，见 manifest.json 的 gone`,
        `${manifest.gone.length} files of pictures are gone or not as they were kept: see gone in manifest.json`,
      )
  })
}

const keys = (call: SystemCall): Promise<Answer> =>
  eachStreet(call, 'keys', async ({ id, world }, into) => {
    const { path } = await takeKeys({ place: world, street: id, into, at: call.now(), work: workOf(call) })
    await noteIn(world, 'keys-backed-up', path)
    tell(
      call,
      `${path}：密钥已另存。谁拿到它和数据备份，就能读居民的姓名电话：请与备份分开放，只留几天。`,
      `${path}: the keys are kept there. With them and a backup residents’ names can be read: keep the two apart, and these for days.`,
    )
  })

async function list(call: SystemCall): Promise<Answer> {
  const into = resolve(call.words[0]!)
  for (const { path, manifest } of await setsIn(into)) {
    const { kind, journal, files } = manifest
    const size = sizeInWords(files.reduce((sum, one) => sum + one.size, 0))
    call.say([path, kind, journal ? `${journal.revision}` : '—', size].join('\t'))
  }
  return null
}

/** Into a folder for each where there are many; then what they have in common; then those that are too old go. */
async function eachStreet(
  call: SystemCall,
  kind: 'system' | 'keys',
  take: (one: Meant, into: string) => Promise<void>,
): Promise<Answer> {
  const root = resolve(call.words[0]!)
  const keep = Number(textOf(call, 'keep') ?? 0)
  if (!Number.isInteger(keep) || keep < 0 || (textOf(call, 'keep') !== undefined && keep === 0))
    return wrong('--keep 后请写留几份。', '--keep is followed by how many are kept.')
  if (isBelow(call.folder, root))
    return no(
      `${root} 在数据目录里：备份请放到别处，最好是另一块盘。`,
      `${root} lies in the data folder: a backup belongs elsewhere, best on another disk.`,
    )
  const all = await streetsMeant(call)
  if ('no' in all) return all
  return orNo(async () => {
    for (const one of all.meant) {
      if (!(await isStreet(one.world)))
        return no(
          `${one.world.folder} 里没有日志，请用 --data 指明数据目录。`,
          `There is no journal in ${one.world.folder}: name the data folder with --data.`,
        )
      const into = one.id === null ? root : join(root, one.id)
      await take(one, into)
      if (keep > 0) await keepNewest(into, keep)
    }
    if (!all.levels) return null
    const into = join(root, 'system')
    const levels = all.levels.map((folder) => relative(resolve(call.folder), folder))
    const { path } = await takeSystem(call.folder, { levels, kind }, { into, at: call.now(), work: workOf(call) })
    if (keep > 0) await keepNewest(into, keep)
    if (kind === 'keys') tell(call, `${path}：街道之间的密钥`, `${path}: the key between streets`)
    else tell(call, `${path}：街道名单和上级规则`, `${path}: the list of streets, and the rules above them`)
    return null
  }, nothingLeft)
}

const isBelow = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), path)
  return way === '' || !way.startsWith('..')
}

const isStreet = async ({ folder, postgres }: World): Promise<boolean> =>
  postgres
    ? isKept(postgres, 'lines')
    : existsSync(join(folder, 'journal.db')) && existsSync(join(folder, 'records.db'))

const text = { type: 'string' as const }
export const backupCommands: Record<string, SystemCommand> = {
  backup: {
    usage: 'backup DIR [--keep N] [--street 编码]',
    says: {
      zh: '不停服务做备份：日志、账目、图片、站点文件，每份自带校验；密钥不在内；--keep 只留最近 N 份',
      en: 'a backup beside the running server: journal, records, pictures, the site’s files, with their hashes; no keys; --keep N keeps the newest N',
    },
    takes: 1,
    options: { keep: text, street: text },
    runs: backup,
  },
  'backup keys': {
    usage: 'backup keys DIR [--keep N] [--street 编码]',
    says: {
      zh: '密钥另存一处：请与数据备份分开，只留几天',
      en: 'the keys, to be kept apart from the backups, and for days only',
    },
    takes: 1,
    options: { keep: text, street: text },
    runs: keys,
  },
  'backup list': {
    usage: 'backup list DIR',
    says: { zh: '列出目录里完整的备份', en: 'lists the whole backups of a folder' },
    takes: 1,
    runs: list,
  },
}
