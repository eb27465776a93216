// Seventeen hundred orders of a hotline's last months come in by the command line: counted by other code it is the same, twice is once.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { countRecords } from '../suites/count-records.ts'
import { hotlineRecords } from '../suites/hotline-records.ts'
import { countsIn, openImportHouse } from '../suites/importing.ts'

const { bytes, rows } = hotlineRecords(1700, chanceFrom(17).next, Date.now() - 86_400_000)
let house: Awaited<ReturnType<typeof openImportHouse>>
beforeAll(async () => {
  house = await openImportHouse('import', 'ingest-server/main.ts')
}, 60_000)
afterAll(async () => {
  await house?.server.kill('SIGKILL')
  await house?.remove()
})

it('[IN124] [IN125] [IN126] tried, taken in and taken in again: every row told of, counts by matter, state and day as counted by hand', async () => {
  const counted = countRecords(bytes)
  const tried = await house.run(bytes, '--dry-run')
  expect(tried).toMatchObject({ code: 0, revision: 0, fates: { 退回: counted.refused, 不管: counted.ignored } })
  expect(tried.said).toContain(`gb18030，${rows} 行，只试算`)

  const first = await house.run(bytes)
  expect(first.code).toBe(0)
  expect(first.fates).toMatchObject({ 新记: counted.orders, 退回: counted.refused, 不管: counted.ignored })
  expect(Object.values(first.fates).reduce((sum, amount) => sum + amount, 0)).toBe(rows)
  expect(first.words.some((row) => row.includes('经度和纬度写反了'))).toBe(true)
  expect(first.words.some((row) => row.includes('后面的数字已经丢了'))).toBe(true)

  const second = await house.run(bytes)
  expect(second.fates).toEqual({
    已有: rows - counted.refused - counted.ignored,
    退回: counted.refused,
    不管: counted.ignored,
  })
  expect(second.revision).toBe(first.revision)

  await house.server.kill('SIGTERM')
  const { quarantined, ...kept } = await countsIn(house.folder)
  const { refused, ignored: _ignored, ...byHand } = counted
  expect(kept).toEqual(byHand)
  expect(quarantined).toBe(2 * refused)
}, 180_000)
