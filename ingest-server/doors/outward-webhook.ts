// The platform above, or any other that takes CloudEvents 1.0: every change of a case, signed by Standard Webhooks.
import type { Words } from '#contract/language'
import { isToldOf, happened, saidOf } from './outward-said.ts'
import type { Happened } from './outward-said.ts'
import { usually } from './outward-kind.ts'
import type { OutwardKind } from './outward-kind.ts'
import { signed } from './outward-signature.ts'

export const toldTypes: Record<Happened, { type: string; words: Words }> = {
  opened: { type: 'cn.sanping.case.opened.v1', words: { zh: '案件开了', en: 'A case was opened' } },
  changed: { type: 'cn.sanping.case.changed.v1', words: { zh: '案件有变化', en: 'It changed' } },
  closed: { type: 'cn.sanping.case.closed.v1', words: { zh: '案件了结', en: 'It has ended' } },
  reopened: { type: 'cn.sanping.case.reopened.v1', words: { zh: '案件重开', en: 'It was opened again' } },
  'order-answered': {
    type: 'cn.sanping.order.answered.v1',
    words: { zh: '上级督办有了答复', en: 'The order from above was answered' },
  },
}

/** Grows from message to message of one case, and as text sorts as it grows. */
const sequenceOf = (revision: number): string => String(revision).padStart(12, '0')

export const webhook: OutwardKind = {
  kind: 'webhook',
  about(change, neighbour, house) {
    const what = happened(change, neighbour)
    if (!what || !isToldOf(change, neighbour)) return []
    const { now, at } = change
    const event = {
      specversion: '1.0',
      source: `urn:sanping:${house.known.ground.subdistrict.id}`,
      type: toldTypes[what].type,
      subject: now.id,
      time: new Date(at).toISOString(),
      sequence: sequenceOf(now.revision),
      datacontenttype: 'application/json',
      data: saidOf(now, neighbour, house),
    }
    return [{ type: event.type, body: event }]
  },
  test: (now) => ({
    type: 'cn.sanping.test.v1',
    body: {
      ...{ specversion: '1.0', source: 'urn:sanping', type: 'cn.sanping.test.v1', time: new Date(now).toISOString() },
      ...{ datacontenttype: 'application/json', data: { test: true } },
    },
  }),
  request({ id, body }, { neighbour, secrets, now }) {
    const text = JSON.stringify({ id, ...(body as object) })
    return {
      url: neighbour.url,
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        ...signed(id, text, secrets, now),
        ...(secrets.key && { authorization: `Bearer ${secrets.key}` }),
      },
      body: text,
    }
  },
  understood: usually,
}
