// The site's sign-in service, asked by OpenID Connect: where to send somebody, who came back, and who it says has gone.
import { createRemoteJWKSet, customFetch as keysFetch, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { z } from 'zod'
import type { Instant } from '#contract/ids'

export interface SsoSetting {
  issuer: string
  clientId: string
  /** Which claim of theirs is the account's name here. */
  claim: 'preferred_username' | 'sub'
  /** Read anew each time: it may have been changed. */
  secret: () => Promise<string | null>
}

/** What is kept between going and coming back. */
export const Under = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  back: z.string(),
  at: z.number(),
})
export type Under = z.infer<typeof Under>

export interface Came {
  subject: string
  name: string
  session: string | null
  /** Two factors were asked for there. */
  strong: boolean
}

export interface SsoProvider {
  /** Rejects with `SsoUnreachable`. */
  begin(redirect: string, back: string): Promise<{ to: URL; under: Under }>
  /** Rejects with `SsoUnreachable`, or with whatever is wrong with the answer. */
  finish(came: URL, under: Under): Promise<Came>
  /** Whom a logout token names. Rejects where it is not to be believed. */
  gone(token: string): Promise<{ jti: string; until: Instant; session?: string; subject?: string }>
}

export class SsoUnreachable extends Error {
  override name = 'SsoUnreachable'
}

interface Needs {
  setting: SsoSetting
  fetch: typeof fetch
  now: () => Instant
}

const patience = 5_000
const knownFor = 10 * 60_000
const tolerance = 30
/** Signed by a key only the service has: neither unsigned nor by a secret we share. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const logoutGoodFor = 5 * 60

const Gone = z.object({
  jti: z.string().min(1).max(500),
  iat: z.number(),
  events: z.record(z.string(), z.unknown()),
  sid: z.string().min(1).optional(),
  sub: z.string().min(1).optional(),
  nonce: z.undefined().optional(),
})
const strongAcr = /mfa|multi-?factor|^phrh?$/i

export function openSsoProvider({ setting, fetch, now }: Needs): SsoProvider {
  const issuer = new URL(setting.issuer)
  let known: { server: client.ServerMetadata; at: Instant } | null = null

  /** Nothing of theirs is waited for long, and what does not answer is told from what answers wrongly. */
  const reach: typeof fetch = async (input, init) => {
    try {
      const answer = await fetch(input, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patience) })
      if (answer.status >= 500) throw new Error(`${answer.status}`)
      return answer
    } catch (cause) {
      throw new SsoUnreachable(setting.issuer, { cause })
    }
  }

  async function discovered(): Promise<client.ServerMetadata> {
    if (known && now() - known.at < knownFor) return known.server
    const found = await client.discovery(issuer, setting.clientId, undefined, client.None(), {
      [client.customFetch]: reach as client.CustomFetch,
      ...(issuer.protocol === 'http:' && { execute: [client.allowInsecureRequests] }),
    })
    known = { server: found.serverMetadata(), at: now() }
    return known.server
  }

  /** One for each sign-in: keys and clock are then as they are now. The package reads the machine's clock; the skew makes it ours. */
  async function configured(): Promise<client.Configuration> {
    const server = await unwrapped(discovered())
    const secret = await setting.secret()
    const skew = { [client.clockSkew]: Math.round((now() - Date.now()) / 1000), [client.clockTolerance]: tolerance }
    const proof = secret === null ? client.None() : client.ClientSecretPost(secret)
    const config = new client.Configuration(server, setting.clientId, skew, proof)
    config[client.customFetch] = reach as client.CustomFetch
    // The token comes over TLS from where it is asked for; that its signature is right is looked at all the same.
    client.enableNonRepudiationChecks(config)
    if (issuer.protocol === 'http:') client.allowInsecureRequests(config)
    return config
  }

  return {
    async begin(redirect, back) {
      const config = await configured()
      const verifier = client.randomPKCECodeVerifier()
      const under = { state: client.randomState(), nonce: client.randomNonce(), verifier, back, at: now() }
      const to = client.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: setting.claim === 'sub' ? 'openid' : 'openid profile',
        state: under.state,
        nonce: under.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { to, under }
    },
    async finish(came, { state, nonce, verifier }) {
      const config = await configured()
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const claims = (await unwrapped(client.authorizationCodeGrant(config, came, checks))).claims()
      if (!claims) throw new Error('no id_token came')
      const { sub, sid, amr, acr } = claims
      const name = claims[setting.claim]
      if (typeof name !== 'string' || name === '') throw new Error(`the id_token has no ${setting.claim}`)
      return {
        subject: sub,
        name,
        session: typeof sid === 'string' ? sid : null,
        strong: (Array.isArray(amr) && amr.includes('mfa')) || (typeof acr === 'string' && strongAcr.test(acr)),
      }
    },
    async gone(token) {
      const server = await unwrapped(discovered())
      const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ''), { [keysFetch]: reach, timeoutDuration: patience })
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer: server.issuer, audience: setting.clientId, algorithms, clockTolerance: tolerance },
        ...{ currentDate: new Date(now()), maxTokenAge: logoutGoodFor },
      })
      const { jti, iat, events, sid, sub } = Gone.parse(payload)
      if (!(logoutEvent in events)) throw new Error('it is no logout')
      if (sid === undefined && sub === undefined) throw new Error('it names nobody')
      return {
        ...{ jti, until: (iat + logoutGoodFor + tolerance) * 1000 },
        ...(sid !== undefined && { session: sid }),
        ...(sub !== undefined && { subject: sub }),
      }
    },
  }
}

/** What could not be reached is wrapped by the package: whoever asks is to see it for what it is. */
async function unwrapped<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (fault) {
    for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause)
      if (cause instanceof SsoUnreachable) throw cause
    throw fault
  }
}
