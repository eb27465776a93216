// The parts of a multipart body, of whatever spelling a camera's firmware gives its boundary.
import busboy from 'busboy'
import { Readable } from 'node:stream'
import { wrongShape } from './noes.ts'
import { mediaType, mostItems, type No } from './reading.ts'

export interface Part {
  /** Lower case, without parameters; empty where the part does not say. */
  type: string
  bytes: Buffer
}

const usualMost = 32

/** What is no picture is small in every maker's form: to read as much JSON as a picture is long would hold everybody up. */
export const mostTextBytes = 1024 * 1024

/** The body itself where it is no form. */
export async function partsIn(body: Buffer, contentType: string, most = usualMost): Promise<Part[] | No> {
  if (body.length === 0) return { refusal: 'nothing-in-it' }
  const type = mediaType(contentType)
  if (!type.startsWith('multipart/')) return [{ type, bytes: body }]
  const parts = await partsOf(body, contentType, most)
  if (parts === null) return { refusal: 'bad-multipart' }
  return parts.length === 0 ? { refusal: 'nothing-in-it' } : parts
}

/** A picture belongs to the last thing said before it; one that comes first, to the first. */
export function withPictures<T>(
  parts: readonly Part[],
  read: (part: Part) => readonly T[],
): { said: T; pictures: Buffer[] }[] | No {
  const all: { said: T; pictures: Buffer[] }[] = []
  const early: Buffer[] = []
  for (const part of parts) {
    if (isPicture(part)) (all.at(-1)?.pictures ?? early).push(part.bytes)
    else for (const said of read(part)) all.push({ said, pictures: [] })
    if (all.length > mostItems) return { refusal: 'too-many' }
  }
  all[0]?.pictures.unshift(...early)
  return all.length > 0 ? all : onlyPictures
}

const onlyPictures = wrongShape(
  '多部分报文里只有图片，没有告警。',
  'The multipart body holds pictures only and no alarm.',
)

/**
 * Null where the body is not whole: no boundary, a part without its blank line, a last part that was cut off. A stream
 * that was stopped has no closing delimiter, and some firmware forgets it: the last part then has to look whole itself.
 */
async function partsOf(body: Buffer, contentType: string, most: number): Promise<Part[] | null> {
  const delimiter = delimiterOf(body, contentType)
  if (delimiter === null) return null
  const regular = delimiter.startsWith('--') && /^multipart\/form-data/i.test(contentType)
  const parts = regular ? await formParts(body, delimiter.slice(2), most) : null
  // Busboy reads only form-data, and of it only parts with a Content-Disposition: cameras send multipart/mixed,
  // and alert parts that bear nothing but their Content-Type. Those are cut apart here.
  return parts?.some((part) => !part.type.startsWith('image/')) ? parts : splitParts(body, delimiter, most)
}

/** By its first bytes, whatever it says it is; by what it says, whatever it is. */
const isPicture = ({ type, bytes }: Part): boolean => type.startsWith('image/') || isJpeg(bytes) || isPng(bytes)

const isJpeg = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xd8
const isPng = (bytes: Buffer): boolean => bytes.toString('latin1', 1, 4) === 'PNG'

/**
 * The line that stands between the parts. Firmware differs: the boundary of the header may be quoted, may already
 * have the two dashes in front, or the body may leave them out. What the body begins with decides.
 */
function delimiterOf(body: Buffer, contentType: string): string | null {
  const boundary = boundaryOf(contentType)
  if (boundary === null) return null
  const bare = boundary.replace(/^--/, '')
  const candidates = [`--${boundary}`, boundary, `--${bare}`, bare]
  return candidates.find((one) => startsALine(body, one)) ?? null
}

function boundaryOf(contentType: string): string | null {
  const match = /[;,]\s*boundary\s*=\s*(?:"([^"]{1,200})"|'([^']{1,200})'|([^\s;,"]{1,200}))/i.exec(contentType)
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null
}

function startsALine(body: Buffer, delimiter: string): boolean {
  const at = body.indexOf(delimiter)
  return at === 0 || (at > 0 && at < 1024 && body[at - 1] === 0x0a)
}

/** Null where busboy finds the form broken. */
function formParts(body: Buffer, boundary: string, most: number): Promise<Part[] | null> {
  return new Promise((resolve) => {
    const parts: Part[] = []
    const form = busboy({
      headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      limits: { parts: most, fileSize: body.length, fieldSize: body.length, headerPairs: 20 },
    })
    form.on('file', (_name, stream, { mimeType }) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => parts.push({ type: mimeType.toLowerCase(), bytes: Buffer.concat(pieces) }))
      // Said again by the form itself, where it is answered.
      stream.on('error', () => stream.resume())
    })
    form.on('field', (_name, value, { mimeType }) => {
      // Busboy reads a field's bytes as UTF-8; of another encoding nothing would be left to read.
      if (value.includes('\uFFFD')) return resolve(null)
      parts.push({ type: mimeType.toLowerCase(), bytes: Buffer.from(value) })
    })
    form.on('partsLimit', () => resolve(null))
    form.on('error', () => resolve(null))
    form.on('close', () => resolve(parts))
    Readable.from([body]).pipe(form)
  })
}

function splitParts(body: Buffer, delimiter: string, most: number): Part[] | null {
  const parts: Part[] = []
  let at = body.indexOf(delimiter)
  while (at !== -1) {
    const after = at + delimiter.length
    if (body.toString('latin1', after, after + 2) === '--') return parts
    if (parts.length === most) return null
    const next = nextDelimiter(body, delimiter, after)
    const part = readPart(body.subarray(after, next === -1 ? body.length : next))
    if (part === null) return null
    parts.push(part)
    if (next === -1) return looksWhole(part) ? parts : null
    at = next
  }
  return null
}

/** Only at the start of a line: the same bytes inside a picture are the picture's. */
function nextDelimiter(body: Buffer, delimiter: string, from: number): number {
  const at = body.indexOf(`\n${delimiter}`, from)
  return at === -1 ? -1 : at + 1
}

const mostHeaderBytes = 4096

/** Its Content-Length is not asked: firmware counts characters, or the picture before it was shrunk. */
function readPart(part: Buffer): Part | null {
  // Line ends are mixed within one part too.
  const headers = /^[^]*?\r?\n\r?\n/.exec(part.toString('latin1', 0, mostHeaderBytes))?.[0]
  if (headers === undefined) return null
  const type = /^content-type\s*:\s*([^\s;]+)/im.exec(headers)?.[1]?.toLowerCase() ?? ''
  const last = part.at(-1) !== 0x0a ? part.length : part.at(-2) === 0x0d ? part.length - 2 : part.length - 1
  return { type, bytes: part.subarray(headers.length, Math.max(headers.length, last)) }
}

/** A picture to its end mark, a document to its last bracket, plain text to wherever it goes. */
function looksWhole({ type, bytes }: Part): boolean {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 64)).trimEnd()
  if (isJpeg(bytes)) return end.endsWith('\xff\xd9')
  if (isPng(bytes)) return end.includes('IEND')
  const isText = (type === '' || type === 'text/plain') && !/^\s*[<{[]/.test(bytes.toString('latin1', 0, 64))
  return isText ? end !== '' : /[>}\]]$/.test(end)
}
