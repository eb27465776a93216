// `npm run trial [R1|R3] [-- --seed 7 --runs 50 --json]`: faults on purpose, against the built server, with a ledger of our own as the witness.
import { runPrograms } from '../suites/figure.ts'
import { killed } from './r1-killed.ts'
import { powerCut } from './r3-power-cut.ts'

process.exitCode = await runPrograms([killed, powerCut], process.argv.slice(2))
