// A tenant among levels, wired: what it says upwards, and what a district or a city holds of those below it.
import { z } from 'zod'
import type { Router } from 'express'
import { isOnDuty } from '../case-engine/roster.ts'
import { summed } from '../case-engine/summing.ts'
import type { Known } from '../case-engine/known.ts'
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import { CommandId } from '#contract/ids'
import { streetSource } from '#contract/passing'
import { rolled } from '#contract/roll'
import { StreetId } from '#contract/streets'
import { SummarySaid, UrgeBelow, type Outline, type UrgeAnswer } from '#contract/summary'
import type { Desk } from '../desk/port.ts'
import { openRollBoard, type RollBoard } from '../doors/roll-board.ts'
import { openRollDoor } from '../doors/roll-door.ts'
import { openOutwardRoads } from '../doors/roll-outward.ts'
import type { Below, Self, SummaryRoad } from '../doors/roll-port.ts'
import { openSending } from '../doors/roll-sending.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Live } from '../nodes/live.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import { outlineOf } from './outline.ts'
import type { World } from './world.ts'

/** Where a tenant stands among the levels of its system. */
export interface Rank {
  self: Self
  /** The nearest above that is a tenant of the same system; null where there is none. */
  above: () => SummaryRoad | null
  /** Absent of a street. */
  below?: () => readonly Below[]
}

interface RollNeeds {
  rank: Rank | undefined
  config: Pick<Config, 'origins'>
  records: Pick<Records, 'neighbours' | 'sources' | 'summaries' | 'audit' | 'accounts'>
  desk: Pick<Desk, 'board' | 'submit' | 'follow' | 'holds'>
  known: Known
  layers: Readonly<Record<string, unknown>>
  live: Live | null
  silent: () => number
  judge: (subject: Case) => CaseFacts | null
  viewerOf: ViewerOf
  world: Pick<World, 'now' | 'newId' | 'every'>
  fetch: typeof fetch
  onFault: (fault: unknown) => void
}

export interface Roll {
  /** Of a district or a city. */
  board: RollBoard | null
  doors: { router: Router }[]
  close(): Promise<void>
}

export async function openRoll(needs: RollNeeds): Promise<Roll> {
  const { rank, config, records, desk, known, layers, live, world, onFault } = needs
  const { now, newId, every } = world
  const self = rank?.self ?? alone(known)
  // A ground that is called by no code of the country is of no system.
  if (!self) return { board: null, doors: [], close: async () => {} }
  const board = rank?.below
    ? await openRollBoard({ self, below: rank.below, kept: records.summaries, now, newId, every, onFault })
    : null
  const stops = board && live ? shareRoll(board, live) : []

  const judged = new WeakMap<Case, CaseFacts | null>()
  function factsOf(subject: Case): CaseFacts | null {
    const facts = judged.get(subject) ?? needs.judge(subject)
    judged.set(subject, facts)
    return facts
  }
  const ofStreet = (at: number) =>
    summed({
      ...{ street: self.id, cases: desk.board().cases.values(), known, now: at, factsOf, silent: needs.silent() },
      staff: [...records.accounts.people().values()].filter(
        (one) => one.role !== 'wall' && isOnDuty({ shifts: mutable(desk) }, one, at),
      ).length,
    })

  const outward = openOutwardRoads({
    ...{ self: self.id, neighbours: records.neighbours, fetch: needs.fetch, now, newId },
  })
  const sending = openSending({
    self,
    roads() {
      const above = rank?.above()
      return above ? [above, ...outward()] : outward()
    },
    said: board ? () => ({ ...rolled(board.view().streets), blocks: [] }) : ofStreet,
    origin: config.origins[0] ?? null,
    outline: (): Outline => (board ? [] : outlineOf(layers)),
    urge: board ? (asked) => passDown(board, asked) : (asked) => urgeHere(desk, asked),
    acts: desk.holds,
    ...{ now, every, onFault },
  })
  const stopFollowing = board ? board.follow(sending.changed) : desk.follow(sending.changed)

  return {
    board,
    doors: board
      ? [
          openRollDoor({
            ...{ board, self, sources: records.sources, audit: records.audit },
            ...{ viewerOf: needs.viewerOf, origins: config.origins, now },
          }),
        ]
      : [],
    async close() {
      stopFollowing()
      for (const stop of stops) stop()
      await sending.close()
      await board?.close()
    },
  }
}

/** A street that stands alone may say how it stands to a district elsewhere: by the code of its ground. */
function alone({ ground }: Pick<Known, 'ground'>): Self | null {
  const { id, name, nameEn } = ground.subdistrict
  const code = StreetId.safeParse(id).data
  return code ? { id: code, kind: 'street', words: { zh: name, en: nameEn } } : null
}

const mutable = (desk: Pick<Desk, 'board'>) => desk.board().shifts as Parameters<typeof isOnDuty>[0]['shifts']

/** 督办 as any platform above gives it: the same command under the same id, however often it comes. */
async function urgeHere(desk: Pick<Desk, 'submit'>, { id, number, reason, from, street }: UrgeBelow) {
  const outcome = await desk.submit({
    id: CommandId.parse(`urged:${id}`),
    by: { kind: 'source', id: streetSource(StreetId.parse(street.slice(0, 6))) },
    wish: { type: 'urge', caseId: number, reason },
    above: from,
  })
  return answerOf(outcome)
}

const answerOf = (outcome: { ok: true } | { ok: false; refusal: string }): Omit<UrgeAnswer, 'id'> =>
  outcome.ok ? { ok: true } : { ok: false, refusal: outcome.refusal }

/** A city's order goes on to the street by its district, and the street's answer back up. */
async function passDown(board: RollBoard, asked: UrgeBelow): Promise<Omit<UrgeAnswer, 'id'>> {
  if (!board.urge(asked)) return { ok: false, refusal: 'case-not-found' }
  const { state, refusal } = await board.answerTo(asked.id)
  return { ok: state === 'given', ...(refusal !== undefined && { refusal }) }
}

const HeardBelow = z.object({ from: StreetId, said: SummarySaid })
const Sent = UrgeBelow.extend({ state: z.enum(['waiting', 'given', 'refused']), refusal: z.string().optional() })

/** What one process of a district hears, every process with its screens shows. */
function shareRoll(board: RollBoard, live: Live): (() => void)[] {
  let isEcho = false
  const sayHeard = live.topic('summary', HeardBelow, ({ from, said }) => {
    isEcho = true
    board.hear(from, said)
    isEcho = false
  })
  const sayUrge = live.topic('urged-below', Sent, ({ refusal, ...one }) =>
    board.noteUrge({ ...one, ...(refusal !== undefined && { refusal }) }),
  )
  return [
    board.followHeard((from, said) => {
      if (!isEcho) sayHeard({ from, said })
    }),
    board.followUrges(sayUrge),
  ]
}
