// Which process should hold which desk: the same answer wherever it is asked, nobody with more than a fair share.
import { hash } from 'node:crypto'

/**
 * For each street the node that should hold it. Each goes to the node that draws highest for it (rendezvous hashing: a node that
 * comes or goes moves little else) and still has room; nobody holds more than the streets divided by the nodes, rounded up.
 * `served`: by street, the nodes that live and serve it. A street nobody serves is not in the answer.
 */
export function shareOut(served: ReadonlyMap<string, readonly string[]>): Map<string, string> {
  const nodes = new Set([...served.values()].flat())
  const fair = Math.ceil(served.size / Math.max(1, nodes.size))
  const held = new Map<string, number>()
  const shares = new Map<string, string>()
  for (const street of [...served.keys()].toSorted()) {
    const drawn = [...served.get(street)!].toSorted((a, b) => compare(draw(street, b), draw(street, a)))
    const node = drawn.find((one) => (held.get(one) ?? 0) < fair) ?? drawn[0]
    if (node === undefined) continue
    held.set(node, (held.get(node) ?? 0) + 1)
    shares.set(street, node)
  }
  return shares
}

const draw = (street: string, node: string): string => hash('sha256', `${street}\n${node}`, 'hex')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
