// The camera of the device, looking for a code: opened, its light switched, and every way it can fail as a value.
export type CameraTrouble = 'denied' | 'none' | 'plain' | 'busy'

export interface Camera {
  stream: MediaStream
  /** Null where it has no light, or does not say. */
  light: ((on: boolean) => Promise<void>) | null
  close(): void
}

const troubles: Record<string, CameraTrouble> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** `isSecure`: browsers hide the camera from plain HTTP altogether. */
export async function openCamera(
  media: Pick<MediaDevices, 'getUserMedia'> | undefined,
  isSecure: boolean,
): Promise<Camera | { trouble: CameraTrouble }> {
  if (!media?.getUserMedia) return { trouble: isSecure ? 'none' : 'plain' }
  try {
    const stream = await media.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } })
    const [track] = stream.getVideoTracks()
    return {
      stream,
      light: track ? lightOf(track) : null,
      close: () => stream.getTracks().forEach((one) => one.stop()),
    }
  } catch (fault) {
    return { trouble: troubles[(fault as DOMException).name] ?? 'none' }
  }
}

/** Not in the types yet: the light is an extension of the constraints (W3C MediaStream Image Capture). */
function lightOf(track: MediaStreamTrack): Camera['light'] {
  const can = track.getCapabilities?.() as { torch?: boolean } | undefined
  if (!can?.torch) return null
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).catch(() => {})
}
