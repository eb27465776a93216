// One measured figure, printed the same by bench and trial: `id value target ok|short words`, or as JSON.
export interface Figure {
  id: string
  value: string
  target: string
  ok: boolean
  words: string
}

export interface Program {
  id: string
  about: string
  run(options: ProgramOptions): Promise<Figure[]>
}

export interface ProgramOptions {
  seed: number
  runs: number | undefined
  /** Progress, to the error stream: figures alone go to the output. */
  say(words: string): void
  stopped(): boolean
}

const line = (figure: Figure): string =>
  [figure.id, figure.value, figure.target, figure.ok ? 'ok' : 'short', figure.words].join('\t')

/** Runs the programs named on the command line, or all; 0 when they ran to their end, whether short or not. */
export async function runPrograms(programs: readonly Program[], args: readonly string[]): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`)
    return at < 0 ? undefined : args[at + 1]
  }
  const values = ['seed', 'runs'].map((name) => option(name))
  const named = args.filter((one) => !one.startsWith('--') && !values.includes(one)).map((one) => one.toUpperCase())
  const unknown = named.filter((id) => !programs.some((program) => program.id === id))
  if (unknown.length > 0) {
    console.error(`没有 ${unknown.join(' ')}；有：${programs.map((program) => program.id).join(' ')}`)
    return 2
  }
  const seed = Number(option('seed') ?? 1 + (Date.now() % 1_000_000))
  let stop = false
  process.once('SIGINT', () => {
    stop = true
    console.error('正在停下，已得的数字照印。')
  })
  const chosen = programs.filter((program) => named.length === 0 || named.includes(program.id))
  for (const program of chosen) {
    if (stop) break
    console.error(`# ${program.id} ${program.about}（seed ${seed}）`)
    const figures = await program.run({
      seed,
      runs: option('runs') ? Number(option('runs')) : undefined,
      say: (words) => console.error(`  ${words}`),
      stopped: () => stop,
    })
    for (const figure of figures) console.log(args.includes('--json') ? JSON.stringify(figure) : line(figure))
  }
  return 0
}

export const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const percentile = (list: readonly number[], share: number): number => {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
