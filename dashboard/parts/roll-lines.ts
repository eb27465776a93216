// A roll as it is pasted, one dwelling a line with its area: read into members, or told which line is wrong.
import type { Member } from '#contract/process'
import { sayProcess } from '../words/process.ts'

export type RollRead = { members: Member[]; wrong: null } | { members: null; wrong: string }

const most = 2000
const no = (wrong: string): RollRead => ({ members: null, wrong })

/**
 * 「101室 86.5」, 「101室,86.5㎡」, 「101室」 (which weighs 1). The last figure of a line is the area where something stands before it
 * and a space, a tab or a comma between: so a table copied out of a spreadsheet is read as it is.
 */
export function readRoll(text: string): RollRead {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const members: Member[] = []
  const seen = new Set<string>()
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    const found = readLine(line)
    if (found === 'no-id') return no(sayProcess('line.noId', { line: i + 1 }))
    if (found === 'no-weight') return no(sayProcess('line.weight', { line: i + 1 }))
    if (seen.has(found.id)) return no(sayProcess('line.twice', { line: i + 1, id: found.id }))
    seen.add(found.id)
    members.push(found)
  }
  if (members.length === 0) return no(sayProcess('line.empty'))
  return members.length > most ? no(sayProcess('line.tooMany')) : { members, wrong: null }
}

function readLine(line: string): Member | 'no-id' | 'no-weight' {
  const [id = '', ...rest] = line.split(/[\s,，;；\t]+/).filter(Boolean)
  if (!id || /^[,，;；]/.test(line)) return 'no-id'
  const last = rest[rest.length - 1]
  if (last === undefined) return { id: id.slice(0, 60), weight: 1 }
  const weight = Number(last.replace(/(㎡|m2|m²|平方米|平米)$/i, ''))
  if (!Number.isFinite(weight) || weight <= 0) return 'no-weight'
  return { id: [id, ...rest.slice(0, -1)].join(' ').slice(0, 60), weight }
}
