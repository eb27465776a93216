// Every dialect we understand, by the name in its address.
import { openDahua } from './dahua.ts'
import { openFrigate } from './frigate-topics.ts'
import { openGb28181 } from './gb28181.ts'
import { readHeartbeat } from './heartbeat.ts'
import { readHotline } from './hotline.ts'
import { openHikvision } from './hikvision.ts'
import { openHuaweiVias } from './huawei-vias.ts'
import { openOnvif } from './onvif.ts'
import type { Dialect } from './reading.ts'
import { openRuns } from './runs.ts'
import { readSanping } from './sanping.ts'

/** A camera that was quiet for five minutes and alarms again alarms anew. */
const quietMs = 5 * 60_000

export type Dialects = Readonly<Record<string, Dialect>>

/** With a memory of its own of the alarms that go on: what is replayed must not mix with what is live. */
export const openDialects = (): Dialects => ({
  sanping: readSanping,
  frigate: openFrigate(),
  hikvision: openHikvision(openRuns({ quietMs, most: 20_000 })),
  dahua: openDahua(openRuns({ quietMs, most: 20_000 })),
  onvif: openOnvif(openRuns({ quietMs, most: 20_000 })),
  'huawei-vias': openHuaweiVias(openRuns({ quietMs, most: 20_000 })),
  gb28181: openGb28181(openRuns({ quietMs, most: 20_000 })),
  heartbeat: readHeartbeat,
  'hotline-12345': readHotline,
})

/** Asked as `dialects[name]`, an address ending in `constructor` would find a function. */
export const dialectOf = (dialects: Dialects, name: string): Dialect | undefined =>
  Object.hasOwn(dialects, name) ? dialects[name] : undefined
