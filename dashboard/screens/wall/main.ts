// The wall's own entry. `?lang=en` chooses the language for good; the skin is the duty skin.
import '../../styles/tokens.css'
import '../../styles/base.css'
import './wall.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { speak } from '../../words/words.ts'
import WallScreen from './WallScreen.vue'

guardSinks(window)
fillOldBrowsers()
const wanted = new URLSearchParams(location.search).get('lang')
if (wanted === 'en' || wanted === 'zh') speak(wanted)

createApp(WallScreen).use(createPinia()).mount('#screen')
