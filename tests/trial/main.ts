// `npm run trial [R1|R2|R3|R4|R5|R6|R7|R8|R9|R10|R11|R12|R13|R14|LEAKS|REVOKED|IMPORT|CHAIN|NODES] [-- --seed 7 --runs 50 --json]`: faults on purpose, against the built server or its rooms, with a ledger of our own as the witness.
import { runPrograms } from '../suites/figure.ts'
import { chainTrial } from './chain.ts'
import { importTrial } from './import.ts'
import { leaksTrial } from './leaks.ts'
import { nodes } from './nodes.ts'
import { killed } from './r1-killed.ts'
import { eachWrite } from './r2-each-write.ts'
import { powerCut } from './r3-power-cut.ts'
import { badDisk } from './r4-bad-disk.ts'
import { clocksTrial } from './r5-clocks.ts'
import { brittleLines } from './r6-brittle-lines.ts'
import { phonesTrial } from './r7-phones.ts'
import { simulated } from './r8-simulated.ts'
import { livesTrial } from './r9-life.ts'
import { hostile } from './r10-hostile.ts'
import { engines } from './r11-engines.ts'
import { backups } from './r12-backup.ts'
import { storm } from './r13-storm.ts'
import { stale } from './r14-stale.ts'
import { revoked } from './revoked.ts'

process.exitCode = await runPrograms(
  [
    killed,
    eachWrite,
    powerCut,
    badDisk,
    clocksTrial,
    brittleLines,
    phonesTrial,
    simulated,
    livesTrial,
    hostile,
    engines,
    backups,
    storm,
    stale,
    importTrial,
    chainTrial,
    nodes,
    leaksTrial,
    revoked,
  ],
  process.argv.slice(2),
)
