// The mapping files in force while the house runs: those it comes with and the site's own, looked at again every few seconds.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  MappingName,
  type MappingFault,
  type MappingKind,
  type MappingKinds,
  type Mappings,
} from '../doors/vendors/mappings.ts'
import { readMappingText } from './mapping-file.ts'
import { jsonIn } from './read-scenarios.ts'
import { marksOf } from './site-rules.ts'

interface MappingBookNeeds {
  /** With the folders `boxes` and `tables` in it, which the house comes with. */
  shipped: string
  /** The same of the site, the data folder; need not have them. */
  site: string
  every: (milliseconds: number, run: () => void) => () => void
  /** A file is wrong; what it said before stays in force. */
  onRefused: (fault: MappingFault) => void
  onFault: (fault: unknown) => void
}

interface MappingBook extends Mappings {
  close(): Promise<void>
}

const kinds = ['boxes', 'tables'] as const satisfies MappingKind[]
/** A file that was changed is in force within this, and the time to read it. */
const lookEvery = 3000

interface InForce {
  maps: { [K in MappingKind]: Map<string, MappingKinds[K]> }
  faults: Map<string, MappingFault>
}
const nothing = (): InForce => ({ maps: { boxes: new Map(), tables: new Map() }, faults: new Map() })

/** Rejects where a file the house comes with is wrong. */
export async function openMappingBook(needs: MappingBookNeeds): Promise<MappingBook> {
  const shipped = await readFolder(needs.shipped, nothing())
  const [wrong] = shipped.faults.values()
  if (wrong) throw new Error(`${wrong.file}, line ${wrong.line}: ${wrong.words.en}`)
  let seen = await marks(needs.site)
  let own = await readFolder(needs.site, nothing())
  for (const fault of own.faults.values()) needs.onRefused(fault)

  async function look(): Promise<void> {
    const found = await marks(needs.site)
    if (found === seen) return
    const next = await readFolder(needs.site, own)
    for (const [name, fault] of next.faults)
      if (own.faults.get(name)?.words.en !== fault.words.en) needs.onRefused(fault)
    ;[seen, own] = [found, next]
  }

  let looking: Promise<void> | null = null
  const stop = needs.every(lookEvery, () => {
    looking ??= look()
      .catch(needs.onFault)
      .finally(() => (looking = null))
  })

  return {
    find: (kind, name) => own.maps[kind].get(name) ?? shipped.maps[kind].get(name),
    names: (kind) => [...new Set([...shipped.maps[kind].keys(), ...own.maps[kind].keys()])].toSorted(),
    fault: (kind, name) => own.faults.get(`${kind}/${name}`),
    async close() {
      stop()
      await looking
    },
  }
}

const marks = async (folder: string): Promise<string> =>
  (await Promise.all(kinds.map((kind) => marksOf(path.join(folder, kind))))).join('\n--\n')

/** `before`: what a file that is wrong now said then stays in force. */
async function readFolder(folder: string, before: InForce): Promise<InForce> {
  const found = nothing()
  for (const kind of kinds)
    for (const file of await jsonIn(path.join(folder, kind))) {
      const name = file.replace(/\.json$/, '')
      if (MappingName.safeParse(name).success)
        take(found, before, kind, name, await textIn(path.join(folder, kind, file)))
      else found.faults.set(`${kind}/${name}`, { file: `${kind}/${file}`, line: 1, words: badName })
    }
  return found
}

/** Gone between the look into the folder and this: an empty file, which says what it is. */
const textIn = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')

function take<K extends MappingKind>(found: InForce, before: InForce, kind: K, name: string, text: string): void {
  const read = readMappingText(kind, `${kind}/${name}.json`, text)
  const map = 'map' in read ? read.map : before.maps[kind].get(name)
  if (map) found.maps[kind].set(name, map)
  if ('fault' in read) found.faults.set(`${kind}/${name}`, read.fault)
}

const badName = {
  zh: '文件名只能用小写字母、数字和连字符，最多 40 个字',
  en: 'a file name has small letters, digits and hyphens, 40 at most',
}
