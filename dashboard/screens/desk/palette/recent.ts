// What was chosen lately, kept on the device: keys only, never a name.
const kept = 'sanping.desk.recent'
const most = 12

export interface RecentShelf {
  read(): string | null
  write(text: string): void
}

/** A browser that forbids storage remembers nothing, and works. */
export const deviceShelf: RecentShelf = {
  read: () => {
    try {
      return localStorage.getItem(kept)
    } catch {
      return null
    }
  },
  write: (text) => {
    try {
      localStorage.setItem(kept, text)
    } catch {
      // Storage is forbidden here: the next time begins without.
    }
  },
}

/** Newest first; what is not whole is nothing. */
export function recentKeys(shelf: RecentShelf): string[] {
  try {
    const keys: unknown = JSON.parse(shelf.read() ?? '[]')
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export function keepRecent(shelf: RecentShelf, key: string): void {
  shelf.write(JSON.stringify([key, ...recentKeys(shelf).filter((one) => one !== key)].slice(0, most)))
}
