// The one database of a site that outgrew its folder, and where in it each street lies.
import { resolve } from 'node:path'
import { z } from 'zod'
import type { Words } from '#contract/language'
import type { PostgresPlace } from '../engines/postgres.ts'

export const Postgres = z
  .string()
  .trim()
  .refine((text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1)

export const postgresWanted: Words = {
  zh: '应是 PostgreSQL 的网址，如 postgres://sanping:password@db.example:5432/sanping',
  en: 'it must be the address of a PostgreSQL database, like postgres://sanping:password@db.example:5432/sanping',
}

/** Of the one street of a system without `streets.json`, also where that has become one of many. */
const first = 'sanping'

/** The street whose folder is the data folder itself began alone and keeps its schema; every other has its own, by its code. */
export function placeOf(url: string, dataFolder: string, street?: { id: string; folder: string }): PostgresPlace {
  const beganAlone = !street || resolve(street.folder) === resolve(dataFolder)
  return { url, schema: beganAlone ? first : `${first}_${street.id}` }
}
