// What is wrong with a box's alarm, in words: the path that was looked at, and what stood there instead.
import type { JsonValue } from 'jsonpath-rfc9535'
import type { No } from './reading.ts'

const mostNames = 12

/** Nothing at that path: what there is beside it is named, for whoever mends the mapping. */
export function notFound(field: string, path: string, value: JsonValue): No {
  const there = standing(value)
  return {
    refusal: 'wrong-shape',
    words: {
      zh: `${field}（${path}）：没有找到，报文里有 ${there || '空的内容'}。`,
      en: `${field} (${path}): nothing there; the message has ${there || 'nothing in it'}.`,
    },
  }
}

function standing(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).slice(0, 60)
  const names = Array.isArray(value) ? value.map((_one, at) => `[${at}]`) : Object.keys(value)
  const shown = names.slice(0, mostNames).map((name) => name.slice(0, 40))
  return [...shown, ...(names.length > mostNames ? ['…'] : [])].join(', ')
}

export const oneOf = (path: string, given: string, known: readonly string[]): No => ({
  refusal: 'wrong-shape',
  words: {
    zh: `${path}：「${given.slice(0, 60)}」不在 ${known.join('、')} 之中。`,
    en: `${path}: "${given.slice(0, 60)}" is none of ${known.join(', ')}.`,
  },
})
