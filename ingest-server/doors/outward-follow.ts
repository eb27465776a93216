// What became of it at the neighbour's: asked now and then, and written into our case as a note where it is news.
import { createHash } from 'node:crypto'
import { CommandId, SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Neighbour } from '#contract/neighbour'
import type { Desk } from '../desk/port.ts'
import type { Deliveries, Delivery, Neighbours } from '../records/port-neighbours.ts'
import type { OutwardKind } from './outward-kind.ts'
import { send } from './outward-send.ts'
import type { Wire } from './outward-send.ts'

interface FollowNeeds extends Omit<Wire, 'closing'> {
  desk: Pick<Desk, 'submit' | 'holds'>
  neighbours: Pick<Neighbours, 'live' | 'secretsOf'>
  deliveries: Pick<Deliveries, 'toAsk' | 'heard'>
  kindOf: (kind: Neighbour['kind']) => OutwardKind | null
  now: () => Instant
  onFault: (fault: unknown) => void
}

/** Of one neighbour in one go, one after the other: nobody is asked a thousand things at once. */
const atATime = 20

export function openFollow(needs: FollowNeeds) {
  const { desk, neighbours, deliveries, kindOf, now, onFault } = needs
  const closing = new AbortController()
  let running: Promise<void> | null = null

  async function work(): Promise<void> {
    for (const neighbour of [...neighbours.live().values()]) {
      const follow = kindOf(neighbour.kind)?.follow
      if (!follow || neighbour.paused) continue
      for (const delivery of await deliveries.toAsk(neighbour.id, now() - follow.everyMs, atATime))
        if (!closing.signal.aborted && desk.holds()) await ask(delivery, neighbour, follow)
    }
  }

  async function ask(delivery: Delivery, neighbour: Neighbour, follow: NonNullable<OutwardKind['follow']>) {
    const sending = { neighbour, secrets: neighbours.secretsOf(neighbour.id), now: now() }
    const answer = await send(follow.request(delivery.theirs ?? '', sending), { ...needs, closing: closing.signal })
    if (closing.signal.aborted) return
    const heard = follow.heard(answer)
    if (heard?.said && heard.state !== delivery.heard) await note(delivery, neighbour, heard.state, heard.said)
    await deliveries.heard(delivery.id, { at: now(), heard: heard?.state, theirs: heard?.theirs })
  }

  /** Known by what was heard: told again after a crash, it is the same command. A case that has left the board takes no note. */
  async function note(
    { id, caseId }: Delivery,
    { id: neighbour, name, source }: Neighbour,
    state: string,
    said: string,
  ) {
    if (!caseId) return
    const by = { kind: 'source' as const, id: source ?? SourceId.parse(`neighbour:${neighbour}`) }
    const words = `${name}：${said}`.slice(0, 500)
    const mark = createHash('sha256').update(`${id}\n${state}`).digest('base64url').slice(0, 24)
    await desk.submit({
      ...{ id: CommandId.parse(`heard:${mark}`), by, above: name },
      wish: { type: 'note', caseId, note: words },
    })
  }

  return {
    look(): void {
      if (!desk.holds()) return
      running ??= work()
        .catch(onFault)
        .finally(() => void (running = null))
    },
    async settled() {
      await running
    },
    async close() {
      closing.abort()
      await running
    },
  }
}
