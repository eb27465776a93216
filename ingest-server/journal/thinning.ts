// Which snapshots are worth their room: the newest, and for ever one for every ten thousand lines.

const newest = 2
const linesEach = 10_000

/** Of snapshots taken at these revisions, in rising order: those that may go. */
export function mayGo(revisions: readonly number[]): number[] {
  const blockOf = (revision: number) => Math.floor(revision / linesEach)
  const isFirstOfBlock = (index: number) => index === 0 || blockOf(revisions[index - 1]!) < blockOf(revisions[index]!)
  return revisions.filter((_, index) => index < revisions.length - newest && !isFirstOfBlock(index))
}
