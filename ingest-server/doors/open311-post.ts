// What an Open311 client files, made into a report of our own dialect: from there it goes the one road.
import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { PostedForm } from './open311-form.ts'
import { placeOf } from './open311-place.ts'
import type { No } from './vendors/reading.ts'
import { shapeNo } from './vendors/shape.ts'

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((given) => (given === '' ? undefined : given))
    .optional()
const degrees = (most: number) => z.coerce.number().min(-most).max(most)
const empty = (given: unknown) => (typeof given === 'string' && given.trim() === '' ? undefined : given)

/** As GeoReport v2 names them. What is not named here is an attribute, or said to the desk as it came. */
export const Open311Post = z.object({
  service_code: z.string().trim().min(1).max(60),
  lat: z.preprocess(empty, degrees(90).optional()),
  long: z.preprocess(empty, degrees(180).optional()),
  address_string: text(200),
  address_id: text(128),
  description: text(1500),
  email: text(120),
  first_name: text(40),
  last_name: text(40),
  phone: text(30),
  account_id: text(80),
  device_id: text(80),
  media_url: text(300),
})
export type Open311Post = z.infer<typeof Open311Post>

/** Attributes that every service has. */
const Attributes = z.object({
  floor: z.preprocess(empty, z.coerce.number().int().min(-5).max(150).optional()),
  plate: text(128),
})

export interface Filed {
  /** A report of the dialect `sanping`; without a place where none was found. */
  report: Record<string, unknown>
  serviceCode: string
  /** It says where in words that only a person can place. */
  inWordsOnly: boolean
}

/** A lost answer is asked for anew within this; afterwards it is another report, which joins the first. */
const sameFor = 10 * 60_000

interface Filing {
  form: Pick<PostedForm, 'fields'>
  /** The client's own name of this very request, where it gives one. */
  idempotencyKey: string | undefined
  ground: Pick<Ground, 'places' | 'facilities'>
  now: Instant
}

export function filed({ form: { fields }, idempotencyKey, ground, now }: Filing): Filed | No {
  const given = Object.fromEntries(fields)
  const post = Open311Post.safeParse(given)
  if (!post.success) return shapeNo(post.error, given)
  const asked = attributesIn(fields)
  const attributes = Attributes.safeParse(asked)
  if (!attributes.success) return shapeNo(attributes.error, asked, 'attribute')
  const { lat, long, address_string, address_id, service_code } = post.data
  if ((lat === undefined) !== (long === undefined)) return bothOrNone
  const { floor, plate } = attributes.data
  const at = lat !== undefined && long !== undefined ? { at: { lon: long, lat, crs: 'wgs84' } } : null
  const placed = at ?? placeOf(plate ?? address_id, address_string, ground)
  const said = textOf(post.data, asked)
  const plain = [service_code, lat, long, address_string, said, post.data.device_id, post.data.account_id]
  const own = idempotencyKey ?? hash('sha256', JSON.stringify([...plain, Math.floor(now / sameFor)])).slice(0, 32)
  return {
    report: {
      ...{ kind: 'service-ticket', channel: 'page', eventId: `open311-${own}`, matter: service_code, occurredAt: now },
      ...placed,
      ...(plate && ground.facilities.has(plate as never) && { facilityId: plate }),
      ...(floor !== undefined && { floor }),
      ...(said && { text: said }),
      reporter: reporterOf(post.data),
    },
    serviceCode: service_code,
    inWordsOnly: placed === null && (address_string ?? address_id) !== undefined,
  }
}

const bothOrNone: No = {
  refusal: 'wrong-shape',
  words: { zh: 'lat 和 long 要一起给。', en: 'lat and long come together or not at all.' },
}

/** `attribute[floor]=6` → floor. */
function attributesIn(fields: ReadonlyMap<string, string>): Record<string, string> {
  const found = [...fields].flatMap(([name, value]) => {
    const code = /^attribute\[([\w-]{1,40})\](?:\[\])?$/.exec(name)?.[1]
    return code === undefined ? [] : [[code, value] as const]
  })
  return Object.fromEntries(found)
}

const ours: Readonly<Record<string, true>> = { floor: true, plate: true }

/** A picture elsewhere is not fetched: no request leaves the house because somebody outside wants it to. Its address is said. */
function textOf({ description, media_url, email }: Open311Post, asked: Readonly<Record<string, string>>): string {
  const also = Object.entries(asked).filter(([code, value]) => !Object.hasOwn(ours, code) && value.trim() !== '')
  const lines = [
    ...(description ? [description] : []),
    ...also.slice(0, 5).map(([code, value]) => `${code}：${value.trim().slice(0, 60)}`),
    ...(media_url ? [`附图在别处，未取：${media_url}`] : []),
  ]
  return lines.map((line) => (email ? line.replaceAll(email, '［邮箱］') : line)).join('\n')
}

function reporterOf({ first_name, last_name, phone, email, address_string }: Open311Post) {
  const name = [last_name, first_name].filter(Boolean).join(isChinese(last_name ?? first_name) ? '' : ' ')
  return {
    ...(name && { name: name.slice(0, 40) }),
    ...(phone && { phone }),
    ...(email && { email }),
    ...(address_string && { address: address_string }),
  }
}
const isChinese = (text: string | undefined): boolean => /[\u3400-\u9fff]/.test(text ?? '')
