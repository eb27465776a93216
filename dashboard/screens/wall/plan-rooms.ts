// Where what comes over the wall for a while may lie: a cast under the first row, a sheet over the right column.
import { boxOf, margin } from './plan-zones.ts'
import type { Box } from './seams.ts'
import type { WallPlan } from './wall-plan.ts'

/** The row of what needs somebody now stays in sight. */
export const castRoom = ({ canvas, zones }: WallPlan): Box =>
  boxOf(margin.side, zones.header.bottom, canvas.width - margin.side, canvas.height - margin.edge)

const least = 760
const most = 1500
const usual = 904

/** Over a whole column where one has the right width, so that nothing is cut in two by its edge. */
export function sheetRoom({ canvas, zones }: WallPlan): Box {
  const right = canvas.width - margin.side
  const fits = ({ left }: Box) => right - left >= least && right - left <= most
  const columns = [zones.limits, zones.funnel, zones.roster, zones.trend]
    .filter((box) => box !== undefined)
    .filter(fits)
  const left = columns.length > 0 ? Math.min(...columns.map((box) => box.left)) : Math.max(margin.side, right - usual)
  return boxOf(left, zones.header.bottom, right, canvas.height - margin.edge)
}

/** While a level I has the wall its headline and its deadlines stay in sight: over the steps that are to be taken, and the map above them. */
export const commandRoom = (plan: WallPlan, isTaken: boolean): Box => {
  if (!isTaken) return sheetRoom(plan)
  const { canvas, taken } = plan
  const right = canvas.width - margin.side
  const left = Math.min(taken.next.left, right - least)
  return boxOf(left, taken.head.top + taken.head.height, right, canvas.height - margin.edge)
}
