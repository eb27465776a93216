// A picture made anew: only its pixels are taken over, upright; nothing else of what was sent survives.
import { setImmediate as breathe } from 'node:timers/promises'
import { fileTypeFromBuffer } from 'file-type'
import type sharp from 'sharp'
import type { Metadata } from 'sharp'

export interface Remade {
  width: number
  height: number
  full: Buffer
  thumb: Buffer
}

const accepted = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** A flagship phone's full sensor is allowed; a picture of nothing that unpacks to gigabytes is not. */
const pixelsAtMost = 50_000_000
/** Of one that cannot pass by line by line, unpacked: some kilobytes can else be made to hold half a gigabyte at once. */
const heldAtMost = 48 * 1024 * 1024
const longSide = { full: 2560, thumb: 480 }
/** Dark corners at night must stay readable, and a phone on 4G must get it soon. */
const quality = { full: 82, thumb: 72 }

type Draw = typeof sharp

/** The library and its binary take a tenth of a start: they come with the first picture, or when called for before. Rejects where they are not there. */
export const drawing = async (): Promise<Draw> => (await import('sharp')).default

/** Null where the bytes are no picture that can be used: another format, damaged, too many pixels, or another file in its coat. */
export async function remake(sent: Uint8Array): Promise<Remade | null> {
  const kind = await fileTypeFromBuffer(sent)
  if (!kind || !accepted.has(kind.mime) || (await isAlsoAnotherFile(sent))) return null
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
    const picture = draw(sent, { limitInputPixels: pixelsAtMost, failOn: 'error', pages: 1 })
    if (heldOf(await picture.metadata()) > heldAtMost) return null
    const { data, info } = await picture
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

/**
 * What its decoder holds at once, in bytes. A JPEG that comes in passes: two a coefficient. A PNG that does, or that has to be
 * turned: all its samples. A film in WebP: the frame before beside the frame. Every other is read line by line, or smaller than it is.
 */
function heldOf({ width, height, channels, orientation = 1, pages = 1, ...picture }: Metadata): number {
  const { format, depth, isProgressive, chromaSubsampling } = picture
  const pixels = width * height
  if (format === 'jpeg' && isProgressive) return pixels * 2 * (chromaSubsampling === '4:2:0' ? 1.5 : channels)
  if (format === 'png' && (isProgressive || orientation > 1)) return pixels * channels * (depth === 'ushort' ? 2 : 1)
  if (format === 'webp' && pages > 1) return pixels * 8
  return 0
}

const shrink = (draw: Draw, { raw, width, height, channels }: Pixels, side: number) =>
  draw(raw, { raw: { width, height, channels } }).resize(side, side, { fit: 'inside', withoutEnlargement: true })

/** What no camera writes, and a page or an archive dressed as a picture must carry. */
const foreignMarks = ['<script', '<html', '<!doctype', '<?php', '%pdf-']

const longestMark = Math.max(...foreignMarks.map((mark) => mark.length))
const readAtOnce = 256 * 1024

/**
 * A polyglot. A film behind the picture, as phones with "motion photos" write it, is not one: it is merely dropped. Looked
 * through in pieces: a copy of twelve megabytes in words is memory, and searching it at a stretch holds everybody up.
 */
async function isAlsoAnotherFile(sent: Uint8Array): Promise<boolean> {
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength)
  for (let at = 0; at < bytes.length; at += readAtOnce) {
    const text = bytes.toString('latin1', at, at + readAtOnce + longestMark).toLowerCase()
    if (foreignMarks.some((mark) => text.includes(mark))) return true
    await breathe()
  }
  return endsAsZip(bytes)
}

/** Its end record lies in the last 64 KiB and says itself how far the end is. */
function endsAsZip(bytes: Buffer): boolean {
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
