// What can be done with the chosen case, in words one may type; what cannot stands there in grey with the reason.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import { sayDesk } from '../../../words/desk.ts'
import { sayDeskCase } from '../../../words/desk-case.ts'
import { sayPalette } from '../../../words/desk-palette.ts'
import { dayTime } from '../../../words/times.ts'
import type { Also } from '../also.ts'
import type { Choice } from '../candidates.ts'
import { caseNamed, caseNumber } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { keepsDesk, mayShelve } from '../may.ts'
import type { Looker } from '../may.ts'
import type { Deed } from '../use-deeds.ts'
import { personSaid } from './entries.ts'
import type { PaletteEntry } from './entries.ts'
import { wordsOf } from './finder.ts'

/** The chosen case as the desk has it now. */
export interface Standing {
  facts: Facts
  subject: Case
  looker: Looker | null
  foot: { aside: readonly Deed[]; main: Deed | null }
  also: readonly { key: Also; words: string }[]
  /** Whom one may send; null where nobody is to be sent now. */
  choice: Choice | null
  /** How many each has in hand. */
  load: ReadonlyMap<string, number>
  /** Somebody has it already, and is sent another. */
  isSwap: boolean
  reaches: boolean
  isWaiting: boolean
  isClosedToYou: boolean
  now: Instant
}

const minute = 60_000
const spans = { minutes: minute, hours: 60 * minute, days: 24 * 60 * minute }
type Unit = keyof typeof spans
const usual: readonly [number, Unit][] = [
  [15, 'minutes'],
  [30, 'minutes'],
  [1, 'hours'],
  [2, 'hours'],
  [8, 'hours'],
]
const written = /(\d{1,3})\s*(分钟?|minutes?|min|m|小时|钟头|hours?|h|天|days?|d)(?![a-z])/i
const unitOf = (word: string): Unit =>
  /^(分|m)/i.test(word) ? 'minutes' : /^(小时|钟头|h)/i.test(word) ? 'hours' : 'days'

/** 「1 小时」, 「45min」: what somebody wrote; null where no length is written. */
export function spanIn(typed: string): [number, Unit] | null {
  const found = written.exec(typed)
  return found && Number(found[1]) > 0 ? [Number(found[1]), unitOf(found[2]!)] : null
}

/** A week at most: what is put aside for longer is put off. */
const longest = 7 * spans.days

export function verbEntries(standing: Standing, typed: string): PaletteEntry[] {
  return [...deedEntries(standing), ...sendEntries(standing), ...shelveEntries(standing, typed)]
}

/** Why nothing at all can be done with it now; undefined where something can. */
function notNow({ reaches, isWaiting, isClosedToYou }: Standing): string | undefined {
  if (!reaches) return sayPalette('not.line')
  if (isWaiting) return sayPalette('not.busy')
  return isClosedToYou ? sayPalette('not.yours') : undefined
}

function notShelved({ subject, looker }: Standing): string | undefined {
  if (mayShelve(subject, looker)) return undefined
  if (!keepsDesk(looker)) return sayPalette('not.desk')
  return sayPalette(subject.level === 1 ? 'not.shelve' : 'not.here')
}

const entry = (
  one: Pick<PaletteEntry, 'key' | 'title' | 'target' | 'lift'> & {
    about?: string
    closed?: string | undefined
    /** Whom it is about: found by the name alone too. */
    name?: string
  },
): PaletteEntry => {
  const about = one.about ?? ''
  return {
    ...{ key: one.key, group: 'verb', title: one.title, target: one.target, lift: one.lift, about },
    ...(one.closed ? { closed: one.closed } : {}),
    heard: [
      { text: one.title, worth: 1, sounds: true },
      ...(one.name ? [{ text: one.name, worth: 0.9, sounds: true, isName: true }] : []),
      { text: about, worth: 0.2, sounds: true },
    ],
  }
}
/** Which case the verbs are about, once above them all. */
export const onCase = ({ facts, subject }: Pick<Standing, 'facts' | 'subject'>): string =>
  sayPalette('onCase', { number: caseNumber(subject), what: caseNamed(facts, subject) })

