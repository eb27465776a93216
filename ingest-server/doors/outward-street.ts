// Another street of the same system: told of a case that is handed over to it, and of one that came from it what becomes of it here.
import type { Known } from '../case-engine/known.ts'
import type { Case, CaseSource } from '#contract/case'
import { leftOf, isWaitedFor } from '#contract/ledger'
import type { PassedWord } from '#contract/passing'
import { scrubbed } from '#contract/personal-numbers'
import { isOpen } from '#contract/stage'
import type { CaseChange, Message, OutwardKind } from './outward-kind.ts'
import { usually } from './outward-kind.ts'
import { signed } from './outward-signature.ts'
import { StreetSaid, StreetTook } from './streets-said.ts'
import { saidPath } from './streets-port.ts'
import type { Streets } from './streets-port.ts'

interface StreetKindNeeds {
  streets: Streets
  known: Pick<Known, 'scenarios' | 'ground' | 'calendar' | 'calendars'>
}

export const openStreetKind = ({ streets, known }: StreetKindNeeds): OutwardKind => ({
  kind: 'street',
  about: (change) => [...handedOver(change, streets, known), ...answers(change, streets)].map(asMessage),
  test: () => ({ type: 'street.test', body: null }),
  request({ id, body }, { now }) {
    const said = StreetSaid.parse(body)
    const text = JSON.stringify(said)
    const secret = streets.secretOf(said.from, said.to)
    return {
      url: `${streets.originOf(said.to)}${saidPath}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'sanping-street': said.from,
        ...signed(id, text, { signing: [{ secret }] }, now),
      },
      body: text,
    }
  },
  understood: usually,
  theirs: ({ body }) => {
    const took = StreetTook.safeParse(jsonOf(body)).data
    return took?.ok ? took.caseId : undefined
  },
})

const asMessage = (body: StreetSaid): Message => ({ type: body.type, body })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function handedOver({ before, now, at }: CaseChange, { self }: Streets, known: StreetKindNeeds['known']): StreetSaid[] {
  const was = before?.passed
  const { passed } = now
  if (passed && !was && isOpen(now.stage))
    return [
      {
        ...{ type: 'street.handed-over', from: self.id, to: passed.street, at: passed.at, matter: now.matter },
        text: inWords(now, known),
        evidence: picturesOf(now).slice(0, 20),
        passed: {
          ...{ street: self.id, words: self.words, caseId: now.id, since: now.openedAt, wgs84: now.wgs84 },
          why: scrubbed(passed.reason),
          clocks: clocksOf(now, known, at),
        },
      },
    ]
  // Ours again by our own doing, or ended here: they are told; what they said themselves they know.
  const isByThem = now.steps.at(-1)?.verb === 'passed'
  const isBack =
    was &&
    was.closedAt === undefined &&
    !isByThem &&
    (!passed || (before && isOpen(before.stage) && !isOpen(now.stage)))
  if (!isBack) return []
  const reason = now.steps.at(-1)?.reason
  return [
    {
      ...{ type: 'street.taken-back', from: self.id, to: was.street, caseId: now.id, at: was.at },
      ...(reason && { reason: scrubbed(reason) }),
    },
  ]
}

export const picturesOf = ({ sources, photos }: Pick<Case, 'sources' | 'photos'>) => [
  ...new Set([...sources.flatMap(({ evidence }) => evidence), ...photos.map(({ evidence }) => evidence)]),
]

/** Our own words alone: what it is and where. Never what a resident wrote; who receives it asks. */
function inWords(subject: Case, { scenarios, ground }: StreetKindNeeds['known']): string {
  const names = subject.path.map((id) => ground.places.get(id)?.name ?? id)
  const matter = scenarios.byMatter.get(subject.matter)?.matter.words.zh ?? subject.matter
  return `${matter}，${names.join('')}`
}

function clocksOf(subject: Case, { scenarios, calendar, calendars }: StreetKindNeeds['known'], at: number) {
  const rules = scenarios.byVersion.get(`${subject.scenarioId}@${subject.scenarioVersion}`)?.clocks ?? []
  return subject.clocks.filter(isWaitedFor).map((clock) => ({
    name: clock.name,
    words: rules.find(({ name }) => name === clock.name)?.words ?? { zh: clock.name, en: clock.name },
    left: leftOf(clock, (clock.calendar !== undefined && calendars?.get(clock.calendar)) || calendar, at),
  }))
}

/** How it stands here with a case that came from there. Merged into another, that one speaks for it. */
function wordOf(subject: Case): PassedWord | null {
  if (subject.stage === 'reported' || subject.mergedInto) return null
  if (subject.stage === 'void') return 'refused'
  return subject.stage === 'closed' ? 'ended' : 'accepted'
}

function answers({ before, now }: CaseChange, { self }: Streets): StreetSaid[] {
  const what = wordOf(now)
  if (!what) return []
  return now.sources.flatMap((source) => {
    const { passedFrom } = source
    const was = before && hasSource(before, source) ? wordOf(before) : null
    if (!passedFrom || was === what) return []
    const reason = now.steps.at(-1)?.reason ?? now.steps.at(-1)?.note
    const word = was === 'ended' && what === 'accepted' ? 'again' : what
    return [
      {
        ...{ type: 'street.answer' as const, from: self.id, to: passedFrom.street, caseId: passedFrom.caseId },
        ...{ what: word, theirs: now.id },
        ...(now.disposition && { disposition: now.disposition }),
        ...(reason && { reason: scrubbed(reason) }),
      },
    ]
  })
}

const hasSource = ({ sources }: Case, { key }: CaseSource): boolean => sources.some((one) => one.key === key)
