// Long work that says how far it is, and can be told to stop at any moment.

export interface Work {
  /** `what`: journal, records, pictures …; `of`: how many there are in all. */
  onStep: (what: Step, done: number, of: number) => void
  stopped: () => boolean
}
export type Step = 'journal' | 'records' | 'keys' | 'pictures' | 'files' | 'proof'

/** Told to stop: what was half done was taken away. */
export class Stopped extends Error {
  override name = 'Stopped'
}

export function orStop({ stopped }: Pick<Work, 'stopped'>): void {
  if (stopped()) throw new Stopped('stopped')
}
