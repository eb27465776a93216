// The test of a source described, and what is told of each: how it sends, how it proves itself.
import { z } from 'zod'
import { Instant, SourceId } from '#contract/ids'
import { refusalNames } from '#contract/refusal'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { Tested } from './sources.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const Key = z.object({ madeAt: Instant, endsAt: Instant.nullable() })
const Clock = z.enum(['unknown', 'right', 'ahead', 'behind'])

export const DeviceClock = z.object({ state: z.enum(['ahead', 'behind']), lagMs: z.number() })
export const Sending = z.object({
  dialects: z.array(z.string()),
  rate: z.object({ minute: z.int(), hour: z.int(), allowed: z.int() }),
  over: z.object({ times: z.int(), lastAt: Instant.nullable() }),
  lastNo: z.object({ at: Instant, refusal: z.enum(refusalNames), words: z.string() }).nullable(),
  lagMs: z.number().nullable(),
  clock: Clock,
  clocksWrong: z.int(),
})
export const Proofs = z.object({
  ...{ mustSign: z.boolean(), byAddress: z.boolean(), byDigest: z.boolean() },
  ...{ keys: z.array(Key), secrets: z.array(Key) },
})

const Steps = z.object({
  ok: z.boolean(),
  dialect: z.string(),
  steps: z.array(
    z.object({
      station: z.enum(['proved', 'read', 'judged', 'kept']),
      ...{ ok: z.boolean(), words: Words, milliseconds: z.number() },
    }),
  ),
})

/** How a sender proves that it is itself; said where machines send. */
export const proofsInWords = both({
  zh: '证明身份：Authorization: Bearer 密钥；或 Standard Webhooks 签名（webhook-id、webhook-timestamp、webhook-signature，地址加 ?source=来源编号）；设备不会的，可用 Basic（来源编号：密钥）、Digest，或登记后把密钥写进网址 /api/in/{dialect}/{key}。超过额度答 429 与 Retry-After。',
  en: 'To prove itself: Authorization: Bearer KEY; or a Standard Webhooks signature (webhook-id, webhook-timestamp, webhook-signature, with ?source=ID in the address); where a device can do no better, Basic (id:key), Digest, or, once registered so, the key in the address, /api/in/{dialect}/{key}. Over its quota it gets 429 and Retry-After.',
})

export const sourceRoutes: Record<string, Record<string, Operation>> = {
  '/api/sources/{id}/test': {
    post: {
      tags: ['设备 · Devices'],
      summary: title({ zh: '发一条测试告警', en: 'Send a test alarm' }),
      description: both({
        zh: '用这个来源的格式发一条样例走真实的路，逐站说明。不立案，不通知任何人，留有操作记录。',
        en: 'A sample of its dialect goes down the real road, and each station says what it made of it. No case, nobody told, noted in the audit.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: SourceId }) },
      requestBody: { required: true, content: json(Tested, { dialect: 'frigate' }) },
      responses: {
        '200': yes({ zh: '走完了，或停在哪一站。', en: 'All the way, or where it stopped.' }, Steps),
        ...noes([
          ...(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'sender-unknown'] as const),
          ...(['dialect-unknown', 'bad-json', 'nothing-in-it', 'too-large', 'wrong-shape'] as const),
        ]),
      },
    },
  },
}
