// A viewer's mark as shapes: letters of five by seven points, which no machine needs a font for, laid across a picture.

/** Columns of a letter, the top in the lowest bit. Names are written large. */
const letters: Readonly<Record<string, string>> = {
  ...{ '0': '3e5149453e', '1': '00427f4000', '2': '7249494946', '3': '2141494d33', '4': '1814127f10' },
  ...{ '5': '2745454539', '6': '3c4a494931', '7': '4121110907', '8': '3649494936', '9': '464949291e' },
  ...{ A: '7c1211127c', B: '7f49494936', C: '3e41414122', D: '7f4141413e', E: '7f49494941', F: '7f09090901' },
  ...{ G: '3e41415173', H: '7f0808087f', I: '00417f4100', J: '2040413f01', K: '7f08142241', L: '7f40404040' },
  ...{ M: '7f021c027f', N: '7f0408107f', O: '3e4141413e', P: '7f09090906', Q: '3e4151215e', R: '7f09192946' },
  ...{ S: '2649494932', T: '03017f0103', U: '3f4040403f', V: '1f2040201f', W: '3f4038403f', X: '6314081463' },
  ...{ Y: '0304780403', Z: '6159494d43', '-': '0808080808', ':': '0000140000', '.': '0000606000', _: '4040404040' },
  ...{ ' ': '0000000000', '/': '2010080402' },
}
const wide = 6
const high = 7

/** What has no letter of ours stands as the number of its character, so that a name in any script can be read back. */
export const markable = (text: string): string =>
  [...text.toUpperCase()]
    .map((letter) => (letter in letters ? letter : `/${letter.codePointAt(0)!.toString(16).toUpperCase()}`))
    .join('')

/** The points of one line of letters, as a path of unit squares. */
function pathOf(text: string): string {
  const squares: string[] = []
  for (const [at, letter] of [...text].entries())
    for (let column = 0; column < 5; column++) {
      const bits = Number.parseInt((letters[letter] ?? '').slice(column * 2, column * 2 + 2) || '0', 16)
      for (let row = 0; row < high; row++) if (bits & (1 << row)) squares.push(`M${at * wide + column} ${row}h1v1h-1z`)
    }
  return squares.join('')
}

/** Slanted, again and again: no part of some hundred points across is without it. White with a dark edge: seen on snow and at night. */
export function markOf(given: string, width: number, height: number): Buffer {
  const text = markable(given)
  const scale = Math.max(1.5, Math.min(width, height) / 320)
  const [across, down] = [(text.length * wide + 12) * scale, high * 7 * scale]
  const path = pathOf(text)
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>` +
      `<pattern id="m" width="${across}" height="${down}" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">` +
      `<g transform="scale(${scale})"><path d="${path}" transform="translate(.6 .6)" fill="#000" fill-opacity=".3"/>` +
      `<path d="${path}" fill="#fff" fill-opacity=".34"/></g></pattern></defs>` +
      `<rect width="100%" height="100%" fill="url(#m)"/></svg>`,
  )
}
