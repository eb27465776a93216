// Whether this tab leads or follows, kept for as long as the tab: a reload or a lost line goes on where it was.
export interface SpotlightShelf {
  read: () => string | null
  write: (text: string) => void
}

const name = 'sanping.spotlight'

/** A tab that may keep nothing keeps it as long as the page. */
export const sessionShelf: SpotlightShelf = {
  read: () => attempt(() => sessionStorage.getItem(name)),
  write: (text) => void attempt(() => sessionStorage.setItem(name, text)),
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}
