// A sign-in service of a test's own: discovery, keys, authorize, token, and logout tokens; honest, or hostile in one way at a time.
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'

export type Lie =
  | 'wrong-nonce'
  | 'wrong-audience'
  | 'wrong-issuer'
  | 'expired'
  | 'alg-none'
  | 'hs256-with-public-key'
  | 'other-key'
  | 'no-id-token'
  | 'mix-up'

export interface OidcProvider {
  issuer: string
  client: string
  secret: string
  /** Who signs in next, and how well. */
  person: { name: string; sub: string; amr?: string[]; sid?: string }
  lie: Lie | null
  down: boolean
  /** As a browser that signs in there: to where it is sent back. */
  authorize(to: string): Promise<string>
  logoutToken(claims?: JWTPayload, how?: { alg?: 'none' | 'HS256'; leave?: string[] }): Promise<string>
  close(): Promise<void>
}

export async function openOidcProvider(now: () => number): Promise<OidcProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const spki = new TextEncoder().encode(await exportSPKI(publicKey))
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string }>()
  const seconds = () => Math.floor(now() / 1000)

  const provider: OidcProvider = {
    ...{ issuer: '', client: 'sanping', secret: 'a secret between us' },
    person: { name: 'li', sub: 'sub-li' },
    ...{ lie: null, down: false },
    async authorize(to) {
      const asked = new URL(to).searchParams
      const code = randomUUID()
      codes.set(code, {
        nonce: asked.get('nonce') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        redirect: asked.get('redirect_uri') ?? '',
      })
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state') ?? '')
      back.searchParams.set('iss', provider.lie === 'mix-up' ? 'https://another.example' : provider.issuer)
      return back.href
    },
    async logoutToken(claims = {}, { alg, leave = [] } = {}) {
      const whole: JWTPayload = {
        ...{ iss: provider.issuer, aud: provider.client, iat: seconds(), exp: seconds() + 120, jti: randomUUID() },
        ...{ sub: provider.person.sub, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
        ...claims,
      }
      for (const name of leave) delete whole[name]
      if (alg === 'none') return new UnsecuredJWT(whole).encode()
      const header = { alg: alg ?? 'RS256', kid: 'one', typ: 'logout+jwt' }
      return new SignJWT(whole).setProtectedHeader(header).sign(alg === 'HS256' ? spki : privateKey)
    },
    close: () => new Promise((closed) => void (server.closeAllConnections(), server.close(() => closed()))),
  }

  async function idToken(nonce: string): Promise<string | undefined> {
    const { lie, person } = provider
    if (lie === 'no-id-token') return undefined
    const claims: JWTPayload = {
      iss: lie === 'wrong-issuer' ? 'https://another.example' : provider.issuer,
      aud: lie === 'wrong-audience' ? 'somebody-else' : provider.client,
      sub: person.sub,
      preferred_username: person.name,
      iat: lie === 'expired' ? seconds() - 7200 : seconds(),
      exp: lie === 'expired' ? seconds() - 3600 : seconds() + 300,
      nonce: lie === 'wrong-nonce' ? 'another' : nonce,
      ...(person.amr && { amr: person.amr }),
      ...(person.sid && { sid: person.sid }),
    }
    if (lie === 'alg-none') return new UnsecuredJWT(claims).encode()
    if (lie === 'hs256-with-public-key')
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(spki)
    const key = lie === 'other-key' ? other.privateKey : privateKey
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key)
  }

  const server = createServer((req, res) => {
    const answer = (status: number, body: unknown) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const token = async () => {
      let text = ''
      for await (const part of req) text += String(part)
      const asked = new URLSearchParams(text)
      const found = codes.get(asked.get('code') ?? '')
      codes.delete(asked.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(asked.get('code_verifier') ?? '')
        .digest('base64url')
      const isRight =
        found?.challenge === challenge &&
        found.redirect === asked.get('redirect_uri') &&
        asked.get('client_secret') === provider.secret
      if (!found || !isRight) return answer(400, { error: 'invalid_grant' })
      const id_token = await idToken(found.nonce)
      return answer(200, { access_token: 'a', token_type: 'Bearer', expires_in: 60, ...(id_token && { id_token }) })
    }
    if (provider.down) return void req.socket.destroy()
    const { pathname } = new URL(req.url ?? '/', 'http://here')
    if (pathname === '/.well-known/openid-configuration')
      return void answer(200, {
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        jwks_uri: `${provider.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
        backchannel_logout_supported: true,
      })
    if (pathname === '/keys') return void answer(200, { keys: [jwk] })
    if (pathname === '/token') return void token()
    answer(404, {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return provider
}
