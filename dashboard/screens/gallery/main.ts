// The gallery's entry: every part in every state, in the language, skin and measure its address names after the #. It asks no server for anything.
import { createApp, h, nextTick, ref, watch } from 'vue'
import '../../styles/tokens.css'
import '../../styles/base.css'
import './gallery.css'
import { guardSinks } from '../../link/trusted.ts'
import { language } from '../../words/words.ts'
import GallerySheet from './GallerySheet.vue'
import { wear } from './measures.ts'
import { addressOf, sheetOf } from './sheet.ts'

guardSinks(window)
// A dialog that takes the whole page would lie over all the others.
HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
  this.open = true
}
const sheet = ref(sheetOf(location.hash))
addEventListener('hashchange', () => (sheet.value = sheetOf(location.hash)))

watch(
  sheet,
  async (now) => {
    // Set here and not by `speak`: a sheet must not change the language of the whole device.
    language.value = now.language
    wear(now, document)
    await nextTick()
    // Whoever takes pictures waits for it.
    document.documentElement.dataset.sheet = addressOf(now)
  },
  { immediate: true },
)
createApp(() => h(GallerySheet, { key: addressOf(sheet.value), sheet: sheet.value })).mount('#screen')
