// Many screens in a process of their own, so that what they cost is not taken from the servers they look at: each with its board, each coming back by itself.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { CaseId } from '#contract/ids'
import type { Stage } from '#contract/stage'

export interface Seat {
  name: string
  cookie: string
  count: number
}

/** What is asked of the crowd, and what it answers. */
export interface CrowdAsked {
  open: { asked: { url: string; seats: Seat[] }; answer: { screens: number } }
  /** Until each screen of these seats shows this: who does not within `within` ms, and when the last came to (epoch ms). */
  showing: {
    asked: { caseId: CaseId; stages: Stage[]; within: number; seats: string[] }
    answer: { missing: string[]; last: number; median: number }
  }
  /** By seat: each board there is, by its hash, and how many screens have it. */
  boards: { asked: object; answer: Record<string, Record<string, number>> }
  counts: { asked: object; answer: { delivered: number; cameBack: number; gaps: number; connected: number } }
}
export type CrowdWhat = keyof CrowdAsked

export interface Crowd {
  ask<W extends CrowdWhat>(what: W, asked: CrowdAsked[W]['asked']): Promise<CrowdAsked[W]['answer']>
  close(): Promise<void>
}

export async function openCrowd(url: string, seats: Seat[]): Promise<Crowd> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'crowd-child.ts'), {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, { done: (answer: never) => void; failed: (fault: Error) => void }>()
  let nth = 0
  child.on('message', ({ nr, answer, fault }: { nr: number; answer: never; fault?: string }) => {
    const one = waiting.get(nr)
    waiting.delete(nr)
    if (fault === undefined) one?.done(answer)
    else one?.failed(new Error(fault))
  })
  child.on('exit', () => {
    for (const one of waiting.values()) one.failed(new Error('the crowd is gone'))
  })
  const crowd: Crowd = {
    ask: (what, asked) =>
      new Promise((done, failed) => {
        waiting.set(++nth, { done, failed })
        child.send({ nr: nth, what, asked })
      }),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
  try {
    await once(child, 'message')
    await crowd.ask('open', { url, seats })
  } catch (fault) {
    await crowd.close()
    throw fault
  }
  return crowd
}

/** Until all screens of each seat have one board between them: when that was (epoch ms), or who differs. */
export async function becomesOne(crowd: Crowd, within: number): Promise<{ at: number; differ: string[] }> {
  const began = Date.now()
  for (;;) {
    const [boards, { connected }] = [await crowd.ask('boards', {}), await crowd.ask('counts', {})]
    const at = Date.now()
    const all = Object.values(boards)
      .flatMap((of) => Object.values(of))
      .reduce((sum, one) => sum + one, 0)
    const differ = Object.entries(boards).flatMap(([seat, of]) =>
      Object.keys(of).length > 1 || 'none' in of ? [`${seat}: ${JSON.stringify(of)}`] : [],
    )
    if (differ.length === 0 && connected === all) return { at, differ }
    if (at - began > within) return { at: Infinity, differ: [...differ, `${all - connected} off the line`] }
    await wait(50)
  }
}
