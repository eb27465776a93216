// Plays the demo's day: tellings go in through the real doors, the staff's wishes down the same road as any tap.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import { CommandId, type Instant, type PersonId, type PlaceId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Person } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import type { PhotoSlot } from '#contract/stage'
import type { Album } from './album.ts'
import type { Telling } from './happenings.ts'
import { moves } from './hands.ts'
import { mood, type Move } from './scene.ts'
import { messageOf, type Message, type SourceName } from './messages.ts'
import { troubles, storm } from './rhythm.ts'
import type { Scene } from './stills.ts'

export interface Stage {
  url: string
  keys: Record<SourceName, string>
  album: Album
  cases(): Iterable<Case>
  people(): ReadonlyMap<PersonId, Person>
  /** By the roster, where they stand on it. */
  onDuty(person: Person): boolean
  pathOf(place: PlaceId): readonly PlaceId[]
  scenarios: ReadonlyMap<string, Scenario>
  submit(by: Move['by'], id: CommandId, wish: PersonWish): Promise<Outcome>
  now(): Instant
  complain(words: string): void
}

export interface Player {
  tell(telling: Telling): Promise<void>
  post(message: Message): Promise<void>
  /** One wish of one person, down the same road. */
  wish(by: PersonId, wish: PersonWish): Promise<Outcome>
  /** Everybody does the next thing they would do now. */
  work(visitors: boolean): Promise<void>
}

const after = new Map([...troubles, ...storm].map((trouble) => [trouble.matter, trouble]))

const sceneFor = (current: Case, slot: PhotoSlot): Scene => {
  const trouble = after.get(current.matter)
  return (slot.startsWith('after') ? trouble?.after : trouble?.scene) ?? 'street'
}

export function openPlayer(stage: Stage): Player {
  let asked = 0

  const post = async (message: Message): Promise<void> => {
    const send = () =>
      fetch(`${stage.url}/api/in/${message.dialect}`, {
        method: 'POST',
        headers: { 'content-type': message.contentType, authorization: `Bearer ${stage.keys[message.source]}` },
        body: message.body as BodyInit,
      })
    // A connection kept open through a quiet night may be closed just then: sent again, as any sender does; it counts once.
    const answer = await send().catch(send)
    const text = await answer.text()
    // Overload is an answer like any other: the demo's flood is made to be turned away.
    if (!answer.ok && answer.status !== 429) stage.complain(`${message.dialect} ${answer.status} ${text.slice(0, 300)}`)
  }

  const tell = async (telling: Telling): Promise<void> => {
    const picture =
      telling.scene && telling.phase === 'new' ? await stage.album.picture(telling.scene, telling.at) : null
    const officer = telling.by === 'staff' ? walking(telling) : undefined
    if (!officer) return post(messageOf(telling, picture))
    const [lon, lat] = telling.where
    const report = {
      kind: 'grid-report' as const,
      eventId: telling.eventId,
      phase: telling.phase,
      matter: telling.matter,
      text: telling.text,
      at: { lon, lat, crs: 'wgs84' as const, from: 'browser' as const },
      evidence: picture ? [picture.id] : [],
      occurredAt: telling.at,
    }
    await wish(officer.id, { type: 'report', report })
  }

  /** Whoever is on duty where it happens writes it up; where nobody is, the station does. */
  const walking = ({ placeId }: Telling): Person | undefined => {
    const path = stage.pathOf(placeId)
    return [...stage.people().values()].find(
      (person) => person.role === 'officer' && stage.onDuty(person) && person.placeIds.some((id) => path.includes(id)),
    )
  }

  const move = async ({ by, wish, photo }: Move): Promise<void> => {
    const current = 'caseId' in wish ? [...stage.cases()].find((one) => one.id === wish.caseId) : undefined
    const whole: PersonWish =
      wish.type === 'attach' && photo && current
        ? {
            ...wish,
            evidence: (
              await stage.album.picture(
                sceneFor(current, photo),
                Math.floor(mood(current.id, photo) * 9) + current.returns,
              )
            ).id,
          }
        : wish
    await send(by, whole, quicker)
  }

  /** Down the same road as any tap; a no that was not to be expected is said. */
  const send = async (by: Move['by'], wished: PersonWish, expected?: ReadonlySet<string>): Promise<Outcome> => {
    const outcome = await stage.submit(by, CommandId.parse(`demo-${stage.now()}-${++asked}`), wished)
    if (!outcome.ok && !expected?.has(outcome.refusal)) stage.complain(`${wished.type} by ${by.id}: ${outcome.refusal}`)
    return outcome
  }

  const wish = (id: PersonId, wished: PersonWish): Promise<Outcome> =>
    send({ kind: 'person', id, role: stage.people().get(id)?.role ?? 'officer' }, wished)

  return {
    tell,
    wish,
    post,
    work: async (visitors) => {
      const all = moves({
        cases: stage.cases(),
        people: stage.people(),
        onDuty: stage.onDuty,
        scenarios: stage.scenarios,
        now: stage.now(),
        visitors,
      })
      await Promise.all(all.map(move))
    },
  }
}

/** A visitor may have been quicker: then the stage has moved on and this hand has nothing to do. */
const quicker: ReadonlySet<string> = new Set([
  'stage-not-allowed',
  'already-so',
  'case-not-found',
  'not-assigned-to-you',
])
