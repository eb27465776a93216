// How long each kind is kept, as the site wrote it into `retention.json` of the data folder; what it does not name is as usual.
import { z } from 'zod'
import type { KeptDays } from '../records/port-personal.ts'
import { readSiteJson } from './site-json.ts'

/**
 * What nobody shortens: 网络安全法 article 21 wants logs of six months. Who looked at whom, who asked to see what and what became
 * of a resident's wish are such logs: they prove that the law on personal data was kept (个人信息保护法 articles 50, 51 and 69).
 */
export const leastAuditDays = 180
/** 民法典 article 188: so long may somebody still claim that their wish was not granted. */
const threeYears = 3 * 365
const whole = (least = 1) => z.int().min(least).max(36_500)
const days = (usual: number, least?: number) => whole(least).default(usual)

export const KeptDaysFile = z
  .strictObject({
    residents: days(180),
    pictures: days(365),
    strayPictures: days(30, 7),
    quarantine: days(90),
    audit: days(730, leastAuditDays),
    looks: whole(leastAuditDays).optional(),
    viewings: whole(leastAuditDays).optional(),
    wishes: days(threeYears, leastAuditDays),
    notices: days(90),
    deliveries: days(30),
    undelivered: days(90),
  })
  // Where a site says nothing else, who looked goes with the audit that says so too.
  .transform(({ looks, viewings, ...rest }): KeptDays => ({
    ...rest,
    looks: looks ?? rest.audit,
    viewings: viewings ?? rest.audit,
  }))

export const usualDays: KeptDays = KeptDaysFile.parse({})

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readRetention = (folder: string): Promise<KeptDays> =>
  readSiteJson(folder, {
    name: 'retention.json',
    schema: KeptDaysFile,
    absent: usualDays,
    wanted: {
      zh: `写明各类留多少天，audit、looks、viewings、wishes 不能少于 ${leastAuditDays}，如 ${JSON.stringify(usualDays)}`,
      en: `says how many days each kind is kept, audit, looks, viewings and wishes never less than ${leastAuditDays}, like ${JSON.stringify(usualDays)}`,
    },
  })
