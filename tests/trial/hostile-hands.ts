// Five hands that mean no good: bodies at the machines' door, frames on the line, packets at the broker, datagrams at the SIP door, uploads.
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setImmediate as breathe } from 'node:timers/promises'
import { generate } from 'mqtt-packet'
import { WebSocket } from 'ws'
import type { IntakeAnswer } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { hostileBodies, twisted } from '../suites/hostile.ts'
import type { Site } from '../suites/site.ts'

export interface Attacked {
  sent: number
  answered: number
  /** Answers that say the server itself failed. */
  faults: string[]
  /** Refused, neither kept nor to be sent again as it is. */
  unkept: number
}

export interface Hand {
  name: string
  /** Of all that is sent. */
  share: number
  strike(times: number): Promise<Attacked>
}

interface Aimed {
  url: string
  mqtt: number
  sip: number
  site: Pick<Site, 'sourceKey' | 'cookie'>
  chance: Chance
}

const atOnce = 24
const again: ReadonlySet<Refusal> = new Set(['overloaded', 'not-in-step', 'too-large', 'over-quota'])

export function attacks(aimed: Aimed): Hand[] {
  return [bodies(aimed), frames(aimed), packets(aimed), datagrams(aimed), uploads(aimed)]
}

/** So many of one thing, some at once; a thing that ends in an error of the socket was answered by hanging up. */
async function many(times: number, one: (said: Attacked) => Promise<void>): Promise<Attacked> {
  const said: Attacked = { sent: 0, answered: 0, faults: [], unkept: 0 }
  let left = times
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      said.sent++
      await one(said)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return said
}

