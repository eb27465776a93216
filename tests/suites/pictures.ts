// Pictures as phones, cameras and mischief send them.
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { EvidenceId } from '#contract/ids'

/** What must never be found again in anything we serve. */
export const telltale = { make: 'WULIQIAO-PHONE', lat: '31/1 12/1 3000/100', profile: 'acsp' }

const noise = (width: number, height: number) => ({
  create: {
    width,
    height,
    channels: 3 as const,
    background: '#808080',
    noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
  },
})

/** A shed seen by a phone: grainy, so that it weighs something. With everything a phone writes beside the pixels. */
export const phonePhoto = (width = 1200, height = 900, orientation = 1): Promise<Buffer> =>
  sharp(noise(width, height))
    .withIccProfile('p3')
    .withExif({
      IFD0: { Make: telltale.make, Model: 'X1', Copyright: 'somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: telltale.lat, GPSLongitudeRef: 'E', GPSLongitude: '121/1 29/1 0/1' },
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 90 })
    .toBuffer()

/** Left half red, right half blue, lying on its side as a phone held upright writes it: shown right, red is on top. */
export async function lyingPhoto(): Promise<Buffer> {
  const half = (colour: string) =>
    sharp({ create: { width: 200, height: 300, channels: 3, background: colour } })
      .png()
      .toBuffer()
  return sharp({ create: { width: 400, height: 300, channels: 3, background: 'black' } })
    .composite([
      { input: await half('red'), left: 0, top: 0 },
      { input: await half('blue'), left: 200, top: 0 },
    ])
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

export const smallPhoto = (): Promise<Buffer> => sharp(noise(64, 48)).jpeg().toBuffer()

export const idOf = (bytes: Uint8Array): EvidenceId =>
  EvidenceId.parse(createHash('sha256').update(bytes).digest('hex'))

/** A flawless PNG of some 12 KB that is 10,000 × 10,000 pixels of nothing: a hundred million. */
export function bomb(): Buffer {
  const side = 10_000
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const rows = deflateSync(Buffer.alloc((1 + side / 8) * side))
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

export function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

function crc32(bytes: Buffer): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** The end record of an empty archive, which is an archive by itself. */
export const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

export const mischief = {
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  gif: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  nothing: Buffer.from('just some words'),
}
