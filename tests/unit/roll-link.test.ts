// @vitest-environment happy-dom
// From the desk of a district or a city to the table of those below it.
import { mount } from '@vue/test-utils'
import { beforeAll, expect, it } from 'vitest'
import DeskPages from '../../dashboard/parts/DeskPages.vue'

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = () => {}
})

it('[ST47] behind 更多 the desk of a district leads to the table of its streets, the desk of a street to none', () => {
  const sheet = { pages: [], page: null, comforts: [] }
  const [above, street] = [{ ...sheet, isAbove: true }, sheet].map((props) => mount(DeskPages, { props }))
  expect(above!.find('a[href="/roll"]').text()).toContain('汇总台账')
  expect(street!.find('a').exists()).toBe(false)
})
