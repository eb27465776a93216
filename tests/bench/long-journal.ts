// Months of a street in minutes: every line decided by the engine itself, chance out of a seed, written as the server writes.
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { packBoard } from '../../ingest-server/case-engine/pack.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import type { Actor } from '#contract/case'
import type { Command, Wish } from '#contract/command'
import type { Entry } from '#contract/event'
import type { CaseId, CommandId, EvidenceId, Instant, PersonId } from '#contract/ids'
import { photoSlots } from '#contract/stage'
import { aKnown, aPerson, aReport, at, minutes, people, sourceActor } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'

const first = at('2026-07-01 00:00')
const casesADay = 320
const linesACommit = 500
const linesASnapshot = 5000
const day = minutes(24 * 60)
const matters = ['dropped-garbage', 'garbage-heap', 'shop-spill', 'street-vendor', 'bike-parking', 'small-advert']

interface Deed {
  at: Instant
  by: Actor
  /** Null where there is nothing to do any more. */
  wish: () => Wish | null
  then?: (outcome: { caseId?: CaseId }) => void
}

/** Those who go out, each for the whole street. */
const hands = ['grid', 'property', 'cleaning', 'department'] as const
const staff = [
  ...people,
  ...hands.map((post) => aPerson(post, { post, role: 'property', placeIds: [smallGround.subdistrict.id] })),
]
const acts = (id: string): Actor => ({
  kind: 'person',
  id: id as PersonId,
  role: staff.find((person) => person.id === id)!.role,
})

/** One case from its first report to its closing, as deeds to come. */
function aStory(chance: Chance, opensAt: Instant, number: number): Deed[] {
  let caseId: CaseId | undefined
  const after = (minute: number) => opensAt + minutes(minute) * (0.95 + 0.1 * chance.next())
  const box = [121.4702 + chance.next() * 0.0196, 31.1902 + chance.next() * 0.0196] as const
  const matter = chance.oneOf(matters)
  const report = (part: number): Deed => ({
    at: part === 0 ? opensAt : after(part),
    by: sourceActor('hik'),
    wish: () => {
      const place = { lon: box[0], lat: box[1], crs: 'wgs84' }
      const own = { eventId: `e${number}-${part}`, matter, at: place, cameraId: `x${number % 1800}` }
      return { type: 'report', report: aReport({ ...own, occurredAt: opensAt, confidence: 0.9 }) }
    },
    ...(part === 0 && { then: ({ caseId: id }) => void (caseId = id) }),
  })
  const deed = (minute: number, who: string, wish: (id: CaseId) => Wish): Deed => ({
    at: after(minute),
    by: acts(who),
    wish: () => (caseId ? wish(caseId) : null),
  })
  const [chief, hand] = [box[1] >= 31.2 ? 'shen' : 'ma', chance.oneOf(hands)]
  const evidence = (slot: number) =>
    `${number.toString(16).padStart(32, '0')}${String(slot).padStart(32, '0')}` as EvidenceId
  const opened = [report(0), report(3), deed(4, chief, (id) => ({ type: 'acknowledge', caseId: id }))]
  if (chance.next() < 0.15)
    return [
      ...opened,
      deed(8, chief, (id) => ({ type: 'void', caseId: id, disposition: 'false-alarm', reason: '误报' })),
    ]
  return [
    ...opened,
    deed(9, chief, (id) => ({ type: 'dispatch', caseId: id, to: hand as PersonId, reason: '就近' })),
    deed(20, hand, (id) => ({ type: 'see', caseId: id })),
    deed(30, hand, (id) => ({ type: 'take', caseId: id })),
    deed(60, hand, (id) => ({ type: 'arrive', caseId: id })),
    ...photoSlots
      .slice(0, 4)
      .map((slot, i) =>
        deed(120, hand, (id) => ({ type: 'attach', caseId: id, evidence: evidence(i), slot, takenAt: opensAt })),
      ),
    deed(260, hand, (id) => ({ type: 'finish', caseId: id, note: '已清运，地面已冲洗' })),
    deed(800, chief, (id) => ({ type: 'close', caseId: id, disposition: 'solved' })),
  ]
}

/** Fills an empty journal. Returns when its last line was. */
export async function fillJournal(
  journal: Journal,
  lines: number,
  chance: Chance,
  say: (words: string) => void,
): Promise<Instant> {
  const known = aKnown({ ground: smallGround, people: new Map(staff.map((person) => [person.id, person])) })
  const board = emptyBoard()
  let head = emptyHead
  let entries: Entry[] = []
  let waiting: Deed[] = []
  let stories = 0
  let now = first

  function submit(command: Command): { caseId?: CaseId } {
    const decision = decide(board, command, now, known)
    if ('refusal' in decision || decision.events.length === 0) return {}
    const { id: commandId, by, wish } = command
    const revision = board.revision + 1
    const { caseId } = decision
    const outcome = { ok: true as const, commandId, revision, ...(caseId && { caseId }) }
    const entry: Entry = { revision, at: now, commandId, by, type: wish.type, events: decision.events, outcome }
    project(board, entry)
    entries.push(entry)
    return caseId ? { caseId } : {}
  }

  async function commit(): Promise<void> {
    head = await journal.append(head, entries)
    const before = head.revision - entries.length
    entries = []
    if (Math.floor(before / linesASnapshot) < Math.floor(head.revision / linesASnapshot))
      await journal.keepSnapshot({ ...head, board: packBoard(board) })
    if (Math.floor(before / 100_000) < Math.floor(head.revision / 100_000))
      say(
        `${head.revision} / ${lines} lines, ${new Date(now).toISOString().slice(0, 10)}, ${board.cases.size} cases on the board`,
      )
  }

  for (let today = first; head.revision < lines; today += day) {
    for (let i = 0; i < casesADay; i++)
      waiting.push(...aStory(chance, Math.round(today + chance.next() * day), ++stories))
    const due = waiting.filter((deed) => deed.at < today + day).toSorted((a, b) => a.at - b.at)
    waiting = waiting.filter((deed) => deed.at >= today + day)
    for (const [index, deed] of due.entries()) {
      now = Math.max(now, Math.round(deed.at))
      for (const command of clocks(board, now).due) submit(command)
      const wish = deed.wish()
      const outcome = wish && submit({ id: `${today}-${index}` as CommandId, by: deed.by, wish })
      if (outcome) deed.then?.(outcome)
      if (entries.length >= linesACommit) await commit()
      if (head.revision >= lines) break
    }
  }
  return now
}
