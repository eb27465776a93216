// What MapLibre and Pinia ask of a browser that Chrome 90 has not: filled in before they run, in the page and in the map's worker.
interface OldSignal {
  aborted: boolean
  reason?: unknown
  throwIfAborted?: () => void
}

/** Safe to call twice. Returns true, so that a bundler sees its result used and keeps it. */
export function fillOldBrowsers(): boolean {
  if (!('at' in Array.prototype))
    Object.defineProperty(Array.prototype, 'at', { value: elementAt, writable: true, configurable: true })
  const made: object = Object
  if (!('hasOwn' in made))
    Object.defineProperty(made, 'hasOwn', {
      value: (thing: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(thing, key),
      writable: true,
      configurable: true,
    })
  const signal: OldSignal = AbortSignal.prototype
  signal.throwIfAborted ??= function throwIfAborted(this: OldSignal) {
    if (this.aborted) throw this.reason ?? new DOMException('aborted', 'AbortError')
  }
  return true
}

function elementAt(this: unknown[], index: number): unknown {
  const place = Math.trunc(index) || 0
  return this[place < 0 ? this.length + place : place]
}
