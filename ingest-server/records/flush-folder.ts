// A folder's names written through to the disk: a file renamed into it may else be gone after a power cut.
import { open } from 'node:fs/promises'

/** A new name in a folder is durable once the folder is. Windows has no such flush, and needs none. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
