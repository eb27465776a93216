// Who is called how, as the site wrote it into `notices.json` of the data folder; without the file as usual.
import { NoticeRules, usualNotices } from '#contract/notice'
import { readSiteJson } from './site-json.ts'

const like =
  '{"levels":{"1":[{"by":"push","after":0},{"by":"robot","after":0},{"by":"sms","after":60}],"2":[],"3":[],"4":[]},"cooldown":180}'

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export const readNoticeRules = (folder: string): Promise<NoticeRules> =>
  readSiteJson(folder, {
    name: 'notices.json',
    schema: NoticeRules,
    absent: usualNotices,
    wanted: {
      zh: `写明四级各走哪几步（push、robot、sms）、几秒后走，如 ${like}`,
      en: `says for each of the four levels which steps (push, robot, sms) are taken after how many seconds, like ${like}`,
    },
  })
