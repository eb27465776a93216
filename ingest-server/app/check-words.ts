// How a fault in a scenario is said: where, and one sentence in both languages.
import type { Words } from '#contract/language'

export interface Wrong {
  path: string
  words: Words
}

export const said = (path: string, zh: string, en: string): Wrong => ({ path, words: { zh, en } })

/** Names that must differ from one another. */
export function repeated(names: readonly string[], path: string, zh: string, en: string): Wrong[] {
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [said(`${path}[${i}]`, `两个${zh}都叫「${name}」`, `two ${en} are called ${name}`)] : [],
  )
}

interface Names {
  has(name: string): boolean
}

export const unknown = (name: string, known: Names, path: string, zh: string, en: string): Wrong[] =>
  known.has(name) ? [] : [said(path, `没有${zh}「${name}」`, `there is no ${en} ${name}`)]

/** Names that must be among those that are known. */
export const unknownAmong = (
  names: readonly string[] | undefined,
  known: Names,
  path: string,
  zh: string,
  en: string,
) => (names ?? []).flatMap((name, i) => unknown(name, known, `${path}[${i}]`, zh, en))
