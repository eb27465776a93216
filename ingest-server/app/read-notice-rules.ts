// Who is called how, as the site wrote it into `notices.json` of the data folder; without the file as usual.
import { NoticeRules, usualNotices } from '#contract/notice'
import { readSiteJson } from './site-json.ts'

const like =
  '{"levels":{"1":[{"by":"push","after":0},{"by":"robot","after":0},{"by":"sms","after":60}],"2":[],"3":[],"4":[]},"cooldown":180}'

/** `above`: the folders of whose rules hold where this one says nothing, the widest first. Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readNoticeRules = async (folder: string, above: readonly string[] = []): Promise<NoticeRules> =>
  readSiteJson(folder, {
    name: 'notices.json',
    schema: NoticeRules,
    absent: above.length > 0 ? await readNoticeRules(above.at(-1)!, above.slice(0, -1)) : usualNotices,
    wanted: {
      zh: `写明四级各走哪几步（push、robot、sms）、几秒后走，如 ${like}`,
      en: `says for each of the four levels which steps (push, robot, sms) are taken after how many seconds, like ${like}`,
    },
  })
