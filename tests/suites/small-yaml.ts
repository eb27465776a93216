// As much of YAML as our compose files are written in; anything else in them is a fault, so that nothing is read wrongly in silence.

export type Yaml = string | number | boolean | null | Yaml[] | { [key: string]: Yaml }

interface Row {
  indent: number
  text: string
  nr: number
}

const plainKey = /^([\w.-]+):(?:\s+(.*))?$/

/** Throws with the line's number where it is not understood. */
export function readYaml(source: string): Yaml {
  const raw = source.split('\n')
  const anchors = new Map<string, Yaml>()
  let at = 0

  const rowAt = (): Row | null => {
    while (at < raw.length && /^\s*(#.*)?$/.test(raw[at]!)) at++
    if (at >= raw.length) return null
    const text = raw[at]!.trimStart()
    return { indent: raw[at]!.length - text.length, text: text.replace(/\s+#.*$/, '').trimEnd(), nr: at + 1 }
  }

  function block(indent: number): Yaml {
    const row = rowAt()
    if (!row || row.indent < indent) return null
    return row.text.startsWith('- ') || row.text === '-' ? list(row.indent) : map(row.indent)
  }

  function list(indent: number): Yaml[] {
    const all: Yaml[] = []
    for (let row = rowAt(); row?.indent === indent && row.text.startsWith('- '); row = rowAt()) {
      const rest = row.text.slice(2)
      if (plainKey.test(rest)) {
        // `- name: value`: the map begins behind the dash.
        raw[at] = `${' '.repeat(indent + 2)}${rest}`
        all.push(map(indent + 2))
        continue
      }
      at++
      all.push(scalar(rest, row.nr))
    }
    return all
  }

  function map(indent: number): { [key: string]: Yaml } {
    const all: { [key: string]: Yaml } = {}
    const own = new Set<string>()
    for (let row = rowAt(); row && row.indent >= indent; row = rowAt()) {
      const [, key, rest = ''] = plainKey.exec(row.text.replace(/^<<:/, '__merge:')) ?? []
      if (key === undefined || row.indent !== indent) throw new Error(`line ${row.nr} is not understood: ${row.text}`)
      at++
      if (key === '__merge') Object.assign(all, anchors.get(rest.slice(1)) ?? fail(row))
      else if (own.has(key)) throw new Error(`line ${row.nr}: ${key} stands there twice`)
      else all[key] = valueOf(rest, row)
      own.add(key)
    }
    return all
  }

  function valueOf(rest: string, row: Row): Yaml {
    const [, anchor, after = ''] = /^&(\w+)\s*(.*)$/.exec(rest) ?? [null, null, rest]
    const value = after === '' ? block(row.indent + 1) : after === '|' ? text(row.indent) : scalar(after, row.nr)
    if (anchor) anchors.set(anchor, value)
    return value
  }

  /** A block as it stands, comments and all. */
  function text(indent: number): string {
    const lines: string[] = []
    while (at < raw.length && (raw[at]!.trim() === '' || raw[at]!.search(/\S/) > indent)) lines.push(raw[at++]!)
    const own = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)))
    return `${lines
      .map((line) => line.slice(own))
      .join('\n')
      .trimEnd()}\n`
  }

  function scalar(said: string, nr: number): Yaml {
    if (said.startsWith('[')) {
      if (!said.endsWith(']')) throw new Error(`line ${nr}: a list on one line must end there`)
      return (said.slice(1, -1).match(/'(?:[^']|'')*'|[^,\s]+/g) ?? []).map((one) => scalar(one, nr))
    }
    if (/^'.*'$/.test(said)) return said.slice(1, -1).replaceAll("''", "'")
    if (/^["&*{>!%@`]/.test(said)) throw new Error(`line ${nr} is not understood: ${said}`)
    if (said === 'true' || said === 'false') return said === 'true'
    return /^\d+(\.\d+)?$/.test(said) ? Number(said) : said
  }

  const fail = (row: Row): never => {
    throw new Error(`line ${row.nr}: nothing is named ${row.text}`)
  }

  const whole = block(0)
  const left = rowAt()
  if (left) throw new Error(`line ${left.nr} is not understood: ${left.text}`)
  return whole
}
