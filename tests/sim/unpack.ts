// Rules as they come packed, unpacked at once: what a browser does in another thread would not be the same from run to run.
import { gunzipSync } from 'node:zlib'

const known = new WeakMap<Uint8Array, unknown>()

export async function unpack(packed: Uint8Array): Promise<unknown> {
  if (!known.has(packed)) known.set(packed, JSON.parse(gunzipSync(packed).toString('utf8')))
  return known.get(packed)
}
