// What is between the processes, simulated: streams and the two scripts of the leases, each process cut off from it as the trial wants.
import type { Between, Fields, Script } from '../../ingest-server/nodes/between.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { Owner, SimTime } from './time.ts'

export interface SimBetween {
  openFor(name: string, owner: Owner): Between
  /** From now on this process reaches nobody there; the others do. */
  partition(name: string, cut: boolean): void
  /** FLUSHALL: every lease is gone, and nobody is told. */
  forgetAll(): void
  /** It was killed: its connection is gone. */
  forget(name: string): void
}

export function openSimBetween(time: SimTime, chance: Chance): SimBetween {
  const wire: Owner = { kind: 'wire', alive: true }
  const readers = new Map<string, Set<{ name: string; take: (fields: Fields) => void }>>()
  const backs = new Map<string, Set<() => void>>()
  const cut = new Set<string>()
  const leases = new Map<string, { holder: string; until: number }>()
  const nodes = new Map<string, Map<string, number>>()

  const takes = () => chance.whole(0, 6)
  const reach = async (name: string, owner: Owner) => {
    await time.pause(owner, takes())
    if (!cut.has(name)) return
    await time.pause(owner, 1000)
    throw new Error('it does not answer')
  }
  const holderOf = (key: string) => {
    const lease = leases.get(key)
    return lease && lease.until > time.awake() ? lease.holder : ''
  }
  const scripts: Record<string, (keys: readonly string[], args: readonly (string | number)[]) => unknown> = {
    sanpingBeat([lease = '', served = ''], [name = '', lasts = 0, wants, serves]) {
      const now = time.awake()
      const living = nodes.get(served) ?? new Map<string, number>()
      nodes.set(served, living)
      if (String(serves) === '1') living.set(String(name), now)
      else living.delete(String(name))
      for (const [node, seen] of living) if (seen <= now - Number(lasts)) living.delete(node)
      const holder = holderOf(lease)
      if (holder === name || (holder === '' && wants === 'take'))
        leases.set(lease, { holder: String(name), until: now + Number(lasts) })
      return [holderOf(lease), ...[...living.keys()].sort()]
    },
    sanpingGiveOver([lease = ''], [name = '', to = '', lasts = 0]) {
      if (holderOf(lease) !== name) return 0
      if (to === '') leases.delete(lease)
      else leases.set(lease, { holder: String(to), until: time.awake() + Number(lasts) })
      return 1
    },
  }

  return {
    openFor: (name, owner) => ({
      async add(stream, flat) {
        await reach(name, owner)
        const fields = Object.fromEntries(flat.flatMap((field, i) => (i % 2 ? [] : [[field, flat[i + 1]!]])))
        for (const reader of readers.get(stream) ?? [])
          time.after(wire, takes(), () => {
            // Whatever lies between a break and its end is lost.
            if (!cut.has(reader.name) && readers.get(stream)?.has(reader)) reader.take(fields)
          })
      },
      read(stream, take) {
        const reader = { name, take }
        readers.set(stream, (readers.get(stream) ?? new Set()).add(reader))
        return () => void readers.get(stream)?.delete(reader)
      },
      async run(script: Script, keys, args) {
        await reach(name, owner)
        return scripts[script.name]!(keys, args)
      },
      isUp: () => !cut.has(name),
      whenBack(tell) {
        backs.set(name, (backs.get(name) ?? new Set()).add(tell))
        return () => void backs.get(name)?.delete(tell)
      },
      close: async () => {},
    }),
    partition(name, isCut) {
      if (isCut) return void cut.add(name)
      if (cut.delete(name)) for (const tell of backs.get(name) ?? []) tell()
    },
    forgetAll() {
      leases.clear()
      nodes.clear()
    },
    forget(name) {
      cut.delete(name)
      backs.delete(name)
      for (const all of readers.values()) for (const reader of all) if (reader.name === name) all.delete(reader)
    },
  }
}
