// The door between streets of one system: what another street says of a case, signed by the key the two share; and the pictures it may fetch.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import express, { Router, type Request, type Response } from 'express'
import type { Command } from '#contract/command'
import { CommandId, EvidenceId, PlaceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Ground } from '#contract/ground'
import type { Outcome } from '#contract/outcome'
import { streetSource } from '#contract/passing'
import { refusals } from '#contract/refusal'
import { PersonBox, type Report } from '#contract/report'
import { StreetId } from '#contract/streets'
import type { Desk } from '../desk/port.ts'
import { signingKey } from '../records/signing-secret.ts'
import type { Evidence } from '../records/port.ts'
import type { Pictures } from '../records/port-viewing.ts'
import { passing } from './intake-settle.ts'
import { picturesOf } from './outward-street.ts'
import { signed } from './outward-signature.ts'
import { isSigned, lateness, signatureIn } from './source-signature.ts'
import { picturePath, saidPath } from './streets-port.ts'
import type { Streets } from './streets-port.ts'
import { StreetSaid } from './streets-said.ts'

interface StreetsDoorNeeds {
  streets: Streets
  desk: Pick<Desk, 'submit' | 'board'>
  ground: Pick<Ground, 'locate' | 'subdistrict'>
  evidence: Pick<Evidence, 'keep' | 'file'>
  pictures?: Pick<Pictures, 'persons' | 'addPersons'>
  now: () => Instant
  onFault: (fault: unknown) => void
}

type HandedOver = Extract<StreetSaid, { type: 'street.handed-over' }>

const largestPicture = 20 * 1024 * 1024

