// The rooms behind the machines' door, small and in memory, and the door itself on a real socket.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Case, CaseSource } from '#contract/case'
import type { Command } from '#contract/command'
import type {
  CaseId,
  CommandId,
  EvidenceId,
  PersonId,
  PlaceId,
  QuarantineId,
  ReporterRef,
  SourceId,
} from '#contract/ids'
import type { IntakeAnswer, Outcome } from '#contract/outcome'
import type { Viewer } from '#contract/person'
import type { Refusal } from '#contract/refusal'
import type { Report, Reporter } from '#contract/report'
import { emptyBoard } from '../../../ingest-server/case-engine/board.ts'
import type { Desk } from '../../../ingest-server/desk/port.ts'
import { openHearing } from '../../../ingest-server/doors/hearing.ts'
import { openIntakeRoad } from '../../../ingest-server/doors/intake-road.ts'
import { openIntakeDoor } from '../../../ingest-server/doors/intake.ts'
import type { Mappings } from '../../../ingest-server/doors/vendors/mappings.ts'
import type { Quarantine, Quarantined } from '../../../ingest-server/records/port-quarantine.ts'
import type { Links, Reporters } from '../../../ingest-server/records/port-residents.ts'
import type { Source } from '../../../ingest-server/records/port.ts'

export const noon = Date.parse('2026-11-21T12:00:00+08:00')
export const matters = [
  ...[
    'smoke',
    'open-fire',
    'throwing',
    'dropped-garbage',
    'bin-overflow',
    'water-leak',
    'camera-offline',
    'bike-parking',
  ],
  ...['hotline-urgent', 'hotline-general', 'hotline-hard'],
]

export const aSource = (given: Partial<Source> = {}): Source => ({
  id: 'edge-box-1' as SourceId,
  name: '边缘盒 1',
  matters: {},
  cameras: {},
  ...given,
})

/** Says yes and opens a case a source event, the same command always the same answer; or says no as it is told to. */
export function fakeDesk() {
  const commands: Command[] = []
  const answers = new Map<CommandId, Outcome>()
  const cases = new Map<string, CaseId>()
  const board = emptyBoard()
  const told = {
    refuses: null as Refusal | null,
    joins: null as CaseId | null,
    waiting: 0,
    breaks: null as Error | null,
  }
  const desk: Pick<Desk, 'submit' | 'board' | 'waiting' | 'inStep'> = {
    async submit(command) {
      if (told.breaks) throw told.breaks
      const before = answers.get(command.id)
      if (before) return before
      if (told.refuses) return { ok: false, commandId: command.id, refusal: told.refuses }
      commands.push(command)
      board.revision++
      const outcome = outcomeOf(command, board.revision)
      answers.set(command.id, outcome)
      return outcome
    },
    board: () => board,
    waiting: () => told.waiting,
    inStep: () => true,
  }
  function outcomeOf(command: Command, revision: number): Outcome {
    if (command.wish.type !== 'report') return { ok: false, refusal: 'stage-not-allowed' }
    const { report } = command.wish
    const key = `${command.by.kind === 'source' ? command.by.id : ''} ${report.eventId}`
    const known = cases.get(key) ?? told.joins
    const caseId = known ?? (`20261121-${String(cases.size + 1).padStart(3, '0')}` as CaseId)
    cases.set(key, caseId)
    if (!known)
      board.cases.set(caseId, { id: caseId, reporterRef: report.reporterRef, sources: [] as Case['sources'] } as Case)
    board.cases.get(caseId)?.sources.push({ key, reporterRef: report.reporterRef } as CaseSource)
    const why = known ? { rule: 'same-event' as const } : { rule: 'first' as const }
    const how = told.joins ? 'joined' : known ? 'updated' : 'opened'
    return { ok: true, commandId: command.id, revision, caseId, how, why }
  }
  const reports = (): Report[] => commands.flatMap(({ wish }) => (wish.type === 'report' ? [wish.report] : []))
  return { desk, told, commands, reports, board, cases }
}

export function fakeQuarantine() {
  const rows: Quarantined[] = []
  const whole = (row: Quarantined) => ({ ...row, bytes: row.body.byteLength, times: 1, triedAt: null, replayed: null })
  const quarantine: Pick<Quarantine, 'keep' | 'list' | 'open' | 'counts'> = {
    async keep(refused) {
      const id = `q-${rows.length + 1}` as QuarantineId
      rows.push({ ...refused, id, body: Uint8Array.from(refused.body) })
      return id
    },
    list: async (limit) => rows.slice(0, limit).map((row) => ({ ...whole(row), body: undefined })),
    async open(id) {
      const row = rows.find((one) => one.id === id)
      return row ? whole(row) : null
    },
    counts: async () => ({ counts: [], dropped: [] }),
  }
  return { quarantine, rows }
}

