// The residents' entry.
import { createApp } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './resident.css'
import { language, speak } from '../../words/words.ts'
import ResidentScreen from './ResidentScreen.vue'

speak(language.value)
createApp(ResidentScreen).mount('#screen')
