// What a process of ours uses, as the kernel counts it (Linux).
import { readFileSync } from 'node:fs'

/** CPU seconds, user and system, since it started. */
export function cpuSeconds(pid: number): number {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  // Fields 14 and 15 of the whole line, in ticks of 10 ms.
  return (Number(after[11]) + Number(after[12])) / 100
}

/** Resident memory, bytes. */
export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
