// How one hotline's or property firm's table spells a record: the shape of its mapping file, columns by their headers.
import { z } from 'zod'
import { Crs } from '#contract/point'
import { dispositions } from '#contract/stage'

/** The column's header; several where the exports of different years differ: the first that is there. */
const Header = z.string().trim().min(1).max(60)
const Column = z.union([Header, z.array(Header).min(1).max(10)])
/** All of them, one a line. */
const Columns = z.union([Header, z.array(Header).min(1).max(10)])

const columns = z.strictObject({
  eventId: Column,
  matter: Column,
  occurredAt: Column,
  text: Columns.optional(),
  lon: Column.optional(),
  lat: Column.optional(),
  cameraId: Column.optional(),
  facilityId: Column.optional(),
  placeId: Column.optional(),
  floor: Column.optional(),
  state: Column.optional(),
  endedAt: Column.optional(),
  name: Column.optional(),
  phone: Column.optional(),
  address: Column.optional(),
})
export type ColumnName = keyof z.infer<typeof columns>

export const TableMap = z
  .strictObject({
    words: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
    kind: z.enum(['service-ticket', 'grid-report']).default('service-ticket'),
    channel: z.enum(['page', 'hotline', 'staff']).default('hotline'),
    /** Old records: what is over is kept and rings nobody, what is open becomes a case of its own. False: rows are of now. */
    register: z.boolean().default(true),
    columns,
    matters: z.record(z.string(), z.string().min(1)).default({}),
    /** Of lon and lat. */
    crs: Crs.optional(),
    offset: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/)
      .default('+08:00'),
    states: z.record(z.string(), z.enum(['open', ...dispositions])).default({}),
  })
  .refine(
    ({ columns: { lon, lat }, crs }) => (lon === undefined) === (lat === undefined) && (lon === undefined || crs),
    {
      path: ['crs'],
      message: 'lon, lat and crs go together',
    },
  )
  .refine(({ columns: { state }, states }) => (state === undefined) === (Object.keys(states).length === 0), {
    path: ['states'],
    message: 'a column state and the table states go together',
  })
  .refine(
    ({ columns: { endedAt }, states }) => endedAt !== undefined || Object.values(states).every((so) => so === 'open'),
    {
      path: ['columns'],
      message: 'what is over needs a column endedAt',
    },
  )
export type TableMap = z.infer<typeof TableMap>
