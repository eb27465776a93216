// Pictures kept: received in parts, made anew, refused where they are none.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EvidenceId } from '#contract/ids'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { remake } from '../../ingest-server/records/evidence-picture.ts'
import { bomb, emptyZip, idOf, lyingPhoto, mischief, phonePhoto, smallPhoto, telltale } from '../suites/pictures.ts'
import { chance, day, morning, openHouse, secret, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

async function* inChunks(bytes: Uint8Array, size = 65_536) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A sender whose line breaks after so many bytes. */
async function* cutAfter(bytes: Uint8Array, many: number) {
  yield* inChunks(bytes.subarray(0, many))
  throw new Error('the line broke')
}

const send = (bytes: Uint8Array, id = idOf(bytes), from = 0, total = bytes.length) =>
  house.records.evidence.receive(id, inChunks(bytes.subarray(from)), from, total, morning)

const kept = (id: EvidenceId, size: 'full' | 'thumb') => readFile(house.records.evidence.file(id, size)!.path)

describe('what comes in', () => {
  it('[EV1] a photo sent at once is whole, known by the hash of what was sent', async () => {
    const photo = await phonePhoto()
    const id = idOf(photo)

    expect(house.records.evidence.has(id)).toBe(false)
    expect(await send(photo)).toBe('whole')

    expect(house.records.evidence.has(id)).toBe(true)
    expect(await house.records.evidence.received(id)).toBe('whole')
    expect(house.records.evidence.sent(id)).toBe(photo.length)
    expect(house.records.evidence.file(id, 'full')?.path).toContain(join(id.slice(0, 2), id.slice(2)))
    expect(await readdir(join(house.folder, 'evidence', 'part'))).toEqual([])
  })

  it('[EV2] killed in the middle, the phone goes on from what has arrived, also after a restart of the server', async () => {
    const photo = await phonePhoto()
    const id = idOf(photo)
    const broken = house.records.evidence.receive(id, cutAfter(photo, 150_000), 0, photo.length, morning)
    await expect(broken).rejects.toThrow('the line broke')

    const { evidence } = await house.neighbour()
    const here = await evidence.received(id)

    expect(here).toBe(150_000)
    expect(await evidence.receive(id, inChunks(photo.subarray(150_000)), 150_000, photo.length, morning)).toBe('whole')
    expect((await sharp(await kept(id, 'full')).metadata()).width).toBe(1200)
  })

  it('[EV2] a part that does not begin where the last one ended is not taken', async () => {
    const photo = await phonePhoto()
    const id = idOf(photo)
    const { evidence } = house.records
    expect(await evidence.receive(id, inChunks(photo.subarray(0, 1000)), 0, photo.length, morning)).toBe('part')

    expect(await send(photo, id, 900)).toBe('misfit')
    expect(await send(photo, id, 1100)).toBe('misfit')
    expect(await evidence.received(id)).toBe(1000)
    expect(await send(photo, id, 1000)).toBe('whole')
    expect(await send(photo, id, 0)).toBe('whole')
  })

  it('[EV2] of two senders of one photo the later goes on; the earlier, half dead, spoils nothing', async () => {
    const photo = await phonePhoto()
    const id = idOf(photo)
    const { evidence } = house.records
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => (wake = resolve))
    async function* halfDead() {
      yield photo.subarray(0, 50_000)
      await asleep
      yield Buffer.alloc(50_000, 1)
    }

    const earlier = evidence.receive(id, halfDead(), 0, photo.length, morning)
    await expect.poll(() => evidence.received(id)).toBe(50_000)
    const later = send(photo, id, 50_000)
    wake()

    expect(await earlier).toBe('part')
    expect(await later).toBe('whole')
  })

  it('[EV3] bytes that do not match their hash are refused; pieces that do not are asked for again', async () => {
    const photo = await phonePhoto()
    const wrong = idOf(Buffer.from('another picture'))
    expect(await send(photo, wrong)).toBe('refused')
    expect(house.records.evidence.has(wrong)).toBe(false)

    const id = idOf(photo)
    await house.records.evidence.receive(id, inChunks(photo.subarray(0, 1000)), 0, photo.length, morning)
    await writeFile(join(house.folder, 'evidence', 'part', id), Buffer.alloc(1000))
    expect(await send(photo, id, 1000)).toBe('misfit')
    expect(await house.records.evidence.received(id)).toBe(0)
    expect(await send(photo)).toBe('whole')
  })

  it('[EV3] more bytes than announced are refused and not kept', async () => {
    const photo = await smallPhoto()
    expect(await send(photo, idOf(photo), 0, photo.length - 1)).toBe('refused')
    expect(await house.records.evidence.received(idOf(photo))).toBe(0)
  })

  it('[EV4] the same picture in many messages at once is kept once, and all of them have it', async () => {
    for (let round = 0; round < 20; round++) {
      // So small that making it anew is sooner done than writing it.
      const photo = await sharp({ create: { width: 1, height: 1 + round, channels: 3, background: 'red' } })
        .jpeg()
        .toBuffer()
      const { evidence } = house.records
      const kept = await Promise.all([
        ...Array.from({ length: 8 }, () => evidence.keep(photo, morning)),
        send(photo).then((came) => (came === 'whole' ? idOf(photo) : came)),
      ])
      expect(kept).toEqual(Array.from({ length: 9 }, () => idOf(photo)))
    }
  })

  it('[EV4] a picture inside a report is kept the same way; what is none gives none', async () => {
    const photo = await smallPhoto()
    const id = await house.records.evidence.keep(photo, morning)
    expect(id).toBe(idOf(photo))
    expect(await house.records.evidence.keep(photo, morning)).toBe(id)
    expect(await house.records.evidence.keep(mischief.html, morning)).toBeNull()
  })

  it('[EV5] an upload nobody went on with for two weeks is swept; one of three days ago is not', async () => {
    const photo = await phonePhoto()
    const id = idOf(photo)
    await house.records.evidence.receive(id, inChunks(photo.subarray(0, 1000)), 0, photo.length, morning)

    house.clock.now = morning + 3 * day
    await house.records.refresh()
    expect(await house.records.evidence.received(id)).toBe(1000)
    house.clock.now = morning + 15 * day
    await house.records.refresh()
    expect(await house.records.evidence.received(id)).toBe(0)
  })
})

