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

/** With a memory of its own of the alarms that go on: what is replayed must not mix with what is live. */
export const openDialects = (mappings: Mappings = noMappings): Dialects => ({
  sanping: readSanping,
  frigate: openFrigate(),
  hikvision: openHikvision(openRuns({ quietMs, most: 20_000 })),
  dahua: openDahua(openRuns({ quietMs, most: 20_000 })),
  onvif: openOnvif(openRuns({ quietMs, most: 20_000 })),
  'huawei-vias': openHuaweiVias(openRuns({ quietMs, most: 20_000 })),
  gb28181: openGb28181(openRuns({ quietMs, most: 20_000 })),
  heartbeat: readHeartbeat,
  alertmanager: readAlertmanager,
  cloudevents: readCloudEvents,
  cap: openCap(openThreads({ most: 20_000 })),
  'edge-box': openBoxes(mappings, openRuns({ quietMs, most: 20_000 })),
  table: openTables(mappings),
  'hotline-12345': readHotline,
})

/**
 * `edge-box.sophon` is the dialect `edge-box` by the mapping `sophon`. Asked as `dialects[name]`, an address ending in `constructor`
 * would find a function.
 */
export function dialectOf(dialects: Dialects, name: string): Dialect | undefined {
  if (Object.hasOwn(dialects, name)) return dialects[name]
  const [family = '', mapping] = name.split(/\.(.*)/s)
  const dialect = mapping !== undefined && Object.hasOwn(dialects, family) ? dialects[family] : undefined
  return dialect && ((arrived) => dialect({ ...arrived, mapping }))
}
