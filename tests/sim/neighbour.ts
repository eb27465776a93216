// The platform above: takes what it is told, or is away, or takes it and loses the answer; and remembers in which order it came.
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { Owner, SimTime } from './time.ts'

export interface Heard {
  id: string
  subject: string
  sequence: number
  type: string
}

export interface SimNeighbour {
  away: boolean
  heard: Heard[]
  fetch: (owner: Owner) => typeof fetch
}

export function openSimNeighbour(time: SimTime, chance: Chance, note: (what: string) => void): SimNeighbour {
  const neighbour: SimNeighbour = {
    away: false,
    heard: [],
    fetch: (owner) =>
      (async (_url: string, init: RequestInit) => {
        await time.pause(owner, chance.whole(5, 200))
        if (!owner.alive) return new Promise(() => {})
        if (neighbour.away) {
          if (chance.next() < 0.5) throw new TypeError('fetch failed')
          return answerOf(503)
        }
        const said = JSON.parse(String(init.body)) as Record<string, string>
        neighbour.heard.push({
          id: said['id']!,
          subject: said['subject']!,
          sequence: Number(said['sequence']),
          type: said['type']!,
        })
        note(`told ${said['id']} ${said['subject']} ${said['sequence']}`)
        await time.pause(owner, chance.whole(5, 200))
        if (chance.next() < 0.05) throw new TypeError('fetch failed')
        return answerOf(202)
      }) as unknown as typeof fetch,
  }
  return neighbour
}

const answerOf = (status: number) => ({ status, headers: new Headers(), body: null })
