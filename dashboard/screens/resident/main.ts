// The residents' entry.
import { createApp } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './resident.css'
import { guardSinks } from '../../link/trusted.ts'
import { language, speak } from '../../words/words.ts'
import ResidentPage from './ResidentPage.vue'

guardSinks(window)
speak(language.value)
createApp(ResidentPage).mount('#screen')
