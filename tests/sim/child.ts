// One process of a simulation: lives the streets it is given, one after the other, and says how they went.
import { bugs } from './bugs.ts'
import type { Job } from './many.ts'
import { liveStreet } from './street.ts'

process.on('message', (job: Job) => {
  const bug = bugs.find(({ id }) => id === job.bug) ?? null
  liveStreet({ ...job, bug }).then(
    (lived) => process.send?.(lived),
    (fault: unknown) => {
      console.error(`seed ${job.seed}`, fault)
      process.exit(1)
    },
  )
})
