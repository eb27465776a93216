// How a process is one of many: what is between them, and what it is called among them.
import { z } from 'zod'
import type { Words } from '#contract/language'

export const Redis = z.string().refine((text) => /^rediss?:\/\/./.test(text) && URL.canParse(text))

export const NodeName = z.string().regex(/^[\w.-]{1,64}$/)

export const nodeWanted = {
  SANPING_REDIS: {
    zh: '应是 Redis 的网址，如 redis://:password@redis.example:6379',
    en: 'it must be the address of Redis, like redis://:password@redis.example:6379',
  },
  SANPING_NODE: {
    zh: '应是本进程的名字，1–64 个字母、数字、点、横线，各进程不能同名',
    en: 'it must be this process’s name, 1 to 64 letters, digits, dots and hyphens, and no other’s',
  },
} satisfies Record<string, Words>

/** Many processes lean on one database: what each keeps in its own folder the others would not see. */
export const needsPostgres =
  'SANPING_REDIS 要和 SANPING_POSTGRES 一起用：多个进程必须共用一个数据库。\nSANPING_REDIS needs SANPING_POSTGRES: several processes must share one database.'
