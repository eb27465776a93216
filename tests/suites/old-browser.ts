// What a browser of the class of Chrome 90 (April 2021) cannot read, and what it does not have: the field entry is held against both.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'

export interface Loaded {
  /** From the folder of screens: `assets/field-abc.js`. */
  scripts: string[]
  styles: string[]
}

/** All that the phone can ever load: its page, what that imports at once and in its turn, and its service worker. */
export function partsOf(folder: string, page: string, also: readonly string[]): Loaded {
  const html = readFileSync(join(folder, page), 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1]!)
  waiting.push(...also)
  const found = new Set<string>()
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    if (!file.endsWith('.js')) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, quoted] of text.matchAll(/["'`]((?:\.\/|\/?assets\/)[\w./-]+\.(?:js|css))["'`]/g))
      waiting.push(quoted!.startsWith('./') ? join(file, '..', quoted!) : quoted!.replace(/^\//, ''))
  }
  const all = [...found].sort()
  return { scripts: all.filter((file) => file.endsWith('.js')), styles: all.filter((file) => file.endsWith('.css')) }
}

/** The first thing Chrome 90's grammar has no place for, with a little of what stands there; null where it reads all of it. */
export function newerSyntax(text: string): string | null {
  try {
    parse(text, { ecmaVersion: 2021, sourceType: 'module' })
    return null
  } catch (fault) {
    const { pos, message } = fault as { pos: number; message: string }
    return `${message}: ${text.slice(Math.max(0, pos - 30), pos + 40)}`
  }
}

/** By the Chrome that brought it. Methods are found by their name alone, whatever they are called on. */
const newerMethods: Record<string, number> = {
  ...{ at: 92, findLast: 97, findLastIndex: 97, hasOwn: 93, structuredClone: 98, randomUUID: 92 },
  ...{ toSorted: 110, toReversed: 110, toSpliced: 110, groupBy: 117, withResolvers: 119, fromAsync: 121 },
  ...{ throwIfAborted: 100, isSubsetOf: 122, isSupersetOf: 122, union: 122, intersection: 122, difference: 122 },
  ...{ symmetricDifference: 122, isWellFormed: 111, toWellFormed: 111, canParse: 120, checkVisibility: 105 },
  ...{ showPicker: 99, startViewTransition: 111, requestVideoFrameCallback: 83, getSetCookie: 113, showPopover: 114 },
}
/** `AbortSignal.timeout` and the like: too plain a name to be looked for without what stands before it. */
const newerStatics: Record<string, number> = {
  ...{ 'AbortSignal.timeout': 103, 'AbortSignal.any': 116, 'AbortSignal.abort': 93, 'Promise.try': 128 },
  ...{ 'Response.json': 105, 'Iterator.from': 122, 'Object.groupBy': 117, 'Map.groupBy': 117, 'URL.parse': 126 },
}
const newerNames: Record<string, number> = {
  ...{ CompressionStream: 80, DecompressionStream: 80, BarcodeDetector: 83, EyeDropper: 95, scheduler: 94 },
  ...{ NavigateEvent: 102, CSSLayerBlockRule: 99, ElementInternals: 77, Temporal: 144, Sanitizer: 146, URLPattern: 95 },
}
/** Chrome has them since before 90, other webviews of that age do not: they must be guarded all the same. */
const oddNames = new Set(['CompressionStream', 'DecompressionStream', 'BarcodeDetector'])

interface Node {
  type: string
  [key: string]: unknown
}
const isGlobal = (node: Node | undefined) =>
  node?.type === 'Identifier' && ['window', 'globalThis', 'self'].includes(node.name as string)
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Every newer thing that is called or named, once: `Array.prototype.at` as `.at`, a static with what stands before it. */
export function newerUses(text: string): string[] {
  const found = new Set<string>()
  const isNewer = (name: string) => Object.hasOwn(newerNames, name) && (newerNames[name]! > 90 || oddNames.has(name))
  const look = (node: Node): void => {
    if (node.type === 'Identifier' && isNewer(node.name as string)) found.add(node.name as string)
    if (node.type === 'CallExpression' || node.type === 'NewExpression') called(node.callee as Node)
    for (const [key, value] of Object.entries(node)) {
      // A property's name is nobody's global; one that is looked for in `window` or `globalThis` is.
      if (key === 'property' && !node.computed && !isGlobal(node.object as Node | undefined)) continue
      if (key === 'key' && !node.computed) continue
      if (Array.isArray(value)) value.filter(isNode).forEach(look)
      else if (isNode(value)) look(value)
    }
  }
  const called = (callee: Node): void => {
    if (callee.type === 'Identifier' && callee.name === 'structuredClone') found.add('structuredClone')
    const { object, property, computed } = callee as { object?: Node; property?: Node; computed?: boolean } & Node
    if (callee.type !== 'MemberExpression' || computed || property?.type !== 'Identifier') return
    const name = property.name as string
    const whole = object?.type === 'Identifier' ? `${object.name as string}.${name}` : ''
    if (Object.hasOwn(newerMethods, name) && newerMethods[name]! > 90) found.add(`.${name}`)
    if (Object.hasOwn(newerStatics, whole)) found.add(whole)
  }
  look(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as Node)
  return [...found].sort()
}

/** By the Chrome that brought it, as it stands in a style sheet. */
const newerStyles: readonly (readonly [what: string, since: number, pattern: RegExp])[] = [
  [':has', 105, /:has\(/],
  ['nesting', 120, /\{[^{}]*&[\s.:>[]/],
  ['dvh, svh, lvh', 108, /\d(?:d|s|l)v[hw]\b/],
  ['color-mix', 111, /color-mix\(/],
  ['oklch, lab', 111, /\b(?:oklch|oklab|lch|lab)\(/],
  ['container queries', 105, /@container|container-type/],
  ['cascade layers', 99, /@layer/],
  ['subgrid', 117, /subgrid/],
  ['accent-color', 93, /accent-color/],
  ['text-wrap', 114, /text-wrap/],
  ['own transforms', 104, /[;{\s](?:translate|rotate|scale):/],
  ['range queries', 104, /@media[^{]*[<>]=?/],
  ['scrollbar-gutter', 94, /scrollbar-gutter/],
  ['@scope, @starting-style', 118, /@scope|@starting-style/],
  ['light-dark', 123, /light-dark\(/],
  ['font-palette, size-adjust', 101, /font-palette|@font-face[^}]*size-adjust/],
]

export const newerCss = (text: string): string[] =>
  newerStyles.filter(([, since, pattern]) => since > 90 && pattern.test(text)).map(([what]) => what)

/** Run in a page before anything of it loads: takes away what came after Chrome 90, and what an old webview lacks. */
export function forgetNewer(): void {
  const drop = (thing: unknown, ...names: string[]) => {
    for (const name of names) {
      try {
        delete (thing as Record<string, unknown>)[name]
      } catch {
        // Not everything can be taken away.
      }
    }
  }
  drop(Array.prototype, 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with', 'group')
  for (const typed of [Uint8Array, Int32Array, Float64Array]) drop(Object.getPrototypeOf(typed.prototype), 'at', 'with')
  drop(String.prototype, 'at', 'isWellFormed', 'toWellFormed')
  drop(Object, 'hasOwn', 'groupBy')
  drop(Map, 'groupBy')
  drop(Array, 'fromAsync')
  drop(Promise, 'withResolvers', 'try')
  drop(Set.prototype, 'union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf')
  drop(AbortSignal, 'timeout', 'any', 'abort')
  drop(AbortSignal.prototype, 'throwIfAborted', 'reason')
  drop(URL, 'canParse', 'parse')
  drop(Response, 'json')
  drop(Crypto.prototype, 'randomUUID')
  drop(globalThis, 'structuredClone', 'CompressionStream', 'DecompressionStream', 'BarcodeDetector', 'scheduler')
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object
  drop(iterator, 'map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find')
}
