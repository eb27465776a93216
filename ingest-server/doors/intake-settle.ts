// One item of a body carried to its answer: taken by the desk, or refused in words and kept whole in quarantine.
import type { Ground } from '#contract/ground'
import type { CameraId, CaseId, CommandId, EvidenceId, Instant, ReporterRef } from '#contract/ids'
import type { Language, Words } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import { refusals, type Refusal } from '#contract/refusal'
import type { IncomingReport, Report } from '#contract/report'
import { whyInWords } from '#contract/why-words'
import type { Desk } from '../desk/port.ts'
import type { Quarantine } from '../records/port-quarantine.ts'
import type { Reporters } from '../records/port-residents.ts'
import type { Evidence, Source } from '../records/port.ts'
import type { Pictures } from '../records/port-viewing.ts'
import type { Hearing } from './hearing.ts'
import { commandFor } from './intake-command.ts'
import { withoutPersonal } from './intake-personal.ts'
import { submitWord, type OrdersFound } from './intake-word.ts'
import type { Quotas } from './source-quotas.ts'
import type { Skews } from './source-skew.ts'
import type { Item, No } from './vendors/reading.ts'

export interface Settling {
  desk: Pick<Desk, 'submit' | 'board'>
  quarantine: Pick<Quarantine, 'keep'>
  reporters: Pick<Reporters, 'keep' | 'erase'>
  evidence: Pick<Evidence, 'has' | 'keep'>
  /** Where persons are in a picture, for whoever is to be shown it. */
  pictures?: Pick<Pictures, 'addPersons'>
  hearing: Pick<Hearing, 'heard' | 'sign' | 'spoke'>
  /** How much each may send; without it there is no end to it. */
  quotas?: Pick<Quotas, 'take'>
  skews?: Pick<Skews, 'note'>
  /** Where given, only cameras on the map are listened to: any other name may be made up without end. */
  ground?: Pick<Ground, 'cameras'> | undefined
  knowsMatter: (matter: string) => boolean
  /** What an order of a hotline is by now; without it no platform is heard of its orders. */
  orders?: OrdersFound | undefined
}

/** What all items of one body share. */
export interface Sent {
  source: Source
  dialect: string
  contentType: string
  language: Language
  now: Instant
  /** Kept by a broker from some time ago: it says nothing of who is there now. */
  retained?: boolean
  /** Of a replay: the command's own id, so that it is done once however often it is asked for. */
  commandId?: CommandId
}

/** Ahead of our clock by more than this is no clock that is merely wrong. */
const dayMs = 86_400_000

/** To be sent again as it is: nothing is wrong with it, so it is not kept. */
export const passing: ReadonlySet<Refusal> = new Set(['overloaded', 'not-in-step', 'over-quota'])

/** Null for what is none of ours. Rejects only where the house itself is broken. */
export async function settle(item: Item, sent: Sent, rooms: Settling): Promise<IntakeAnswer | null> {
  switch (item.kind) {
    case 'ignored':
      if (item.cameraId) hear(item.cameraId, item.beats ?? false, sent, rooms)
      return null
    case 'sign':
      rooms.quotas?.take(sent.source, undefined)
      return takeSign(item, sent, rooms)
    case 'word':
      return takeWord(item, sent, rooms)
    case 'refused':
      rooms.quotas?.take(sent.source, undefined)
      return refuse(item.no, item.raw(), sent, rooms.quarantine)
    case 'report':
      return takeReport(item, sent, rooms)
    default:
      return item satisfies never
  }
}

/** Kept whole, and answered with its reason and where it is kept. */
export async function refuse(
  no: No,
  raw: Uint8Array,
  sent: Sent,
  quarantine: Pick<Quarantine, 'keep'>,
): Promise<IntakeAnswer> {
  const words = no.words ?? refusals[no.refusal]
  const answer = { ok: false as const, refusal: no.refusal, words: words[sent.language] }
  if (passing.has(no.refusal)) return answer
  const quarantineId = await quarantine.keep({
    at: sent.now,
    sourceId: sent.source.id,
    dialect: sent.dialect,
    contentType: sent.contentType,
    refusal: no.refusal,
    words: words.zh,
    body: raw,
  })
  return { ...answer, quarantineId }
}

