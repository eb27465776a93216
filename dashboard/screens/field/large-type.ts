// 大字: everything is in rem, so large type is one number at the root; kept on the device.
import { ref } from 'vue'
import { deviceStorage } from '../../link/storage.ts'

const name = 'sanping.large'

export const large = ref(deviceStorage.getItem(name) === '1')

export function setLarge(on: boolean) {
  large.value = on
  document.documentElement.classList.toggle('large', on)
  deviceStorage.setItem(name, on ? '1' : '0')
}
