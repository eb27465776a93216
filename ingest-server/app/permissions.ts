// What of the device a page may ask for: camera and place for our own pages, nothing for anybody's frame, and nothing else at all.
import type { RequestHandler } from 'express'

/** The phone scans plates, stamps places and keeps its display on while help is awaited; the wall stays lit. */
const ours = ['camera', 'geolocation', 'screen-wake-lock', 'fullscreen', 'autoplay']
const nobodys = ['microphone', 'payment', 'usb', 'serial', 'midi', 'display-capture']

const policy = [...ours.map((name) => `${name}=(self)`), ...nobodys.map((name) => `${name}=()`)].join(', ')

export const permissions: RequestHandler = (_request, response, next) => {
  response.setHeader('Permissions-Policy', policy)
  next()
}
