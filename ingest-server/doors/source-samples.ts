// One sample of each dialect, to try a source with: our own made here, a vendor's out of the files shipped beside its reader.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dialectOf, openDialects } from './vendors/dialects.ts'
import { isNo } from './vendors/reading.ts'

export interface Sample {
  contentType: string
  body: Buffer
}

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  txt: 'text/plain',
}

/** Null where there is none. `folder`: where the vendors' samples lie. */
export async function sampleOf(dialect: string, folder: string | null, now: number): Promise<Sample | null> {
  const own = ownSample(dialect, now)
  if (own) return own
  const read = dialectOf(openDialects(), dialect)
  if (!read || folder === null) return null
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${dialect}-`)).sort()
  const samples = names.flatMap((name) => {
    const contentType = types[name.split('.').at(-1) ?? '']
    return contentType ? [{ name, contentType }] : []
  })
  let first: Sample | null = null
  for (const { name, contentType } of samples) {
    const sample = { contentType, body: await readFile(join(folder, name)) }
    first ??= sample
    const sender = { id: 'sample', matters: {}, cameras: {} }
    const reading = await read({ ...sample, sender, now })
    // An alarm says more of the road than a heartbeat does.
    if (!isNo(reading) && reading.some(({ kind }) => kind === 'report')) return sample
  }
  return first
}

function ownSample(dialect: string, now: number): Sample | null {
  const json = (value: unknown): Sample => ({
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(value)),
  })
  if (dialect === 'sanping')
    return json({ kind: 'camera-alert', eventId: 'sample', matter: 'smoke', cameraId: 'sample', occurredAt: now })
  return dialect === 'heartbeat' ? json({ state: 'online', cameraIds: [] }) : null
}
