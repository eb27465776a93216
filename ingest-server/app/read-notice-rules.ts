// Who is called how, as the site wrote it into `notices.json` of the data folder; without the file as usual.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NoticeRules, usualNotices } from '#contract/notice'
import { ConfigFault } from './config.ts'

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export async function readNoticeRules(folder: string): Promise<NoticeRules> {
  const file = join(folder, 'notices.json')
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  if (text === null) return usualNotices
  const read = NoticeRules.safeParse(valueOf(text, file))
  if (read.success) return read.data
  const where = z.core.toDotPath(read.error.issues[0]?.path ?? []) || '{}'
  throw wrong(file, where, where)
}

function valueOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw wrong(file, '不是完整的 JSON', 'it is not whole JSON', cause)
  }
}

const wanted =
  '{"levels":{"1":[{"by":"push","after":0},{"by":"robot","after":0},{"by":"sms","after":60}],"2":[],"3":[],"4":[]},"cooldown":180}'

const wrong = (file: string, zh: string, en: string, cause?: unknown): ConfigFault =>
  new ConfigFault(
    `${file} 不能用（${zh}）：应写明四级各走哪几步（push、robot、sms）、几秒后走，如 ${wanted}。\n` +
      `${file} cannot be used (${en}): it says for each of the four levels which steps (push, robot, sms) are taken after how many seconds, like ${wanted}.`,
    { cause },
  )
