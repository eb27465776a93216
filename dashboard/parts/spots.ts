// Spots by a few letters of their names: what begins with them before what only holds them; with nothing typed, the widest.
export interface Spot {
  kind: 'place' | 'facility' | 'camera'
  id: string
  words: string
  /** 街区, 车棚, 镜头. */
  kindWords: string
  /** How wide it is: the smaller the wider. */
  rank: number
}

const most = 6
const plain = (words: string): string => words.replace(/\s/g, '').toLowerCase()

export function findSpots(spots: readonly Spot[], typed: string): Spot[] {
  const sought = plain(typed)
  const hits = spots
    .map((spot) => ({ spot, at: plain(spot.words).indexOf(sought) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => (sought ? Math.min(a.at, 1) - Math.min(b.at, 1) : 0) || a.spot.rank - b.spot.rank)
  return hits.slice(0, most).map(({ spot }) => spot)
}
