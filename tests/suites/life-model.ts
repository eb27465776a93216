// The whole life of a case said once more, by hand and without a line of the engine: who may wish what where, and what comes of it.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { Ask, Stage, Verb } from '#contract/stage'

/** One thing somebody tries. `by` is nobody's where it is the resident or time. */
export interface Try {
  what:
    | Verb
    | `ask ${Ask}`
    | 'approve'
    | 'reject'
    | 'withdraw'
    | 'resume'
    | 'urge'
    | 'answer'
    | 'contact'
    | 'callback'
    | 'reopen'
    | 'reopen the old one'
    | 'not-fixed'
    | 'rate'
  by: PersonId
  to: PersonId
  reason: boolean
  misdispatch: boolean
  fixed: boolean
  /** Is it the resident whose case it is? */
  theirs: boolean
  beyondRemit: boolean
}

/** What the model goes by: as little of the record as it can. */
export interface Facts {
  stage: Stage
  holder?: PersonId
  hasArrived: boolean
  arrivedBeside: ReadonlySet<PersonId>
  told: ReadonlySet<PersonId>
  handlers: ReadonlySet<PersonId>
  hasPhotos: boolean
  held: boolean
  holdIsAhead: boolean
  waiting: readonly Request[]
  granted: Readonly<Record<Ask, number>>
  asked: Readonly<Record<Ask, number>>
  urgedBy?: PersonId
  /** Who urged less than two minutes ago, and not all they meant have seen it. */
  urgedJustNow: ReadonlySet<PersonId>
  hasYounger: boolean
}

/** What a yes leads to, as far as it changes at all. */
export interface Leads {
  stage?: Stage
  held?: boolean
  /** Of the number it had. */
  returns?: 1
  misdispatches?: 1
  /** Another case comes of it. */
  anew?: true
}

export const moves: Record<Verb, Partial<Record<Stage, Stage>>> = {
  accept: { reported: 'accepted' },
  file: { accepted: 'filed' },
  dispatch: { reported: 'dispatched', accepted: 'dispatched', filed: 'dispatched' },
  take: { dispatched: 'handling' },
  arrive: { handling: 'handling' },
  finish: { handling: 'verification' },
  verify: { verification: 'verified' },
  close: { verification: 'closed', verified: 'closed' },
  return: {
    accepted: 'reported',
    filed: 'reported',
    dispatched: 'filed',
    handling: 'filed',
    verification: 'dispatched',
    verified: 'dispatched',
  },
  void: { reported: 'void', accepted: 'void', filed: 'void' },
}
const open: readonly Stage[] = ['reported', 'accepted', 'filed', 'dispatched', 'handling', 'verification', 'verified']
const ended: readonly Stage[] = ['closed', 'void']
const fromFiled = open.slice(2)
const inHand: readonly Stage[] = ['dispatched', 'handling']

/** Where each can be asked for, and granted. A fire has no clock of the work once it is said to be done. */
export const askable: Record<Ask, readonly Stage[]> = { extend: inHand, hold: fromFiled, void: open, appeal: inHand }
const atMost: Record<Ask, number> = { extend: 2, hold: 3, void: Infinity, appeal: 2 }

const desk = new Set(['chen', 'shen'])
/** 马骏 and 吴磊 answer for the other block. */
const elsewhere = new Set(['ma', 'wu'])
const fits = new Set(['li', 'zhao', 'zhou', 'gu'])
/** Off duty, or of another post: with a reason all the same. */
const fitsWithReason = new Set(['sun', 'he', 'shen'])

const isStill = (facts: Facts) => facts.held || facts.waiting.some(({ what }) => what === 'appeal')

/** Null where it is refused. */
export function leads(facts: Facts, tried: Try): Leads | null {
  const { what, by } = tried
  if (what === 'not-fixed' || what === 'rate') return ofResident(facts, tried)
  if (elsewhere.has(by)) return null
  if (what in moves) return ofMove(facts, tried, what as Verb)
  if (what.startsWith('ask ')) return mayAsk(facts, by, what.slice(4) as Ask) ? {} : null
  const isDesk = desk.has(by)
  const isHolder = facts.holder === by
  const isAnybody = isDesk || isHolder || facts.told.has(by)
  const isOpen = open.includes(facts.stage)
  const [request] = facts.waiting
  switch (what) {
    case 'approve':
      return isDesk && request && request.by !== by ? granted(facts, request) : null
    case 'reject':
      return isDesk && request && request.by !== by ? {} : null
    case 'withdraw':
      return request?.by === by ? {} : null
    case 'resume':
      return isOpen && facts.held && (isDesk || isHolder) ? { held: false } : null
    case 'urge':
      return isDesk && isOpen && !isStill(facts) && !facts.urgedJustNow.has(by) ? {} : null
    case 'answer':
      return isAnybody && isOpen && facts.urgedBy !== undefined && facts.urgedBy !== by ? {} : null
    case 'contact':
      return isAnybody && isOpen ? {} : null
    case 'callback':
      if (!isDesk || facts.handlers.has(by)) return null
      if (ended.includes(facts.stage)) return tried.fixed || facts.hasYounger ? {} : { anew: true }
      return facts.stage === 'verification' || facts.stage === 'verified' ? {} : null
    case 'reopen':
      return isDesk && ended.includes(facts.stage) && !facts.hasYounger ? { anew: true } : null
    default:
      return null
  }
}

function ofResident(facts: Facts, { what, theirs, fixed }: Try): Leads | null {
  if (!theirs || !ended.includes(facts.stage)) return null
  if (what === 'not-fixed') return facts.hasYounger ? null : { anew: true }
  return fixed || facts.hasYounger ? {} : { anew: true }
}

