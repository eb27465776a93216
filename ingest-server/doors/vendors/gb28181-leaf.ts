// The leaves of a MANSCDP tree by their names, which firmware writes in any mixture of large and small letters.
import { plainText } from './xml.ts'

/** The first leaf there; undefined where it is missing or empty. `['Info', 'AlarmType']`: of the first `Info` that has one. */
export const leafOf = (tree: unknown, ...path: string[]): string | undefined => leavesOf(tree, ...path)[0]

/** Every one that is not empty, in their order. */
export function leavesOf(tree: unknown, ...path: string[]): string[] {
  const found = path.reduce<unknown[]>((nodes, name) => nodes.flatMap((node) => childrenOf(node, name)), [tree])
  return found.map(plainText).filter((text) => text !== undefined)
}

function childrenOf(node: unknown, name: string): unknown[] {
  if (typeof node !== 'object' || node === null) return []
  const wanted = name.toLowerCase()
  return Object.entries(node)
    .filter(([own]) => own.toLowerCase() === wanted)
    .flatMap(([, child]): unknown[] => (Array.isArray(child) ? child : [child]))
}