describe('what is made of it', () => {
  it('[EV6] no byte of what the phone wrote beside the pixels survives: no maker, no place, no colour profile', async () => {
    const photo = await phonePhoto()
    // None so short that grain says it by chance, as it says GPS in one picture of thirty.
    const marks = [telltale.make, telltale.profile, 'Exif', 'ICC_PROFILE', 'Copyright', 'http']
    const before = marks.filter((mark) => photo.includes(mark))
    expect(before).toEqual(expect.arrayContaining([telltale.make, telltale.profile, 'Exif']))
    expect((await sharp(photo).metadata()).exif?.length).toBeGreaterThan(0)
    await send(photo)

    for (const size of ['full', 'thumb'] as const) {
      const served = await kept(idOf(photo), size)
      for (const mark of [...marks, 'EXIF', 'XMP ', 'ICCP', 'Photoshop']) expect(served.includes(mark)).toBe(false)
      const { exif, icc, xmp, iptc, orientation } = await sharp(served).metadata()
      expect({ exif, icc, xmp, iptc, orientation }).toEqual({})
    }
    expect(segmentsOf(await kept(idOf(photo), 'full')).filter((marker) => marker > 0xe0 && marker <= 0xef)).toEqual([])
  })

  it('[EV7] a photo taken upright stands upright', async () => {
    const photo = await lyingPhoto()
    await send(photo)

    const { data, info } = await sharp(await kept(idOf(photo), 'full'))
      .raw()
      .toBuffer({ resolveWithObject: true })

    expect([info.width, info.height]).toEqual([300, 400])
    const pixel = (x: number, y: number) => data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)
    expect(pixel(150, 50)[0]).toBeGreaterThan(200)
    expect(pixel(150, 350)[2]).toBeGreaterThan(200)
  })

  it('[EV8] at most 2560 pixels long, with a thumbnail of 480; a small one is not blown up', async () => {
    const large = await phonePhoto(4000, 3000)
    await send(large)
    const full = await sharp(await kept(idOf(large), 'full')).metadata()
    const thumb = await sharp(await kept(idOf(large), 'thumb')).metadata()
    expect([full.format, full.width, full.height]).toEqual(['jpeg', 2560, 1920])
    expect([thumb.format, thumb.width, thumb.height]).toEqual(['webp', 480, 360])

    const small = await smallPhoto()
    await send(small)
    expect((await sharp(await kept(idOf(small), 'thumb')).metadata()).width).toBe(64)
  })

  it('[EV8] PNG with a clear ground, grey, CMYK and sixteen bits all become a plain picture', async () => {
    const ground = { width: 40, height: 30, channels: 4 as const, background: { r: 255, g: 0, b: 0, alpha: 0 } }
    const opaque = { ...ground, channels: 3 as const, background: '#336699' }
    const pictures = await Promise.all([
      sharp({ create: ground }).png().toBuffer(),
      sharp({ create: opaque }).toColourspace('b-w').png().toBuffer(),
      sharp({ create: opaque }).toColourspace('cmyk').jpeg().toBuffer(),
      sharp({ create: opaque }).toColourspace('rgb16').png().toBuffer(),
      sharp({ create: ground }).webp().toBuffer(),
    ])
    for (const picture of pictures) {
      const remade = await remake(picture)
      expect(await sharp(remade!.full).metadata()).toMatchObject({
        width: 40,
        height: 30,
        space: 'srgb',
        depth: 'uchar',
      })
    }
  })
})

