// What a resident may ask of their own report by its private link, described.
import { z } from 'zod'
import { CaseId, FacilityId, Instant, PlaceId } from '#contract/ids'
import { Crs } from '#contract/point'
import { Words } from '#contract/language'
import { residentStates, residentSteps } from '#contract/resident'
import { dispositions } from '#contract/stage'
import { both, json, noes, title, yes, type Operation } from './documents-parts.ts'
import { NotFixed, Rating } from './resident-follow.ts'

const Progress = z
  .object({
    caseId: CaseId,
    first: CaseId.optional(),
    how: z.enum(['reopened', 'merged']).optional(),
    matter: Words,
    state: z.enum(residentStates),
    openedAt: Instant,
    steps: z.array(z.object({ what: z.enum(residentSteps), at: Instant, caseId: CaseId })),
    disposition: z.enum(dispositions).optional(),
    endedAt: Instant.optional(),
    heldUntil: Instant.optional(),
    reworks: z.int(),
    rating: z.object({ stars: z.int(), fixed: z.boolean(), at: Instant }).optional(),
    mayRate: z.boolean(),
    mayReopen: z.boolean(),
    at: Instant,
    words: z.string(),
  })
  .meta({ id: 'ResidentProgress' })
const resident = ['居民 · Residents']
const byLink = { path: z.object({ link: z.string() }) }
const wrongLink = ['link-unknown', 'case-not-found', 'try-later'] as const
const saying = [
  'bad-json',
  'nothing-in-it',
  'too-large',
  'wrong-shape',
  'origin-not-allowed',
  'overloaded',
  'not-in-step',
] as const

export const followedRoutes: Record<string, Record<string, Operation>> = {
  '/api/resident/near': {
    get: {
      tags: resident,
      summary: title({ zh: '这里是不是已经有人报过', en: 'Has somebody reported it here before' }),
      description: both({
        zh: '地点三选一：placeId、facilityId，或 lon、lat、crs。只给件数。',
        en: 'Where is one of three: placeId, facilityId, or lon, lat and crs. Nothing but how many.',
      }),
      requestParams: {
        query: z.object({
          matter: z.string(),
          placeId: PlaceId.optional(),
          facilityId: FacilityId.optional(),
          lon: z.number().optional(),
          lat: z.number().optional(),
          crs: Crs.optional(),
        }),
      },
      responses: {
        '200': yes(
          { zh: '同处同类未办结的件数。', en: 'Open cases of this kind at this place.' },
          z.object({ open: z.int() }),
        ),
        ...noes(['wrong-shape', 'matter-unknown', 'place-missing', 'try-later']),
      },
    },
  },
  '/api/resident/cases/{link}': {
    get: {
      tags: resident,
      summary: title({ zh: '凭链接看进展', en: 'How it stands, by its private link' }),
      description: both({
        zh: '没有任何人的姓名。重开过的、并过案的，给出现在那一件和来龙去脉。',
        en: 'Nobody’s name is in it. What came back or was found to be one with another is followed to where it stands now.',
      }),
      requestParams: byLink,
      responses: { '200': yes({ zh: '进展。', en: 'How it stands.' }, Progress), ...noes(wrongLink) },
    },
  },
  '/api/resident/cases/{link}/not-fixed': {
    post: {
      tags: resident,
      summary: title({ zh: '没修好', en: 'It is not fixed' }),
      description: both({
        zh: '办结后可以说；会另开一件，写明由哪件重开。',
        en: 'Once it is closed: a new case is opened, which names the one before it.',
      }),
      requestParams: byLink,
      requestBody: { required: true, content: json(NotFixed, { reason: '还在滴水' }) },
      responses: {
        '200': yes({ zh: '重开后的进展。', en: 'How it stands then.' }, Progress),
        ...noes([...wrongLink, ...saying, 'stage-not-allowed', 'already-so', 'matter-unknown']),
      },
    },
  },
  '/api/resident/cases/{link}/rate': {
    post: {
      tags: resident,
      summary: title({ zh: '打分', en: 'Rate it' }),
      description: both({
        zh: '1 到 5 星，最后一次算数；fixed 为 false 等于说没修好。',
        en: 'One to five stars, the last word counts; with fixed false it comes back.',
      }),
      requestParams: byLink,
      requestBody: { required: true, content: json(Rating, { stars: 5, fixed: true }) },
      responses: {
        '200': yes({ zh: '记下了。', en: 'Written down.' }, Progress),
        ...noes([...wrongLink, ...saying, 'stage-not-allowed']),
      },
    },
  },
}
