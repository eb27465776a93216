// Messages that go on from one another: which one began it all, however many lie between.

export interface Threads {
  /** The first of the thread these belong to; where none of them is known, the first of them itself. `under`: whose names these are. */
  rootOf(under: string, names: readonly string[]): string
  goesOn(under: string, name: string, root: string): void
}

/** In memory: after a restart an update that names only the one before it begins anew, and the case's own correlation joins it. */
export function openThreads({ most }: { most: number }): Threads {
  const roots = new Map<string, string>()
  return {
    rootOf(under, names) {
      const known = names.map((name) => roots.get(under + name)).find((root) => root !== undefined)
      return known ?? names[0] ?? ''
    },
    goesOn(under, name, root) {
      if (roots.size >= most) roots.delete(roots.keys().next().value ?? '')
      roots.set(under + name, root)
    },
  }
}
