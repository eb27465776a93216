// What is wrong with a shape, in words: which field, by its path, and what it should be.
import type { z } from 'zod'
import type { Words } from '#contract/language'
import type { Refusal } from '#contract/refusal'
import type { No } from './reading.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const types: Record<string, Words> = {
  string: { zh: '文字', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '数组', en: 'an array' },
  tuple: { zh: '数组', en: 'an array' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
}

/** `['at', 'crs']` under `reports[3]` → `reports[3].at.crs`. */
function pathInWords(path: Path, under = ''): string {
  return path.reduce<string>((words, step) => {
    if (typeof step === 'number') return `${words}[${step}]`
    return words === '' ? String(step) : `${words}.${String(step)}`
  }, under)
}

/** The refusal and sentence for a value its schema did not take. `under` names the value inside its body: `reports[3]`. */
export function shapeNo(error: { issues: readonly Issue[] }, value: unknown, under = ''): No {
  const first = error.issues[0]
  if (!first) return { refusal: 'wrong-shape' }
  const issue = deepest(first)
  const given = valueAt(value, issue.path)
  const where = pathInWords(issue.path, under)
  const said = isTurnedRound(issue.path, value) ? turnedRound : issueInWords(issue, given)
  const prefix = where === '' ? '' : `${where}: `
  return {
    refusal: refusalFor(issue.path, given),
    words: { zh: `${prefix}${said.zh}。`, en: `${prefix}${said.en}.` },
  }
}

/** A latitude no place on earth has, beside a longitude that could be one: the commonest slip of all, and never mended by us. */
function isTurnedRound(path: Path, value: unknown): boolean {
  if (path.at(-1) !== 'lat') return false
  const [lat, lon] = [valueAt(value, path), valueAt(value, [...path.slice(0, -1), 'lon'])]
  return typeof lat === 'number' && typeof lon === 'number' && Math.abs(lat) > 90 && Math.abs(lon) <= 90
}

const turnedRound: Words = {
  zh: '经纬度像是写反了，请对调 lon 与 lat',
  en: 'longitude and latitude look turned round: swap lon and lat',
}

/** Where two shapes were possible, the one that was meant: whose objection lies deepest, or is about the type the value has. */
function deepest(issue: Issue, above: Path = []): Issue {
  const here: Issue = { ...issue, path: [...above, ...issue.path] }
  if (issue.code !== 'invalid_union') return here
  const inside = issue.errors.flatMap((issues) => issues.slice(0, 1)).map((inner) => deepest(inner, here.path))
  const meant = inside.filter((inner) => inner.code !== 'invalid_type')
  return meant.sort((a, b) => b.path.length - a.path.length)[0] ?? inside[0] ?? here
}

function refusalFor(path: Path, given: unknown): Refusal {
  const last = path.at(-1)
  if (last === 'crs' && given === undefined) return 'crs-missing'
  if (last === 'occurredAt' && (typeof given === 'string' || typeof given === 'number')) return 'time-impossible'
  return 'wrong-shape'
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  )
}

function issueInWords(issue: Issue, given: unknown): Words {
  const choices = 'values' in issue ? issue.values.map(String) : 'options' in issue ? (issue.options as unknown[]) : []
  if (given === undefined) return missing(choices)
  switch (issue.code) {
    case 'invalid_type': {
      const type = types[issue.expected] ?? { zh: issue.expected, en: issue.expected }
      return { zh: `应为${type.zh}`, en: `should be ${type.en}` }
    }
    case 'invalid_value':
      return { zh: `只能是 ${choices.join('、')}`, en: `can only be ${choices.join(', ')}` }
    case 'invalid_union':
      return choices.length > 0
        ? { zh: `只能是 ${choices.join('、')}`, en: `can only be ${choices.join(', ')}` }
        : { zh: '内容不对', en: 'is not right' }
    case 'too_small':
    case 'too_big':
      return bound(issue)
    case 'invalid_format':
      return formats[issue.format] ?? { zh: `格式不对（${issue.format}）`, en: `is not of the form ${issue.format}` }
    default:
      return { zh: '内容不对', en: `is not right (${issue.message})` }
  }
}

function missing(choices: readonly unknown[]): Words {
  if (choices.length === 0) return { zh: '缺少', en: 'is missing' }
  return {
    zh: `缺少，请写明 ${choices.map(String).join('、')} 之一`,
    en: `is missing: write one of ${choices.map(String).join(', ')}`,
  }
}

const formats: Record<string, Words> = {
  datetime: {
    zh: '不是带时区的 ISO 8601 时间，例如 2026-11-21T08:00:00+08:00',
    en: 'is no ISO 8601 time with its offset, like 2026-11-21T08:00:00+08:00',
  },
  regex: { zh: '格式不对', en: 'is not of the right form' },
}

const units: Record<string, Words> = {
  string: { zh: ' 个字', en: ' characters' },
  array: { zh: ' 项', en: ' items' },
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Words {
  const most = issue.code === 'too_big'
  const limit = String(most ? issue.maximum : issue.minimum)
  const unit = units[issue.origin] ?? { zh: '', en: '' }
  return {
    zh: `${most ? '最多' : '最少'} ${limit}${unit.zh}`,
    en: `${most ? 'at most' : 'at least'} ${limit}${unit.en}`,
  }
}
