// Day and night on the phone: by the system, by the hour or by choice; one attribute at the root, kept on the device.
import { ref } from 'vue'
import type { Instant } from '#contract/ids'
import { deviceStorage } from '../../link/storage.ts'
import { timeOf } from '../../words/times.ts'

export const skinChoices = ['system', 'clock', 'day', 'night'] as const
export type SkinChoice = (typeof skinChoices)[number]

const name = 'sanping.skin'
const kept = deviceStorage.getItem(name)
export const skinChoice = ref<SkinChoice>(skinChoices.find((one) => one === kept) ?? 'system')

export function chooseSkin(choice: SkinChoice) {
  skinChoice.value = choice
  deviceStorage.setItem(name, choice)
}

/** Between these hours of the sub-district it is night. */
const [dusk, dawn] = ['18:30', '06:00']

export function skinFor(choice: SkinChoice, isSystemDark: boolean, at: Instant): 'day' | 'night' {
  if (choice === 'day' || choice === 'night') return choice
  if (choice === 'system') return isSystemDark ? 'night' : 'day'
  const hour = timeOf(at)
  return hour >= dusk || hour < dawn ? 'night' : 'day'
}

/** The bar of the browser takes the colour of the ground. */
export function wearSkin(skin: 'day' | 'night', page: Document) {
  if (page.documentElement.dataset.skin === skin) return
  page.documentElement.dataset.skin = skin
  const ground = getComputedStyle(page.documentElement).getPropertyValue('--ground').trim()
  page.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground)
}
