// Where devices say persons are: each in its own measure, made into parts of the picture.
import { expect, it } from 'vitest'
import { IncomingReport, Report } from '#contract/report'
import { withoutPersonal } from '../../ingest-server/doors/intake-personal.ts'
import { BoxMap } from '../../ingest-server/doors/vendors/box-map.ts'
import {
  dahuaPersons,
  frigatePersons,
  hikvisionPersons,
  mappedPersons,
} from '../../ingest-server/doors/vendors/persons.ts'

const near = (boxes: readonly (readonly number[])[] | null) =>
  boxes?.map((box) => box.map((edge) => Math.round(edge * 1000) / 1000))

it('[PD60] Dahua: edges in a plane of 8192, of humans and faces and of nothing else', () => {
  const human = { ObjectType: 'Human', BoundingBox: [2048, 4096, 4096, 8192] }
  expect(near(dahuaPersons('CrossRegionDetection', { Object: human }))).toEqual([[0.25, 0.5, 0.25, 0.5]])
  expect(dahuaPersons('SmokeDetection', { Object: { ObjectType: 'Smoke', BoundingBox: [1, 1, 9, 9] } })).toEqual([])
  expect(near(dahuaPersons('SmartMotionHuman', { object: [{ Rect: [0, 0, 819.2, 819.2] }] }))).toEqual([
    [0, 0, 0.1, 0.1],
  ])
  expect(near(dahuaPersons('FaceDetection', { Faces: [{ BoundingBox: [-80, 0, 4096, 9000] }] }))).toEqual([
    [0, 0, 0.5, 1],
  ])
})

it('[PD60] Hikvision: fractions or thousandths, of targets that are human', () => {
  const rect = { X: '0.1', Y: '0.2', width: '0.3', height: '0.4' }
  const entry = { detectionTarget: 'human', TargetRect: rect }
  expect(near(hikvisionPersons({ DetectionRegionList: { DetectionRegionEntry: [entry] } }))).toEqual([
    [0.1, 0.2, 0.3, 0.4],
  ])
  expect(
    near(hikvisionPersons({ detectionTarget: 'human', TargetRect: { X: 100, Y: 200, width: 300, height: 400 } })),
  ).toEqual([[0.1, 0.2, 0.3, 0.4]])
  expect(hikvisionPersons({ detectionTarget: 'vehicle', TargetRect: rect })).toEqual([])
})

it('[PD60] Frigate: fractions as they are; in pixels of a frame nobody told of, the whole picture', () => {
  expect(near(frigatePersons('person', [0.1, 0.2, 0.3, 0.4]))).toEqual([[0.1, 0.2, 0.3, 0.4]])
  expect(frigatePersons('person', [812, 590, 904, 688])).toEqual([[0, 0, 1, 1]])
  expect(frigatePersons('fire', [0.1, 0.2, 0.3, 0.4])).toEqual([])
})

it('[PD60] a mapped box says how it measures; what cannot be read is no person to be shown', () => {
  expect(near(mappedPersons([[10, 20, 40, 60]], 'ltrb', 100))).toEqual([[0.1, 0.2, 0.3, 0.4]])
  expect(near(mappedPersons([{ left: 1, top: 2, width: 3, height: 4 }], 'ltwh', 10))).toEqual([[0.1, 0.2, 0.3, 0.4]])
  expect(mappedPersons([[1, 2, 3]], 'ltwh', 1)).toBeNull()
  expect(BoxMap.shape.persons.parse({ path: '$.persons[*].rect', as: 'ltrb', scale: 1000 })).toMatchObject({
    scale: 1000,
  })
})

it('[PD60] our own dialect names them; they never come to the desk nor into the journal', () => {
  const said = {
    ...{ kind: 'camera-alert', eventId: 'e', matter: 'smoke', occurredAt: 1, cameraId: 'c' },
    persons: [[0.1, 0.2, 0.3, 0.4]],
  }
  const incoming = IncomingReport.parse(said)
  expect(incoming.persons).toEqual([[0.1, 0.2, 0.3, 0.4]])
  expect(withoutPersonal(incoming).report).not.toHaveProperty('persons')
  expect(Report.parse(said)).not.toHaveProperty('persons')
  expect(IncomingReport.safeParse({ ...said, persons: [[0, 0, 2, 1]] }).success).toBe(false)
})
