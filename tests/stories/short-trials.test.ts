// The trials that kill and starve the built server, each in a short form: what must be nought is nought. Their times are the trials' own.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import type { Program } from '../suites/figure.ts'
import { killed } from '../trial/r1-killed.ts'
import { eachWrite } from '../trial/r2-each-write.ts'
import { powerCut } from '../trial/r3-power-cut.ts'
import { badDisk } from '../trial/r4-bad-disk.ts'
import { brittleLines } from '../trial/r6-brittle-lines.ts'
import { backupsOfFiles } from '../trial/r12-backup.ts'

const minutes = 60_000

/** The seed is the day's: what fails is printed with it, and `npm run trial … -- --seed` walks it again. */
const seed = Math.floor(Date.now() / (24 * 60 * minutes))

function canCompile(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return process.platform === 'linux'
  } catch {
    return false
  }
}

/** A program's figures by name, those that are times left out. */
async function figuresOf(program: Program, runs: number): Promise<Record<string, string>> {
  const said: string[] = [`seed ${seed}`]
  const figures = await program.run({ seed, runs, say: (words) => void said.push(words), stopped: () => false })
  const untimed = figures.filter(({ value }) => !/ms$|\/s$/.test(value))
  if (untimed.some(({ ok }) => !ok)) console.error([...said, ...untimed.map((one) => JSON.stringify(one))].join('\n'))
  return Object.fromEntries(untimed.map(({ id, ok, value }) => [id, ok ? 'ok' : value]))
}

const disk = canCompile() ? it : it.skip
if (!canCompile()) {
  if (process.env.CI) throw new Error('CI needs a C compiler: nothing is skipped there')
  console.warn('没有 C 编译器：坏盘的几个试验这次跳过。 / No C compiler: the trials of a bad disk are skipped.')
}

it(
  '[OP20] killed at random moments under load: nothing acknowledged is missing, doubled or without its clocks',
  async () => {
    expect(await figuresOf(killed, 4)).toEqual({
      ...{ 'R1.lost': 'ok', 'R1.mqtt': 'ok', 'R1.doubled': 'ok', 'R1.contradicted': 'ok', 'R1.refused': 'ok' },
      ...{ 'R1.clocks': 'ok', 'R1.chain': 'ok' },
    })
  },
  2 * minutes,
)

disk(
  '[OP21] killed before a write or a flush, the power gone with it or not: the same',
  async () => {
    expect(await figuresOf(eachWrite, 12)).toEqual({
      ...{ 'R2.lost': 'ok', 'R2.doubled': 'ok', 'R2.clocks': 'ok', 'R2.chain': 'ok' },
    })
  },
  3 * minutes,
)

disk(
  '[OP22] what was acknowledged outlives a power cut, and a disk that is not flushed would have lost it',
  async () => {
    expect(await figuresOf(powerCut, 4)).toEqual({
      ...{ 'R3.lost': 'ok', 'R3.doubled': 'ok', 'R3.chain': 'ok', 'R3.control': 'ok' },
    })
  },
  3 * minutes,
)

disk(
  '[OP23] a full disk, one that refuses writes or flushes, a slow one: no word that is not on it, and every screen is told',
  async () => {
    expect(await figuresOf(badDisk, 1)).toEqual({
      ...{ 'R4.lost': 'ok', 'R4.doubled': 'ok', 'R4.said': 'ok', 'R4.stops': 'ok', 'R4.chain': 'ok' },
    })
  },
  3 * minutes,
)

it(
  '[SY6] screens behind wires that are cut, stall and go dead in the end show the same',
  async () => {
    expect(await figuresOf(brittleLines, 4)).toEqual({ 'R6.unequal': 'ok' })
  },
  2 * minutes,
)

it(
  '[BK15] backups taken under load, one killed in the middle: what is whole comes back with all that was acknowledged',
  async () => {
    expect(await figuresOf(backupsOfFiles, 3)).toEqual({
      ...{ 'R12.files.lost': 'ok', 'R12.files.doubled': 'ok', 'R12.files.chain': 'ok', 'R12.files.refused': 'ok' },
    })
  },
  3 * minutes,
)
