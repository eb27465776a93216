// What is kept in memory by each process and should be the same in all: said to the others as it changes, read like one's own.
import { z } from 'zod'
import { CameraId, DeviceId, Instant, PersonId, SourceId } from '#contract/ids'
import { PlacedPoint } from '#contract/point'
import type { Hearing } from '../doors/hearing.ts'
import type { Presences } from '../doors/line-presence.ts'
import type { Count } from '../doors/session-limits.ts'
import type { Quotas } from '../doors/source-quotas.ts'
import type { Seated } from '../doors/wall-operators.ts'
import type { Live } from '../nodes/live.ts'

const Moved = z.object({ personId: PersonId, to: PlacedPoint.nullable(), at: Instant })

/** Where a phone is, whichever process it talks to. */
export function sharePresences(presences: Presences, live: Live): Presences {
  const last = new Map<PersonId, z.infer<typeof Moved>>()
  const say = live.topic('moved', Moved, take, () => [...last.values()])

  function take(said: z.infer<typeof Moved>): void {
    const { personId, to, at } = said
    if ((last.get(personId)?.at ?? 0) > at) return
    if (!to) {
      last.delete(personId)
      return presences.forget(personId)
    }
    last.set(personId, said)
    presences.moved(personId, to, at)
  }

  return {
    moved(personId, to, at) {
      const said = { personId, to, at }
      take(said)
      say(said)
    },
    all(now) {
      const all = presences.all(now)
      if (last.size > all.length)
        for (const id of last.keys()) if (!all.some((one) => one.personId === id)) last.delete(id)
      return all
    },
    forget(personId) {
      const at = last.get(personId)?.at ?? 0
      last.delete(personId)
      presences.forget(personId)
      say({ personId, to: null, at })
    },
  }
}

const Heard = z.discriminatedUnion('what', [
  z.object({ what: z.literal('heard'), cameraId: CameraId, at: Instant, by: SourceId.optional(), beats: z.boolean() }),
  z.object({
    what: z.literal('sign'),
    sign: z.object({
      deviceId: DeviceId.optional(),
      cameraIds: z.array(CameraId),
      state: z.enum(['online', 'offline', 'last-will']),
      at: z.number().optional(),
      retained: z.boolean().optional(),
    }),
    by: SourceId,
    at: Instant,
  }),
  z.object({ what: z.literal('spoke'), by: SourceId, at: Instant }),
  z.object({ what: z.literal('forget'), cameraId: CameraId }),
])

/** That it was heard a moment ago is no news: so often is enough for a silence of minutes. */
const heardEvery = 2000
const rememberedMost = 20_000

/** A camera that talks to one process is silent at none. */
export function shareHearing(hearing: Hearing, live: Live, now: () => Instant): Hearing {
  const say = live.topic('heard', Heard, (said) => take[said.what](said as never))
  const saidAt = new Map<string, Instant>()
  const take = {
    heard: ({ cameraId, at, by, beats }: z.infer<(typeof Heard)['options'][0]>) =>
      hearing.heard(cameraId, at, by && { by, beats }),
    sign: ({ sign, by, at }: z.infer<(typeof Heard)['options'][1]>) => void hearing.sign(sign, by, at),
    spoke: ({ by, at }: z.infer<(typeof Heard)['options'][2]>) => hearing.spoke(by, at),
    forget: ({ cameraId }: z.infer<(typeof Heard)['options'][3]>) => hearing.forget(cameraId),
  }

  function isNews(key: string): boolean {
    const at = now()
    const before = saidAt.get(key)
    if (before !== undefined && Math.abs(at - before) < heardEvery) return false
    if (saidAt.size >= rememberedMost) saidAt.clear()
    saidAt.set(key, at)
    return true
  }

  return {
    ...hearing,
    heard(cameraId, at, how) {
      hearing.heard(cameraId, at, how)
      if (isNews(`${cameraId} ${how?.by} ${how?.beats}`))
        say({ what: 'heard', cameraId, at, beats: how?.beats ?? false, ...(how && { by: how.by }) })
    },
    sign(sign, by, at) {
      const isTaken = hearing.sign(sign, by, at)
      if (isTaken) say({ what: 'sign', sign, by, at })
      return isTaken
    },
    spoke(by, at) {
      hearing.spoke(by, at)
      if (isNews(`source ${by}`)) say({ what: 'spoke', by, at })
    },
    forget(cameraId) {
      hearing.forget(cameraId)
      say({ what: 'forget', cameraId })
    },
  }
}

const Spent = z.object({
  source: z.object({ id: SourceId, perMinute: z.number().optional() }),
  knocked: z.number(),
  cameraId: CameraId.nullable(),
  items: z.number(),
})

/** What a source has left, whichever process it knocks at. Asked here and now, it is right to a tenth of a second. */
export function shareQuotas(quotas: Quotas, live: Live): Quotas {
  const say = live.topic('spent', Spent, ({ source, knocked, cameraId, items }) =>
    quotas.spent(quotaOf(source), knocked, items, new Map(cameraId === null ? [] : [[cameraId, items]])),
  )
  const quotaOf = ({ id, perMinute }: { id: SourceId; perMinute?: number | undefined }) => ({
    id,
    ...(perMinute !== undefined && { perMinute }),
  })

  return {
    ...quotas,
    knocked(source) {
      quotas.knocked(source)
      say({ source: quotaOf(source), knocked: 1, cameraId: null, items: 0 })
    },
    take(source, cameraId) {
      const isTaken = quotas.take(source, cameraId)
      if (isTaken) say({ source: quotaOf(source), knocked: 0, cameraId: cameraId ?? null, items: 1 })
      return isTaken
    },
  }
}

const Tried = z.object({ key: z.string(), amount: z.number() })

/** How often somebody tried, whichever process they tried at. */
export function shareCount(name: string, count: Count, live: Live): Count {
  const say = live.topic(`tried ${name}`, Tried, ({ key, amount }) => void count.add(key, amount))
  return {
    add(key, amount) {
      if (amount !== 0) say({ key, amount })
      return count.add(key, amount)
    },
    forget: count.forget,
  }
}

const SeatedSaid: z.ZodType<Seated> = z.object({
  wall: z.string(),
  sitting: z
    .object({
      ...{ token: z.string(), personId: PersonId, name: z.string() },
      ...{ boundAt: Instant, since: Instant, wishedAt: Instant, toldUntil: Instant },
    })
    .nullable(),
})

/** Who commands through a wall: it may hang at another process than the one its operator signed in at. */
export const shareSeats =
  (live: Live) =>
  (take: (said: Seated) => void, all: () => Seated[]): ((said: Seated) => void) =>
    live.topic('seated', SeatedSaid, take, all)
