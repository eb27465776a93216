// How a wall hangs, as somebody wrote it: read, or what is wrong with it in one sentence.
import type { z } from 'zod'
import type { PlaceId } from './ids.ts'
import type { Words } from './language.ts'
import { wrongInSite } from './legible.ts'
import { WallSite } from './wall-site.ts'

/** `said` is anything; a field that a wall does not have is refused, not dropped: it was meant as something. */
export function readSite(said: unknown, hasPlace: (id: PlaceId) => boolean): { site: WallSite } | { wrong: Words } {
  const read = WallSite.strict().safeParse(said)
  if (!read.success) return { wrong: issueInWords(read.error.issues[0]!) }
  const wrong = wrongInSite(read.data, hasPlace)
  return wrong ? { wrong } : { site: read.data }
}

function issueInWords(issue: z.core.$ZodIssue): Words {
  const where = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return { zh: `没有「${issue.keys.join('、')}」这一项。`, en: `There is no ${issue.keys.join(', ')} here.` }
  if (where === '') return { zh: '要写成一个 JSON 对象。', en: 'It is to be one JSON object.' }
  if (issue.code === 'too_small')
    return { zh: `${where}：最少 ${issue.minimum}。`, en: `${where}: at least ${issue.minimum}.` }
  if (issue.code === 'too_big')
    return { zh: `${where}：最多 ${issue.maximum}。`, en: `${where}: at most ${issue.maximum}.` }
  return { zh: `${where}：不对（${issue.message}）。`, en: `${where}: not right (${issue.message}).` }
}
