// The SIP door wired to the house, and what is said when its port cannot be had.
import type { IntakeRoad } from '../doors/intake-road.ts'
import { openSipDoor } from '../doors/sip.ts'
import type { Records } from '../records/port.ts'
import { ConfigFault } from './config.ts'
import type { Log } from './log.ts'
import { ownAddresses } from './own-addresses.ts'
import type { SipWay } from './sip-setting.ts'
import type { World } from './world.ts'

interface SipNeeds {
  /** Null: nobody comes by SIP. */
  way: SipWay | null
  road: IntakeRoad
  records: Pick<Records, 'sipDevices'>
  world: World
  log: Log
}

export interface Sip {
  /** `sip:31010100002000000001@10.0.0.5:5060`; null where nobody comes by SIP. */
  address: string | null
  close(): Promise<void>
}

const everyAddress = new Set(['0.0.0.0', '::'])

/** Rejects with a `ConfigFault` where the port cannot be had. */
export async function openSip({ way, road, records, world, log }: SipNeeds): Promise<Sip> {
  if (!way) return { address: null, close: async () => {} }
  const { host, port, id, realm } = way
  const found = everyAddress.has(host) ? (ownAddresses()[0] ?? '127.0.0.1') : host
  const door = openSipDoor({
    ...{ ...world, road, devices: records.sipDevices, own: { id, realm }, listen: { host, port, found } },
    onFault: (fault, cause) => log.error({ event: 'sip-failed', id: fault, err: cause }, 'the SIP door failed'),
  })
  await door.open().catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === undefined ? fault : notThere(way, fault)
  })
  return {
    address: `sip:${id}@${found.includes(':') ? `[${found}]` : found}:${door.port()}`,
    close: door.close,
  }
}

const notThere = ({ host, port }: SipWay, cause: NodeJS.ErrnoException): ConfigFault =>
  new ConfigFault(
    `SANPING_SIP 的 ${host}:${port} 不能监听（${cause.code}），请换一个地址或端口，或设为 off。\nSANPING_SIP: ${host}:${port} cannot be listened on (${cause.code}): set another, or off.`,
    { cause },
  )
