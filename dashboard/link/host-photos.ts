// In an app with a camera of its own the page's photo fields open that; where it gives nothing they open as ever.
import type { Host } from './host-port.ts'

/** Returns the stop. */
export function photosBy(host: Pick<Host, 'takePhoto'>, page: Document): () => void {
  let isOwn = false
  const click = (event: Event) => {
    const field = event.target
    if (isOwn || !(field instanceof HTMLInputElement) || field.type !== 'file' || !field.hasAttribute('capture')) return
    event.preventDefault()
    void host.takePhoto().then((photo) => (photo ? fill(field, photo) : openAnyway(field)))
  }
  function openAnyway(field: HTMLInputElement) {
    isOwn = true
    field.click()
    isOwn = false
  }
  page.addEventListener('click', click, true)
  return () => page.removeEventListener('click', click, true)
}

/** As if it had been chosen in the field itself. */
function fill(field: HTMLInputElement, photo: Blob) {
  const carrier = new DataTransfer()
  carrier.items.add(new File([photo], 'photo.jpg', { type: photo.type }))
  field.files = carrier.files
  field.dispatchEvent(new Event('change', { bubbles: true }))
}
