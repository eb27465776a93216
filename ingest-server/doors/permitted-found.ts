// Which rule a request goes by: found by its method and path, exactly as they are written in the registry.
import type { Method, RouteRule } from './permitted.ts'

export interface Found {
  rule: RouteRule | null
  /** What may be asked of this path, where the method is another. */
  methods: Method[]
}

interface Compiled {
  rule: RouteRule
  segments: string[]
}

/** Letter for letter: another spelling of a path that some router would take all the same leads nowhere. */
export function openFinder(routes: readonly RouteRule[]): (method: string, path: string) => Found {
  const compiled = routes.map((rule): Compiled => ({ rule, segments: rule.path.split('/') }))

  return (method, path) => {
    const asked = path.split('/')
    const fitting = compiled.filter(({ segments }) => fits(segments, asked))
    // What is spelt out goes before what stands for anything: `/api/notices/push` is no notice of that name.
    const closest = Math.min(...fitting.map(looseness))
    const here = fitting.filter((one) => looseness(one) === closest).map(({ rule }) => rule)
    const rule =
      here.find((one) => one.method === method) ?? (method === 'HEAD' && here.find((one) => one.method === 'GET'))
    return { rule: rule || null, methods: here.map((one) => one.method) }
  }
}

const looseness = ({ segments }: Compiled): number => segments.filter((one) => /[:*]/.test(one)).length

function fits(segments: readonly string[], asked: readonly string[]): boolean {
  const isOpen = segments.at(-1) === '*'
  if (isOpen ? asked.length < segments.length : asked.length !== segments.length) return false
  return segments.every((one, at) => one === '*' || fitsOne(one, asked[at]!))
}

/** `:layer.geojson` is anything that ends so. */
function fitsOne(segment: string, asked: string): boolean {
  if (!segment.startsWith(':')) return segment === asked
  const ending = /\.[a-z]+$/.exec(segment)?.[0] ?? ''
  return asked.length > ending.length && asked.endsWith(ending)
}
