// Who is shown which picture, and how: the one place that decides, whichever way a picture is asked for.
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import { PersonId, type CaseId, type EvidenceId, type Instant, type ScenarioId } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import type { Viewer } from '#contract/person'
import type { PersonBox } from '#contract/report'
import { isAdministrator } from '#contract/roles'
import { isOpen } from '#contract/stage'
import type { Viewing, ViewingRules } from '#contract/viewing'
import type { Looks } from '../records/port-personal.ts'
import type { Pictures, Viewings } from '../records/port-viewing.ts'
import { hangs, type Size } from './evidence-cases.ts'
import { kioskOf } from './session-viewer.ts'

/** Shown, in this size and with these parts unrecognisable; or to be asked for first. */
export type View =
  | { how: 'shown'; caseId: CaseId; size: Size; blurred: readonly PersonBox[]; viewing?: string }
  | { how: 'ask'; caseId: CaseId }

/** Null: none of theirs. */
export type MayView = (viewer: Viewer, evidence: EvidenceId, size: Size) => Promise<View | null>

interface Needs {
  /** Cases on the board that hold it. */
  holding: (evidence: EvidenceId) => readonly Case[]
  /** Those that have left it. */
  archived: (evidence: EvidenceId) => Promise<readonly Case[]>
  linkage: () => Pick<Linkage, 'casts'>
  pictures: Pick<Pictures, 'persons'>
  viewings: Pick<Viewings, 'held'>
  looks: Pick<Looks, 'held'>
  /** Who commands through a wall now. */
  operatorOf: (wall: string) => Pick<Viewer, 'personId'> | null
  /** Of a scenario whose pictures a wall only ever shows small. */
  isSensitive: (scenario: ScenarioId) => boolean
  rules: ViewingRules
  now: () => Instant
  visibleTo?: (viewer: Viewer, subject: Case) => boolean
}

const day = 86_400_000

export function openViewingRule(needs: Needs): { mayView: MayView; isOld: (subject: Case) => boolean } {
  const { linkage, pictures, looks, operatorOf, rules, now, visibleTo = sees } = needs

  const isOld = ({ endedAt }: Case): boolean => endedAt !== undefined && now() - endedAt > rules.freeDays * day

  /** What being who they are gives them of this case. */
  function byRight(viewer: Viewer, subject: Case, evidence: EvidenceId, size: Size): Size | 'ask' | null {
    if (!visibleTo(viewer, subject)) return null
    if (viewer.role === 'wall') return isOld(subject) ? null : onWall(subject, evidence, size)
    return isOld(subject) ? 'ask' : size
  }

  function onWall(subject: Case, evidence: EvidenceId, size: Size): Size | null {
    const shown = size === 'full' && needs.isSensitive(subject.scenarioId) ? 'thumb' : size
    return hangs(subject, evidence, shown, linkage()) ? shown : null
  }

  /** Whoever has it in hand sees whom they are to help; everybody else looks for a reason. */
  async function seesPersons(viewer: Viewer, subject: Case): Promise<boolean> {
    if (subject.holder?.personId === viewer.personId) return true
    if (viewer.role === 'duty-officer' && isOpen(subject.stage)) return true
    const by = lookerOf(viewer, operatorOf)
    return by !== null && (await looks.held(subject.id, by, now(), 'persons')) !== null
  }

  async function shown(viewer: Viewer, holders: readonly Case[], evidence: EvidenceId, size: Size): Promise<View> {
    const boxes = await pictures.persons(evidence)
    const view = { how: 'shown', caseId: holders[0]!.id, size, blurred: boxes } as const
    if (boxes.length === 0) return view
    for (const subject of holders) if (await seesPersons(viewer, subject)) return { ...view, blurred: [] }
    return view
  }

  /** What was granted to them for this very case, or for what its camera saw then. */
  async function granted(viewer: Viewer, holders: readonly Case[], evidence: EvidenceId, size: Size) {
    if (viewer.role === 'wall' || isAdministrator(viewer.role)) return null
    const held = await needs.viewings.held(viewer.personId, now())
    for (const subject of holders) {
      const viewing = held.find((one) => covers(one, subject, evidence))
      if (viewing) return { how: 'shown', caseId: subject.id, size, blurred: [], viewing: viewing.id } as const
    }
    return null
  }

  return {
    isOld,
    async mayView(viewer, evidence, size) {
      const onBoard = needs.holding(evidence)
      const right = (subject: Case) => byRight(viewer, subject, evidence, size)
      const isShown = (subject: Case) => ['full', 'thumb'].includes(right(subject) ?? 'none')
      const first = onBoard.filter(isShown)
      // The board is at hand; the archive is asked only where the board does not say yes.
      const all = first.length > 0 ? onBoard : [...onBoard, ...(await needs.archived(evidence))]
      const open = first.length > 0 ? first : all.filter(isShown)
      if (open.length > 0) {
        const sizes = open.map(right)
        return shown(viewer, open, evidence, sizes.includes('full') ? 'full' : 'thumb')
      }
      const given = await granted(viewer, all, evidence, size)
      if (given) return given
      const asked = all.find((subject) => right(subject) === 'ask')
      return asked ? { how: 'ask', caseId: asked.id } : null
    },
  }
}

/** At a wall it is whoever commands through it, and there alone: signed out, nobody has looked. */
export function lookerOf(viewer: Viewer, operatorOf: Needs['operatorOf']): PersonId | null {
  const wall = kioskOf(viewer)
  if (wall === null) return viewer.personId
  const operator = operatorOf(wall)
  return operator && PersonId.parse(`${viewer.personId}/${operator.personId}`.slice(0, 128))
}

function covers({ of }: Viewing, subject: Case, evidence: EvidenceId): boolean {
  if (of.what === 'case') return of.caseId === subject.id
  return subject.sources.some(
    ({ cameraId, firstAt, lastAt, evidence: seen }) =>
      cameraId === of.cameraId && seen.includes(evidence) && firstAt <= of.to && lastAt >= of.from,
  )
}
