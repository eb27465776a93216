// A picture as one viewer is given it: persons made unrecognisable, their own mark burnt in; kept for a little while.
import { readFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import type { EvidenceId } from '#contract/ids'
import { PersonBox } from '#contract/report'
import { drawing } from './evidence-picture.ts'
import { openTurn } from './in-turn.ts'
import { markOf } from './picture-mark.ts'
import type { DrawnAs, Pictures } from './port-viewing.ts'
import type { Evidence } from './port.ts'
import type { RecordsDb } from './tables.ts'

interface Needs {
  db: RecordsDb
  file: Evidence['file']
}

type Drawn = { bytes: Uint8Array; type: string }

/** Of all viewers together. */
const keptBytes = 48 * 1024 * 1024
/** So many across the longer side of a person are left of it, whatever its size: a face is less than one of them. */
const blocks = 6
/** A device's box is tight; hair and hands stand out of it. */
const margin = 0.06
const most = 200

export function openPictures({ db, file }: Needs) {
  /** The oldest first: what is asked for again goes to the end. */
  const kept = new Map<string, { of: EvidenceId; drawn: Drawn }>()
  let held = 0
  const oneByOne = openTurn()

  function keep(key: string, of: EvidenceId, drawn: Drawn): void {
    forget(key)
    kept.set(key, { of, drawn })
    held += drawn.bytes.byteLength
    for (const oldest of kept.keys()) if (held > keptBytes) forget(oldest)
  }
  function forget(key: string): void {
    held -= kept.get(key)?.drawn.bytes.byteLength ?? 0
    kept.delete(key)
  }

  async function draw(id: EvidenceId, { size, blurred, mark }: DrawnAs): Promise<Drawn | null> {
    const found = file(id, size)
    if (!found) return null
    const bytes = await readFile(found.path)
    if (blurred.length === 0 && mark === null) return { bytes, type: found.type }
    const sharp = await drawing()
    const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    const raw = { width, height, channels }
    const over = [
      ...(await Promise.all(blurred.map((box) => coarse(() => sharp(data, { raw }), box, width, height)))),
      ...(mark === null ? [] : [{ input: markOf(mark, width, height), left: 0, top: 0 }]),
    ]
    const whole = sharp(data, { raw }).composite(over)
    const made = size === 'full' ? whole.jpeg({ quality: 82 }) : whole.webp({ quality: 72, effort: 2 })
    return { bytes: await made.toBuffer(), type: found.type }
  }

  const pictures: Pictures = {
    async persons(id) {
      const row = await db.selectFrom('evidence').select('persons').where('id', '=', id).executeTakeFirst()
      return row?.persons ? PersonBox.array().parse(JSON.parse(row.persons)) : []
    },
    async addPersons(ids, boxes) {
      for (const id of ids) {
        const known = await pictures.persons(id)
        const seen = new Set(known.map(String))
        const all = [...known, ...boxes.filter((box) => !seen.has(String(box)))].slice(0, most)
        await db
          .updateTable('evidence')
          .set({ persons: JSON.stringify(all) })
          .where('id', '=', id)
          .execute()
      }
    },
    async drawn(id, as) {
      const key = `${id} ${as.size} ${as.mark} ${as.blurred.map(String).join(';')}`
      // Gone is gone, whatever is still kept of it.
      if (!file(id, as.size)) return null
      const known = kept.get(key)
      if (known) {
        keep(key, id, known.drawn)
        return known.drawn
      }
      const drawn = await oneByOne(() => draw(id, as))
      if (drawn && (as.mark !== null || as.blurred.length > 0)) keep(key, id, drawn)
      return drawn
    },
  }
  return {
    pictures,
    drop(ids: readonly EvidenceId[]): void {
      const gone = new Set(ids)
      for (const [key, { of }] of kept) if (gone.has(of)) forget(key)
    },
  }
}

/** One rectangle of it, of so few blocks that nobody is recognised. */
async function coarse(picture: () => Sharp, [x, y, w, h]: PersonBox, width: number, height: number) {
  const left = Math.floor(Math.max(0, x - w * margin) * width)
  const top = Math.floor(Math.max(0, y - h * margin) * height)
  const right = Math.ceil(Math.min(1, x + w * (1 + margin)) * width)
  const bottom = Math.ceil(Math.min(1, y + h * (1 + margin)) * height)
  const size = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
  const share = blocks / Math.max(size.width, size.height)
  const few = (side: number) => Math.max(1, Math.round(side * share))
  const part = { left: Math.min(left, width - 1), top: Math.min(top, height - 1) }
  const area = {
    ...part,
    width: Math.min(size.width, width - part.left),
    height: Math.min(size.height, height - part.top),
  }
  const small = await picture()
    .extract(area)
    .resize(few(area.width), few(area.height), { fit: 'fill', kernel: 'linear' })
    .png()
    .toBuffer()
  const { default: sharp } = await import('sharp')
  const input = await sharp(small).resize(area.width, area.height, { fit: 'fill', kernel: 'nearest' }).png().toBuffer()
  return { input, ...part }
}
