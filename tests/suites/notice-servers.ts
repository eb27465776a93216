// A push service with phones behind it, written from RFC 8030, 8188, 8291 and 8292 apart from the house's own library; and what a robot hears.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import type { PushAddress } from '#contract/notice'
import { openListener } from './neighbours.ts'
import type { Heard, Listener } from './neighbours.ts'

export interface Phone {
  name: string
  address: PushAddress
  /** What came for it, opened with its own key. */
  open(body: Buffer): Record<string, unknown>
}

/** A browser that subscribed at this push service. */
export function aPhone(name: string, origin: string): Phone {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const auth = randomBytes(16)
  const own = pair.getPublicKey()
  return {
    name,
    address: {
      endpoint: `${origin}/push/${name}`,
      keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') },
    },
    open(body) {
      const [salt, size] = [body.subarray(0, 16), body.readUInt8(20)]
      const theirs = body.subarray(21, 21 + size)
      const sealed = body.subarray(21 + size)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs])
      const key = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32))
      const part = (what: string, bytes: number) =>
        Buffer.from(hkdfSync('sha256', key, salt, `Content-Encoding: ${what}\0`, bytes))
      const opening = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
      opening.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()])
      return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString('utf8')) as Record<string, unknown>
    },
  }
}

/** The claims of a VAPID header whose signature holds; throws otherwise. */
export function claimsOf({ headers }: Pick<Heard, 'headers'>): { aud: string; exp: number; sub: string; key: string } {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  if (!token || !key) throw new Error(`no VAPID: ${headers.authorization}`)
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const [head, claims, mark] = token.split('.')
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' })
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: signer, dsaEncoding: 'ieee-p1363' },
    Buffer.from(mark!, 'base64url'),
  )
  if (!holds) throw new Error('the VAPID signature does not hold')
  return {
    ...(JSON.parse(Buffer.from(claims!, 'base64url').toString()) as { aud: string; exp: number; sub: string }),
    key,
  }
}

export interface PushService extends Listener {
  origin: string
  /** What this phone was sent, opened. */
  of(phone: Phone): Record<string, unknown>[]
}

/** Takes everything with 201 until `says` says otherwise. */
export async function openPushService(): Promise<PushService> {
  const listener = await openListener()
  listener.says = () => ({ status: 201 })
  return Object.assign(listener, {
    origin: new URL(listener.url).origin,
    of: (phone: Phone) =>
      listener.heard.filter(({ path }) => path === `/push/${phone.name}`).map(({ bytes }) => phone.open(bytes)),
  })
}
