// The door of pictures as a screen opens it: asks the server why one did not come, and has all of them come anew after a look.
import { ref } from 'vue'
import type { CaseId } from '#contract/ids'
import { lookLasts } from '#contract/look'
import type { Fetch } from '../../link/ask.ts'
import { whyNoPicture } from '../../link/viewing.ts'
import type { PictureDoor } from '../../parts/picture-door.ts'

export function openPictureDoor(fetch: Fetch, ask?: (caseId: CaseId) => void): PictureDoor {
  const turn = ref(0)
  let hiding: ReturnType<typeof setTimeout> | undefined
  return {
    why: (url) => whyNoPicture(fetch, url),
    ...(ask && { ask }),
    turn,
    again: () => void turn.value++,
    againAt(then) {
      clearTimeout(hiding)
      // A little after the server: a clock that is wrong asks early, and is asked for once more by whoever looks.
      hiding = setTimeout(() => void turn.value++, Math.min(Math.max(then - Date.now(), 0), lookLasts) + 2_000)
    },
  }
}
