// A few words kept on the device: in localStorage, or, where a browser forbids it or is full, for as long as the page lives.
export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `find` may throw: a private window and a sandboxed webview forbid even to look at it. */
export function openStorage(find: () => Storage | undefined): Kept {
  const inPage = new Map<string, string>()
  let storage: Storage | undefined
  try {
    storage = find()
  } catch {
    storage = undefined
  }
  return {
    getItem(name) {
      try {
        return inPage.get(name) ?? storage?.getItem(name) ?? null
      } catch {
        return inPage.get(name) ?? null
      }
    },
    setItem(name, text) {
      try {
        if (!storage) throw new Error('no storage')
        storage.setItem(name, text)
        inPage.delete(name)
      } catch {
        // An older word must not come back in its place.
        inPage.set(name, text)
      }
    },
    removeItem(name) {
      inPage.delete(name)
      try {
        storage?.removeItem(name)
      } catch {
        // It forbids that, too.
      }
    },
  }
}

export const deviceStorage = openStorage(() => globalThis.localStorage)
