// Stills drawn once and used again: a few of each scene, so that a day of pictures costs a few seconds.
import type { EvidenceId, Instant } from '#contract/ids'
import type { Evidence } from '../records/port.ts'
import { chanceFrom } from './chance.ts'
import { drawStill, type Scene } from './stills.ts'

export interface Picture {
  bytes: Uint8Array
  id: EvidenceId
}

export interface Album {
  /** The picture of a scene, kept as evidence. `which` picks one of the few. */
  picture(scene: Scene, which: number): Promise<Picture>
}

const each = 3

export function openAlbum(evidence: Evidence, now: () => Instant): Album {
  const drawn = new Map<string, Promise<Picture>>()
  const draw = async (scene: Scene, nth: number): Promise<Picture> => {
    const bytes = await drawStill(scene, '', chanceFrom(nth + 11))
    const id = await evidence.keep(bytes, now())
    if (!id) throw new Error(`the drawn still of ${scene} was not accepted as a picture`)
    return { bytes, id }
  }
  return {
    picture: (scene, which) => {
      const nth = Math.abs(which) % each
      const key = `${scene} ${nth}`
      const found = drawn.get(key) ?? draw(scene, nth)
      drawn.set(key, found)
      return found
    },
  }
}
