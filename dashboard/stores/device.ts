// What this phone can and cannot: asked of it once the page is open, and said where it matters.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Host } from '../link/host-port.ts'
import type { Room } from '../link/room.ts'

export const useDevice = defineStore('device', () => {
  const host = shallowRef<Host | null>(null)
  /** A service worker keeps the page itself. */
  const hasWorker = ref(false)
  /** HTTPS, or this very machine. */
  const isSecure = ref(true)
  const room = shallowRef<Room | null>(null)
  /** Open here more than once. */
  const hasTabs = ref(false)
  return { host, hasWorker, isSecure, room, hasTabs }
})
