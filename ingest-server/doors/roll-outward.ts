// The road of a summary to a district in another system: signed over HTTP, and the answer held against the same secret.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { Neighbour, NeighbourId } from '#contract/neighbour'
import type { StreetId } from '#contract/streets'
import { SummaryHeard } from '#contract/summary'
import type { Neighbours, NeighbourSecrets } from '../records/port-neighbours.ts'
import { signingKey } from '../records/signing-secret.ts'
import { signed } from './outward-signature.ts'
import { summariesPath, type SummaryRoad } from './roll-port.ts'

interface RoadNeeds {
  self: StreetId
  neighbours: Pick<Neighbours, 'live' | 'secretsOf'>
  fetch: typeof fetch
  now: () => Instant
  newId: () => string
}

const patienceMs = 8000
export const answerHeader = 'sanping-answer'

/** Of the answer to this very word: an older answer under another word fits nothing. */
const markOf = (id: string, text: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(`answer.${id}.${text}`).digest('base64')

export const answerSignature = (id: string, text: string, secrets: readonly Uint8Array[]): Record<string, string> => ({
  [answerHeader]: secrets.map((key) => markOf(id, text, key)).join(' '),
})

const sameMark = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one!, other!)
}

/** One road a neighbour of the kind `summary`, as long as there is one and it is not paused. */
export function openOutwardRoads({ self, neighbours, fetch, now, newId }: RoadNeeds): () => readonly SummaryRoad[] {
  const roads = new Map<NeighbourId, SummaryRoad>()

  /** The secret the district drew for our source there; it is the one that checks. */
  function secretsOf(id: NeighbourId): NeighbourSecrets {
    const { key, signing } = neighbours.secretsOf(id)
    return { signing: key === undefined ? signing : [{ secret: key }] }
  }

  const roadTo = (id: NeighbourId): SummaryRoad => ({
    async say(said) {
      const neighbour = neighbours.live().get(id)
      if (!neighbour) throw new Error(`${id} is no neighbour any more`)
      const [text, word] = [JSON.stringify(said), newId()]
      const secrets = secretsOf(id)
      const answer = await fetch(addressOf(neighbour), {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json; charset=utf-8', 'sanping-street': self },
          ...signed(word, text, secrets, now()),
        },
        body: text,
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
      })
      const given = await answer.text()
      if (answer.status !== 200 && answer.status !== 409)
        throw new Error(`a summary was not taken by ${id}: ${answer.status}`)
      const marks = (answer.headers.get(answerHeader) ?? '').split(' ')
      const keys = secrets.signing.map(({ secret }) => signingKey(secret))
      if (!keys.some((key) => marks.some((mark) => sameMark(mark, markOf(word, given, key)))))
        throw new Error(`the answer of ${id} is not signed by it`)
      return SummaryHeard.parse(JSON.parse(given))
    },
  })

  return () => {
    const live = [...neighbours.live().values()].filter(({ kind, paused }) => kind === 'summary' && !paused)
    for (const id of roads.keys()) if (!live.some((one) => one.id === id)) roads.delete(id)
    for (const { id } of live) if (!roads.has(id)) roads.set(id, roadTo(id))
    return [...roads.values()]
  }
}

/** A neighbour's address is the district's own: the path is ours to know. */
const addressOf = ({ url }: Pick<Neighbour, 'url'>): string => new URL(summariesPath, url).href