export function openStreetsDoor({ streets, desk, ground, evidence, pictures, now, onFault }: StreetsDoorNeeds) {
  const router = Router()
  const { self } = streets

  /** Who it is, by a signature with the key of the two; null for anybody else. */
  function whoSigned(req: Request, body: Uint8Array): { from: StreetId; id: string } | null {
    const from = StreetId.safeParse(req.get('sanping-street')).data
    const signature = signatureIn(req.headers)
    if (!from || !streets.others().has(from) || !signature || 'refusal' in signature) return null
    if (lateness(signature, now())) return null
    const key = signingKey(streets.secretOf(from, self.id))
    return isSigned(signature, body, [key]) ? { from, id: signature.id } : null
  }

  async function hear(req: Request, res: Response): Promise<void> {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    const who = whoSigned(req, body)
    if (!who)
      return void res.status(401).json({ ok: false, refusal: 'signature-wrong', words: refusals['signature-wrong'].zh })
    const said = StreetSaid.safeParse(jsonOf(body))
    if (!said.success || said.data.from !== who.from || said.data.to !== self.id)
      return void res.status(422).json({ ok: false, refusal: 'wrong-shape', words: refusals['wrong-shape'].zh })
    const outcome = await take(said.data, who.id)
    // To be said again as it is; everything else is an answer for good, and is not said a second time.
    if (!outcome || (!outcome.ok && passing.has(outcome.refusal)))
      return void res.status(503).set('retry-after', '5').json({ ok: false, refusal: 'not-in-step' })
    if (outcome.ok) return void res.json({ ok: true, caseId: outcome.caseId })
    res.json({ ok: false, refusal: outcome.refusal, words: refusals[outcome.refusal].zh })
  }

  /** Null where a picture could not be fetched. */
  async function take(said: StreetSaid, id: string): Promise<Outcome | null> {
    const by = { kind: 'source', id: streetSource(said.from) } as const
    const command = (wish: Command['wish'], above?: string): Command => ({
      ...{ id: CommandId.parse(`street:${said.from}:${id}`.slice(0, 128)), by, wish },
      ...(above !== undefined && { above }),
    })
    switch (said.type) {
      case 'street.handed-over': {
        const pictures = await picturesFor(said).catch((fault: unknown) => {
          onFault(fault)
          return null
        })
        return pictures && desk.submit(command({ type: 'report', report: reportOf(said, pictures) }))
      }
      case 'street.taken-back': {
        const ours = ourCase(said.from, said.caseId, said.at)
        if (!ours) return { ok: false, refusal: 'case-not-found' }
        const note = `已收回${said.reason ? `：${said.reason}` : ''}`
        return desk.submit(
          command({ type: 'note', caseId: ours, note }, streets.others().get(said.from)?.zh ?? said.from),
        )
      }
      case 'street.answer': {
        const { caseId, what, theirs, disposition, reason } = said
        return desk.submit(
          command({
            ...{ type: 'passed', caseId, what, theirs },
            ...(disposition && { disposition }),
            ...(reason && { reason }),
          }),
        )
      }
      default:
        return said satisfies never
    }
  }

  const keyOf = (from: StreetId, caseId: string, at: Instant) => `${streetSource(from)}/${eventOf(caseId, at)}`
  const ourCase = (from: StreetId, caseId: string, at: Instant) => {
    const key = keyOf(from, caseId, at)
    return [...desk.board().cases.values()].find(({ sources }) => sources.some((one) => one.key === key))?.id
  }

  /** Where its own point does not lie on our ground, which is why it comes at all, it is the street's as a whole. */
  function reportOf({ matter, text, at, passed }: HandedOver, evidence: EvidenceId[]): Report {
    const [lon, lat] = passed.wgs84
    const point = { lon, lat, crs: 'wgs84' as const }
    const isOurs = !('refusal' in ground.locate({ at: point }, now()))
    return {
      ...{ kind: 'grid-report', eventId: eventOf(passed.caseId, at), phase: 'new', matter, occurredAt: passed.since },
      ...(isOurs ? { at: point } : { placeId: PlaceId.parse(ground.subdistrict.id) }),
      ...{ text, evidence, passedFrom: passed },
    }
  }

  /** Each as that street has it, kept here under the hash of these very bytes. */
  async function picturesFor({ from, evidence: ids, passed }: HandedOver): Promise<EvidenceId[]> {
    const kept: EvidenceId[] = []
    for (const id of ids) {
      const secret = streets.secretOf(self.id, from)
      const answer = await streets.fetch(
        `${streets.originOf(from)}${picturePath}/${id}?case=${encodeURIComponent(passed.caseId)}`,
        {
          headers: { 'sanping-street': self.id, ...signed(id, '', { signing: [{ secret }] }, now()) },
          signal: AbortSignal.timeout(15_000),
        },
      )
      // What they no longer have, or do not give us, is no reason to lose the case.
      if (answer.status === 403 || answer.status === 404) continue
      if (!answer.ok) throw new Error(`a picture of ${from} could not be fetched: ${answer.status}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      const own = bytes.byteLength > largestPicture ? null : await evidence.keep(bytes, now())
      if (!own) continue
      // Whoever was not to be recognised there is not to be recognised here.
      const persons = personsIn(answer.headers.get(personsHeader))
      if (persons.length > 0) await pictures?.addPersons([own], persons)
      kept.push(own)
    }
    return [...new Set(kept)]
  }

  /** Only of a case that was handed to whoever asks. */
  async function show(req: Request, res: Response): Promise<void> {
    const id = EvidenceId.safeParse(req.params.sha256).data
    const who = whoSigned(req, Buffer.alloc(0))
    if (!id || !who || who.id !== id) return void res.status(401).end()
    const subject = [...desk.board().cases.values()].find((one) => one.id === req.query.case)
    if (subject?.passed?.street !== who.from || !picturesOf(subject).includes(id)) return void res.status(403).end()
    const file = evidence.file(id, 'full')
    if (!file) return void res.status(404).end()
    const persons = (await pictures?.persons(id)) ?? []
    res.set({ 'content-type': file.type, 'cache-control': 'no-store', [personsHeader]: JSON.stringify(persons) })
    createReadStream(file.path)
      .on('error', (fault) => {
        onFault(fault)
        res.destroy()
      })
      .pipe(res)
  }

  router.post(saidPath, express.raw({ type: () => true, limit: '256kb' }), hear)
  router.get(`${picturePath}/:sha256`, show)
  return { router }
}

/** Short of the longest a command's id may be, and another each time it is handed over. */
const eventOf = (caseId: string, at: Instant): string =>
  `${caseId}@${createHash('sha256').update(String(at)).digest('hex').slice(0, 8)}`

const personsHeader = 'sanping-persons'
const personsIn = (said: string | null): PersonBox[] =>
  PersonBox.array()
    .max(100)
    .safeParse(jsonOf(Buffer.from(said ?? '[]'))).data ?? []

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
