// On which line of a JSON text a value stands, so that whoever wrote the file finds what is meant.

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** The line, from 1, of the value at this path or of the nearest above it that is there. The text must be whole JSON. */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const wanted = path.map(String)
  const here: { name: string; isList: boolean }[] = []
  let [line, best, at] = [1, 1, 0]
  let deepest = -1
  let name: string | null = null
  for (const match of text.matchAll(token)) {
    line += newlines(text, at, match.index)
    at = match.index
    const [sign] = match
    const top = here.at(-1)
    if (sign === ',') {
      if (top?.isList) top.name = String(Number(top.name) + 1)
      name = null
      continue
    }
    if (sign === ':') continue
    if (sign === '}' || sign === ']') {
      here.pop()
      continue
    }
    if (top && !top.isList && name === null) {
      name = JSON.parse(sign) as string
      top.name = name
    }
    const depth = here.length
    if (depth > deepest && here.every((one, i) => one.name === wanted[i])) [deepest, best] = [depth, line]
    if (sign === '{' || sign === '[') {
      here.push({ name: sign === '[' ? '0' : '', isList: sign === '[' })
      name = null
    }
  }
  return best
}

/** Where the parser stopped, by what it says; 1 where it does not say. */
export function lineOfFault(text: string, message: string): number {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line !== undefined) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return 1 + newlines(text, 0, Number(position))
  return /end of JSON/i.test(message) ? 1 + newlines(text, 0, text.length) : 1
}

const newlines = (text: string, from: number, to: number): number => text.slice(from, to).split('\n').length - 1
