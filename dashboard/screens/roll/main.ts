// The roll-up's own entry: at /wall the wall, at /roll the table. `?lang=en` chooses the language for good, `?skin=day` the day's tokens.
import '../../styles/tokens.css'
import '../../styles/base.css'
import '../../styles/walls.css'
import './roll.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { guardSinks } from '../../link/trusted.ts'
import { fillOldBrowsers } from '../../map/old-browsers.ts'
import { speak } from '../../words/words.ts'
import RollScreen from './RollScreen.vue'

guardSinks(window)
fillOldBrowsers()
const asked = new URLSearchParams(location.search)
const wanted = asked.get('lang')
if (wanted === 'en' || wanted === 'zh') speak(wanted)
const face = location.pathname.startsWith('/roll') ? 'table' : 'wall'
const skin = asked.get('skin') ?? (face === 'wall' ? 'duty' : 'day')
document.documentElement.dataset['face'] = face
if (['duty', 'day', 'visitor'].includes(skin)) document.documentElement.dataset['skin'] = skin

createApp(RollScreen, { face }).use(createPinia()).mount('#screen')