function ofMove(facts: Facts, tried: Try, verb: Verb): Leads | null {
  const { by, reason, misdispatch } = tried
  const stage = moves[verb][facts.stage]
  const isHolder = facts.holder === by
  // Somebody who was told gets there, whatever the case waits for.
  if (verb === 'arrive' && !isHolder) return open.includes(facts.stage) && facts.told.has(by) && !facts.arrivedBeside.has(by) ? {} : null // prettier-ignore
  if (!stage || (isStill(facts) && verb !== 'void')) return null
  switch (verb) {
    case 'take':
      return isHolder ? { stage } : null
    case 'arrive':
      return facts.hasArrived ? null : { stage }
    case 'finish':
      return isHolder && facts.hasArrived && facts.hasPhotos ? { stage } : null
    case 'dispatch':
      return desk.has(by) && (fits.has(tried.to) || (reason && fitsWithReason.has(tried.to))) ? { stage } : null
    case 'verify':
      return desk.has(by) && !facts.handlers.has(by) ? { stage } : null
    case 'close':
      // From 待核查 it is verified on the way.
      return desk.has(by) && (facts.stage === 'verified' || !facts.handlers.has(by)) ? { stage } : null
    case 'return':
      if (!reason || !(desk.has(by) || (isHolder && inHand.includes(facts.stage)))) return null
      if (misdispatch) return inHand.includes(facts.stage) ? { stage, misdispatches: 1 } : null
      return { stage, ...(stage === 'dispatched' && { returns: 1 }) }
    case 'void':
      return desk.has(by) && reason ? { stage, held: false } : null
    case 'accept':
    case 'file':
      return desk.has(by) ? { stage } : null
    default:
      return verb satisfies never
  }
}

function mayAsk(facts: Facts, by: PersonId, what: Ask): boolean {
  const who: Record<Ask, boolean> = {
    extend: desk.has(by) || facts.holder === by,
    hold: desk.has(by) || facts.holder === by,
    void: desk.has(by) || facts.holder === by || facts.told.has(by),
    appeal: by === 'shen' || facts.holder === by,
  }
  const used = what === 'appeal' ? facts.asked.appeal : facts.granted[what]
  return (
    who[what] &&
    askable[what].includes(facts.stage) &&
    !facts.waiting.some((request) => request.what === what) &&
    used < atMost[what] &&
    !(what === 'hold' && facts.held)
  )
}

function granted(facts: Facts, { what, disposition }: Request): Leads | null {
  switch (what) {
    case 'extend':
      return {}
    case 'hold':
      return facts.held || !facts.holdIsAhead ? null : { held: true }
    case 'void':
      return { stage: 'void', held: false }
    case 'appeal':
      return disposition ? { stage: 'void', held: false } : { stage: 'filed', misdispatches: 1, held: false }
    default:
      return what satisfies never
  }
}

/** Everything that can be walked: each kind of wish from each stage in which it leads anywhere. */
export const edges: readonly string[] = [
  ...Object.entries(moves).flatMap(([verb, rows]) => Object.keys(rows).map((stage) => `${verb} ${stage}`)),
  ...Object.entries(askable).flatMap(([what, stages]) =>
    stages.flatMap((stage) => ['ask', 'approve', 'reject', 'withdraw'].map((verb) => `${verb} ${what} ${stage}`)),
  ),
  ...fromFiled.flatMap((stage) => [`resume ${stage}`, `end-hold ${stage}`]),
  ...open.flatMap((stage) => ['arrive-beside', 'urge', 'answer', 'contact'].map((verb) => `${verb} ${stage}`)),
  ...['verification', 'verified', 'closed', 'void'].map((stage) => `callback ${stage}`),
  ...ended.flatMap((stage) => ['reopen', 'not-fixed', 'rate'].map((verb) => `${verb} ${stage}`)),
]

/** As little of the record as the model goes by. */
export function factsOf(current: Case, hasYounger: boolean, now: number): Facts {
  const requests = current.requests ?? []
  const count = (is: (request: Request) => boolean) => {
    const of = (what: Ask) => requests.filter((request) => request.what === what && is(request)).length
    return { extend: of('extend'), hold: of('hold'), void: of('void'), appeal: of('appeal') }
  }
  const waiting = requests.filter((request) => !request.answer)
  const sentBack = current.steps.findLastIndex(({ verb }) => verb === 'return')
  const isThere = (slot: string) =>
    current.steps.some(({ verb, about }, i) => verb === 'attach' && about === slot && (i > sentBack || !slot.startsWith('after'))) // prettier-ignore
  return {
    stage: current.stage,
    ...(current.holder && { holder: current.holder.personId }),
    hasArrived: current.holder?.arrivedAt !== undefined,
    arrivedBeside: new Set(current.told.filter((one) => one.arrivedAt !== undefined).map((one) => one.personId)),
    told: new Set(current.told.map((one) => one.personId)),
    handlers: new Set(current.handlers),
    hasPhotos: ['before-near', 'before-far', 'after-near', 'after-far'].every(isThere),
    held: current.held !== undefined,
    holdIsAhead: (waiting[0]?.until ?? Infinity) > now,
    waiting,
    granted: count(({ answer }) => answer !== undefined && 'yes' in answer && answer.yes),
    asked: count(() => true),
    ...(current.urged && current.urged.answeredAt === undefined && { urgedBy: current.urged.by }),
    urgedJustNow: new Set(
      (current.orders ?? [])
        .filter(({ what, at, to }) => what === 'urge' && now - at < 120_000 && to.some((one) => !one.seenAt))
        .map(({ by }) => by),
    ),
    hasYounger,
  }
}
