// What an address says: in which dialect, whose signature it is, and a key where nothing else can carry one.
import type { Address } from './source-proof.ts'

const intakePrefix = '/api/in/'
/** The exchange with 12345 is the same door under the name its people look for. */
const hotlineOrders = '/api/exchange/12345/orders'
const longest = 200

/** The door's own address of it, whatever it was called by; null where it is none of the door's. */
export function intakeUrl(url: string): string | null {
  if (url.startsWith(intakePrefix)) return url
  const [path = '', query] = url.split('?', 2)
  return path === hotlineOrders ? `${intakePrefix}hotline-12345${query === undefined ? '' : `?${query}`}` : null
}

export interface Addressed extends Address {
  dialect: string
}

/** `/api/in/frigate`, `/api/in/hikvision/sp_…`, `?key=sp_…`, `?source=edge-box-1`. */
export function addressedIn(url: string): Addressed {
  const end = url.indexOf('?')
  const [dialect = '', key = ''] = url.slice(intakePrefix.length, end === -1 ? undefined : end).split('/', 2)
  const asked = end === -1 ? null : new URLSearchParams(url.slice(end + 1, end + 1 + longest))
  const given = key.slice(0, longest) || asked?.get('key') || null
  return { dialect: dialect.slice(0, 60), key: given, sourceId: asked?.get('source') || null }
}

/** For a log: whatever stands after the dialect may be a key. */
export const withoutKey = (path: string): string => path.replace(/^(\/api\/in\/[^/]*\/).+/, '$1…')