function deedEntries(standing: Standing): PaletteEntry[] {
  const { foot, also } = standing
  const deeds = [...(foot.main ? [foot.main] : []), ...foot.aside].filter(({ key }) => key !== 'leave')
  const offered = deeds.map(({ key, words, disabled }, nth) => {
    const why = notNow(standing) ?? (key === 'shelve' ? notShelved(standing) : undefined) ?? sayPalette('not.here')
    return entry({
      key: `deed ${typeof key === 'string' ? key : key.reason}`,
      title: typeof key === 'string' ? words : `${sayDesk('giveBack')} ${words}`,
      // The one thing to do is the first of the verbs.
      lift: nth === 0 && foot.main ? 9 : 7,
      target: { to: 'press', key },
      closed: disabled ? why : undefined,
    })
  })
  const others = also.map(({ key, words }) =>
    entry({
      key: `also ${key}`,
      title: words,
      lift: 5,
      target: key === 'merge' ? { to: 'merge' } : { to: 'sheet', kind: { about: key } },
      closed: notNow(standing),
    }),
  )
  return [...offered, ...others]
}

/** Everybody who goes out: those who fit by one tap, the others are asked why. */
function sendEntries(standing: Standing): PaletteEntry[] {
  const { facts, choice, subject, load } = standing
  if (!choice) return []
  // The best first, as beside the map.
  const fit = new Map(choice.candidates.map((one, nth) => [one.id, { ...one, lift: 6.5 - nth / 10 }]))
  const left = new Map(choice.passedOver.map((one) => [one.id, one]))
  return [...facts.people.values()]
    .filter(({ role }) => role === 'officer' || role === 'property')
    .map((person) => {
      const [one, over] = [fit.get(person.id), left.get(person.id)]
      const said = over ? sayDesk('passedOver', { why: over.why }) : personSaid(person, load.get(person.id) ?? 0)
      const has = subject.holder?.personId === person.id
      return entry({
        key: `send ${person.id}`,
        title: sayPalette('sendTo', { who: person.name }),
        about: one ? one.facts : said,
        name: person.name,
        lift: one?.lift ?? 3,
        target: { to: 'send', who: person.id, insists: !one || standing.isSwap },
        closed: has ? sayPalette('not.holder') : notNow(standing),
      })
    })
}

/** The usual lengths, and the one that was written. */
function shelveEntries(standing: Standing, typed: string): PaletteEntry[] {
  const { now, also, foot } = standing
  const isOffered = foot.aside.some(({ key }) => key === 'shelve') || also.some(({ key }) => key === 'shelve')
  if (!isOffered) return []
  const own = spanIn(typed)
  const lengths =
    own && !usual.some(([n, unit]) => n * spans[unit] === own[0] * spans[own[1]]) ? [own, ...usual] : usual
  return lengths
    .filter(([n, unit]) => n * spans[unit] <= longest)
    .map(([n, unit]) => {
      const until = now + n * spans[unit]
      return entry({
        key: `shelve ${n} ${unit}`,
        title: sayPalette('shelveFor', { how: sayPalette(`how.${unit}`, { n }) }),
        about: sayPalette('until', { time: dayTime(until, now) }),
        lift: 4,
        target: { to: 'sheet', kind: { about: 'shelve', until } },
        closed: notNow(standing) ?? notShelved(standing),
      })
    })
}

/** 「暂缓1小时」 and 「派给李强」 are two words each, written without the space between them. */
export function apart(typed: string): string {
  const verbs = [
    sayDeskCase('act.shelve'),
    sayPalette('sendTo', { who: '' }).trim(),
    sayPalette('go', { where: '' }).trim(),
  ]
  const verb = verbs.find((one) => one && typed.toLowerCase().startsWith(one.toLowerCase()))
  const rest = verb ? typed.slice(verb.length) : typed
  return [verb, ...wordsOf(rest)].filter(Boolean).join(' ')
}
