// The gallery's entry: every part in every state, in the language, skin and measure its address names. It asks no server for anything.
import { createApp, h } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import '../desk/desk.css'
import './gallery.css'
import { language } from '../../words/words.ts'
import GalleryBar from './GalleryBar.vue'
import GalleryParts from './GalleryParts.vue'
import { sheetOf } from './sheet.ts'

const sheet = sheetOf(location.search)
const root = document.documentElement
// Set here and not by `speak`: a sheet must not change the language of the whole device.
language.value = sheet.language
root.lang = sheet.language === 'zh' ? 'zh-CN' : 'en'
root.dataset.skin = sheet.skin
root.dataset.type = sheet.type
createApp(() => [h(GalleryBar, { sheet }), h(GalleryParts)]).mount('#screen')
