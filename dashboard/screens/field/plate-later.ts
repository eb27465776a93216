// The page of the plates, fetched beforehand like every other: said here and not in a page, which would say it only once it is open.
import { later } from './later.ts'

export const PlateScan = later(() => import('./PlateScan.vue'))
