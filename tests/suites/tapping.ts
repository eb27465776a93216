// One person's line through a balancer: every tap under an id of its own, said again under the same until it is answered, as the phone's outbox does.
import { setTimeout as wait } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { PersonWish } from '#contract/command'
import type { CommandId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { ScreenToServer, ServerToScreen } from '#contract/wire'

export interface Tapping {
  connected(): boolean
  /** Resolves with the answer, however often it had to be asked; null where it was closed before. */
  tap(id: CommandId, wish: PersonWish): Promise<{ outcome: Outcome; asked: number } | null>
  close(): void
}

/** An answer that did not come within this is asked for again. */
const answersWithin = 1500

export async function openTapping(url: string, cookie: string): Promise<Tapping> {
  const line: Socket<ServerToScreen, ScreenToServer> = io(url, {
    ...{ path: '/line', transports: ['websocket'], forceNew: true },
    ...{ reconnectionDelay: 50, reconnectionDelayMax: 300, timeout: 3000 },
    extraHeaders: { cookie, origin: url },
  })
  line.on('disconnect', (why) => why === 'io server disconnect' && line.connect())
  let closed = false
  const began = Date.now()
  while (!line.connected) {
    if (Date.now() - began > 20_000) throw new Error('the line did not come up')
    await wait(10)
  }
  return {
    connected: () => line.connected,
    async tap(id, wish) {
      for (let asked = 1; !closed; asked++) {
        const outcome = await new Promise<Outcome | null>((answered) => {
          const late = setTimeout(over, answersWithin, null)
          const gone = () => over(null)
          function over(answer: Outcome | null): void {
            clearTimeout(late)
            line.off('disconnect', gone)
            answered(answer)
          }
          line.once('disconnect', gone)
          if (!line.connected) return over(null)
          line.emit('command', { id, wish, claimedAt: Date.now() }, over)
        })
        // Not a no, but a "not now".
        const isAnswer = outcome && (outcome.ok || !['not-in-step', 'overloaded'].includes(outcome.refusal))
        if (isAnswer) return { outcome, asked }
        await wait(30)
      }
      return null
    },
    close() {
      closed = true
      line.disconnect()
    },
  }
}
