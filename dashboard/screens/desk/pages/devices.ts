// Cameras, gateways and senders as rows: what is silent first, then by name; and a mapping as rows that can be edited.
import type { DeviceState, SourceState } from '#contract/devices'

export type Health = DeviceState['state']
/** What needs looking at first. */
export const healths: readonly Health[] = ['silent', 'offline', 'never', 'online']
const rank = (state: Health): number => healths.indexOf(state)

export interface DeviceRow extends DeviceState {
  name: string
  where: string
}

export function deviceRows(
  devices: readonly DeviceState[],
  named: (device: DeviceState) => Pick<DeviceRow, 'name' | 'where'>,
): DeviceRow[] {
  return devices
    .map((device) => ({ ...device, ...named(device) }))
    .sort(
      (a, b) =>
        rank(a.state) - rank(b.state) || (a.heardAt ?? 0) - (b.heardAt ?? 0) || a.name.localeCompare(b.name, 'zh'),
    )
}

export function countsBy(devices: readonly Pick<DeviceState, 'state'>[]): Record<Health | 'all', number> {
  const counts = { all: devices.length, silent: 0, offline: 0, never: 0, online: 0 }
  for (const { state } of devices) counts[state]++
  return counts
}

export const pick = (rows: readonly DeviceRow[], state: Health | 'all', text: string): DeviceRow[] => {
  const sought = text.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (state === 'all' || row.state === state) &&
      (!sought || `${row.name} ${row.where} ${row.id}`.toLowerCase().includes(sought)),
  )
}

/** Senders: what is silent or stands in quarantine first. */
export const bySilence = (sources: readonly SourceState[]): SourceState[] =>
  [...sources].sort(
    (a, b) =>
      Number(a.withdrawnAt !== null) - Number(b.withdrawnAt !== null) ||
      rank(a.state) - rank(b.state) ||
      b.inQuarantine - a.inQuarantine ||
      a.name.localeCompare(b.name, 'zh'),
  )

export interface MapRow {
  theirs: string
  ours: string
}
export const rowsOfMap = (map: Readonly<Record<string, string>>): MapRow[] =>
  Object.entries(map).map(([theirs, ours]) => ({ theirs, ours }))

/** Null where a row is half filled or one of their words is named twice: a mapping is never guessed. */
export function mapOfRows(rows: readonly MapRow[]): Record<string, string> | null {
  const filled = rows.map(({ theirs, ours }) => [theirs.trim(), ours.trim()] as const).filter(([a, b]) => a || b)
  const isWhole = filled.every(([theirs, ours]) => theirs && ours)
  const isOnce = new Set(filled.map(([theirs]) => theirs)).size === filled.length
  return isWhole && isOnce ? Object.fromEntries(filled) : null
}
