// A case in the wall's few words: what, where, who and what state, how long it still has.
import type { Case, CaseSource } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import type { EvidenceId, PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import type { Matter, Scenario } from '#contract/scenario'
import { timeOf } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'
import { sayCase } from '../../words/case.ts'
import { inWords, language } from '../../words/words.ts'
import type { Town } from '../../map/town.ts'

/** What the words of a case are looked up in. */
export interface Book {
  town: Town | null
  people: ReadonlyMap<PersonId, Person>
  /** The rules a case goes by. */
  scenarioOf: (subject: Case) => Scenario | undefined
  matters: ReadonlyMap<string, Matter>
}

export function titleOf(subject: Case, book: Book): string {
  const matter = book.matters.get(subject.matter)
  const scenario = book.scenarioOf(subject)
  return matter ? inWords(matter.words) : scenario ? inWords(scenario.words) : subject.matter
}

/** The kind of trouble: 非机动车棚火情, for the headline of a takeover. */
export function kindOf(subject: Case, book: Book): string {
  const scenario = book.scenarioOf(subject)
  return scenario ? inWords(scenario.words) : titleOf(subject, book)
}

/** For tight places, beside a mark: what it is, where that is short enough, else what kind. */
export function shortOf(subject: Case, book: Book): string {
  const title = titleOf(subject, book)
  const scenario = book.scenarioOf(subject)
  return scenario && title.length > (language.value === 'zh' ? 5 : 18) ? inWords(scenario.short) : title
}

export const nameOf = (place: Pick<Place, 'name' | 'nameEn'>): string =>
  language.value === 'zh' ? place.name : place.nameEn
const placeAt = (subject: Case, level: Place['level'], book: Book): Place | undefined =>
  subject.path.map((id) => book.town?.places.get(id)).find((place) => place?.level === level)

/** 创意家园・桥一居民区・2号车棚: the thing itself where it has a name, without the area's name said twice; else the address, which needs the room. */
export function placeLine(subject: Case, book: Book): string {
  const [block, area] = [placeAt(subject, 'street-block', book), placeAt(subject, 'residential-area', book)]
  const leaf = placeAt(subject, 'building-group', book)
  const thing = thingOf(subject, book)
  if (thing && area)
    return [block && nameOf(block), areaName(area), thing.replace(shortArea(area.name), '')].filter(Boolean).join('・')
  return [block && nameOf(block), area && shortArea(nameOf(area)), leaf && nameOf(leaf)].filter(Boolean).join('・')
}

const thingOf = (subject: Case, book: Book): string | undefined =>
  subject.facilityId ? book.town?.facilities.get(subject.facilityId)?.name : undefined

/** 瞿西 1号垃圾房: for one line of the limits. */
export function shortPlace(subject: Case, book: Book): string {
  const area = placeAt(subject, 'residential-area', book)
  const thing = thingOf(subject, book)
  if (thing) return thing
  return area ? shortArea(nameOf(area)) : ''
}

/** 人文滨江・紫荆: where there is room for no more. */
export function blockAndArea(subject: Case, book: Book): string {
  const [block, area] = [placeAt(subject, 'street-block', book), placeAt(subject, 'residential-area', book)]
  return [block && nameOf(block), area && shortArea(nameOf(area))].filter((name) => name !== undefined).join('・')
}

/** 2 个来源并为一件，相距 38 m; of a single one who said it, and when. */
export function sourcesLine({ sources, openedAt }: Case): string {
  const joined = sources.find((source) => source.why.rule !== 'first' && source.why.rule !== 'same-event')
  const apart = joined && 'metres' in joined.why ? Math.round(joined.why.metres) : null
  if (apart !== null) return sayWall('joinedApart', { n: sources.length, metres: apart })
  return sayWall('oneSource', { from: fromWhom(sources[0]), time: timeOf(openedAt) })
}

const shortArea = (name: string): string => name.replace(/居民区$/, '').replace(/ Residential Area$/, '')

/** English says 「居民区」 in so many letters that nothing else has room. */
const areaName = (area: Place): string => (language.value === 'zh' ? area.name : shortArea(area.nameEn))

/** Down to the leaf, for the headline of a takeover. */
export function wholePlace(subject: Case, book: Book): string {
  const thing = thingOf(subject, book)
  const names = subject.path
    .map((id) => book.town?.places.get(id))
    .filter((place) => place !== undefined && place.level !== 'subdistrict')
    .map((place) => nameOf(place as Place))
  return [...names.slice(0, thing ? -1 : undefined), thing].filter((name) => name !== undefined).join('・')
}

export const personName = (id: PersonId, book: Book): string => book.people.get(id)?.name ?? id

/** Who has it, since when, and what is waited for. */
export function whoLine(subject: Case, book: Book): string {
  if (subject.unsure) return sayCase('unsure')
  const { holder, stage, acknowledged, held, shelved } = subject
  if (shelved) return sayWall('shelvedTill', { time: timeOf(shelved.until) })
  if (held) return sayWall('heldTill', { time: timeOf(held.until) })
  if (isUnsigned(subject)) return unsignedLine(subject, book)
  if (stage === 'verified') return sayWall('toClose')
  if (!holder && acknowledged?.moveBy)
    return sayWall('signedBy', { name: personName(acknowledged.by, book), time: timeOf(acknowledged.moveBy) })
  if (!holder) return sayCase(stage === 'verification' ? 'stage.verification' : 'noHolder')
  const name = personName(holder.personId, book)
  if (stage === 'verification') return sayWall('finished', { name })
  if (holder.arrivedAt) return sayWall('arrived', { name, time: timeOf(holder.arrivedAt) })
  if (holder.takenAt) return sayWall('took', { name, time: timeOf(holder.takenAt) })
  return sayWall('waitsFor', { name })
}

function unsignedLine(subject: Case, book: Book): string {
  const what = sayWall('toSign')
  const seen = subject.told.filter((receipt) => receipt.seenAt !== undefined)
  const named = (seen.length > 0 ? seen : subject.told).slice(0, 2).map((receipt) => personName(receipt.personId, book))
  if (named.length === 0) return what
  return sayWall(seen.length > 0 ? 'seenBy' : 'reached', { what, names: named.join(sayWall('listComma')) })
}

export interface Picture {
  evidence: EvidenceId
  box: readonly [number, number, number, number] | undefined
  source: CaseSource
}

/** The newest picture of the surest source; null where nobody sent one. */
export function pictureOf(subject: Case): Picture | null {
  const pictured = subject.sources
    .filter((source) => source.evidence.length > 0)
    .sort((a, b) => Number(Boolean(b.box)) - Number(Boolean(a.box)) || b.lastAt - a.lastAt)
  const source = pictured[0]
  const evidence = source?.evidence[source.evidence.length - 1]
  return source && evidence ? { evidence, box: source.box, source } : null
}

/** Who says so, in words: stands where there is no picture. */
export function fromWhom(source: CaseSource | undefined): string {
  if (!source) return ''
  return source.channel === 'hotline' ? sayWall('from.hotline') : sayWall(`from.${source.kind}`)
}
