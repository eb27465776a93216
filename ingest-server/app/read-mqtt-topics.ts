// Whose topics are whose, as the site wrote it into `mqtt.json` of the data folder; read at the start alone, without the file nothing is said of any.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { TopicTable } from '../doors/mqtt-topics.ts'
import { ConfigFault } from './config.ts'

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export async function readMqttTopics(folder: string): Promise<TopicTable> {
  const file = join(folder, 'mqtt.json')
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  if (text === null) return []
  const read = TopicTable.safeParse(valueOf(text, file))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = z.core.toDotPath(issue?.path ?? []) || '[]'
  throw wrong(file, where, where)
}

function valueOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw wrong(file, '不是完整的 JSON', 'it is not whole JSON', cause)
  }
}

const wanted = '[{"topic":"frigate/#","sourceId":"frigate-north","dialect":"frigate"}]'

const wrong = (file: string, zh: string, en: string, cause?: unknown): ConfigFault =>
  new ConfigFault(
    `${file} 不能用（${zh}）：应是主题、来源、格式的列表，如 ${wanted}；# 只能在最后。\n` +
      `${file} cannot be used (${en}): it must be a list of topic, source and dialect, like ${wanted}, with # only at the end.`,
    { cause },
  )
