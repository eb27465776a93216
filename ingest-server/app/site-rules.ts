// The site's own folder of rules: whether anything in it changed, and a file put there whole or not at all.
import { mkdir, open, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { flushFolder } from '../records/flush-folder.ts'
import { jsonIn } from './read-scenarios.ts'

/** Another text as soon as a file came, went or was written. A file that goes while we look is looked for again the next time. */
export async function marksOf(folder: string): Promise<string> {
  const files = await jsonIn(folder)
  return (await Promise.all(files.map((file) => marksOfFile(folder, file)))).join('\n')
}

/** The same of one file, whether it is there or not. */
export async function marksOfFile(folder: string, file: string): Promise<string> {
  const found = await stat(path.join(folder, file)).catch(() => null)
  return `${file} ${found?.mtimeMs} ${found?.size} ${found?.ino}`
}

export async function writeRuleFile(folder: string, file: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const half = path.join(folder, `.${file}.new`)
  const handle = await open(half, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(half, path.join(folder, file))
  await flushFolder(folder)
}
