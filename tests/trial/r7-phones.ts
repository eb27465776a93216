// R7: twenty phones, fifty reports with photos each, through dead spots, lost answers, kills, full disks, wrong clocks and second tabs: each arrives once.
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Program } from '../suites/figure.ts'
import { addStaff, judgeDay, liveDay } from '../suites/phone-days.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { zeroOf } from './r1-killed.ts'

const phones = 20
const mishaps = { answerLost: 15, pieceCut: 12, receiptLost: 8, noRoom: 2 }
const kills = 4

export const phonesTrial: Program = {
  id: 'R7',
  about: 'phones: offline, killed, full, a wrong clock, two tabs',
  async run({ seed, runs = 50, say, stopped }) {
    const site = await prepareSite('r7')
    const port = await freePort()
    const chance = chanceFrom(seed)
    try {
      const staff = await addStaff(site.folder, phones)
      let server = await startServer({ folder: site.folder, port })
      const url = server.url
      let isOver = false
      const killing = (async () => {
        for (let n = 0; n < kills && !isOver; n++) {
          await wait(2_000 + chance.next() * 3_000)
          if (isOver) return n
          await server.kill('SIGKILL')
          server = await startServer({ folder: site.folder, port })
        }
        return kills
      })()
      const started = performance.now()
      const day = { phones, reports: runs, seed, mishaps, haste: 20 }
      const { told, phones: all, left } = await liveDay(day, staff, () => url, stopped)
      const seconds = Math.round((performance.now() - started) / 1_000)
      isOver = true
      const killed = await killing
      await server.kill('SIGTERM')
      const verdict = await judgeDay(site.folder, told)
      all.forEach((phone) => phone.close())
      for (const fault of [...left, ...verdict.missing, ...verdict.doubled].slice(0, 8)) say(fault)
      const sum = (what: keyof (typeof all)[number]['befell']) => all.reduce((n, { befell }) => n + befell[what], 0)
      const befell = `${sum('offline')} dead spots, ${sum('killed')} pages killed, ${sum('tabs')} second tabs, ${sum('answerLost')} answers lost, ${sum('pieceCut')} pieces cut, ${sum('receiptLost')} receipts lost, ${sum('noRoom')} writes refused, server killed ${killed} times`
      const wanted = phones * runs
      return [
        {
          id: 'R7',
          value: `${verdict.once} of ${told.length}`,
          target: `${wanted} of ${wanted}`,
          ok: verdict.once === wanted && told.length === wanted,
          words: `reports with photos, exactly once; ${befell}; ${seconds} s, seed ${seed}`,
        },
        zeroOf('R7.doubled', verdict.doubled.length, 'reports written twice'),
        zeroOf('R7.photo', verdict.withoutPhoto.length, 'reports whose photo is not there'),
        zeroOf('R7.clock', verdict.wrongTime.length, 'reports kept with a wrong clock’s time'),
        zeroOf('R7.left', left.length, 'still on a phone'),
      ]
    } finally {
      await site.remove()
    }
  },
}
