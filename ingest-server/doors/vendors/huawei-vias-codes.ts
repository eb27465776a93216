// The event types of Huawei Cloud's VIAS, as its manual of outputs gives them; a `/n` behind one is the state it tells.
import type { Tongue } from './alarm.ts'

export const viasTongue: Tongue = {
  called: { zh: 'VIAS event_type', en: 'VIAS event_type' },
  matters: {
    '393216/1': 'open-fire',
    '393216/2': 'smoke',
    '393216': 'open-fire',
    '655360': 'bike-parking',
    '1507328': 'bin-overflow',
    '2031616': 'dropped-garbage',
  },
  // Vehicles, intrusion, smoking, telephoning, boats, outlets: published, and none of a street's troubles.
  everyday: new Set(['75008', '196609', '720896', '786432', '33882113', '34013185']),
  health: {},
  beats: new Set(),
}
