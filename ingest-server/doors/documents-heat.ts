// The routes of the map's own layers, described: heat and risk of the ground, and the site's own tiles.
import { z } from 'zod'
import { heatDays, riskFormula, riskParts, riskPartWords } from '#contract/heat'
import { Instant, PlaceId } from '#contract/ids'
import { both, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'

const map = ['地图图层 · Layers of the map']
const asked = { at: { 'wrong-shape': 400 } } as const

const Parts = z.record(z.enum(riskParts), z.number())
const Heat = z.object({
  days: z.union(heatDays.map((days) => z.literal(days))),
  from: Instant,
  at: Instant,
  revision: z.int(),
  rows: z.array(
    z.object({
      placeId: PlaceId,
      opened: z.int(),
      serious: z.int(),
      over: z.int(),
      falseAlarms: z.int(),
      recurrences: z.int(),
    }),
  ),
  risk: z.object({
    formula: z.object({
      version: z.string(),
      since: z.iso.date(),
      illustrative: z.boolean(),
      weights: Parts,
    }),
    cells: z.array(z.object({ placeId: PlaceId, points: z.number(), counts: Parts })),
  }),
})

const { version, since, weights } = riskFormula
const sumIn = (language: 'zh' | 'en') =>
  riskParts.map((part) => `${weights[part]} × ${riskPartWords[part][language]}`).join(' + ')

export const heatRoutes: Record<string, Record<string, Operation>> = {
  '/api/heat': {
    get: {
      tags: map,
      summary: title({ zh: '热力与风险', en: 'Heat and risk' }),
      description: both({
        zh: `最近 7、30 或 90 个自然日（含今天），按楼组数：立案、一二级、有时限超过的、误报、同一事项再次发生；误报单列，不算立案。只数告警类场景，并掉的、派生的、还没有人看过的待核不数。风险按微网格：${sumIn('zh')}。口径 ${version}，${since} 起，演示口径：没有用真实后果校验过，只排先看哪里，不预测任何事；不除以人口和面积，一件案件可以算进几项。只给看得到的地方。数一遍归档的一张窄表（按时间索引，一条查询，不读案件全文）加看板上的案件，一分钟最多一次；其间没有新记录就不再数。at 是数的时刻。`,
        en: `Of the last 7, 30 or 90 local days with today, by building group: opened, level I and II, with a broken limit, false alarms, and the same matter again; false alarms stand apart and are not among those opened. Only scenarios of alarms; what was merged away, branched off, or seen by a machine alone is not counted. Risk by micro-grid: ${sumIn('en')}. Formula ${version}, since ${since}, for demonstration: it was never held against what really happened, orders attention and foretells nothing; nothing is divided by people or area, and a case may count in several parts. Only ground the viewer may see. One query over a narrow table of the archive by its index, no record read, and the board beside it; at most once a minute, and not again while nothing was written. at: when it was counted.`,
      }),
      security: signedIn,
      requestParams: { query: z.object({ days: z.enum(['7', '30', '90']).optional() }) },
      responses: {
        '200': yes({ zh: '没有列出的地方什么也没有发生。', en: 'Where a place is not listed nothing was.' }, Heat),
        ...noes(['wrong-shape', 'not-signed-in', 'not-in-step'], asked),
      },
    },
  },
  '/api/map/tiles': {
    get: {
      tags: map,
      summary: title({ zh: '站点自己的底图', en: 'The site’s own tiles' }),
      description: both({
        zh: '由 SANPING_MAP_TILES 配置，垫在平面图下面；没有配置就是 null。',
        en: 'Set by SANPING_MAP_TILES, under the plan; null where it is not set.',
      }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '网址、坐标系、署名。', en: 'Address, datum, credit.' },
          z.object({
            tiles: z
              .object({
                url: z.string(),
                crs: z.enum(['wgs84', 'cgcs2000']),
                attribution: z.string(),
                vectorLayers: z.array(z.string()),
              })
              .nullable(),
          }),
        ),
        ...noes(['not-signed-in']),
      },
    },
  },
}
