// Who a device of GB/T 28181 is to us: what stands under its own number, and the camera it may be.
import type { CameraId, DeviceId } from '#contract/ids'
import { mapped, type Sender, type Sign } from './reading.ts'

/** 20 digits (rule A of the standard's annex D), or 18 (rule B). Beyond 2⁵³: a name, never a number. */
export const isDeviceNumber = (text: string): boolean => /^(?:\d{20}|\d{18})$/.test(text)

/** It is a device of its own, and the camera that the site says it is, or whose number the map knows. */
export const whoIs = (device: string, { cameras }: Pick<Sender, 'cameras'>): Pick<Sign, 'deviceId' | 'cameraIds'> => ({
  deviceId: device as DeviceId,
  cameraIds: [(mapped(cameras, device) ?? device) as CameraId],
})