export function fakeReporters() {
  const kept = new Map<ReporterRef, Reporter>()
  let next = 1
  const reporters: Reporters = {
    async keep(reporter) {
      const ref = `r-${next++}` as ReporterRef
      kept.set(ref, reporter)
      return ref
    },
    reveal: async (ref) => kept.get(ref) ?? null,
    masked: async (ref) => (kept.has(ref) ? { name: '王**', phone: '138****5678' } : null),
    erase: async (ref) => void kept.delete(ref),
    refsOf: async (phone) => [...kept].flatMap(([ref, one]) => (one.phone === phone ? [ref] : [])),
    keptAt: async (ref) => (kept.has(ref) ? noon : null),
  }
  return { reporters, kept }
}

export function fakeLinks(): Links {
  const made = new Map<string, Parameters<Links['make']>[0] & { latest: CaseId }>()
  return {
    async make(link) {
      const token = `link-${made.size + 1}`.padEnd(43, '-')
      made.set(token, { ...link, latest: link.caseId })
      return token
    },
    find: async (token) => made.get(token) ?? null,
    async went(token, latest) {
      made.set(token, { ...made.get(token)!, latest })
    },
    refOf: async (sourceKey) => [...made.values()].find((one) => one.sourceKey === sourceKey)?.ref ?? null,
  }
}

/** A picture is what begins like a JPEG. */
export function fakeEvidence() {
  const kept = new Map<EvidenceId, Buffer>()
  const evidence = {
    has: (id: EvidenceId) => kept.has(id),
    async keep(bytes: Uint8Array) {
      if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
      const id = createHash('sha256').update(bytes).digest('hex') as EvidenceId
      kept.set(id, Buffer.from(bytes))
      return id
    },
  }
  return { evidence, kept }
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  results: IntakeAnswer[]
  ignored: number
}

/** The door on a port of its own, with a source `edge-box-1` whose key is `key`. Give back `close`. */
export async function doorOnTheWire(source: Source = aSource(), mappings?: Mappings) {
  const { desk, told, commands, reports, board } = fakeDesk()
  const { quarantine, rows } = fakeQuarantine()
  const { reporters, kept } = fakeReporters()
  const { evidence, kept: pictures } = fakeEvidence()
  const hearing = openHearing({ silentAfterMs: 60_000 })
  const faults: unknown[] = []
  const counted: string[] = []
  const clock = { now: noon }
  const road = openIntakeRoad({
    ...{ desk, quarantine, reporters, evidence, hearing },
    ...(mappings && { mappings }),
    now: () => clock.now,
    waitingLimit: 100,
    knowsMatter: (matter) => matters.includes(matter),
    metrics: { settled: (dialect, result) => counted.push(`${dialect} ${result}`) },
  })
  const door = openIntakeDoor({
    road,
    now: () => clock.now,
    sources: { byKey: (key) => (key === 'key' ? source : null) },
    newId: () => `fault-${faults.length + 1}`,
    onFault: (_id, cause) => faults.push(cause),
  })
  const server = createServer((req, res) => {
    if (!door.take(req, res)) res.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function post(
    dialect: string,
    body: string | Uint8Array,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<Answer> {
    const answer = await fetch(`http://127.0.0.1:${port}/api/in/${dialect}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { authorization: 'Bearer key', ...headers },
    })
    const text = await answer.text()
    const { results = [], ignored = 0 } = JSON.parse(text) as Partial<Answer>
    return { status: answer.status, headers: answer.headers, text, results, ignored }
  }
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return {
    post,
    port,
    told,
    commands,
    reports,
    board,
    rows,
    kept,
    pictures,
    hearing,
    faults,
    counted,
    clock,
    road,
    rooms: { desk, reporters, evidence, quarantine },
    door,
    close,
  }
}

export const aViewer = (given: Partial<Viewer> = {}): Viewer => ({
  personId: 'zhou' as PersonId,
  name: '周',
  role: 'duty-officer',
  placeIds: [] as PlaceId[],
  ...given,
})
