// The SIP door of GB/T 28181: devices register, say that they are alive, and send alarms, each answered once it is kept.
import { hash } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { SipDevices, Source } from '../records/port.ts'
import { retryAfter } from './intake-answer.ts'
import { isPassing, type IntakeRoad, type Taken } from './intake-road.ts'
import { answerPort, writeAnswer, type SipAnswer } from './sip-answer.ts'
import { openBindings } from './sip-bindings.ts'
import { openNonces } from './sip-digest.ts'
import type { Frames } from './sip-frames.ts'
import { openLimits } from './sip-limits.ts'
import { one, readHead, readSip, userOf, type SipHeaders, type SipRequest } from './sip-message.ts'
import { openProof } from './sip-proof.ts'
import { registrationOf } from './sip-register.ts'
import { openTelling } from './sip-telling.ts'
import { openTransactions } from './sip-transactions.ts'
import { openSipWires, type SipRemote } from './sip-wires.ts'
import { whoIs } from './vendors/gb28181-device.ts'
import { replyTo } from './vendors/gb28181-reply.ts'

export interface SipNeeds {
  road: Pick<IntakeRoad, 'admit' | 'againAfter' | 'take'>
  devices: Pick<SipDevices, 'digestOf'>
  /** Where to listen; `found`: the name of this machine as devices know it. */
  listen: { host: string; port: number; found: string }
  /** Our own number of twenty digits, and the realm of the passwords. */
  own: { id: string; realm: string }
  now: () => Instant
  random: (bytes: number) => Uint8Array
  newId: () => string
  after: (milliseconds: number, run: () => void) => () => void
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (id: string, fault: unknown) => void
}

interface SipDoor {
  /** Rejects where the port is taken. */
  open(): Promise<void>
  port(): number
  close(): Promise<void>
}

interface Known {
  device: string
  source: Source
}

/** `reply`: of the standard's own, said behind it. */
type Done = SipAnswer & { reply?: Buffer | null }

const allow = ['Allow', 'REGISTER, MESSAGE, NOTIFY, OPTIONS'] as const
const sweepMs = 10_000

