// A picture made anew: only its pixels are taken over, upright; nothing else of what was sent survives.
import { fileTypeFromBuffer } from 'file-type'
import type sharp from 'sharp'

export interface Remade {
  width: number
  height: number
  full: Buffer
  thumb: Buffer
}

const accepted = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** A flagship phone's full sensor is allowed; a picture of nothing that unpacks to gigabytes is not. */
const pixelsAtMost = 50_000_000
const longSide = { full: 2560, thumb: 480 }
/** Dark corners at night must stay readable, and a phone on 4G must get it soon. */
const quality = { full: 82, thumb: 72 }

type Draw = typeof sharp

/** The library and its binary take a tenth of a start: they come with the first picture, or when called for before. Rejects where they are not there. */
export const drawing = async (): Promise<Draw> => (await import('sharp')).default

/** Null where the bytes are no picture that can be used: another format, damaged, too many pixels, or another file in its coat. */
export async function remake(sent: Uint8Array): Promise<Remade | null> {
  const kind = await fileTypeFromBuffer(sent)
  if (!kind || !accepted.has(kind.mime) || isAlsoAnotherFile(sent)) return null
  const draw = await drawing()
  const upright = await pixelsOf(draw, sent)
  if (!upright) return null
  const full = await shrink(draw, upright, longSide.full)
    .jpeg({ quality: quality.full })
    .toBuffer({ resolveWithObject: true })
  const thumb = await shrink(draw, upright, longSide.thumb).webp({ quality: quality.thumb, effort: 2 }).toBuffer()
  return { width: full.info.width, height: full.info.height, full: full.data, thumb }
}

interface Pixels {
  raw: Buffer
  channels: 1 | 2 | 3 | 4
  width: number
  height: number
}

/** Unpacked once, no larger than it is kept, in sRGB: the camera's own colours become everybody's, and its profile, which can name a device, goes. */
async function pixelsOf(draw: Draw, sent: Uint8Array): Promise<Pixels | null> {
  try {
    const { data, info } = await draw(sent, { limitInputPixels: pixelsAtMost, failOn: 'error', pages: 1 })
      .autoOrient()
      .resize(longSide.full, longSide.full, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { raw: data, width: info.width, height: info.height, channels: info.channels }
  } catch {
    // The decoder says no in many words and one way; whatever it says, this is no picture. No disk is touched here.
    return null
  }
}

const shrink = (draw: Draw, { raw, width, height, channels }: Pixels, side: number) =>
  draw(raw, { raw: { width, height, channels } }).resize(side, side, { fit: 'inside', withoutEnlargement: true })

/** What no camera writes, and a page or an archive dressed as a picture must carry. */
const foreignMarks = ['<script', '<html', '<!doctype', '<?php', '%pdf-']

/** A polyglot. A film behind the picture, as phones with "motion photos" write it, is not one: it is merely dropped. */
function isAlsoAnotherFile(sent: Uint8Array): boolean {
  const text = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength).toString('latin1').toLowerCase()
  return foreignMarks.some((mark) => text.includes(mark)) || endsAsZip(sent)
}

/** Its end record lies in the last 64 KiB and says itself how far the end is. */
function endsAsZip(sent: Uint8Array): boolean {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength)
  const record = 22
  for (
    let at = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    at >= 0;
    at = bytes.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    if (at + record <= bytes.length && at + record + bytes.readUInt16LE(at + 20) <= bytes.length) return true
    if (at === 0) break
  }
  return false
}
