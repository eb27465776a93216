// One case, or a counted crowd of them, as what the map draws.
import { caseImage, crowdImage, markSize } from './draw-mark.ts'
import type { Marked } from './difference.ts'
import type { CaseMark, CrowdMark } from './marks.ts'

/** Higher is drawn later and placed sooner; what is greyed lies under what is not. */
const orderOf = ({ level, isUnsure, isGrey }: Pick<CaseMark, 'level' | 'isUnsure' | 'isGrey'>): number =>
  10 - level * 2 - (isUnsure ? 1 : 0) - (isGrey ? 10 : 0)

/** The one with the stem stands aside, so that what burns is not hidden by its own sign. */
export const caseFeature = (mark: CaseMark): Marked => ({
  type: 'Feature',
  id: mark.id,
  geometry: { type: 'Point', coordinates: mark.at },
  properties: {
    id: mark.id,
    kind: 'case',
    // Close up the takeover's own axis says how late it is.
    image: caseImage({
      level: mark.level,
      isOver: mark.isOver && !mark.isStemmed,
      isUnsure: mark.isUnsure,
      isStemmed: mark.isStemmed ?? false,
      isGrey: mark.isGrey ?? false,
    }),
    word: mark.isStemmed || mark.isGrey ? '' : mark.word,
    order: orderOf(mark),
    reach: (markSize[mark.level] / 2 + 14) / 36,
  },
})

export const crowdFeature = (crowd: CrowdMark): Marked => ({
  type: 'Feature',
  id: crowd.id,
  geometry: { type: 'Point', coordinates: crowd.at },
  properties: {
    id: crowd.id,
    kind: 'crowd',
    image: crowdImage(crowd),
    word: String(crowd.count),
    order: orderOf(crowd),
  },
})
