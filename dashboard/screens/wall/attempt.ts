// What a browser may forbid: done, or null.
export function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    // Storage is forbidden here, or what was kept is not ours.
    return null
  }
}
