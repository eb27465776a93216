// R7 in short: three phones, a handful of reports with photos, and everything that can happen to phones; the trial does it with twenty and fifty.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addStaff, judgeDay, liveDay } from '../suites/phone-days.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import type { ServerProcess } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import type { Site } from '../suites/site.ts'

describe('phones of a day', { timeout: 240_000 }, () => {
  let site: Site
  let server: ServerProcess
  beforeAll(async () => {
    site = await prepareSite('phones')
  }, 60_000)
  afterAll(async () => {
    await server?.kill('SIGKILL')
    await site?.remove()
  })

  it('[SN329] every report with its photo arrives once, through dead spots, lost answers, kills, full disks, wrong clocks and two tabs', async () => {
    const staff = await addStaff(site.folder, 7)
    const port = await freePort()
    const start = () => startServer({ folder: site.folder, port, entry: 'ingest-server/main.ts' })
    server = await start()
    const mishaps = { answerLost: 20, pieceCut: 15, receiptLost: 15, noRoom: 4 }
    const day = { phones: 7, reports: 4, seed: 3, mishaps, haste: 40 }
    const living = liveDay(day, staff, () => server.url)
    await server.kill('SIGKILL')
    server = await start()
    const { told, phones, left } = await living
    await server.kill('SIGTERM')
    const verdict = await judgeDay(site.folder, told)
    phones.forEach((phone) => phone.close())
    expect(left).toEqual([])
    expect(verdict).toEqual({ once: 28, missing: [], doubled: [], withoutPhoto: [], wrongTime: [] })
  })
})
