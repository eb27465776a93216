// Who sends, and how they prove it: by key, by signature, by a key in the address, by Digest; or by the token of a test.
import type { IncomingMessage } from 'node:http'
import type { Instant, SourceId } from '#contract/ids'
import type { Source, Sources } from '../records/port.ts'
import { testPrefix } from '../records/source-tests.ts'
import type { Digests } from './source-digest.ts'
import { isSigned, lateness, signatureIn, type Signature } from './source-signature.ts'
import { isNo, type No } from './vendors/reading.ts'

/** How it was proved, in the order of how much it is worth. */
export type ProofBy = 'signature' | 'digest' | 'key' | 'address' | 'test'

export interface Proven {
  source: Source
  by: ProofBy
  /** To be held against the body, once it is here: until then nobody is proved to be anybody. */
  signature?: Signature
}

/** `source`: whose it would be, as far as that is known; for what is counted, not for what is taken. */
export type Unproven = No & { source?: Source; challenge?: string }

export interface SourceProof {
  /** By what stands before the body. `address`: what stands in the path after the dialect. */
  claim(req: Pick<IncomingMessage, 'headers' | 'method' | 'url'>, address: Address): Promise<Proven | Unproven>
  /** Null where the body is what was signed. */
  check(proven: Proven, body: Uint8Array): No | null
}

export interface Address {
  /** A key in the path or as `?key=`. */
  key: string | null
  /** `?source=`: whose signature it is. */
  sourceId: string | null
}

export interface ProofNeeds {
  sources: Pick<Sources, 'byKey'> & Partial<Pick<Sources, 'live' | 'secretsOf' | 'digestsOf' | 'spendTest'>>
  digests?: Digests
  now: () => Instant
}

export function openSourceProof({ sources, digests, now }: ProofNeeds): SourceProof {
  const unknown: Unproven = { refusal: 'source-unknown' }
  const named = (id: string | null): Source | null => (id && sources.live?.().get(id as SourceId)) || null

  async function claim(
    { headers, method = '', url = '' }: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
    address: Address,
  ): Promise<Proven | Unproven> {
    const [scheme = '', given = ''] = splitOnce(headers.authorization ?? '')
    switch (scheme.toLowerCase()) {
      case 'bearer':
        return given.startsWith(testPrefix) ? test(given) : signedOr(sources.byKey(given), 'key', headers, address)
      case 'basic':
        return signedOr(ofBasic(given), 'key', headers, address)
      case 'digest':
        return signedOr(ofDigest({ method, target: url, header: given }), 'digest', headers, address)
      case '':
        break
      default:
        return unknown
    }
    if (address.key !== null) return byAddress(address.key, headers, address)
    return signedOr(null, 'key', headers, address)
  }

  /** A signature says the most: where there is one it must be right, whatever else was shown beside it. */
  function signedOr(
    source: Source | null,
    by: ProofBy,
    headers: IncomingMessage['headers'],
    address: Address,
  ): Proven | Unproven {
    const signature = signatureIn(headers)
    const whose = source ?? (signature && named(address.sourceId))
    if (!whose) return { ...unknown, ...challenged() }
    if (signature && isNo(signature)) return { ...signature, source: whose }
    if (signature && (whose.mustSign || !source || (sources.secretsOf?.(whose.id).length ?? 0) > 0)) {
      const late = lateness(signature, now())
      return late ? { ...late, source: whose } : { source: whose, by: 'signature', signature }
    }
    if (whose.mustSign) return { refusal: 'signature-missing', source: whose }
    return { source: whose, by }
  }

  function ofBasic(given: string): Source | null {
    const [id, key] = splitOnce(Buffer.from(given, 'base64').toString('utf8'), ':')
    const source = key ? sources.byKey(key) : null
    return source?.id === id ? source : null
  }

  function ofDigest(asked: Parameters<Digests['isRight']>[0]): Source | null {
    const source = named(digests?.claims(asked.header) ?? null)
    const hashes = source?.byDigest ? (sources.digestsOf?.(source.id) ?? []) : []
    return source && digests?.isRight(asked, hashes, now()) ? source : null
  }

  function byAddress(key: string, headers: IncomingMessage['headers'], address: Address): Proven | Unproven {
    const source = sources.byKey(key)
    if (source && !source.byAddress) return { refusal: 'key-in-address', source }
    return signedOr(source, 'address', headers, address)
  }

  async function test(token: string): Promise<Proven | Unproven> {
    const source = await sources.spendTest?.(token)
    return source ? { source, by: 'test' } : unknown
  }

  /** Only where somebody could answer it: a camera that is asked for Digest and has none stops trying. */
  function challenged(): Pick<Unproven, 'challenge'> {
    const some = [...(sources.live?.().values() ?? [])].some(({ byDigest }) => byDigest)
    return some && digests ? { challenge: digests.challenge(now()) } : {}
  }

  return {
    claim,
    check({ source, signature }, body) {
      if (!signature) return null
      return isSigned(signature, body, sources.secretsOf?.(source.id) ?? []) ? null : { refusal: 'signature-wrong' }
    },
  }
}

function splitOnce(text: string, at = ' '): [string, string] {
  const end = text.indexOf(at)
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + at.length).trim()]
}
