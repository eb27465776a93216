// The page has changed under a finger that is still down: lifted, it presses nothing of what stands there now.
const afterwards = 400

/** From now until a moment after the finger has gone. */
export function swallowLift(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const lifted = () => {
    for (const kind of ['pointerup', 'pointercancel']) removeEventListener(kind, lifted, { capture: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), afterwards)
  }
  addEventListener('click', swallow, { capture: true })
  for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, lifted, { capture: true })
}
