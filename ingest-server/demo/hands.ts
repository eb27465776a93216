// The demo's staff at work: what each would wish next, looking at the same board as everybody.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant, PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import { missingPhotos } from '#contract/photos'
import type { PhotoSlot, Stage } from '#contract/stage'
import { chore } from './chores.ts'
import { answersFor, as, chiefOf, holderOf, isVisitor, minute, mood, patience, second, waited } from './scene.ts'
import type { Move, Next, Scene } from './scene.ts'

/** Everything somebody would do now, at most one thing a case. */
export function moves(scene: Scene): Move[] {
  const all = [...scene.cases]
  const load = loads(all)
  return all.flatMap((current) => {
    const move = next(current, scene, load)
    return move ? [move] : []
  })
}

/** What goes its scenario's own road is not theirs to hurry; on hold nothing is done but asked. */
const next: Next = (current, scene, load) => {
  if (current.phase) return null
  return chore(current, scene, load) ?? (current.held ? null : (byStage[current.stage]?.(current, scene, load) ?? null))
}

const loads = (cases: readonly Case[]): Map<PersonId, number> => {
  const load = new Map<PersonId, number>()
  for (const current of cases) {
    if (!current.holder || (current.stage !== 'dispatched' && current.stage !== 'handling')) continue
    load.set(current.holder.personId, (load.get(current.holder.personId) ?? 0) + 1)
  }
  return load
}

const receive: Next = (current, scene, load) => {
  const chief = chiefOf(current, scene)
  if (!chief) return null
  const late = patience(current, scene)
  if (current.unsure)
    return waited(current, scene, 'look', 3 * minute + late, 8 * minute + late)
      ? judge(current, chief, scene, load)
      : null
  if (current.level <= 2 && !current.acknowledged) {
    return waited(current, scene, 'sign', 20 * second + late, 70 * second + late)
      ? { by: as(chief), wish: { type: 'acknowledge', caseId: current.id } }
      : null
  }
  return waited(current, scene, 'send', 50 * second + late, 200 * second + late)
    ? send(current, chief, scene, load)
    : null
}

const judge = (current: Case, chief: Person, scene: Scene, load: ReadonlyMap<PersonId, number>): Move | null =>
  mood(current.id, 'true') < 0.7
    ? {
        by: as(chief),
        wish: {
          type: 'void',
          caseId: current.id,
          disposition: 'false-alarm',
          reason: scene.scenarios.get(current.scenarioId)?.voidReasons[0]?.zh ?? '误报',
        },
      }
    : send(current, chief, scene, load)

const send = (current: Case, chief: Person, scene: Scene, load: ReadonlyMap<PersonId, number>): Move | null => {
  const posts = scene.scenarios.get(current.scenarioId)?.handledBy ?? []
  const able = [...scene.people.values()].filter(
    (person) =>
      scene.onDuty(person) &&
      posts.includes(person.post) &&
      answersFor(person, current) &&
      person.id !== chief.id &&
      (!isVisitor(person.id) || (load.get(person.id) ?? 0) < 3),
  )
  const rank = (person: Person) =>
    (load.get(person.id) ?? 0) +
    posts.indexOf(person.post) * 0.6 +
    mood(current.id, person.id) -
    (isVisitor(person.id) ? 2 : 0)
  const best = able.sort((a, b) => rank(a) - rank(b))[0]
  return best ? { by: as(chief), wish: { type: 'dispatch', caseId: current.id, to: best.id } } : null
}

const take: Next = (current, scene) => {
  const holder = holderOf(current, scene)
  if (!holder) return null
  if (!current.told.find((one) => one.personId === holder.id)?.seenAt) {
    return waited(current, scene, 'see', 5 * second, 25 * second)
      ? { by: as(holder), wish: { type: 'see', caseId: current.id } }
      : null
  }
  if (!waited(current, scene, 'take', 25 * second, 90 * second)) return null
  return mood(current.id, `refuse ${current.steps.length}`) < 0.04
    ? {
        by: as(holder),
        wish: { type: 'return', caseId: current.id, reason: '不属于我这片，请改派', misdispatch: true },
      }
    : { by: as(holder), wish: { type: 'take', caseId: current.id } }
}

const work: Next = (current, scene) => {
  const holder = holderOf(current, scene)
  if (!holder) return null
  if (!current.holder?.arrivedAt) {
    const [from, to] = current.level === 1 ? [30 * second, 80 * second] : [3 * minute, 9 * minute]
    return waited(current, scene, 'arrive', from, to)
      ? { by: as(holder), wish: { type: 'arrive', caseId: current.id, at: here(current) } }
      : null
  }
  const missing = missingPhotos(current, scene.scenarios.get(current.scenarioId), 'finish')[0]
  if (missing && waited(current, scene, missing, 20 * second, missing.startsWith('after') ? 6 * minute : minute)) {
    return { by: as(holder), wish: attachment(current, missing, scene.now), photo: missing }
  }
  return !missing && waited(current, scene, 'finish', 4 * minute, 16 * minute)
    ? { by: as(holder), wish: { type: 'finish', caseId: current.id } }
    : null
}

const attachment = (current: Case, slot: PhotoSlot, now: Instant): PersonWish => ({
  type: 'attach',
  caseId: current.id,
  // The player keeps the picture first and puts its true id here.
  evidence: '0'.repeat(64) as never,
  slot,
  takenAt: now,
  at: here(current),
})

const here = (current: Case) => ({
  lon: current.wgs84[0] + (mood(current.id, 'lon') - 0.5) * 0.0001,
  lat: current.wgs84[1] + (mood(current.id, 'lat') - 0.5) * 0.0001,
  crs: 'wgs84' as const,
  accuracy: Math.round(5 + mood(current.id, 'accuracy') * 10),
  from: 'browser' as const,
})

const check: Next = (current, scene) => {
  const chief = chiefOf(current, scene)
  if (
    !chief ||
    !waited(current, scene, 'check', 4 * minute + patience(current, scene), 15 * minute + patience(current, scene))
  )
    return null
  return mood(current.id, `again ${current.returns}`) < 0.06
    ? {
        by: as(chief),
        wish: {
          type: 'return',
          caseId: current.id,
          reason: scene.scenarios.get(current.scenarioId)?.returnReasons[0]?.zh ?? '没清干净',
        },
      }
    : { by: as(chief), wish: { type: 'close', caseId: current.id, disposition: 'solved' } }
}

const byStage: Partial<Record<Stage, Next>> = {
  reported: receive,
  accepted: receive,
  filed: receive,
  dispatched: take,
  handling: work,
  verification: check,
  verified: check,
}
