// A maker's door on the wire, told in few words: a sample posted, and what became of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '../../../ingest-server/records/port.ts'
import { aSource, doorOnTheWire, noon } from './fakes.ts'

const samples = join(import.meta.dirname, '../../../ingest-server/doors/vendors/samples')
export const sample = (name: string): Buffer => readFileSync(join(samples, name))
export const textOf = (name: string): string => sample(name).toString()

const typeOf = (name: string): string =>
  name.endsWith('.json') ? 'application/json' : name.endsWith('.xml') ? 'application/xml' : 'text/plain'

/** `send` posts a sample by its name; `post` any body. Reports are those the desk was given, in their order. */
export async function makersDoor(dialect: string, given: Partial<Source> = {}) {
  const door = await doorOnTheWire(aSource(given))
  const post = (body: string | Uint8Array, type: string) => door.post(dialect, body, { 'content-type': type })
  const send = (name: string, type = typeOf(name)) => post(sample(name), type)
  const said = () => door.reports().map(({ phase, matter, cameraId }) => [phase, matter, cameraId])
  /** Seconds from noon by the device's clock. */
  const times = () => door.reports().map(({ occurredAt }) => (occurredAt - noon) / 1000)
  return { ...door, post, send, said, times }
}
export type MakersDoor = Awaited<ReturnType<typeof makersDoor>>
