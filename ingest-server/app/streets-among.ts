// How the streets of one process know each other: by the list, by one key a pair, and by the front that all of them stand behind.
import { hkdfSync } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StreetId } from '#contract/streets'
import type { Streets as StreetsPort } from '../doors/streets-port.ts'
import { flushFolder } from '../records/flush-folder.ts'
import { signingSecret } from '../records/signing-secret.ts'
import { fetchAs } from './own-fetch.ts'
import type { StreetListed, Streets } from './read-streets.ts'
import type { World } from './world.ts'

const keyFile = 'streets.key'

/** The system's own key, of which every pair of streets has one of its own: drawn once, in the data folder above theirs. */
export async function readStreetsKey(folder: string, random: World['random']): Promise<Uint8Array> {
  const file = join(folder, keyFile)
  const kept = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  if (kept !== null) {
    const key = Buffer.from(kept.trim(), 'hex')
    if (key.length !== 32) throw new Error(`${file} must hold 32 bytes in hex`)
    return key
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const key = Buffer.from(random(32))
  const handle = await open(file, 'wx', 0o600)
  await handle.writeFile(`${key.toString('hex')}\n`)
  await handle.sync()
  await handle.close()
  await flushFolder(folder)
  return key
}

interface AmongNeeds {
  key: Uint8Array
  list: () => Streets
  isOpen: (id: StreetId) => boolean
  /** The front of this process; null while it does not listen. */
  front: () => string | null
}

export function openAmong({ key, list, isOpen, front }: AmongNeeds): (self: StreetListed) => StreetsPort {
  /** By its public address, and yet on the short way: every process has every street behind its front. */
  const fetchAny: typeof fetch = (address, init) => {
    const { host, hostname, pathname, search } = new URL(String(address))
    if (!list().byHost.has(hostname)) return fetch(address, init)
    const at = front()
    return at === null
      ? Promise.reject(new Error('nobody listens yet'))
      : fetchAs(host)(`${at}${pathname}${search}`, init)
  }

  return (self) => ({
    self: { id: self.id, words: self.names },
    others: () =>
      new Map(
        [...list().all.values()]
          .filter(({ id, kind }) => kind === 'street' && id !== self.id && isOpen(id))
          .map(({ id, names }) => [id, names]),
      ),
    originOf: (street) => (list().all.get(street) ?? self).origins[0] ?? self.origins[0]!,
    secretOf: (from, to) =>
      signingSecret(new Uint8Array(hkdfSync('sha256', key, '', `sanping street ${from} to ${to}`, 32))),
    fetch: fetchAny,
  })
}
