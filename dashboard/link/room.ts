// How much room the browser leaves us on this device, and whether it may clear what we keep.
export interface Room {
  /** In bytes, as the browser says; it may be wrong by much. */
  left: number
  /** Null where it does not say. */
  isLasting: boolean | null
}

/** Below this photos are at risk: a hundred of them are thirty megabytes. */
const lowBytes = 30 * 1024 * 1024

/** Null where the browser cannot say: old ones, and every one on plain HTTP. */
export async function askRoom(storage: StorageManager | undefined): Promise<Room | null> {
  if (!storage?.estimate) return null
  try {
    const { quota, usage } = await storage.estimate()
    if (quota === undefined || usage === undefined) return null
    // Asked each time: a browser grants it once the page is used often enough.
    const isLasting = (await storage.persist?.()) ?? null
    return { left: Math.max(0, quota - usage), isLasting }
  } catch {
    return null
  }
}

export const isLow = (room: Room | null): boolean => room !== null && room.left < lowBytes
