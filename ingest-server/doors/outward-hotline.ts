// The 12345 platform: each step of its own orders is told to it, one message a step, signed by Standard Webhooks.
import { hotlineMessages } from './hotline-says.ts'
import { usually } from './outward-kind.ts'
import type { OutwardKind } from './outward-kind.ts'
import { signed } from './outward-signature.ts'

/** A neighbour of this kind names the source its orders come from: only those are told of, whatever else it may be told. */
export const hotline12345: OutwardKind = {
  kind: 'hotline-12345',
  about({ before, now }, { source }, { known, isExercise }) {
    if (!source) return []
    const bodyOf = (id: Parameters<typeof known.people.get>[0]) => known.people.get(id)?.body
    return hotlineMessages({ before, now }, source, bodyOf).map((message) => ({
      type: `hotline.${message.what}`,
      body: { ...message, ...(isExercise && { exercise: true }) },
    }))
  },
  test: () => ({ type: 'hotline.test', body: { what: 'test' } }),
  request({ id, body }, { neighbour, secrets, now }) {
    const text = JSON.stringify(body)
    return {
      url: neighbour.url,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signed(id, text, secrets, now),
        ...(secrets.key && { authorization: `Bearer ${secrets.key}` }),
      },
      body: text,
    }
  },
  understood: usually,
}
