// The phone's entry.
import { createPinia, setActivePinia } from 'pinia'
import { createApp, ref, watch, watchEffect } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './field.css'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { useBoard } from '../../stores/board.ts'
import { useDevice } from '../../stores/device.ts'
import { language, speak } from '../../words/words.ts'
import FieldScreen from './FieldScreen.vue'
import { large, setLarge } from './large-type.ts'
import { openField } from './open-field.ts'
import { fetchRest } from './later.ts'
import { followBack } from './pages.ts'
import { followTaps } from './taps.ts'
import { skinChoice, skinFor, wearSkin } from './skin.ts'

/** The first page has been drawn by then, and what it shows has come. */
const quietMs = 3_000

guardSinks(window)
fillOldBrowsers()
speak(language.value)
setLarge(large.value)
followBack()
followTaps(navigator.serviceWorker)
const pinia = createPinia()
setActivePinia(pinia)
const board = useBoard()
const dark = matchMedia('(prefers-color-scheme: dark)')
const isDark = ref(dark.matches)
// Older webviews know only the older name of it.
dark.addEventListener?.('change', () => (isDark.value = dark.matches))
watchEffect(() => wearSkin(skinFor(skinChoice.value, isDark.value, board.now || Date.now()), document))
void keepPage().then((kept) => (useDevice().hasWorker = kept))
void openField().then((field) => {
  createApp(FieldScreen, { field }).use(pinia).mount('#screen')
  // Only where there is signal, and once what is asked for first has come.
  const isLive = () => board.line.state === 'live' && board.board !== null
  let isFetched = false
  watch(
    isLive,
    () =>
      setTimeout(() => {
        if (isFetched || !isLive()) return
        isFetched = true
        void fetchRest()
      }, quietMs),
    { immediate: true },
  )
})

/** Missing on plain HTTP, forbidden in some webviews: the page then needs signal to open, and the outbox keeps what was tapped all the same. */
async function keepPage(): Promise<boolean> {
  try {
    return (await navigator.serviceWorker?.register('/field-worker.js', { scope: '/field' })) !== undefined
  } catch {
    return false
  }
}
