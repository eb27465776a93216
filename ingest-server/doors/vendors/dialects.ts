// Every dialect we understand, by the name in its address.
import { openDahua } from './dahua.ts'
import { readAlertmanager } from './alertmanager.ts'
import { openBoxes } from './box.ts'
import { openCap } from './cap.ts'
import { readCloudEvents } from './cloudevents.ts'
import { openFrigate } from './frigate-topics.ts'
import { openGb28181 } from './gb28181.ts'
import { readHeartbeat } from './heartbeat.ts'
import { readHotline } from './hotline.ts'
import { openHikvision } from './hikvision.ts'
import { openHuaweiVias } from './huawei-vias.ts'
import { openOnvif } from './onvif.ts'
import { noMappings, type Mappings } from './mappings.ts'
import type { Dialect } from './reading.ts'
import { openRuns } from './runs.ts'
import { readSanping } from './sanping.ts'
import { openTables } from './table.ts'
import { openThreads } from './threads.ts'

/** A camera that was quiet for five minutes and alarms again alarms anew. */
const quietMs = 5 * 60_000

export type Dialects = Readonly<Record<string, Dialect>>

const runs = () => openRuns({ quietMs, most: 20_000 })

const openers: Readonly<Record<string, (mappings: Mappings) => Dialect>> = {
  sanping: () => readSanping,
  frigate: openFrigate,
  hikvision: () => openHikvision(runs()),
  dahua: () => openDahua(runs()),
  onvif: () => openOnvif(runs()),
  'huawei-vias': () => openHuaweiVias(runs()),
  gb28181: () => openGb28181(runs()),
  heartbeat: () => readHeartbeat,
  alertmanager: () => readAlertmanager,
  cloudevents: () => readCloudEvents,
  cap: () => openCap(openThreads({ most: 20_000 })),
  'edge-box': (mappings) => openBoxes(mappings, runs()),
  table: openTables,
  'hotline-12345': () => readHotline,
}

/** Every one we understand. */
export const dialectNames: readonly string[] = Object.keys(openers)

/** With a memory of its own of the alarms that go on: what is replayed must not mix with what is live. */
export const openDialects = (mappings: Mappings = noMappings): Dialects =>
  Object.fromEntries(Object.entries(openers).map(([name, open]) => [name, open(mappings)]))

/** `edge-box.sophon` is the dialect `edge-box` by the mapping `sophon`. Null for a name nobody knows. */
export function familyOf(name: string): string | null {
  const [family = ''] = name.split('.', 1)
  // Asked as `openers[name]`, an address ending in `constructor` would find a function.
  return Object.hasOwn(openers, family) ? family : null
}

export function dialectOf(dialects: Dialects, name: string): Dialect | undefined {
  const family = familyOf(name)
  const dialect = family === null ? undefined : dialects[family]
  const mapping = family === name ? undefined : name.slice((family ?? '').length + 1)
  return dialect && (mapping === undefined ? dialect : (arrived) => dialect({ ...arrived, mapping }))
}
