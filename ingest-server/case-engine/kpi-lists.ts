// Long lists of numbers that grow without leaving much behind, and the n-th smallest of one without sorting it.

/** Numbers in the order they came, in pieces that are never copied while it grows. */
export interface Numbers {
  add(one: number): void
  length(): number
  pieces(): Float64Array[]
}

const firstPiece = 16
const longestPiece = 16_384

export function openNumbers(): Numbers {
  const full: Float64Array[] = []
  let piece = new Float64Array(firstPiece)
  let count = 0
  let before = 0
  return {
    add(one) {
      if (count === piece.length) {
        full.push(piece)
        before += count
        count = 0
        piece = new Float64Array(Math.min(longestPiece, piece.length * 2))
      }
      piece[count++] = one
    },
    length: () => before + count,
    pieces: () => [...full, piece.subarray(0, count)],
  }
}

/** One after the other, as one. */
export function numbersOf(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The `n`-th smallest, counted from 0; moves the numbers about on the way (Hoare's selection). */
export function smallest(numbers: Float64Array, n: number): number {
  let [low, high] = [0, numbers.length - 1]
  while (low < high) {
    const pivot = numbers[(low + high) >> 1]!
    let [i, j] = [low, high]
    while (i <= j) {
      while (numbers[i]! < pivot) i++
      while (numbers[j]! > pivot) j--
      if (i > j) break
      ;[numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!]
      i++
      j--
    }
    if (n <= j) high = j
    else if (n >= i) low = i
    else break
  }
  return numbers[n]!
}
