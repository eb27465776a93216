// Frigate: its `reviews` and `events` messages. What one object does, new, update, end, is one report that grows.
import { z } from 'zod'
import { CameraAlert, type PersonBox } from '#contract/report'
import type { CameraId } from '#contract/ids'
import { isJson, jsonItems } from './json-items.ts'
import { unknownMatter } from './matter.ts'
import { wrongType } from './noes.ts'
import { frigatePersons } from './persons.ts'
import { mapped, mediaType, type Arrived, type Item, type No, type Reading, type Sender } from './reading.ts'
import { shapeNo } from './shape.ts'

/** What Frigate's usual models and ears call it → our matter. A site says otherwise in its source's own map. */
const usualMatters: Readonly<Record<string, string>> = {
  fire: 'open-fire',
  flame: 'open-fire',
  smoke: 'smoke',
  fire_alarm: 'smoke',
  smoke_detector: 'smoke',
  garbage: 'dropped-garbage',
  rubbish: 'dropped-garbage',
  trash: 'dropped-garbage',
  waste: 'dropped-garbage',
  throwing: 'throwing',
  falling_object: 'throwing',
}

/** What passes in every street all day and is none of ours unless a site maps it. */
const everydayLabels = new Set(
  (
    'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,street sign,stop sign,' +
    'parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,hat,backpack,umbrella,shoe,' +
    'eye glasses,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,' +
    'surfboard,tennis racket,bottle,plate,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,' +
    'carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,mirror,dining table,window,desk,toilet,door,tv,' +
    'laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,refrigerator,blender,book,clock,vase,' +
    'scissors,teddy bear,hair drier,toothbrush,hair brush,face,license_plate,package,animal,deer,fox,goat,rabbit,' +
    'raccoon,robot_lawnmower,school_bus,waste_bin,vehicle,bark,speech,yell,scream,babbling,laughter,music'
  ).split(','),
)

/** Reviews carry no score. An alert is what the site itself declared one; a detection is only to be looked at (待核). */
const sureness = { alert: 1, detection: 0.5 } as const

// Ids can be longer than a double is exact, which is why the body is parsed with long integers as text.
const Id = z.union([z.string().trim().min(1).max(200), z.number()]).transform(String)
const Seconds = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
])
const Labels = z.array(z.string()).nullish()

const Review = z.object({
  id: Id,
  camera: z.string().trim().min(1).max(128),
  start_time: Seconds,
  end_time: Seconds.nullish(),
  severity: z.enum(['alert', 'detection']),
  data: z.object({
    objects: Labels,
    audio: Labels,
    sub_labels: Labels,
    zones: Labels,
    detections: z.array(Id).nullish(),
  }),
})
const TrackedObject = z.object({
  id: Id,
  camera: z.string().trim().min(1).max(128),
  label: z.string().trim().min(1).max(60),
  frame_time: Seconds.nullish(),
  start_time: Seconds,
  end_time: Seconds.nullish(),
  score: z.number().nullish(),
  top_score: z.number().nullish(),
  box: z.array(z.number()).nullish(),
  false_positive: z.boolean().nullish(),
})
// `genai` is a review whose description was written afterwards: nothing new was seen, the review only grew.
const phases = { new: 'new', update: 'update', genai: 'update', end: 'end' } as const
const Envelope = z.object({ type: z.enum(['new', 'update', 'genai', 'end']), after: z.record(z.string(), z.unknown()) })

/** What a report was made of, and the pictures that came for it before it did. */
export type Album = (seen: { camera: string; labels: readonly string[]; report: CameraAlert }) => readonly Buffer[]

const noPictures: Album = () => []

interface Seen {
  eventId: string
  camera: string
  labels: readonly string[]
  seconds: number
  confidence: number | undefined
  box: number[] | undefined
  persons: PersonBox[]
}

/** What Frigate posts, or publishes as `reviews` and `events`. */
export function readFrigate({ body, contentType, sender }: Arrived, album: Album = noPictures): Reading {
  if (!isJson(contentType)) return wrongType(mediaType(contentType), messages, 'application/json')
  return jsonItems(body, (value, under, raw) => readMessage(value, under, sender, raw, album), { exact: true })
}

