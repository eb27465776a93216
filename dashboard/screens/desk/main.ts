// The desk's entry: one pinia, one line, one screen.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { speaking } from '../../link/ask.ts'
import { browserWorld } from '../../link/socket.ts'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { pictureDoor } from '../../parts/picture-door.ts'
import { connectScreen } from '../../stores/connect.ts'
import { language, speak } from '../../words/words.ts'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './desk.css'
import DeskScreen from './DeskScreen.vue'
import { addressOf } from './pages/pages.ts'
import { openPictureDoor } from './picture-door.ts'

guardSinks(window)
fillOldBrowsers()
// The page says which language it is in: type and hyphens go by it.
speak(language.value)
const pinia = createPinia()
const app = createApp(DeskScreen, { again: () => connection.line.again() })
app.use(pinia)
app.provide(
  pictureDoor,
  openPictureDoor(
    speaking(fetch.bind(globalThis), () => language.value),
    (caseId) => {
      location.hash = addressOf('viewing', caseId)
    },
  ),
)
const connection = connectScreen(browserWorld)
app.mount('#screen')
