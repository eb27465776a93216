// How long each kind is kept, as the site wrote it into `retention.json` of the data folder; what it does not name is as usual.
import { z } from 'zod'
import type { KeptDays } from '../records/port-personal.ts'
import { readSiteJson } from './site-json.ts'

/** What the law lets nobody shorten: 网络安全法 article 21 wants logs of six months. */
export const leastAuditDays = 180
const days = (usual: number, least = 1) => z.int().min(least).max(36_500).default(usual)

export const KeptDaysFile = z.strictObject({
  residents: days(180),
  pictures: days(365),
  strayPictures: days(30, 7),
  quarantine: days(90),
  audit: days(730, leastAuditDays),
  notices: days(90),
  deliveries: days(90),
}) satisfies z.ZodType<KeptDays>

export const usualDays: KeptDays = KeptDaysFile.parse({})

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readRetention = (folder: string): Promise<KeptDays> =>
  readSiteJson(folder, {
    name: 'retention.json',
    schema: KeptDaysFile,
    absent: usualDays,
    wanted: {
      zh: `写明各类留多少天，audit 不能少于 ${leastAuditDays}，如 ${JSON.stringify(usualDays)}`,
      en: `says how many days each kind is kept, audit never less than ${leastAuditDays}, like ${JSON.stringify(usualDays)}`,
    },
  })
