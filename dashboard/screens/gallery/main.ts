// The gallery's entry. Opened plainly it frames itself in both languages and skins; each frame shows the parts once.
import { createApp } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import '../desk/desk.css'
import './gallery.css'
import { language } from '../../words/words.ts'
import GalleryFrames from './GalleryFrames.vue'
import GalleryParts from './GalleryParts.vue'
import { sheetOf } from './sheet.ts'

const sheet = sheetOf(location.search)
const root = document.documentElement
if (sheet) {
  // Set here and not by `speak`: a frame must not change the language of the whole device.
  language.value = sheet.language
  root.lang = sheet.language === 'zh' ? 'zh-CN' : 'en'
  root.dataset.skin = sheet.skin
  root.dataset.type = sheet.type
}
createApp(sheet ? GalleryParts : GalleryFrames).mount('#screen')
