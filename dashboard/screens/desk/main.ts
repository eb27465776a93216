// The desk's entry: one pinia, one line, one screen.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { browserWorld } from '../../link/socket.ts'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { connectScreen } from '../../stores/connect.ts'
import { language, speak } from '../../words/words.ts'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './desk.css'
import DeskScreen from './DeskScreen.vue'

guardSinks(window)
fillOldBrowsers()
// The page says which language it is in: type and hyphens go by it.
speak(language.value)
const pinia = createPinia()
const app = createApp(DeskScreen, { again: () => connection.line.again() })
app.use(pinia)
const connection = connectScreen(browserWorld)
app.mount('#screen')
