// How the leader line runs: straight to the right edge where there is open space at that height, else slanting to where there is.
export interface Leader {
  points: string
  /** Of the facts, in CSS pixels from the left and the bottom of the map. */
  left: number
  bottom: number
}

/** The open space lies at the upper right: so wide at the right edge, between these heights (parts of the map's). */
const open = { width: 580, top: 0.19, bottom: 0.27 }

/** `unit`: CSS pixels of one pixel at 3840. `reach`: from the mark's middle to its outline. */
export function leaderPath(
  mark: { x: number; y: number },
  box: { width: number; height: number },
  unit: number,
  reach: number,
): Leader {
  const left = box.width - open.width * unit
  const high = Math.min(Math.max(mark.y, box.height * open.top), box.height * open.bottom)
  const isStraight = high === mark.y && mark.x + reach < left
  const points = isStraight
    ? [
        [mark.x + reach, mark.y],
        [box.width, mark.y],
      ]
    : [awayFrom(mark, { x: left, y: high }, reach), [left, high], [box.width, high]]
  return {
    points: points.map((point) => point.map((n) => Math.round(n ?? 0)).join(',')).join(' '),
    left,
    bottom: box.height - high,
  }
}

/** The point so far from `from` on the way to `to`. */
function awayFrom(from: { x: number; y: number }, to: { x: number; y: number }, reach: number): [number, number] {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return [from.x + ((to.x - from.x) / length) * reach, from.y + ((to.y - from.y) / length) * reach]
}
