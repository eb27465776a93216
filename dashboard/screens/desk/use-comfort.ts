// How the desk suits the hands and eyes before it: mirrored for the left hand, a quarter larger. Kept on the device.
import { ref, watchEffect } from 'vue'
import type { Ref } from 'vue'

const kept = { hand: 'sanping.desk.hand', type: 'sanping.desk.type' }

/** A browser that forbids storage begins anew each time. */
function remembered(key: string): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    return false
  }
}

function keep(key: string, is: boolean) {
  try {
    localStorage.setItem(key, is ? 'on' : 'off')
  } catch {
    // Storage is forbidden here: the choice lasts until the page is closed.
  }
}

function switched(key: string): { is: Ref<boolean>; turn: () => void } {
  const is = ref(remembered(key))
  const turn = () => {
    is.value = !is.value
    keep(key, is.value)
  }
  return { is, turn }
}

export function useComfort() {
  const hand = switched(kept.hand)
  const type = switched(kept.type)
  // All sizes are rem: one number makes all of them larger.
  watchEffect(() => document.documentElement.classList.toggle('large', type.is.value))
  return { isLeftHanded: hand.is, isLarge: type.is, turn: { hand: hand.turn, type: type.turn } }
}
