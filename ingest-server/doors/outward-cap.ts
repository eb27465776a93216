// A level I as a CAP 1.2 alert to whoever warns the public: raised, brought up to date, cancelled.
import { capAlerts, capTest } from './cap-alert.ts'
import { usually } from './outward-kind.ts'
import type { OutwardKind } from './outward-kind.ts'
import { isToldOf } from './outward-said.ts'
import { z } from 'zod'

const onlyGravest = { levels: [1 as const] }
const Text = z.object({ xml: z.string() })

export const cap: OutwardKind = {
  kind: 'cap',
  about(change, neighbour, house) {
    const told = { ...neighbour, toldOf: { ...onlyGravest, ...neighbour.toldOf } }
    if (change.now.unsure || !isToldOf(change, told)) return []
    const wasTold = change.before !== null && !change.before.unsure && isToldOf({ ...change, now: change.before }, told)
    return capAlerts(change, wasTold, house).map(({ msgType, xml }) => ({
      type: `cap.${msgType.toLowerCase()}`,
      body: { xml },
    }))
  },
  test: (now) => ({ type: 'cap.test', body: { xml: capTest(now) } }),
  request({ body }, { neighbour, secrets }) {
    return {
      url: neighbour.url,
      method: 'POST',
      headers: {
        'content-type': 'application/cap+xml; charset=utf-8',
        ...(secrets.key && { authorization: `Bearer ${secrets.key}` }),
      },
      body: Text.parse(body).xml,
    }
  },
  understood: usually,
}
