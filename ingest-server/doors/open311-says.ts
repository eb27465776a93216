// What Open311 is told of the street: its services, and requests without anybody's name, words or door.
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Case } from '#contract/case'
import type { Ground } from '#contract/ground'
import type { Instant, PersonId } from '#contract/ids'
import { isWaitedFor } from '#contract/ledger'
import type { Language, Words } from '#contract/language'
import type { LonLat } from '#contract/point'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import { sentences, stateOf } from './resident-progress.ts'

type Book = Pick<ScenarioBook, 'all' | 'byId' | 'byMatter'>

/** What residents may report, the gravest first. */
export const servicesOf = ({ all }: Pick<Book, 'all'>, language: Language) =>
  all
    .filter(({ resident }) => resident)
    .flatMap((scenario) => scenario.matters.map((matter) => ({ scenario, matter })))
    .toSorted((a, b) => a.matter.level - b.matter.level)
    .map(({ scenario, matter }) => ({
      service_code: matter.code,
      service_name: matter.words[language],
      description: `${scenario.words[language]} · ${matter.words[language]}`,
      metadata: true,
      type: 'realtime',
      keywords: scenario.short[language],
      group: scenario.words[language],
    }))

const questions: readonly { code: string; datatype: 'number' | 'string'; words: Words }[] = [
  { code: 'floor', datatype: 'number', words: { zh: '几楼，地下为负数', en: 'Which floor; below ground negative' } },
  {
    code: 'plate',
    datatype: 'string',
    words: { zh: '现场铭牌上的编号', en: 'The number on the plate that stands there' },
  },
]

export const definitionOf = (code: string, language: Language) => ({
  service_code: code,
  attributes: questions.map((question, nth) => ({
    variable: true,
    code: question.code,
    datatype: question.datatype,
    required: false,
    datatype_description: null,
    order: nth + 1,
    description: question.words[language],
    values: [],
  })),
})

/** What a resident asked for, and only that: null where nobody did, whatever else the case is. */
export function askedFor({ sources }: Pick<Case, 'sources'>, { byMatter }: Pick<Book, 'byMatter'>): string | null {
  const ticket = sources.find(
    ({ kind, matter }) => kind === 'service-ticket' && byMatter.get(matter)?.scenario.resident,
  )
  return ticket?.matter ?? null
}

export interface Told {
  scenarios: Book
  ground: Pick<Ground, 'places' | 'subdistrict'>
  bodyOf: (id: PersonId) => string | undefined
  /** What it came back as, where it did. */
  againAs: (subject: Case) => Case['id'] | undefined
  language: Language
}

/** Only of a case that was asked for. */
export function requestOf(subject: Case, serviceCode: string, { scenarios, ground, language, ...rest }: Told) {
  const [long, lat] = coarse(subject, ground)
  const expected = isOpen(subject.stage) ? expectedOf(subject, scenarios.byId.get(subject.scenarioId)) : undefined
  const words = scenarios.byMatter.get(serviceCode)?.matter.words
  return {
    service_request_id: subject.id,
    status: isOpen(subject.stage) ? 'open' : 'closed',
    status_notes: notesOf(subject, rest.againAs(subject), language),
    service_name: words?.[language] ?? serviceCode,
    service_code: serviceCode,
    // What a resident wrote may name them: it is never shown.
    description: null,
    agency_responsible: (subject.holder && rest.bodyOf(subject.holder.personId)) || ground.subdistrict.name,
    service_notice: null,
    requested_datetime: timeOf(subject.openedAt),
    updated_datetime: timeOf(Math.max(subject.openedAt, subject.endedAt ?? 0, ...subject.steps.map(({ at }) => at))),
    expected_datetime: expected === undefined ? null : timeOf(expected),
    address: addressOf(subject, ground, language),
    address_id: subject.path.at(-1) ?? null,
    zipcode: null,
    ...{ lat, long },
    media_url: null,
  }
}

const timeOf = (at: Instant): string => new Date(at).toISOString().replace('.000Z', 'Z')

function notesOf(subject: Case, again: Case['id'] | undefined, language: Language): string {
  const { mergedInto } = subject
  if (mergedInto) return language === 'zh' ? `与 ${mergedInto} 是同一件。` : `It is one with ${mergedInto}.`
  if (again) return language === 'zh' ? `没解决，另立为 ${again}。` : `Not solved: it goes on as ${again}.`
  return sentences[stateOf(subject)][language]
}

/** A thing that stands on the street is where it stands; what may be somebody's flat is shown where its building group's name is written. */
function coarse({ facilityId, wgs84, path }: Case, { places }: Told['ground']): LonLat {
  const leaf = path.at(-1)
  return facilityId ? wgs84 : ((leaf && places.get(leaf)?.label) ?? wgs84)
}

function addressOf({ path }: Case, { places }: Told['ground'], language: Language): string {
  const names = path.flatMap((id) => {
    const place = places.get(id)
    if (!place || (place.level !== 'residential-area' && place.level !== 'building-group')) return []
    return [language === 'zh' ? place.name : place.nameEn]
  })
  return names.join(language === 'zh' ? '' : ', ')
}

/** When whatever it waits for at the latest is due: the clock that runs until it is done. */
function expectedOf({ clocks }: Case, scenario: Scenario | undefined): Instant | undefined {
  const untilDone = (name: string) =>
    scenario?.clocks.some(
      (rule) =>
        rule.name === name &&
        rule.starts !== 'urge' &&
        rule.stops.some((stop) => stop === 'finish' || stop === 'close'),
    )
  const due = clocks.filter((clock) => isWaitedFor(clock) && untilDone(clock.name)).map(({ dueAt }) => dueAt)
  return due.length > 0 ? Math.max(...due) : undefined
}
