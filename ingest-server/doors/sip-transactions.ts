// What a device was answered is answered again, for as long as a packet may come twice (RFC 3261 17.2.2, timer J).
import type { Instant } from '#contract/ids'

interface Transactions {
  /** `'under-way'`: it is being done; the answer will come. Null: it is new. */
  find(device: string, key: string): Buffer | 'under-way' | null
  /** False where the device has too many under way. */
  begin(device: string, key: string, now: Instant): boolean
  /** Null where it was not done and may be tried again. */
  end(device: string, key: string, answer: Buffer | null, now: Instant): void
  /** Those past their time go. */
  sweep(now: Instant): void
}

const keptMs = 32_000
const mostUnderWay = 64
const mostKept = 400

/** Only of devices that have proved who they are: nobody else can fill it. */
export function openTransactions(): Transactions {
  const devices = new Map<string, Map<string, { at: Instant; answer: Buffer | null }>>()

  const dropOld = (own: Map<string, { at: Instant; answer: Buffer | null }>, now: Instant): void => {
    for (const [key, { at, answer }] of own)
      if (answer && (Math.abs(now - at) > keptMs || own.size > mostKept)) own.delete(key)
  }

  return {
    find(device, key) {
      const found = devices.get(device)?.get(key)
      return found ? (found.answer ?? 'under-way') : null
    },
    begin(device, key, now) {
      const own = devices.get(device) ?? new Map()
      devices.set(device, own)
      dropOld(own, now)
      const underWay = [...own.values()].filter(({ answer }) => answer === null).length
      if (underWay >= mostUnderWay) return false
      own.set(key, { at: now, answer: null })
      return true
    },
    end(device, key, answer, now) {
      const own = devices.get(device)
      if (answer) own?.set(key, { at: now, answer })
      else own?.delete(key)
    },
    sweep(now) {
      for (const [device, own] of devices) {
        dropOld(own, now)
        if (own.size === 0) devices.delete(device)
      }
    },
  }
}
