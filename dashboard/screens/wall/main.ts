// The wall's own entry. `?lang=en` chooses the language for good; the skin is the duty skin.
import '../../styles/tokens.css'
import '../../styles/base.css'
import '../../styles/walls.css'
import './wall.css'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { pictureDoor } from '../../parts/picture-door.ts'
import { useBoard } from '../../stores/board.ts'
import { speak } from '../../words/words.ts'
import { openPictureDoor } from '../desk/picture-door.ts'
import WallScreen from './WallScreen.vue'

guardSinks(window)
fillOldBrowsers()
const wanted = new URLSearchParams(location.search).get('lang')
if (wanted === 'en' || wanted === 'zh') speak(wanted)

const pinia = createPinia()
const app = createApp(WallScreen).use(pinia)
const door = openPictureDoor(fetch.bind(globalThis))
app.provide(pictureDoor, door)
const board = useBoard(pinia)
// Whoever commanded has gone: what was shown to them hangs here no longer.
watch(() => board.operator?.personId, door.again)
app.mount('#screen')
