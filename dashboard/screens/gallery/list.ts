// Every part of the house with every state it can be in: what the gallery shows, what the picture tests shoot, what a test holds against the folder of parts.
import { actParts } from './list-acts.ts'
import { caseParts } from './list-case.ts'
import { fieldPieces } from './list-field.ts'
import { loopParts } from './list-loop.ts'
import { markParts } from './list-marks.ts'
import { pageParts } from './list-pages.ts'
import { roadParts } from './list-road.ts'
import { sheetParts } from './list-sheets.ts'
import { wallPieces } from './list-wall.ts'
import type { Part } from './shelf.ts'

/** Made anew in the language spoken now. */
export const galleryParts = (): Part[] => [
  ...markParts(),
  ...caseParts(),
  ...loopParts(),
  ...roadParts(),
  ...actParts(),
  ...sheetParts(),
  ...pageParts(),
  ...wallPieces(),
  ...fieldPieces(),
]
