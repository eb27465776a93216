// Whose silence is missed: one for all that one silence explains, and nobody's who never promised to speak.
import type { Instant, SourceId } from '#contract/ids'
import type { HeardThing } from '../records/port-hearing.ts'

/** One thing that is out. `since`: when it was last heard, or when it said that it goes. */
export interface Silence {
  kind: HeardThing['kind']
  id: string
  since: Instant
  /** `many`: it is heard itself, but most behind it are not. */
  how: 'silent' | 'offline' | 'last-will' | 'many'
  /** How many cameras are out with it; 0 for a camera. */
  cameras: number
}

type Thing = Readonly<HeardThing> & { backAt: Instant }

interface Since {
  /** When this server started, and when it was last up before. */
  startedAt: Instant
  upAt: Instant
  silentAfterMs: number
  /** Sources that may still send. */
  live: ReadonlySet<SourceId>
}

/** So long a camera's own silence waits for others to show that it is not its own. */
const waitsMs = 2 * 60_000
/** From so many, and half of all: one trouble, not many. */
const manyFrom = 5

/**
 * Only who has sent signs of life is missed. A camera's silence counts while its source and its gateway are heard: theirs explains it.
 * After a break of theirs, or a start of ours, it counts anew from there. A source or gateway that is out, or of whose cameras at least
 * five and half are out, is one silence for all behind it.
 */
export function silencesOf(all: Iterable<Thing>, given: Since, now: Instant): Silence[] {
  const things = [...all].filter((thing) => thing.beats && given.live.has((thing.sourceId ?? thing.id) as SourceId))
  const byName = new Map(things.map((thing) => [`${thing.kind} ${thing.id}`, thing]))
  const carriersOf = (thing: Thing): Thing[] => {
    const over = [
      thing.kind === 'camera' && thing.behind !== null ? byName.get(`gateway ${thing.behind}`) : undefined,
      thing.sourceId === null ? undefined : byName.get(`source ${thing.sourceId}`),
    ]
    return over.filter((carrier) => carrier !== undefined)
  }
  const outs = new Map<Thing, Silence>()
  for (const kind of ['source', 'gateway', 'camera'] as const)
    for (const thing of things.filter((one) => one.kind === kind)) {
      const carriers = carriersOf(thing)
      const silence = silenceOf(thing, carriers, given, now)
      // Whatever one of those above it explains is not its own.
      if (silence && !carriers.some((carrier) => outs.has(carrier))) outs.set(thing, silence)
    }
  const many = manyBehind(things, outs, carriersOf)
  return [...outs]
    .filter(
      ([thing, silence]) => isTold(thing, silence, now, given) && !carriersOf(thing).some((over) => many.has(over)),
    )
    .map(([thing, silence]) =>
      thing.kind === 'camera' ? silence : { ...silence, cameras: behind(things, thing, carriersOf).length },
    )
    .concat([...many.values()])
}

function silenceOf(thing: Thing, carriers: readonly Thing[], given: Since, now: Instant): Silence | null {
  const { kind, id, heardAt, offline } = thing
  if (offline) return { kind, id, since: offline.at, how: offline.how, cameras: 0 }
  const heardTill = Math.min(now, ...carriers.map((carrier) => carrier.heardAt))
  const wasSilent = given.upAt - heardAt > given.silentAfterMs
  const from = wasSilent ? heardAt : Math.max(heardAt, given.startedAt, ...carriers.map((carrier) => carrier.backAt))
  return heardTill - from > given.silentAfterMs ? { kind, id, since: heardAt, how: 'silent', cameras: 0 } : null
}

const isTold = ({ kind }: Thing, { since, how }: Silence, now: Instant, { silentAfterMs }: Since): boolean =>
  kind !== 'camera' || now - since > waitsMs + (how === 'silent' ? silentAfterMs : 0)

const behind = (things: readonly Thing[], over: Thing, carriersOf: (thing: Thing) => Thing[]): Thing[] =>
  things.filter((thing) => thing.kind === 'camera' && carriersOf(thing).includes(over))

/** Gateways before sources: a gateway's trouble is not its platform's. */
function manyBehind(
  things: readonly Thing[],
  outs: ReadonlyMap<Thing, Silence>,
  carriersOf: (thing: Thing) => Thing[],
): Map<Thing, Silence> {
  const many = new Map<Thing, Silence>()
  for (const kind of ['gateway', 'source'] as const)
    for (const over of things.filter((thing) => thing.kind === kind && !outs.has(thing))) {
      const cameras = behind(things, over, carriersOf)
      const silent = cameras.flatMap((camera) =>
        carriersOf(camera).some((carrier) => many.has(carrier)) ? [] : (outs.get(camera) ?? []),
      )
      if (silent.length < manyFrom || silent.length * 2 < cameras.length) continue
      const since = Math.min(...silent.map((one) => one.since))
      many.set(over, { kind, id: over.id, since, how: 'many', cameras: silent.length })
    }
  return many
}
