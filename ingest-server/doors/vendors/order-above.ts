// An order from the platform above on a case it was told of: 督办, 增援, or a word. A new task is a report like any other.
import { z } from 'zod'
import type { Item } from './reading.ts'
import { shapeNo } from './shape.ts'

/** A CloudEvent of this type; its subject is our case. */
export const orderType = 'cn.sanping.order.v1'

export const Order = z.object({
  what: z.enum(['urge', 'reinforce', 'note']),
  text: z.string().trim().min(1).max(490),
})

/** Whom to send is the street's own to say: what above asks for reinforcement is urged in these words. */
const inWords = { urge: '', reinforce: '增援：', note: '' } as const

export function readOrder(
  { id, source, subject }: { id: string; source: string; subject?: string | undefined },
  given: unknown,
  under: string,
  raw: () => Uint8Array,
): Item {
  const read = Order.safeParse(given)
  if (!read.success)
    return { kind: 'refused', no: shapeNo(read.error, given, under === '' ? 'data' : `${under}.data`), raw }
  if (!subject) return { kind: 'refused', no: noSubject, raw }
  const { what, text } = read.data
  const said = `${inWords[what]}${text}`
  const word = what === 'note' ? { says: 'add' as const, text: said } : { says: 'urge' as const, text: said }
  return { kind: 'word', about: subject, id: `${source}#${id}`, word, raw }
}

const noSubject = {
  refusal: 'wrong-shape' as const,
  words: { zh: 'subject：应为我方案件编号。', en: 'subject: should be the number of our case.' },
}
