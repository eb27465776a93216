// The parts of a multipart body, of whatever spelling a camera's firmware gives its boundary.
import busboy from 'busboy'
import { Readable } from 'node:stream'

export interface Part {
  /** Lower case, without parameters; empty where the part does not say. */
  type: string
  bytes: Buffer
}

const mostParts = 32

/** Null where the body is not whole: no boundary, no closing delimiter, a part without its blank line. */
export async function partsOf(body: Buffer, contentType: string): Promise<Part[] | null> {
  const delimiter = delimiterOf(body, contentType)
  if (delimiter === null) return null
  const regular = delimiter.startsWith('--') && /^multipart\/form-data/i.test(contentType)
  const parts = regular ? await formParts(body, delimiter.slice(2)) : null
  // Busboy reads only form-data, and of it only parts with a Content-Disposition: cameras send multipart/mixed,
  // and alert parts that bear nothing but their Content-Type. Those are cut apart here.
  return parts?.some((part) => !part.type.startsWith('image/')) ? parts : splitParts(body, delimiter)
}

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
  const match = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i.exec(contentType)
  return match?.[1] ?? match?.[2] ?? null
}

function startsALine(body: Buffer, delimiter: string): boolean {
  const at = body.indexOf(delimiter)
  return at === 0 || (at > 0 && at < 1024 && body[at - 1] === 0x0a)
}

/** Null where busboy finds the form broken. */
function formParts(body: Buffer, boundary: string): Promise<Part[] | null> {
  return new Promise((resolve) => {
    const parts: Part[] = []
    const form = busboy({
      headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      limits: { parts: mostParts, fileSize: body.length, fieldSize: body.length, headerPairs: 20 },
    })
    form.on('file', (_name, stream, { mimeType }) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => parts.push({ type: mimeType.toLowerCase(), bytes: Buffer.concat(pieces) }))
      // Said again by the form itself, where it is answered.
      stream.on('error', () => stream.resume())
    })
    form.on('field', (_name, value, { mimeType }) => {
      parts.push({ type: mimeType.toLowerCase(), bytes: Buffer.from(value) })
    })
    form.on('partsLimit', () => resolve(null))
    form.on('error', () => resolve(null))
    form.on('close', () => resolve(parts))
    Readable.from([body]).pipe(form)
  })
}

function splitParts(body: Buffer, delimiter: string): Part[] | null {
  const parts: Part[] = []
  let at = body.indexOf(delimiter)
  while (at !== -1) {
    const after = at + delimiter.length
    if (body.toString('latin1', after, after + 2) === '--') return parts
    const next = nextDelimiter(body, delimiter, after)
    if (next === -1 || parts.length === mostParts) return null
    const part = readPart(body.subarray(after, next))
    if (part === null) return null
    parts.push(part)
    at = next
  }
  return null
}

/** Only at the start of a line: the same bytes inside a picture are the picture's. */
function nextDelimiter(body: Buffer, delimiter: string, from: number): number {
  let at = body.indexOf(delimiter, from)
  while (at !== -1 && body[at - 1] !== 0x0a) at = body.indexOf(delimiter, at + 1)
  return at
}

function readPart(part: Buffer): Part | null {
  const crlf = part.indexOf('\r\n\r\n')
  const lf = part.indexOf('\n\n')
  const end = crlf !== -1 && (lf === -1 || crlf < lf) ? crlf + 4 : lf === -1 ? -1 : lf + 2
  if (end === -1) return null
  const headers = part.toString('latin1', 0, Math.min(end, 4096))
  const type = /^content-type:\s*([^\s;]+)/im.exec(headers)?.[1]?.toLowerCase() ?? ''
  const last = part.at(-2) === 0x0d ? part.length - 2 : part.length - 1
  return { type, bytes: part.subarray(end, Math.max(end, last)) }
}
