// A straight-line distance as it is said: 96 m, 1.1 km.
export const metresWords = (metres: number): string =>
  metres < 995 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`