async function takeWord(item: Item & { kind: 'word' }, sent: Sent, rooms: Settling): Promise<IntakeAnswer> {
  if (rooms.quotas && !rooms.quotas.take(sent.source, undefined)) return overQuota(sent)
  const outcome = await submitWord(item, sent, rooms)
  return outcome.ok ? { ...outcome, why: '' } : refuse(outcome, item.raw(), sent, rooms.quarantine)
}

async function takeReport(item: Item & { kind: 'report' }, sent: Sent, rooms: Settling): Promise<IntakeAnswer> {
  const given = item.report
  if (rooms.quotas && !rooms.quotas.take(sent.source, given.cameraId)) return overQuota(sent)
  if (given.phase === 'new' && !sent.retained)
    rooms.skews?.note(sent.source.id, given.cameraId, given.occurredAt, sent.now)
  // That its picture is lost is a recorder's word: of the camera itself nothing was heard.
  const isGone = given.kind === 'device-report' && given.phase !== 'end'
  if (given.cameraId && !isGone) hear(given.cameraId, false, sent, rooms)
  const no = objection(given, sent.now, rooms)
  if (no) return refuse(no, item.raw(), sent, rooms.quarantine)
  const pictures = item.pictures.length > 0 ? await keepPictures(item, sent, rooms) : []
  const { report, reporter } = withoutPersonal(
    pictures.length > 0 ? { ...given, evidence: [...given.evidence, ...pictures] } : given,
  )
  const was = await alreadyOver(report, sent, rooms)
  if (was) return was
  // Before anybody is told of the case: a wall that is shown it already is shown it blurred.
  if (given.persons?.length) await rooms.pictures?.addPersons(report.evidence, given.persons)
  const ref = reporter ? await rooms.reporters.keep(reporter, sent.now) : undefined
  const command = commandFor(sent.source.id, report, ref)
  const outcome = await rooms.desk.submit(sent.commandId ? { ...command, id: sent.commandId } : command)
  if (!outcome.ok) {
    if (ref) await rooms.reporters.erase(ref)
    return refuse(explained(outcome.refusal, report), item.raw(), sent, rooms.quarantine)
  }
  // A ticket sent twice is answered as it was the first time; the second copy of the resident's name is not kept.
  if (ref && !isNamed(ref, outcome.caseId, rooms)) await rooms.reporters.erase(ref)
  return { ...outcome, why: outcome.why ? whyInWords(outcome.why, sent.language) : '' }
}

/** The register closes what we had ourselves and have long archived: that is its record, and it gets no second one. */
export async function alreadyOver(
  report: Report,
  { source }: Pick<Sent, 'source'>,
  { orders }: Pick<Settling, 'orders'>,
): Promise<IntakeAnswer | null> {
  if (report.register?.endedAt === undefined) return null
  const was = await orders?.gone?.(source.id, report.eventId)
  if (!was) return null
  const { id: commandId } = commandFor(source.id, report)
  return { ok: true, commandId, revision: was.revision, caseId: was.id, how: 'repeated', why: '' }
}

const overQuota = ({ language }: Sent): IntakeAnswer => ({
  ...{ ok: false, refusal: 'over-quota', words: refusals['over-quota'][language] },
})

/** Whether the case speaks of this copy of the resident; one that nobody names could never be found to be erased. */
function isNamed(ref: ReporterRef, caseId: CaseId | undefined, { desk }: Settling): boolean {
  const subject = caseId && desk.board().cases.get(caseId)
  return !subject || subject.reporterRef === ref || subject.sources.some((source) => source.reporterRef === ref)
}

