// Who is registered, from where and until when: one place a device, the newest (RFC 3261 10).
import type { Instant, SourceId } from '#contract/ids'
import type { SipRemote } from './sip-wires.ts'

interface Binding {
  device: string
  sourceId: SourceId
  remote: SipRemote
  until: Instant
}

interface Bindings {
  put(binding: Binding): void
  /** True where it was there. */
  end(device: string): boolean
  /** This very way in: the address, the port and the transport it registered from, or the same connection. */
  isFrom(device: string, remote: SipRemote, now: Instant): boolean
  /** Those whose time is over; they are no longer there. */
  takeOver(now: Instant): Binding[]
}

/** No more than there are devices that may register. */
export function openBindings(): Bindings {
  const bindings = new Map<string, Binding>()
  return {
    put: (binding) => void bindings.set(binding.device, binding),
    end: (device) => bindings.delete(device),
    isFrom(device, remote, now) {
      const found = bindings.get(device)
      return found !== undefined && found.until > now && found.remote.key === remote.key
    },
    takeOver(now) {
      const over = [...bindings.values()].filter(({ until }) => until <= now)
      for (const { device } of over) bindings.delete(device)
      return over
    },
  }
}