describe('what is none', () => {
  it.each(Object.entries(mischief))('[EV9] %s is refused', async (_, bytes) => {
    expect(await send(bytes)).toBe('refused')
    expect(house.records.evidence.file(idOf(bytes), 'full')).toBeNull()
  })

  it('[EV9] a picture that is also a page, a program or an archive is refused', async () => {
    const photo = await smallPhoto()
    for (const tail of ['<script>alert(1)</script>', '<HTML>', '<?php system(1);', '%PDF-1.7', emptyZip]) {
      expect(await send(Buffer.concat([photo, Buffer.from(tail)]))).toBe('refused')
    }
    expect(await send(photo)).toBe('whole')
  })

  it('[EV9] what some phones hang on behind, a short film, is no reason to refuse: it is dropped', async () => {
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(5000, 7)])
    const moving = Buffer.concat([await smallPhoto(), film])
    expect(await send(moving)).toBe('whole')
    expect((await kept(idOf(moving), 'full')).includes('ftypmp42')).toBe(false)
  })

  it('[EV10] a few kilobytes that unpack to a hundred million pixels are refused before they are unpacked', async () => {
    expect(bomb().length).toBeLessThan(20_000)
    expect(await send(bomb())).toBe('refused')
    expect((await sharp(bomb()).metadata()).width).toBe(10_000)
  })

  it('[EV10] half a picture is refused', async () => {
    const photo = await phonePhoto()
    expect(await send(photo.subarray(0, photo.length / 2))).toBe('refused')
  })
})

it('[EV11] pictures are files of their own, whatever the records stand on', async () => {
  const records = await openRecords({
    folder: ':memory:',
    pictures: join(house.folder, 'elsewhere'),
    secret,
    random: chance('m'),
    now: () => morning,
  })
  const photo = await smallPhoto()
  const id = await records.evidence.keep(photo, morning)
  expect(records.evidence.file(id!, 'thumb')?.path.startsWith(join(house.folder, 'elsewhere'))).toBe(true)
  await records.close()
  await expect(openRecords({ folder: ':memory:', secret, random: chance(), now: () => morning })).rejects.toThrow(
    /folder/,
  )
})

/** The markers of a JPEG's segments, up to where the pixels begin. */
function segmentsOf(jpeg: Buffer): number[] {
  const markers: number[] = []
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2))
    markers.push(jpeg[at + 1]!)
  return markers
}
