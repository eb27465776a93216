// The rules a screen holds: named in its hello, so that only the others are sent, and put together again in its welcome.
import type { Scenario } from '#contract/scenario'
import type { Welcome } from '#contract/wire'

/** gzipped JSON back into what it was; rejects where it is not that. */
export type Unpack = (packed: Uint8Array) => Promise<unknown>

export interface HeldRules {
  /** For the hello; undefined where nothing can be unpacked here: all then come as they are. */
  names(): string[] | undefined
  /** With every scenario in it; at once where all are held. Rejects where they cannot be put together: say hello again. */
  whole(welcome: Welcome): Welcome | Promise<Welcome>
}

/** `kept`: a welcome as `whole` gave it, of an earlier time this page was open. */
export function holdRules(unpack?: Unpack, kept?: Pick<Welcome, 'rules' | 'scenarios'>): HeldRules {
  let held = new Map((kept?.rules ?? []).map((name, i) => [name, kept!.scenarios[i]!] as const))
  let canUnpack = unpack !== undefined

  /** Null where one is neither held nor came. What no welcome names any more is let go. */
  function together({ packed: _packed, ...welcome }: Welcome, came: Record<string, Scenario>): Welcome | null {
    const names = welcome.rules ?? []
    const rules = names.map((name) => came[name] ?? held.get(name))
    if (!isFull(rules)) return null
    held = new Map(names.map((name, i) => [name, rules[i]!]))
    return { ...welcome, scenarios: rules }
  }
  async function unpacked(welcome: Welcome): Promise<Welcome> {
    const came = welcome.packed && unpack ? await unpack(welcome.packed) : {}
    const whole = together(welcome, came as Record<string, Scenario>)
    if (!whole) throw new Error('a welcome names rules that neither came nor are held')
    return whole
  }

  return {
    names: () => (canUnpack ? [...held.keys()] : undefined),
    whole(welcome) {
      if (!welcome.rules) return welcome
      const heldAll = together(welcome, {})
      if (heldAll) return heldAll
      return unpacked(welcome).catch((fault: unknown) => {
        // A webview that says it can and cannot: from the next hello on it gets them as they are.
        canUnpack = false
        throw fault
      })
    },
  }
}

const isFull = (rules: (Scenario | undefined)[]): rules is Scenario[] => !rules.includes(undefined)

/** By the browser's own; undefined where it has none: before Chrome 80, Safari 16.4, Firefox 113. */
export const browserUnpack: Unpack | undefined =
  'DecompressionStream' in globalThis
    ? (packed) =>
        new Response(new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'))).json()
    : undefined
