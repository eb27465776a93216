// One report followed: asked for anew every minute and whenever the page is looked at again.
import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import type { ResidentProgress } from '#contract/resident'
import { follow, rate, sayNotFixed, type Followed } from '../../link/resident.ts'
import { sayResident } from '../../words/resident.ts'
import { language } from '../../words/words.ts'

const everyMs = 60_000

export function useFollow(link: string) {
  const progress = shallowRef<ResidentProgress | null>(null)
  /** The link itself is not taken: nothing will come of asking again. */
  const wrong = ref<string | null>(null)
  const complaint = ref<string | null>(null)
  const busy = ref(false)

  function take(said: Followed | null): boolean {
    complaint.value = said === null ? sayResident('unreachable') : said.refusal ? said.words : null
    if (said?.refusal === 'link-unknown' || said?.refusal === 'case-not-found') wrong.value = said.words
    if (!said || said.refusal) return false
    progress.value = said
    return true
  }
  async function asking(ask: () => Promise<Followed | null>): Promise<boolean> {
    busy.value = true
    const taken = take(await ask())
    busy.value = false
    return taken
  }

  const load = () => asking(() => follow(fetch, link, language.value))
  const look = () => {
    if (document.visibilityState === 'visible' && !busy.value) void load()
  }
  let timer = 0
  onMounted(() => {
    void load()
    timer = window.setInterval(look, everyMs)
    document.addEventListener('visibilitychange', look)
  })
  onUnmounted(() => {
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })

  return {
    ...{ progress, wrong, complaint, busy, load },
    notFixed: (reason: string) => asking(() => sayNotFixed(fetch, link, reason, language.value)),
    stars: (count: number) => asking(() => rate(fetch, link, count, language.value)),
  }
}
