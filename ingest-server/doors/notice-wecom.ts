// A WeCom group's robot: its address is its key.
import { robot } from './notice-robot.ts'

/** The key is none · what was sent is not right. */
const wrong: ReadonlySet<number> = new Set([93000, 40008, 44004, 45002])

export const wecom = robot(({ url }) => url, wrong)
