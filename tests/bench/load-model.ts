// What a mega-city asks of us, as a file whose every number says where it comes from; and what follows from it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../suites/server-process.ts'

const Number = z.strictObject({ value: z.number().min(0), source: z.string().min(6) })
const names = [
  ...(['cityPeople', 'districts', 'streets', 'microGrids', 'cells', 'districtStreets'] as const),
  ...([
    'hotlineADayPerTenThousand',
    'ownFoundAStreetADay',
    'cameraEventsAStreetADay',
    'deviceEventsAStreetADay',
  ] as const),
  ...(['deedsAReport', 'reportsThatOpen', 'busyHour', 'typhoon', 'designSteady', 'designPeak'] as const),
  ...(['wallsAStreet', 'desksAStreet', 'phonesAStreet', 'picturesACase', 'pictureBytes', 'pictureDays'] as const),
  ...(['machineCores', 'machineMemoryBytes', 'fill'] as const),
] as const

export const LoadModel = z.strictObject(
  Object.fromEntries(names.map((name) => [name, Number])) as Record<(typeof names)[number], typeof Number>,
)
export type LoadModel = z.infer<typeof LoadModel>

export const scaleFolder = join(projectRoot, 'docs/scale')
const read = (name: string): unknown => JSON.parse(readFileSync(join(scaleFolder, name), 'utf8'))
export const loadModel = LoadModel.parse(read('load-model.json'))

/** What the bench found on one machine; each in its unit, with the machine and its load when it was taken. */
export const Measured = z.strictObject({
  takenOn: z.string().min(6),
  /** CPU of one report from the post to its durable line, no screen there. */
  reportMicroseconds: z.number().positive(),
  /** CPU of one patch to one screen. */
  deliveryMicroseconds: z.number().positive(),
  patchBytes: z.number().positive(),
  screenBytes: z.number().positive(),
  streetBytes: z.number().positive(),
  /** Of a core, for one street where nothing happens. */
  streetIdle: z.number().positive(),
  streetStartSeconds: z.number().positive(),
  /** Of the journal, its chain and its index, a report. */
  lineBytes: z.number().positive(),
  /** Of commits a second one disk makes durable one after the other. */
  flushesASecond: z.number().positive(),
  /** The same of four files at once: what the streets of one process have. */
  flushesAtOnceASecond: z.number().positive(),
})
export type Measured = z.infer<typeof Measured>
export const readMeasured = (): Measured => Measured.parse(read('measured.json'))

const day = 86_400

export function reckoned(model: LoadModel) {
  const of = (name: keyof LoadModel) => model[name].value
  const streets = of('streets')
  const hotlineADay = (of('cityPeople') / 10_000) * of('hotlineADayPerTenThousand')
  const aStreetADay =
    hotlineADay / streets + of('ownFoundAStreetADay') + of('cameraEventsAStreetADay') + of('deviceEventsAStreetADay')
  const screensAStreet = of('wallsAStreet') + of('desksAStreet') + of('phonesAStreet')
  return {
    streets,
    screensAStreet,
    /** QUALITY's figure is the same, rounded. */
    screens: Math.floor((streets * screensAStreet) / 500) * 500,
    reportsAStreetADay: aStreetADay,
    reportsADay: aStreetADay * streets,
    linesADay: aStreetADay * streets * (1 + of('reportsThatOpen') * of('deedsAReport')),
    meanReports: (aStreetADay * streets) / day,
    busyReports: ((aStreetADay * streets) / day) * of('busyHour'),
    typhoonReports: ((aStreetADay * streets) / day) * of('busyHour') * of('typhoon'),
    steadyReports: of('designSteady'),
    peakReports: of('designPeak'),
    casesADay: aStreetADay * streets * of('reportsThatOpen'),
    pictureBytesKept:
      aStreetADay * streets * of('reportsThatOpen') * of('picturesACase') * of('pictureBytes') * of('pictureDays'),
  }
}
