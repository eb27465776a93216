// Times as the people of the sub-district read them: China keeps one time and no summer time.
const east = 8 * 3_600_000

/** `2026-11-21 08:03:12`. */
export const localTime = (at: number): string => new Date(at + east).toISOString().slice(0, 19).replace('T', ' ')

/** Midnight of `2026-11-21`; NaN where there is no such day. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - east
