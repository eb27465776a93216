// The page's colours, told anew when they change: another skin, the past, the night, another root size.
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { readSkin, type MapSkin } from './skin.ts'

export function watchSkin(run: () => void): () => void {
  const observer = new MutationObserver(run)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-skin', 'data-time', 'style'] })
  addEventListener('resize', run)
  return () => {
    observer.disconnect()
    removeEventListener('resize', run)
  }
}

/** Of the page itself, for what is drawn on a canvas beside the map. */
export function useSkin(): Readonly<ShallowRef<MapSkin>> {
  const read = () => readSkin(document.documentElement)
  const skin = shallowRef(read())
  onScopeDispose(
    watchSkin(() => {
      const next = read()
      if (JSON.stringify(next) !== JSON.stringify(skin.value)) skin.value = next
    }),
  )
  return skin
}
