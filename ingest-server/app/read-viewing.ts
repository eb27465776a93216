// From when on pictures are asked for, and how long what was granted holds, as the site wrote it into `viewing.json` of the data folder.
import { z } from 'zod'
import type { ViewingRules } from '#contract/viewing'
import { readSiteJson } from './site-json.ts'

export const ViewingFile = z.strictObject({
  /** The end of a case may lie so far back; 0: from its end on. */
  freeDays: z.int().min(0).max(3650).default(30),
  grantHours: z.int().min(1).max(72).default(2),
}) satisfies z.ZodType<ViewingRules>

export const usualViewing: ViewingRules = ViewingFile.parse({})

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readViewing = (folder: string): Promise<ViewingRules> =>
  readSiteJson(folder, {
    name: 'viewing.json',
    schema: ViewingFile,
    absent: usualViewing,
    wanted: {
      zh: `写明结案几天后的照片要申请调阅、批准后可看几小时，如 ${JSON.stringify(usualViewing)}`,
      en: `says how many days after the end of a case its pictures are asked for, and for how many hours, like ${JSON.stringify(usualViewing)}`,
    },
  })
