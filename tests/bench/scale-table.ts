// The plan's figures, reckoned from the load model and the measured costs: the one table of docs/scale.md that nobody edits by hand.
import { reckoned, type LoadModel, type Measured } from './load-model.ts'

const year = 365
const mebi = 2 ** 20
const gibi = 2 ** 30
const tebi = 2 ** 40

/** What so many streets need. Every screen is reckoned to see everything of its street: more than in life, where a phone has its own ground. */
export function planFor(streets: number, model: LoadModel, measured: Measured) {
  const city = reckoned(model)
  const share = streets / city.streets
  const screens = streets * city.screensAStreet
  const [steady, peak] = [city.steadyReports * share, city.peakReports * share]
  const deliveries = steady * city.screensAStreet
  const cores = (reports: number) => (reports * measured.reportMicroseconds) / 1e6
  const steadyCores = cores(steady) + (deliveries * measured.deliveryMicroseconds) / 1e6 + streets * measured.streetIdle
  // In a peak what waits goes out together: deliveries grow with the turns of the loop, not with the reports.
  const processes = Math.max(1, Math.ceil(steadyCores / model.fill.value), Math.ceil(cores(peak) / model.fill.value))
  return {
    ...{ streets, screens, steady, peak, deliveries, steadyCores, processes },
    memory: streets * measured.streetBytes + screens * measured.screenBytes,
    network: deliveries * measured.patchBytes,
    /** Of what one disk can flush, where every street keeps files of its own and commits by itself. */
    flushShare: steady / measured.flushesAtOnceASecond,
    journalAYear: city.linesADay * share * measured.lineBytes * year,
    pictures: city.pictureBytesKept * share,
    startSeconds: streets * measured.streetStartSeconds,
    meanReports: city.meanReports * share,
    busyReports: city.busyReports * share,
    typhoonReports: city.typhoonReports * share,
  }
}

type Plan = ReturnType<typeof planFor>

const at = (figure: number): string =>
  figure >= 100 ? Math.round(figure).toLocaleString('en') : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2)

const rows: readonly [string, (plan: Plan) => string][] = [
  ['同时在线的屏 · screens at once', ({ screens }) => screens.toLocaleString('en')],
  ['推算：全天平均上报 · mean reports, /s', ({ meanReports }) => at(meanReports)],
  ['推算：平日最忙一小时 · the busiest hour, /s', ({ busyReports }) => at(busyReports)],
  ['推算：台风 · a typhoon, /s', ({ typhoonReports }) => at(typhoonReports)],
  ['设计稳态 · designed for, /s', ({ steady }) => at(steady)],
  ['设计峰值 60 秒 · peak of 60 s, /s', ({ peak }) => at(peak)],
  ['送到屏上的更新 · patches to screens, /s', ({ deliveries }) => at(deliveries)],
  ['稳态占用 CPU 核 · cores at the steady load', ({ steadyCores }) => at(steadyCores)],
  ['应用进程，一个用一核 · app processes, a core each', ({ processes }) => String(processes)],
  ['应用内存 GiB · their memory', ({ memory }) => at(memory / gibi)],
  ['出网 MiB/s · network out', ({ network }) => at(network / mebi)],
  ['嵌入式落盘占一块盘的份额 · share of a disk’s flushes, embedded', ({ flushShare }) => `${at(flushShare * 100)} %`],
  ['一年日志 GiB · journal a year', ({ journalAYear }) => at(journalAYear / gibi)],
  ['留存图片 TiB · pictures kept', ({ pictures }) => at(pictures / tebi)],
  ['一个进程全部接管要多久 s · one process taking all of them', ({ startSeconds }) => at(startSeconds)],
]

export function tableOf(model: LoadModel, measured: Measured): string {
  const plans = [1, model.districtStreets.value, model.streets.value].map((streets) =>
    planFor(streets, model, measured),
  )
  const head = `| | ${plans.map(({ streets }) => (streets === 1 ? '一个街道 · a street' : streets === model.streets.value ? `全市 ${streets} 个 · the city` : `一个区 ${streets} 个 · a district`)).join(' | ')} |`
  return [
    head,
    '|---|---:|---:|---:|',
    ...rows.map(([words, of]) => `| ${words} | ${plans.map(of).join(' | ')} |`),
  ].join('\n')
}

export const costsOf = (measured: Measured): string =>
  [
    '| 一份的代价 · what one costs | |',
    '|---|---:|',
    `| 一条上报，收到至落盘 · a report, CPU | ${at(measured.reportMicroseconds)} µs |`,
    `| 一次送屏 · a patch to one screen, CPU | ${at(measured.deliveryMicroseconds)} µs |`,
    `| 一次送屏的字节 · its bytes | ${at(measured.patchBytes)} |`,
    `| 一块屏的内存 · a screen’s memory | ${at(measured.screenBytes / 1024)} KiB |`,
    `| 一个街道的内存 · a street’s memory | ${at(measured.streetBytes / mebi)} MiB |`,
    `| 一个闲着的街道 · an idle street | ${at(measured.streetIdle * 1000)} ‰ 核 · of a core |`,
    `| 接管一个街道 · opening a street | ${at(measured.streetStartSeconds)} s |`,
    `| 一行日志，含索引 · a journal line with its index | ${at(measured.lineBytes)} B |`,
    `| 一块盘一秒落盘几次，一个接一个 · flushes a second of this disk, one after the other | ${at(measured.flushesASecond)} |`,
    `| 同上，四个街道同时 · the same, four streets at once | ${at(measured.flushesAtOnceASecond)} |`,
  ].join('\n')

const [opens, closes] = ['<!-- reckoned: npm run bench SCALE -->', '<!-- /reckoned -->']

/** As a formatter may have laid it out: columns are padded, rules are drawn out. */
export const plain = (text: string): string => text.replace(/ /g, '').replace(/-+/g, '-')

/** What stands between the marks; null where they are not there. */
export function reckonedPart(text: string): string | null {
  const [from, to] = [text.indexOf(opens), text.indexOf(closes)]
  return from < 0 || to < from ? null : text.slice(from + opens.length, to).trim()
}

export const partOf = (model: LoadModel, measured: Measured): string =>
  `${costsOf(measured)}\n\n取数 · taken: ${measured.takenOn}\n\n${tableOf(model, measured)}`

export function withPart(text: string, part: string): string {
  const old = reckonedPart(text)
  if (old === null) throw new Error('docs/scale.md has no marks for its reckoned part')
  return text.replace(old, () => part)
}
