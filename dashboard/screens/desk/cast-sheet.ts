// 投到大屏: what of this case, which photo, which ground, for how long; whether the wall is free is said before it is asked for.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CastId, EvidenceId, PlaceId } from '#contract/ids'
import type { CastWhat } from '#contract/linkage'
import { photosOf } from '../../composables/casts-say.ts'
import { newId } from '../../link/new-id.ts'
import type { SheetAnswer, SheetOption, SheetRow } from '../../parts/desk-sheet.ts'
import { sayCase } from '../../words/case.ts'
import { sayLinked } from '../../words/linked.ts'
import { timeOf } from '../../words/times.ts'
import { airy, personName } from './facts.ts'
import type { Facts } from './facts.ts'
import { language } from '../../words/words.ts'
import type { Sheet, SheetAbout } from './sheet-kinds.ts'

export const castMinutes = [5, 10, 15, 30] as const
/** More are never on a screen worth looking at from the back of the room. */
const mostPhotos = 6

const first = ({ chosen }: SheetAnswer, row: string): string | undefined => chosen[row]?.[0]

const minutesRow = (): SheetRow => ({
  key: 'minutes',
  label: sayLinked('row.minutes'),
  options: castMinutes.map((n) => ({ key: String(n), words: sayLinked('castMinutes', { n }) })),
  first: ['10'],
})

/** Whose turn it would be. */
function queueSays(facts: Facts, casts: NonNullable<SheetAbout['around']>['casts']): string {
  const [shown] = casts
  if (!shown) return sayLinked('castFree')
  return sayLinked('castBusy', { who: personName(facts, shown.by), n: casts.length })
}

function photoOptions(subject: Case): SheetOption[] {
  return photosOf(subject)
    .slice(0, mostPhotos)
    .map(({ evidence, slot, at }) => ({
      key: evidence,
      words: slot
        ? sayLinked('photo.slot', { slot: sayCase(`slot.${slot}`), time: timeOf(at) })
        : sayLinked('photo.still', { time: timeOf(at) }),
    }))
}

/** From its street-block down: the whole sub-district is on the wall anyway. */
function placeOptions({ places }: Facts, { path }: Case): SheetOption[] {
  return path.flatMap((id) => {
    const place = places.get(id)
    if (!place || place.level === 'subdistrict') return []
    return [{ key: id, words: airy(language.value === 'zh' ? place.name : place.nameEn) }]
  })
}

export function castSheet({ facts, subject, around }: SheetAbout): Sheet {
  const [photos, places] = [photoOptions(subject), placeOptions(facts, subject)]
  const kinds = [
    { key: 'case', words: sayLinked('what.case') },
    ...(photos.length ? [{ key: 'photo', words: sayLinked('what.photo') }] : []),
    ...(places.length ? [{ key: 'map', words: sayLinked('what.map') }] : []),
  ]
  const on = (option: string) => [{ row: 'what', option }]
  const which = { label: sayLinked('row.which') }
  const middle = places[Math.min(1, places.length - 1)]
  return {
    says: {
      title: sayLinked('castTo'),
      rows: [
        { key: 'what', label: sayLinked('row.what'), options: kinds, first: ['case'] },
        { key: 'photo', ...which, options: photos, first: photos.slice(0, 1).map(({ key }) => key), when: on('photo') },
        { key: 'map', ...which, options: places, first: middle ? [middle.key] : [], when: on('map') },
        minutesRow(),
      ],
      note: queueSays(facts, around?.casts ?? []),
      reason: 'none',
      reasons: [],
      placeholder: '',
      commit: sayLinked('castCommit'),
    },
    missing: () => null,
    wish: (answer) => castWish(whatOf(answer, subject), Number(first(answer, 'minutes') ?? 10)),
  }
}

export const castWish = (what: CastWhat, minutes: number): PersonWish => ({
  ...{ type: 'cast', id: newId() as string as CastId },
  ...{ what, minutes },
})

function whatOf(answer: SheetAnswer, { id: caseId }: Case): CastWhat {
  const [photo, place] = [first(answer, 'photo'), first(answer, 'map')]
  if (photo) return { kind: 'photo', caseId, evidence: photo as EvidenceId }
  return place ? { kind: 'map', placeId: place as PlaceId } : { kind: 'case', caseId }
}