function hear(cameraId: CameraId, beats: boolean, sent: Sent, { hearing, ground }: Settling): void {
  if (sent.retained) return
  if (!ground || ground.cameras.has(cameraId)) hearing.heard(cameraId, sent.now, { by: sent.source.id, beats })
}

/** Null where it is taken: a heartbeat is no report and is only counted. */
async function takeSign({ sign, raw }: Item & { kind: 'sign' }, sent: Sent, rooms: Settling) {
  const { hearing, ground, quarantine } = rooms
  if (sign.at !== undefined && sign.at > sent.now + dayMs)
    return refuse({ refusal: 'time-impossible' }, raw(), sent, quarantine)
  const cameraIds = ground ? sign.cameraIds.filter((id) => ground.cameras.has(id)) : sign.cameraIds
  if (sign.cameraIds.length > 0 && cameraIds.length === 0 && !sign.deviceId)
    return refuse({ refusal: 'camera-unknown' }, raw(), sent, quarantine)
  return hearing.sign({ ...sign, cameraIds, retained: sent.retained }, sent.source.id, sent.now)
    ? null
    : refuse({ refusal: 'too-many', words: tooManyDevices }, raw(), sent, quarantine)
}

const tooManyDevices = {
  zh: '一个来源报的网关太多，请核对 deviceId 是否固定不变。',
  en: 'One source names too many gateways: check that a deviceId stays what it is.',
}

/** What can be seen to be wrong before the desk is asked. */
export function objection(
  report: IncomingReport,
  now: Instant,
  { knowsMatter, evidence }: Pick<Settling, 'knowsMatter'> & { evidence: Pick<Evidence, 'has'> },
): No | null {
  if (!knowsMatter(report.matter)) return explained('matter-unknown', report)
  if (report.occurredAt > now + dayMs) return explained('time-impossible', report)
  const missing = report.evidence.find((id) => !evidence.has(id))
  return missing ? named('evidence-unknown', { zh: `照片 ${missing}：`, en: `Picture ${missing}: ` }) : null
}

/** An alert is taken even where its picture is none; then the message is kept beside it, so that nothing sent is lost. */
async function keepPictures(item: Item & { kind: 'report' }, sent: Sent, rooms: Settling): Promise<EvidenceId[]> {
  const ids = await Promise.all(item.pictures.map((picture) => rooms.evidence.keep(picture, sent.now)))
  if (ids.includes(null)) await refuse({ refusal: 'evidence-refused' }, item.raw(), sent, rooms.quarantine)
  const known = new Set(item.report.evidence)
  return ids.filter((id): id is EvidenceId => id !== null && !known.has(id)).slice(0, 20 - known.size)
}

/** The refusal's sentence, led by the value it is about. */
export function explained(refusal: Refusal, report: IncomingReport | Report): No {
  switch (refusal) {
    case 'matter-unknown':
      return named(refusal, { zh: `matter「${report.matter}」：`, en: `matter "${report.matter}": ` })
    case 'camera-unknown':
      return named(refusal, { zh: `cameraId「${report.cameraId}」：`, en: `cameraId "${report.cameraId}": ` })
    case 'facility-unknown':
      return named(refusal, { zh: `facilityId「${report.facilityId}」：`, en: `facilityId "${report.facilityId}": ` })
    case 'time-impossible': {
      const when = new Date(report.occurredAt).toISOString()
      return named(refusal, { zh: `occurredAt ${when}：`, en: `occurredAt ${when}: ` })
    }
    case 'outside-subdistrict': {
      if (!report.at) return { refusal }
      const { lon, lat, crs } = report.at
      return named(refusal, { zh: `at ${lon}, ${lat}（${crs}）：`, en: `at ${lon}, ${lat} (${crs}): ` })
    }
    default:
      return { refusal }
  }
}

const named = (refusal: Refusal, lead: Words): No => ({
  refusal,
  words: { zh: lead.zh + refusals[refusal].zh, en: lead.en + refusals[refusal].en },
})
