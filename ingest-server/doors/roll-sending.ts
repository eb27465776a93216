// What a street says upwards: anew when it changed, no more than once a second, and every ten seconds that it still stands.
import type { Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import { heartbeatMs } from '#contract/roll'
import type { StreetId } from '#contract/streets'
import type { Outline, Summary, SummaryHeard, UrgeAnswer, UrgeBelow } from '#contract/summary'
import type { SummaryRoad } from './roll-port.ts'

interface SendingNeeds {
  self: { id: StreetId; words: Words }
  /** Those above; live. */
  roads: () => readonly SummaryRoad[]
  /** All of it but who says it, how often it has changed and when: reckoned at each look. */
  said: (now: Instant) => Omit<Summary, 'revision' | 'at' | 'since' | 'street' | 'words'>
  origin: string | null
  outline: () => Outline
  /** Does what is asked from above. */
  urge: (asked: UrgeBelow) => Promise<Omit<UrgeAnswer, 'id'>>
  /** Of many processes only one speaks for a street. */
  acts: () => boolean
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export interface Sending {
  /** Something may be another: at the next look it is. */
  changed(): void
  close(): Promise<void>
}

export const lookEveryMs = 1000
/** Time itself makes cases late: without a change it is reckoned anew so often. */
const reckonedEveryMs = 5000

interface Going {
  /** The revision they have. */
  held: number
  saidAt: Instant
  wantsOutline: boolean
  answers: Map<string, UrgeAnswer>
  /** Asked of the desk, or of those below, and not answered yet. */
  asked: Set<string>
  under: Promise<void> | null
}

export function openSending(needs: SendingNeeds): Sending {
  const { self, roads, said, origin, outline, urge, acts, now, every, onFault } = needs
  const goings = new WeakMap<SummaryRoad, Going>()
  const underWay = new Set<Promise<void>>()
  let summary: Summary | null = null
  let text = ''
  let isDirty = true
  let reckonedAt: Instant = -Infinity
  let least = 0

  function reckon(at: Instant): Summary {
    if (summary && !isDirty && at - reckonedAt < reckonedEveryMs) return summary
    isDirty = false
    reckonedAt = at
    const next = said(at)
    const nextText = JSON.stringify(next)
    if (summary && nextText === text && summary.revision > least) return summary
    text = nextText
    // By the clock, so that it grows over a restart without anything written down; past what they hold where the clock was set back.
    const revision = Math.max(at, least + 1, (summary?.revision ?? 0) + 1)
    summary = { street: self.id, words: self.words, revision, at, since: at, ...next }
    return summary
  }

  function goingOf(road: SummaryRoad): Going {
    const known = goings.get(road)
    if (known) return known
    const going: Going = {
      ...{ held: 0, saidAt: -Infinity, wantsOutline: true, under: null },
      ...{ answers: new Map(), asked: new Set() },
    }
    goings.set(road, going)
    return going
  }

  async function say(road: SummaryRoad, going: Going, current: Summary, at: Instant): Promise<void> {
    const answers = [...going.answers.values()]
    going.saidAt = at
    const heard = await road.say({
      ...{ summary: { ...current, at }, answers, origin },
      ...(going.wantsOutline && { outline: outline() }),
    })
    for (const { id } of answers) going.answers.delete(id)
    going.wantsOutline = heard.wantsOutline
    if (heard.ok) going.held = current.revision
    // They hold more than we ever said: our clock went back. From there on.
    else if (heard.revision >= current.revision) {
      least = heard.revision
      isDirty = true
    }
    obey(heard, going)
  }

  /** Each once: the desk itself knows what it did under this id before. The road is not held up by it. */
  function obey({ urges }: SummaryHeard, { answers, asked }: Going): void {
    for (const one of urges) {
      if (answers.has(one.id) || asked.has(one.id)) continue
      asked.add(one.id)
      urge(one)
        .then((answer) => answers.set(one.id, { id: one.id, ...answer }), onFault)
        .finally(() => asked.delete(one.id))
    }
  }

  function look(): void {
    if (!acts()) return
    const all = roads()
    if (all.length === 0) return
    const at = now()
    const current = reckon(at)
    for (const road of all) {
      const going = goingOf(road)
      const isDue = going.held !== current.revision || going.answers.size > 0 || at - going.saidAt >= heartbeatMs
      // One word at a time: a slow road gets the newest, never a queue.
      if (!isDue || going.under) continue
      const under = say(road, going, current, at)
        .catch(onFault)
        .finally(() => {
          going.under = null
          underWay.delete(under)
        })
      going.under = under
      underWay.add(under)
    }
  }

  const stop = every(lookEveryMs, look)
  return {
    changed: () => void (isDirty = true),
    async close() {
      stop()
      await Promise.all(underWay)
    },
  }
}