export function openSipDoor(needs: SipNeeds): SipDoor {
  const { road, own, now, newId, onFault } = needs
  const bindings = openBindings()
  const transactions = openTransactions()
  const limits = openLimits(now)
  const proof = openProof({ devices: needs.devices, nonces: openNonces(needs), limits, realm: own.realm })
  const wires = openSipWires({ ...needs, ...needs.listen, heard, lost, onFault: (fault) => onFault(newId(), fault) })
  const telling = openTelling({ ...needs, own: { ...own, host: needs.listen.found, port: wires.port } })
  let stop = (): void => {}

  function heard(bytes: Buffer, from: SipRemote): void {
    const message = readSip(bytes)
    // What is none, and an answer, are never answered: two servers would do so for ever.
    if (!message) return
    if (message.kind === 'response') return telling.answered(message.headers, message.code)
    if (message.method === 'ACK') return
    if (!limits.mayStill(from.address))
      return from.transport === 'tcp' ? answer(message.headers, busy, from) : undefined
    if (message.kind === 'broken') return answer(message.headers, { code: 400, words: message.why.zh }, from)
    handle(message, from).catch((fault: unknown) => {
      const id = newId()
      onFault(id, fault)
      answer(
        message.headers,
        { code: 500, headers: [later(retryAfter)], words: `服务器内部出错，编号 ${id}，请稍后重发。` },
        from,
      )
    })
  }

  function lost({ head, why }: NonNullable<Frames['lost']>, from: SipRemote): void {
    const headers = readHead(head)?.headers ?? []
    if (one(headers, 'via') === undefined || !limits.mayStill(from.address)) return
    if (why === 'too-large') return answer(headers, { code: 413 }, from)
    answer(headers, { code: 400, words: 'TCP 上的消息要有正确的 Content-Length。' }, from)
  }

  async function handle(request: SipRequest, from: SipRemote): Promise<void> {
    const say = (given: SipAnswer) => answer(request.headers, given, from)
    switch (request.method) {
      case 'REGISTER':
        return inTurn(request, from, register)
      case 'MESSAGE':
      case 'NOTIFY':
        return inTurn(request, from, message)
      case 'OPTIONS':
        return say({ code: 200, headers: [allow, ['Accept', 'Application/MANSCDP+xml']] })
      case 'SUBSCRIBE':
        return say({ code: 489, headers: [allow] })
      case 'BYE':
      case 'CANCEL':
        return say({ code: 481 })
      default:
        return say({ code: 405, headers: [allow], words: '这里只收注册、心跳与报警，不接呼叫。' })
    }
  }

  /** Once, however often the packet comes; what was not done may come again. */
  async function inTurn(request: SipRequest, from: SipRemote, run: typeof register): Promise<void> {
    const { headers } = request
    const device = userOf(one(headers, 'from')) ?? ''
    const key = keyOf(request, from)
    const before = transactions.find(device, key)
    if (before === 'under-way') return
    if (before) return from.send(before, answerPort(headers, from))
    const registered = request.method !== 'REGISTER' && bindings.isFrom(device, from, now())
    const proved = proof.of(request, device, from.address, registered)
    if ('code' in proved) return answer(headers, proved, from)
    if (road.admit(proved.source)) return answer(headers, busyFor(road.againAfter(proved.source)), from)
    if (!transactions.begin(device, key, now())) return answer(headers, busy, from)
    let kept: Buffer | null = null
    try {
      const { reply, ...done } = await run(request, { device, source: proved.source }, from)
      const bytes = writeAnswer(headers, done, from, own.realm)
      if (done.code !== 503) kept = bytes
      from.send(bytes, answerPort(headers, from))
      // Behind the 200, as the standard draws it (9.4).
      if (reply) telling.tell(device, from, reply)
    } finally {
      transactions.end(device, key, kept, now())
    }
  }

  async function register({ headers }: SipRequest, { device, source }: Known, from: SipRemote): Promise<Done> {
    const asked = registrationOf(headers)
    if ('code' in asked) return asked
    const { seconds, contact } = asked
    if (seconds > 0) bindings.put({ device, sourceId: source.id, remote: from, until: now() + seconds * 1000 })
    else bindings.end(device)
    const taken = await sign(device, source, seconds > 0 ? 'online' : 'offline')
    if (isPassing(taken)) return busy
    return {
      code: 200,
      headers: [
        ...(contact === null ? [] : [['Contact', `${contact};expires=${seconds}`] as const]),
        ['Expires', String(seconds)],
        // Devices set their clocks by it (9.10): China's time, and no zone.
        ['Date', new Date(now() + 8 * 3_600_000).toISOString().slice(0, -1)],
      ],
    }
  }

  async function message({ headers, body }: SipRequest, { source }: Known): Promise<Done> {
    const contentType = one(headers, 'content-type') ?? ''
    const taken = await road.take({ source, dialect: 'gb28181', contentType, body, language: 'zh' })
    if (isPassing(taken)) return busy
    const refused = taken.ignored === 0 ? taken.results.find((result) => !result.ok) : undefined
    const reply = replyTo(body, refused === undefined)
    return { ...(refused && !refused.ok ? { code: 400, words: refused.words } : { code: 200 }), reply }
  }

  const sign = (device: string, source: Source, state: 'online' | 'offline' | 'last-will'): Promise<Taken> =>
    road.take({
      ...{ source, dialect: 'heartbeat', contentType: 'application/json', language: 'zh' },
      body: Buffer.from(JSON.stringify({ ...whoIs(device, source), state })),
    })

  function answer(headers: SipHeaders, given: SipAnswer, from: SipRemote): void {
    from.send(writeAnswer(headers, given, from, own.realm), answerPort(headers, from))
  }

  /** A registration that ran out is the device's last will. */
  function sweep(): void {
    transactions.sweep(now())
    for (const { device } of bindings.takeOver(now())) {
      const known = needs.devices.digestOf(device, own.realm)
      if (known) sign(device, known.source, 'last-will').catch((fault: unknown) => onFault(newId(), fault))
    }
  }

  return {
    async open() {
      await wires.open()
      stop = needs.every(sweepMs, sweep)
    },
    port: wires.port,
    async close() {
      stop()
      telling.close()
      await wires.close()
    },
  }
}

const later = (seconds: number) => ['Retry-After', String(seconds)] as const
const busyFor = (seconds: number): SipAnswer => ({
  code: 503,
  headers: [later(seconds)],
  words: '现在太忙，请按 Retry-After 的秒数后重发，什么都没有丢。',
})
const busy = busyFor(retryAfter)

/** Some firmware gives every packet the same branch: what it says is part of who it is. */
const keyOf = ({ method, headers, body }: SipRequest, { address }: SipRemote): string =>
  hash(
    'sha256',
    Buffer.concat([
      Buffer.from(
        [method, address, ...['via', 'call-id', 'cseq', 'authorization'].map((name) => one(headers, name))].join('\n'),
      ),
      body,
    ]),
  )
