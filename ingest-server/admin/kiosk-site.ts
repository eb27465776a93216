// How a wall hangs: panels, seams, distance, night and the rest of it, as it stands or set anew, and how large letters must be on it.
import { readFile } from 'node:fs/promises'
import { angles, legibilityOf } from '#contract/legible'
import { readSite } from '#contract/read-site'
import type { WallSite } from '#contract/wall-site'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'

const numbers = ['columns', 'rows', 'seam', 'pitch', 'distance', 'dim'] as const
const words = ['skin', 'night', 'sound'] as const
const options = Object.fromEntries([...numbers, ...words, 'file'].map((name) => [name, { type: 'string' as const }]))

async function site(call: Call): Promise<Answer> {
  const name = call.words[0] ?? ''
  const now = call.records.kiosks.site(name)
  if (!now) return no(`没有大屏「${name}」，请用 kiosk list 查看。`, `There is no wall ${name}: see kiosk list.`)
  const isAsked = Object.keys(options).some((option) => textOf(call, option) !== undefined)
  if (!isAsked) return show(call, now)
  const said = await saidOf(call, now)
  if ('no' in said) return said
  const places = new Set<string>(call.places().map((place) => place.id))
  const read = readSite(said.site, (id) => places.has(id))
  if ('wrong' in read) return { no: read.wrong }
  await note(call, 'wall-site-set', name)
  await call.records.kiosks.setSite(name, read.site)
  tell(call, `大屏「${name}」已改，几秒内生效。`, `Wall ${name} is changed; it shows within seconds.`)
  return show(call, read.site)
}

function show(call: Call, now: WallSite): Answer {
  call.say(JSON.stringify(now, null, 2))
  const legibility = legibilityOf(now)
  if (!legibility) {
    tell(
      call,
      '写明点距（--pitch，毫米）和最远的观看距离（--distance，米），就能算出字要多大。',
      'Say the pitch (--pitch, in millimetres) and how far away the farthest eyes are (--distance, in metres), and it says how large letters must be.',
    )
    return null
  }
  const px = (figure: number) => figure.toFixed(1)
  const { headline, body, small } = legibility
  tell(
    call,
    `字高至少：标题 ${px(headline)} 像素（${angles.headline}′） 正文 ${px(body)} 像素（${angles.body}′） 小字 ${px(small)} 像素（${angles.small}′）`,
    `Letters at least: headlines ${px(headline)} px (${angles.headline}′), body ${px(body)} px (${angles.body}′), small ${px(small)} px (${angles.small}′)`,
  )
  return null
}

/** What is not named stays as it is; a file is the whole of it. */
async function saidOf(call: Call, now: WallSite): Promise<{ site: unknown } | NonNullable<Answer>> {
  const file = textOf(call, 'file')
  if (file !== undefined) return fromFile(call, file)
  const figures: Partial<Record<(typeof numbers)[number], number>> = {}
  for (const option of numbers) {
    const text = textOf(call, option)
    if (text === undefined) continue
    if (!Number.isFinite(Number(text))) return notANumber(option, text)
    figures[option] = Number(text)
  }
  const { pitch, distance, dim, ...panels } = figures
  const night = nightOf(textOf(call, 'night'), dim, now.night)
  if ('no' in night) return night
  const sound = soundOf(textOf(call, 'sound'))
  if ('no' in sound) return sound
  const skin = textOf(call, 'skin')
  const { night: _night, ...rest } = now
  return {
    site: {
      ...{ ...rest, ...panels, ...night, ...sound },
      ...(skin !== undefined && { skin }),
      ...(pitch !== undefined && { pitchMm: pitch }),
      ...(distance !== undefined && { distanceMm: Math.round(distance * 1000) }),
    },
  }
}

async function fromFile(call: Call, file: string): Promise<{ site: unknown } | NonNullable<Answer>> {
  const text = file === '-' ? await call.readInput() : await readFile(file, 'utf8').catch(() => null)
  if (text === null) return no(`打不开文件 ${file}。`, `The file ${file} cannot be opened.`)!
  try {
    return { site: JSON.parse(text) }
  } catch {
    return no(`${file} 不是完整的 JSON。`, `${file} is not whole JSON.`)!
  }
}

type Night = Pick<WallSite, 'night'>

/** `22:00-06:30`, or `off`. */
function nightOf(said: string | undefined, dim: number | undefined, now: Night['night']): Night | NonNullable<Answer> {
  if (said === 'off') return {}
  const [from, to, ...more] = said?.split('-') ?? []
  if (said !== undefined && (!from || !to || more.length > 0))
    return wrong('--night 请写 22:00-06:30 或 off。', '--night is like 22:00-06:30, or off.')!
  const hours = from && to ? { from, to } : now
  if (!hours && dim !== undefined)
    return wrong('--dim 要和 --night 一起写。', '--dim goes with --night: there is no night yet.')!
  return hours ? { night: { from: hours.from, to: hours.to, dim: dim ?? now?.dim ?? 0.5 } } : {}
}

/** `1=1,2=0.6`: levels and how loud; `off` is silent. */
function soundOf(said: string | undefined): { sound?: Record<string, number> } | NonNullable<Answer> {
  if (said === undefined) return {}
  if (said === 'off') return { sound: {} }
  const pairs = said.split(/[,，]/).map((pair) => pair.split('='))
  if (pairs.some(([level, loud]) => !level || !loud?.trim() || !Number.isFinite(Number(loud))))
    return wrong('--sound 请写 1=1,2=0.6 或 off。', '--sound is like 1=1,2=0.6, or off.')!
  return { sound: Object.fromEntries(pairs.map(([level, loud]) => [level!.trim(), Number(loud)])) }
}

const notANumber = (option: string, text: string): NonNullable<Answer> =>
  wrong(`--${option} 后请写数字，不是「${text}」。`, `--${option} is followed by a number, not ${text}.`)!

export const siteCommand: AdminCommand = {
  usage:
    'kiosk site NAME [--file site.json|-] [--columns N] [--rows N] [--seam PX] [--pitch MM] [--distance M] [--skin duty|visitor] [--night 22:00-06:30|off] [--dim 0.5] [--sound 1=1,2=0.6|off]',
  says: {
    zh: '大屏怎么挂：拼几列几行、拼缝、点距、观看距离、夜间；并算出字要多大（轮播和预设写在文件里）',
    en: 'how a wall hangs: panels, seams, pitch, distance, night, and how large letters must be; tour and presets go into the file',
  },
  standsOn: 'records.db',
  takes: 1,
  options,
  run: site,
}
