// What machines may say by their own protocols, with its rule: topics of MQTT by family, methods of SIP.
import type { RouteRule } from './permitted.ts'

interface MachineRule {
  /** `SELF` stands for the source's own id, as it signed in. */
  name: string
  /** `source`: signed in as one that is not withdrawn; `device`: named by the administrator, its source not withdrawn; `anybody`. */
  who: 'source' | 'device' | 'anybody'
  proof: 'key' | 'password' | 'nothing'
  does: 'publish' | 'subscribe' | 'answer'
  audit: RouteRule['audit']
}

/** By the house's own broker. What a site maps in mqtt.json is publishing too, by whoever it says the topic belongs to. */
export const mqttRules: readonly MachineRule[] = [
  { name: 'sanping/SELF/#', who: 'source', proof: 'key', does: 'publish', audit: null },
  { name: 'frigate/#', who: 'source', proof: 'key', does: 'publish', audit: null },
  { name: 'mqtt.json', who: 'source', proof: 'key', does: 'publish', audit: null },
  { name: 'sanping/SELF/answers', who: 'source', proof: 'key', does: 'subscribe', audit: null },
]

export const sipRules: readonly MachineRule[] = [
  { name: 'REGISTER', who: 'device', proof: 'password', does: 'publish', audit: null },
  { name: 'MESSAGE', who: 'device', proof: 'password', does: 'publish', audit: null },
  { name: 'NOTIFY', who: 'device', proof: 'password', does: 'publish', audit: null },
  { name: 'OPTIONS', who: 'anybody', proof: 'nothing', does: 'answer', audit: null },
]
