// The routes between levels, described: what a street of another system says to its district, and an order that goes down by number.
import { z } from 'zod'
import { StreetId } from '#contract/streets'
import { SummaryHeard, SummarySaid, UrgeBelow } from '#contract/summary'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { UrgeSaid } from './roll-door.ts'
import { answerHeader } from './roll-outward.ts'
import { summariesPath } from './roll-port.ts'

const roll = ['区、市汇总 · Districts and cities']

const signature = z.object({
  'sanping-street': StreetId,
  ...{ 'webhook-id': z.string(), 'webhook-timestamp': z.string(), 'webhook-signature': z.string() },
})
const UrgeShown = UrgeBelow.extend({
  state: z.enum(['waiting', 'given', 'refused']),
  refusal: z.string().optional(),
}).meta({ id: 'UrgeShown' })

export const rollRoutes: Record<string, Record<string, Operation>> = {
  [summariesPath]: {
    post: {
      tags: roll,
      summary: title({ zh: '下级报汇总', en: 'A level below says how it stands' }),
      description: both({
        zh: `另一套系统里的街道（或区）报自己的数字：有变化时每秒至多一次，没有变化每十秒一次。用在这里登记的来源 street-街道编号的密钥按 Standard Webhooks 签名。里面没有人名，没有居民写的话。答复里带上级的督办，答复头 ${answerHeader} 用同一个密钥签名。`,
        en: `A street (or district) of another system says its figures: at most once a second where something changed, every ten seconds where nothing did. Signed as Standard Webhooks with the secret of its source here, street-CODE. Nobody's name is in it and nothing a resident wrote. The answer carries orders from above, and its header ${answerHeader} is signed with the same secret.`,
      }),
      requestParams: { header: signature },
      requestBody: { required: true, content: json(SummarySaid) },
      responses: {
        '200': yes({ zh: '收下了；要办的督办在里面。', en: 'Taken; orders to be done are in it.' }, SummaryHeard),
        '409': yes(
          { zh: '这里已有更新的：从 revision 之后接着报。', en: 'Newer is held here: go on after its revision.' },
          SummaryHeard,
        ),
        ...noes(['signature-wrong', 'wrong-shape']),
      },
    },
  },
  '/api/roll/urge': {
    post: {
      tags: roll,
      summary: title({ zh: '按编号督办下级的案件', en: 'Urge a case below by its number' }),
      description: both({
        zh: '区、市的值守向街道督办一件案件，理由必填；街道下一次报汇总时取走，状态从 /line 回来。先留操作记录。',
        en: 'A duty officer of a district or a city urges one case of a street, with a reason; the street fetches it with its next word, and what becomes of it comes back over /line. Noted in the audit first.',
      }),
      security: signedIn,
      requestBody: { required: true, content: json(UrgeSaid) },
      responses: {
        '200': yes({ zh: '督办本身和它的状态。', en: 'The order, and how it stands.' }, UrgeShown),
        ...noes([
          ...(['not-signed-in', 'role-not-allowed', 'origin-not-allowed'] as const),
          ...(['wrong-shape', 'case-not-found'] as const),
        ]),
      },
    },
  },
}
