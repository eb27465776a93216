// The routes open to everybody, described: residents' reports, the map, the places.
import { z } from 'zod'
import { Calendar } from '#contract/clock'
import { CaseId, CommandId, PlaceId } from '#contract/ids'
import { Words } from '#contract/language'
import { Facility, Place } from '#contract/places'
import { both, json, noes, title, yes, type Operation } from './documents-parts.ts'
import { ResidentReport } from './resident-report.ts'

const Named = z.object({ id: PlaceId, name: z.string(), nameEn: z.string() })
const resident = ['居民 · Residents']
const ground = ['地图 · Map']

export const openRoutes: Record<string, Record<string, Operation>> = {
  '/api/resident/reports': {
    post: {
      tags: resident,
      summary: title({ zh: '居民报修', en: 'Report a repair' }),
      description: both({
        zh: '不用登录。姓名、电话、住址另存，不进日志；文字里的电话和身份证号会去掉。',
        en: 'No signing in. Name, phone and address are kept apart from the journal; phone and identity-card numbers are taken out of the text.',
      }),
      requestBody: {
        required: true,
        content: json(ResidentReport.meta({ id: 'ResidentReport' }), {
          id: '0d5b6a5c-7c7e-4a4e-8a55-0f3a4d1f2b11',
          matter: 'water-leak',
          text: '厨房水管漏水，已关总阀',
          placeId: 'bg-101',
          name: '王小明',
          phone: '13800000000',
          evidence: [],
        }),
      },
      responses: {
        '200': yes(
          { zh: '收到，附案件编号和私人链接。', en: 'Received, with the case’s number and a private link.' },
          z.object({
            ok: z.literal(true),
            commandId: CommandId,
            revision: z.int(),
            caseId: CaseId.optional(),
            how: z.enum(['opened', 'joined', 'updated', 'repeated']).optional(),
            words: z.string(),
            link: z.string().optional().meta({
              description:
                '/resident#链接，凭它看进展，只给这一次 · /resident#link shows how it stands; told this once',
            }),
          }),
        ),
        ...noes([
          ...(['bad-json', 'nothing-in-it', 'origin-not-allowed', 'too-large', 'wrong-shape', 'crs-missing'] as const),
          ...(['place-missing', 'matter-unknown', 'evidence-unknown', 'facility-unknown'] as const),
          ...(['outside-subdistrict', 'try-later', 'overloaded', 'not-in-step'] as const),
        ]),
      },
    },
  },
  '/api/resident/menu': {
    get: {
      tags: resident,
      summary: title({ zh: '能报什么', en: 'What may be reported' }),
      responses: {
        '200': yes(
          { zh: '事项，急的在前。', en: 'Matters, the gravest first.' },
          z.object({ matters: z.array(z.object({ code: z.string(), words: Words, level: z.int() })) }),
        ),
      },
    },
  },
  '/api/resident/places': {
    get: {
      tags: resident,
      summary: title({ zh: '在哪个小区哪栋楼', en: 'Where one may live' }),
      responses: {
        '200': yes(
          { zh: '居民区及其楼组。', en: 'Residential areas with their building groups.' },
          z.object({ areas: z.array(Named.extend({ groups: z.array(Named) })) }),
        ),
      },
    },
  },
  '/api/map/{layer}.geojson': {
    get: {
      tags: ground,
      summary: title({ zh: '地图图层', en: 'A layer of the map' }),
      description: both({
        zh: 'WGS-84。摄像头、设施、网格站三层须登录。',
        en: 'WGS-84. Cameras, facilities and grid stations only for who is signed in.',
      }),
      requestParams: { path: z.object({ layer: z.string() }) },
      responses: {
        '200': {
          description: 'GeoJSON',
          content: {
            'application/geo+json': {
              schema: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
            },
          },
        },
        '304': { description: both({ zh: '没有变。', en: 'Not changed.' }) },
        ...noes(['layer-unknown', 'not-signed-in']),
      },
    },
  },
  '/api/places': {
    get: {
      tags: ground,
      summary: title({ zh: '五级地点树', en: 'The tree of places' }),
      responses: {
        '200': yes(
          { zh: '未登录时 facilities 为空。', en: 'Without signing in, facilities is empty.' },
          z.object({ places: z.array(Place), facilities: z.array(Facility) }),
        ),
        '304': { description: both({ zh: '没有变。', en: 'Not changed.' }) },
      },
    },
  },
  '/api/calendar': {
    get: {
      tags: ground,
      summary: title({ zh: '工作时间', en: 'Work hours' }),
      responses: { '200': yes({ zh: '时限按它计算。', en: 'What limits are reckoned by.' }, Calendar) },
    },
  },
}