const messages = { zh: ' Frigate 报文', en: "Frigate's messages" }

function readMessage(value: unknown, under: string, sender: Sender, raw: () => Uint8Array, album: Album): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const envelope = Envelope.safeParse(value)
  if (!envelope.success) return refused(shapeNo(envelope.error, value, under))
  const { type, after } = envelope.data
  const inner = under === '' ? 'after' : `${under}.after`
  // Only an event has a label; only a review has a severity.
  const isEvent = Object.hasOwn(after, 'label')
  const read = isEvent ? TrackedObject.safeParse(after) : Review.safeParse(after)
  if (!read.success) return refused(shapeNo(read.error, after, inner))
  const phase = phases[type]
  const seen = 'label' in read.data ? seenObject(read.data, phase) : seenReview(read.data, phase)
  const cameraId = (mapped(sender.cameras, seen.camera) ?? seen.camera) as CameraId
  const matter = isEvent && after['false_positive'] === true ? null : matterOf(seen.labels, sender)
  if (matter === null) return { kind: 'ignored', cameraId }
  if (typeof matter !== 'string') return refused(matter)
  const report = CameraAlert.safeParse({
    kind: 'camera-alert',
    eventId: seen.eventId,
    phase,
    matter,
    occurredAt: Math.round(seen.seconds * 1000),
    cameraId,
    ...(seen.confidence !== undefined && { confidence: seen.confidence }),
    ...(seen.box && { box: seen.box }),
    ...(seen.persons.length > 0 && { persons: seen.persons }),
  })
  if (!report.success) return refused(shapeNo(report.error, { occurredAt: seen.seconds }, inner))
  // A label that stands for something else on the same picture brings no pictures of this.
  const labels = seen.labels.filter((label) => matterOf([label], sender) === matter)
  const pictures = album({ camera: seen.camera, labels, report: report.data })
  return { kind: 'report', report: report.data, pictures, raw }
}

type Phase = (typeof phases)[keyof typeof phases]

function seenReview(review: z.infer<typeof Review>, phase: Phase): Seen {
  // A review says when it began and ended, not when it grew: the newest of its detections carries that in its id.
  const grew = (review.data.detections ?? []).map((id) => Number.parseFloat(id)).filter((at) => at > review.start_time)
  const seconds = { new: review.start_time, update: Math.max(review.start_time, ...grew), end: review.end_time }[phase]
  return {
    eventId: review.id,
    camera: review.camera,
    labels: [...(review.data.objects ?? []), ...(review.data.audio ?? []), ...(review.data.sub_labels ?? [])],
    seconds: seconds ?? review.start_time,
    confidence: sureness[review.severity],
    box: undefined,
    persons: [],
  }
}

function seenObject(object: z.infer<typeof TrackedObject>, phase: Phase): Seen {
  const seconds = { new: object.start_time, update: object.frame_time, end: object.end_time }[phase]
  const score = object.top_score ?? object.score
  // In pixels, left, top, right, bottom, of a frame whose size is not told; only fractions can be kept.
  const box = object.box?.length === 4 && object.box.every((edge) => edge >= 0 && edge <= 1) ? object.box : undefined
  return {
    eventId: object.id,
    camera: object.camera,
    labels: [object.label],
    seconds: seconds ?? object.start_time,
    confidence: score == null ? undefined : Math.min(1, Math.max(0, score)),
    box,
    persons: frigatePersons(object.label, object.box),
  }
}

/** The first of the site's map, then of the usual one, that is among the labels; null where all are everyday things. */
function matterOf(labels: readonly string[], sender: Sender): string | null | No {
  // `person-verified` is a person that was recognised: the same thing.
  const plain = labels.map((label) => label.replace(/-verified$/, ''))
  const known = [...Object.entries(sender.matters), ...Object.entries(usualMatters)].find(
    ([label, matter]) => plain.includes(label) && matter !== 'ignore' && mapped(sender.matters, label) !== 'ignore',
  )
  if (known) return known[1]
  const strange = plain.find((label) => !everydayLabels.has(label) && mapped(sender.matters, label) !== 'ignore')
  return strange === undefined ? null : unknownMatter(strange, sender, { zh: '标签', en: 'label' })
}
