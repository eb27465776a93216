// Every kind of neighbour the house can speak to. A new one is one leaf and one line here.
import type { NeighbourKind } from '#contract/neighbour'
import { cap } from './outward-cap.ts'
import { hotline12345 } from './outward-hotline.ts'
import type { OutwardKind } from './outward-kind.ts'
import { open311 } from './outward-open311.ts'
import { webhook } from './outward-webhook.ts'

/** Null where nobody has written how yet. */
export const kindOf = (kind: NeighbourKind): OutwardKind | null => kinds.get(kind) ?? null

const kinds: ReadonlyMap<NeighbourKind, OutwardKind> = new Map(
  [webhook, open311, hotline12345, cap].map((one) => [one.kind, one]),
)
