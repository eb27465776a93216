// `npm run bench [P1 P2 P3 P4 P5 P6 P7 P8 P10 P11 P12 P13 P14 P15 SCALE G1 G2 G3 V1] [-- --runs 5 --json]`: each figure beside its floor in the same run, against the built server.
import { runPrograms } from '../suites/figure.ts'
import { singlePosts } from './p1-single-posts.ts'
import { peers } from './p2-peers.ts'
import { batches } from './p3-batches.ts'
import { lag } from './p4-lag.ts'
import { overload } from './p5-overload.ts'
import { quotas } from './p6-quota.ts'
import { lines } from './p7-lines.ts'
import { resume } from './p8-resume.ts'
import { megaCity } from './p10-mega-city.ts'
import { costOfCrowd } from './p11-cost.ts'
import { map } from './p12-map.ts'
import { wall } from './p13-wall.ts'
import { field } from './p14-field.ts'
import { longRun } from './p15-long.ts'
import { scaleCosts } from './scale-costs.ts'
import { verifying } from './v1-verify.ts'
import { dryRun } from './g1-dry-run.ts'
import { boardAt } from './g2-board-at.ts'
import { kpi } from './g3-kpi.ts'

process.exitCode = await runPrograms(
  [
    singlePosts,
    peers,
    batches,
    lag,
    overload,
    quotas,
    lines,
    resume,
    megaCity,
    costOfCrowd,
    map,
    wall,
    field,
    longRun,
    scaleCosts,
    dryRun,
    boardAt,
    kpi,
    verifying,
  ],
  process.argv.slice(2),
)
