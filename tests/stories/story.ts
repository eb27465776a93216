// What every story does: opens a duty room, lets the hour come, sends a real picture, reads the screens and walks the journal.
import { afterEach, expect } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, EvidenceId, Instant } from '#contract/ids'
import type { IntakeAnswer, Outcome } from '#contract/outcome'
import type { PhotoSlot } from '#contract/stage'
import { maskFor } from '../../ingest-server/doors/line-scope.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { at } from '../suites/builders.ts'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'
import type { Screen } from '../world/screen.ts'
import type { TestClock } from '../world/test-clock.ts'

/** Called once a file: each room it opens is closed when its test ends. */
export function openRooms(): (needs?: DutyRoomNeeds) => Promise<DutyRoom> {
  const rooms: DutyRoom[] = []
  afterEach(async () => {
    for (const room of rooms.splice(0)) await room.close()
  })
  return async (needs) => {
    const room = await dutyRoom(needs)
    rooms.push(room)
    return room
  }
}

/** Shanghai time, on the duty room's Saturday where no day is named. */
export const hour = (text: string): Instant => at(text.includes(' ') ? text : `2026-11-21 ${text}`)

/** The door asks for the time every ten seconds: who comes a little before sees time speak to the second. */
const comesBefore = 15_000
const longWait = 10 * 60_000

/** Lets it become this hour; a long wait is slept through up to its last seconds. */
export async function until({ clock }: { clock: TestClock }, text: string): Promise<void> {
  const to = hour(text)
  if (to - clock.now() > longWait) clock.jump(to - comesBefore)
  await clock.pass(to - clock.now())
}

interface House {
  url: string
  clock: TestClock
  signIn(id: string): Promise<string>
}

/** A real picture through the real door. */
export async function sends(room: House, id: string, picture?: Buffer): Promise<EvidenceId> {
  const bytes = picture ?? (await smallPhoto())
  const evidence = idOf(bytes)
  const answer = await fetch(`${room.url}/api/evidence/${evidence}`, {
    method: 'PUT',
    headers: { cookie: await room.signIn(id), 'content-type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  })
  expect(await answer.json()).toMatchObject({ ok: true, sha256: evidence })
  return evidence
}

/** One picture a slot, sent and then put into the case from this person's phone. */
export async function photographs(
  room: House,
  [id, phone]: [string, Screen],
  caseId: CaseId,
  slots: readonly PhotoSlot[],
) {
  const pictures: EvidenceId[] = []
  for (const slot of slots) {
    const evidence = await sends(room, id)
    await does(phone, { type: 'attach', caseId, evidence, slot, takenAt: room.clock.now() })
    pictures.push(evidence)
  }
  return pictures
}

export const allFour = ['before-near', 'before-far', 'after-near', 'after-far'] as const satisfies PhotoSlot[]

/** A wish that is granted; the refusal is what the test fails with. */
export async function does(screen: Screen, ...wish: Parameters<Screen['wishes']>): Promise<Outcome> {
  const outcome = await screen.wishes(...wish)
  expect(outcome).toMatchObject({ ok: true })
  return outcome
}

/** The word of refusal, or what was done although it should not have been. */
export async function isTold(screen: Screen, ...wish: Parameters<Screen['wishes']>): Promise<unknown> {
  const outcome = await screen.wishes(...wish)
  return outcome.ok ? outcome : outcome.refusal
}

export const caseOf = ({ results: [answer] }: { results: IntakeAnswer[] }): CaseId => {
  if (!answer?.ok || !answer.caseId) throw new Error(`no case: ${JSON.stringify(answer)}`)
  return answer.caseId
}

export const shows = (screen: Screen, id: CaseId): Case | undefined => screen.board().cases.get(id)

/** Waits until every one of them shows what the desk holds of this case for such as they, each at the desk's own revision. */
export async function agree(room: Pick<DutyRoom, 'desk'>, id: CaseId, ...screens: Screen[]): Promise<Case> {
  for (const screen of screens)
    await screen.sees(() => {
      expect(screen.board().revision).toBe(room.desk.board().revision)
      const held = room.desk.board().cases.get(id)!
      expect(shows(screen, id)).toEqual(maskFor(screen.welcome().viewer, held))
    })
  return room.desk.board().cases.get(id)!
}

const timeOf = (instant: Instant): string => new Date(instant + 8 * 3_600_000).toISOString().slice(11, 19)

/** Every line after `from` in order, as `09:31:48 clock late unit`; the chain is held against itself on the way. */
export async function walk(journal: Journal, from = 0): Promise<string[]> {
  expect(await verify(journal)).toMatchObject({ sound: true })
  const lines: string[] = []
  for await (const line of journal.read(from)) {
    const { at: when, by, type, events } = readEntry(line)
    const [event] = events
    const about = event?.type === 'marked' ? event.step?.about : undefined
    lines.push([timeOf(when), by.kind === 'clock' ? 'clock' : by.id, type, about].filter(Boolean).join(' '))
  }
  return lines
}

/** Every byte that is kept of it all. */
export async function bytesOf(journal: Journal): Promise<string> {
  const lines: string[] = []
  for await (const line of journal.read(0)) lines.push(line.text)
  return [...lines, (await journal.latestSnapshot())?.board ?? ''].join('\n')
}