interface Post {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

function poster(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const { hostname, port } = new URL(url)
  return ({ body, headers, ...rest }: Post): Promise<{ status: number; text: string } | null> =>
    new Promise((done) => {
      const all = { ...headers, 'content-length': String(body.length) }
      const sent = request({ agent, hostname, port, ...rest, headers: all }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => done({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
        answer.on('error', () => done(null))
      })
      sent.on('error', () => done(null))
      sent.end(body)
    })
}

function bodies({ url, site, chance }: Aimed): Hand {
  const post = poster(url)
  const from = hostileBodies(chance)
  const authorization = `Bearer ${site.sourceKey}`
  return {
    name: 'bodies',
    share: 80,
    strike: (times) =>
      many(times, async (said) => {
        const { dialect, contentType, body } = from.next().value!
        const headers = { authorization, 'content-type': contentType }
        const answer = await post({ method: 'POST', path: `/api/in/${dialect}`, headers, body })
        if (!answer) return
        said.answered++
        if (answer.status >= 500)
          return void said.faults.push(`${dialect} ${answer.status} ${answer.text.slice(0, 200)}`)
        const { results } = JSON.parse(answer.text) as { results: IntakeAnswer[] }
        said.unkept += results.filter((one) => !one.ok && !one.quarantineId && !again.has(one.refusal)).length
      }),
  }
}

const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex')
const png = Buffer.from('89504e470d0a1a0a0000000d49484452ffffffff7fffffff0806000000', 'hex')
const pictures = [
  jpeg,
  png,
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  Buffer.from('GIF89a/*<script>alert(1)</script>*/=1;'),
  Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004<html><script>alert(1)</script>')]),
  Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8X', 'latin1'),
]

function uploads({ url, site, chance }: Aimed): Hand {
  const post = poster(url)
  return {
    name: 'uploads',
    share: 1,
    strike: (times) =>
      many(times, async (said) => {
        const body = Buffer.concat([twisted(chance.oneOf(pictures), chance), Buffer.from(String(chance.next()))])
        const sha256 = createHash('sha256').update(body).digest('hex')
        const headers = { authorization: `Bearer ${site.sourceKey}`, 'content-type': 'image/jpeg' }
        const answer = await post({ method: 'PUT', path: `/api/evidence/${sha256}`, headers, body })
        if (!answer) return
        said.answered++
        if (answer.status >= 500) said.faults.push(`upload ${answer.status} ${answer.text.slice(0, 200)}`)
      }),
  }
}

const packet = '42["wish",{"id":"x","type":"acknowledge","caseId":"20261121-001"}]'
const messages = [
  packet,
  '2probe',
  '40',
  '41',
  '42["hello",{}]',
  '42["drawn",{"revision":1}]',
  '451-["photo",{"_placeholder":true,"num":0}]',
]

/** A duty officer's own line, on which nothing is said that the screens would say. */
function frames({ url, site, chance }: Aimed): Hand {
  const address = `${url.replace('http', 'ws')}/line/?EIO=4&transport=websocket`
  const each = 50
  const strike = (times: number): Promise<Attacked> =>
    many(Math.ceil(times / each), async (said) => {
      said.sent += each - 1
      await new Promise<void>((over) => {
        const socket = new WebSocket(address, { headers: { cookie: site.cookie, origin: url } })
        const done = () => {
          socket.terminate()
          over()
        }
        socket.on('error', done)
        socket.on('close', done)
        socket.on('message', () => said.answered++)
        socket.on('open', () => {
          socket.send('40')
          for (let nth = 0; nth < each; nth++) {
            const bytes = twisted(Buffer.from(chance.oneOf(messages)), chance)
            socket.send(chance.next() < 0.2 ? bytes : bytes.toString('latin1'))
          }
          socket.close()
        })
      })
    })
  return { name: 'frames', share: 8, strike }
}

/** What follows a good greeting, or what stands in its place. */
function packets({ mqtt, site, chance }: Aimed): Hand {
  const greeting = generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: 'load',
    keepalive: 60,
    username: 'load',
    password: Buffer.from(site.sourceKey),
  })
  const good = [
    greeting,
    generate({
      cmd: 'publish',
      topic: 'sanping/load/sanping',
      payload: '{"kind":',
      qos: 1,
      messageId: 7,
      dup: false,
      retain: false,
    }),
    generate({
      cmd: 'publish',
      topic: 'sanping/other/frigate',
      payload: 'x',
      qos: 2,
      messageId: 8,
      dup: false,
      retain: true,
    }),
    generate({ cmd: 'subscribe', messageId: 9, subscriptions: [{ topic: '#', qos: 2 }] }),
    generate({ cmd: 'pubrel', messageId: 8 }),
    generate({ cmd: 'pingreq' }),
    generate({ cmd: 'disconnect' }),
  ]
  const each = 10
  const strike = (times: number): Promise<Attacked> =>
    many(Math.ceil(times / each), async (said) => {
      said.sent += each - 1
      await new Promise<void>((over) => {
        const socket = connect({ host: '127.0.0.1', port: mqtt })
        socket.setTimeout(2000, () => socket.destroy())
        socket.on('error', () => socket.destroy())
        socket.on('close', () => over())
        socket.on('data', () => said.answered++)
        socket.on('connect', () => {
          if (chance.next() < 0.8) socket.write(greeting)
          for (let nth = 0; nth < each; nth++) socket.write(twisted(chance.oneOf(good), chance))
          socket.end()
        })
      })
    })
  return { name: 'packets', share: 6, strike }
}

const sipMessage = [
  'MESSAGE sip:31010102002000000001@3101010200 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:5099;rport;branch=z9hG4bK1',
  'From: <sip:31010102001320000001@3101010200>;tag=1',
  'To: <sip:31010102002000000001@3101010200>',
  'Call-ID: 1@127.0.0.1',
  'CSeq: 1 MESSAGE',
  'Max-Forwards: 70',
  'Content-Type: Application/MANSCDP+xml',
  'Content-Length: 20',
  '',
  '<Notify><CmdType>Ala',
].join('\r\n')

function datagrams({ sip, chance }: Aimed): Hand {
  return {
    name: 'datagrams',
    share: 5,
    async strike(times) {
      const said: Attacked = { sent: 0, answered: 0, faults: [], unkept: 0 }
      const socket = createSocket('udp4')
      socket.on('message', () => said.answered++)
      for (; said.sent < times; said.sent++) {
        const message = sipMessage.replace('branch=z9hG4bK1', `branch=z9hG4bK${said.sent}-${chance.next()}`)
        await new Promise((gone) =>
          socket.send(twisted(Buffer.from(message), chance).subarray(0, 9000), sip, '127.0.0.1', gone),
        )
        if (said.sent % 64 === 0) await breathe()
      }
      socket.close()
      return said
    },
  }
}
