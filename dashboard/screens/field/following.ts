// Whether this phone follows whoever leads: chosen under 我, kept for the tab.
import { ref } from 'vue'
import { sessionShelf } from '../../composables/spotlight-shelf.ts'

export const following = ref(sessionShelf.read() === 'following')

export function setFollowing(on: boolean) {
  following.value = on
  sessionShelf.write(on ? 'following' : 'alone')
}
