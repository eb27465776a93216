// A line of a day in a small box: today's half hours, the same scale for every box of a row.
/** `M x,y L …` in a box of `width` × `height`; the day's 48 half hours span the width, `most` its height. */
export function sparkPath(values: readonly number[], most: number, width: number, height: number): string {
  return values
    .map(
      (n, i) =>
        `${i === 0 ? 'M' : 'L'}${((i / 47) * width).toFixed(1)} ${(height - (n / Math.max(1, most)) * height).toFixed(1)}`,
    )
    .join('')
}
