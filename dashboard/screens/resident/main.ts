// The residents' entry.
import { createApp } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './resident.css'
import { language, speak } from '../../words/words.ts'
import ResidentPage from './ResidentPage.vue'

speak(language.value)
createApp(ResidentPage).mount('#screen')
