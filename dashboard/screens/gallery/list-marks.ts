// The smallest parts, which stand on all three scales: marks, bars, how old something is, how the line stands, pictures, the plan, the ruler.
import { refusals } from '#contract/refusal'
import { levels } from '#contract/stage'
import CaseShape from '../../parts/CaseShape.vue'
import ClockBar from '../../parts/ClockBar.vue'
import DemoBanner from '../../parts/DemoBanner.vue'
import EvidencePicture from '../../parts/EvidencePicture.vue'
import LegibilityRuler from '../../parts/LegibilityRuler.vue'
import LevelWord from '../../parts/LevelWord.vue'
import LineBanner from '../../parts/LineBanner.vue'
import MapLegend from '../../parts/MapLegend.vue'
import PhotoPair from '../../parts/PhotoPair.vue'
import PicturePersons from '../../parts/PicturePersons.vue'
import PlanMap from '../../parts/PlanMap.vue'
import UpdatedAt from '../../parts/UpdatedAt.vue'
import WallBar from '../../parts/WallBar.vue'
import WallTile from '../../parts/WallTile.vue'
import { sayGallery } from '../../words/gallery.ts'
import { inWords } from '../../words/words.ts'
import { planOf } from './plan-shown.ts'
import { lostPicture, now } from './samples.ts'
import { inPicture, part, type Part } from './shelf.ts'
import { scales } from './sheet.ts'
import { photosShown } from './shown.ts'
import { walls } from './walls-shown.ts'

/** An inner one that is drawn: the house's own mark is served beside every page. */
const bars = {
  normal: [0.7, 'ok'],
  busy: [0.15, 'late'],
  empty: [0, 'met'],
  refused: [1, 'over'],
  waiting: [0.5, 'paused'],
} as const

const small = { isSmall: true } as const
const persons = { blurred: 2, until: null, mayReveal: false, refused: null, busy: false }

export function markParts(): Part[] {
  const photos = photosShown()
  const bar = <K extends keyof typeof bars>(key: K) => [{ fraction: bars[key][0], lamp: bars[key][1] }]
  const lamps = {
    ...{ normal: bar('normal'), busy: bar('busy'), empty: bar('empty') },
    ...{ refused: bar('refused'), waiting: bar('waiting') },
  }
  const tile = { name: sayGallery('tile'), how: sayGallery('tileHow'), at: now, isLate: false }
  return [
    part(
      'CaseShape',
      CaseShape,
      scales,
      {
        normal: levels.map((level) => ({ level, size: 1.25 })),
        stale: [{ level: 1, unsure: true, size: 1.25 }],
        waiting: levels.map((level) => ({ level, unanswered: true, size: 1.25 })),
      },
      small,
    ),
    part(
      'LevelWord',
      LevelWord,
      scales,
      {
        normal: levels.map((level) => ({ level, coloured: true })),
        empty: [{ level: 2, unsure: true }],
      },
      small,
    ),
    part('ClockBar', ClockBar, ['desk', 'field'], lamps),
    part('WallBar', WallBar, ['wall'], lamps),
    part(
      'UpdatedAt',
      UpdatedAt,
      scales,
      {
        normal: [{ at: now }],
        empty: [{ at: null, late: true }],
        stale: [{ at: now, late: true }],
      },
      small,
    ),
    part(
      'LineBanner',
      LineBanner,
      scales,
      {
        stale: [{ state: 'stale', lastAt: now }],
        lost: [
          { state: 'lost', lastAt: now },
          { state: 'lost', lastAt: null },
        ],
        refused: [{ state: 'signed-out', lastAt: now }],
      },
      { isWide: true },
    ),
    part('DemoBanner', DemoBanner, scales, { normal: [{}, { short: true }] }, { isWide: true }),
    part(
      'EvidencePicture',
      EvidencePicture,
      scales,
      { empty: [{ evidence: null }], lost: [{ evidence: lostPicture }] },
      { box: [20, 12] },
    ),
    part('PhotoPair', PhotoPair, ['desk'], {
      normal: [{ before: photos.before, after: photos.before, overlaid: false }],
      empty: [{ before: photos.before, after: photos.missing, overlaid: false }],
      lost: [{ before: photos.before, after: photos.missing, overlaid: true }],
    }),
    part('PicturePersons', PicturePersons, ['desk', 'wall'], {
      normal: [
        { ...persons, mayReveal: true },
        { ...persons, blurred: 0, until: now + 1_800_000 },
      ],
      refused: [{ ...persons, mayReveal: true, refused: inWords(refusals['look-reason-missing']) }],
      waiting: [{ ...persons, busy: true }],
    }),
    part(
      'PlanMap',
      PlanMap,
      ['desk', 'field'],
      { normal: [planOf('marked')], busy: [planOf('pinned')], empty: [planOf('bare')], waiting: [planOf('nowhere')] },
      { box: [24, 16] },
    ),
    part('MapLegend', MapLegend, ['wall'], { normal: [{}] }, { isWide: true }),
    part(
      'WallTile',
      WallTile,
      ['wall'],
      {
        normal: [tile],
        busy: [{ ...tile, how: sayGallery('longWhy') }],
        empty: [{ ...tile, at: null }],
        stale: [{ ...tile, isLate: true }],
      },
      { box: inPicture(1240, 320), inside: (state) => (state === 'empty' ? '' : sayGallery('because')) },
    ),
    part('LegibilityRuler', LegibilityRuler, ['wall'], walls(), { isWide: true }),
  ]
}
