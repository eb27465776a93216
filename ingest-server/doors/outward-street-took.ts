// What another street answered when a case was handed to it: its number there, or that it cannot be had there, which makes it ours again.
import { CommandId } from '#contract/ids'
import { streetSource } from '#contract/passing'
import type { Desk } from '../desk/port.ts'
import type { Delivery } from '../records/port-neighbours.ts'
import { passing } from './intake-settle.ts'
import type { Answer } from './outward-kind.ts'
import { StreetSaid, StreetTook } from './streets-said.ts'

/** Known by the message: heard once more after a crash, it is the same command. Rejects where it could not be kept: it is then sent again. */
export const heardAtOnce =
  ({ submit }: Pick<Desk, 'submit'>) =>
  async ({ id, type, body }: Pick<Delivery, 'id' | 'type' | 'body'>, answer: Pick<Answer, 'body'>): Promise<void> => {
    if (type !== 'street.handed-over') return
    const said = StreetSaid.parse(body)
    if (said.type !== 'street.handed-over') return
    const took = StreetTook.parse(JSON.parse(answer.body))
    const outcome = await submit({
      id: CommandId.parse(`took:${id}`),
      by: { kind: 'source', id: streetSource(said.to) },
      wish: {
        ...{ type: 'passed', caseId: said.passed.caseId },
        ...(took.ok ? { what: 'taken', theirs: took.caseId } : { what: 'refused', reason: took.words }),
      },
    })
    if (!outcome.ok && passing.has(outcome.refusal)) throw new Error(`what ${said.to} said could not be kept yet`)
  }
