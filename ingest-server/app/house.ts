// The whole house out of a data folder: its street opened, and listening.
import { drawing } from '../records/evidence-picture.ts'
import { firstAdministrator } from '../records/first-administrator.ts'
import { listenOn } from './listen.ts'
import { openStreet } from './street.ts'
import type { Street, StreetNeeds } from './street.ts'

export type HouseNeeds = StreetNeeds

export interface House extends Pick<Street, 'desk' | 'ground' | 'scenarios' | 'records'> {
  /** Where it listens: `http://127.0.0.1:8787`. */
  url: string
  /** The same by MQTT, or whose broker is asked; null where neither. */
  mqtt: string | null
  /** Where devices of GB/T 28181 register; null where nowhere. */
  sip: string | null
  /** Only where nobody could sign in before this start: shown this once. */
  firstAdministrator: { id: string; password: string } | null
  close(): Promise<void>
}

const fetchDrawingAfter = 3_000

/** Rejects with one sentence where the folder, the map, the scenarios or the port cannot be used. */
export async function openHouse(needs: HouseNeeds): Promise<House> {
  const { config, world, log } = needs
  const street = await openStreet({ ...needs, processMeters: true })
  const port = await listenOn(street.server, config)
  const ways = await street.openWays()
  // Not on the way of a start, and yet not only with the first picture that it is known to be missing.
  const stopFetching = world.after(fetchDrawingAfter, () => {
    drawing().catch((fault: unknown) =>
      log.error({ event: 'pictures-missing', err: fault }, 'pictures cannot be made: sharp does not load'),
    )
  })
  // Only once nothing can fail any more: a password made by a start that did not come up would be shown to nobody.
  const first = await firstAdministrator(street.records.accounts, world.random, world.now())

  return {
    desk: street.desk,
    ground: street.ground,
    scenarios: street.scenarios,
    records: street.records,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    ...ways,
    firstAdministrator: first,
    async close() {
      stopFetching()
      await street.close()
    },
  }
}
