// The phone's entry.
import { createPinia, setActivePinia } from 'pinia'
import { createApp, watch } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './field.css'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { useBoard } from '../../stores/board.ts'
import { language, speak } from '../../words/words.ts'
import FieldScreen from './FieldScreen.vue'
import { large, setLarge } from './large-type.ts'
import { openField } from './open-field.ts'
import { fetchRest } from './later.ts'
import { followBack } from './pages.ts'

/** The first page has been drawn by then, and what it shows has come. */
const quietMs = 3_000

fillOldBrowsers()
speak(language.value)
setLarge(large.value)
followBack()
const pinia = createPinia()
setActivePinia(pinia)
// Missing on plain HTTP: the page then needs signal to open, and the outbox keeps what was tapped all the same.
void navigator.serviceWorker?.register('/field-worker.js', { scope: '/field' }).catch(() => {})
void openField().then((field) => {
  createApp(FieldScreen, { field }).use(pinia).mount('#screen')
  // Only where there is signal, and once what is asked for first has come.
  const board = useBoard()
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
