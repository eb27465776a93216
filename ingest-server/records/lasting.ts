// How long a session lasts, in milliseconds.
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * `cookie`: how long the browser brings it along. A person's outlives the session, so that a phone that was offline for
 * long is told to sign in again and not taken for a resident. `idle` and `atMost`: a person's session slides by half a day and
 * ends after a week at the latest; a wall's renews itself, for as long as any browser keeps a cookie. `renewed`: so old a wall's
 * token is when the next one is offered; `grace`: so long the one before still holds once the next was used.
 */
export const lasting = {
  person: { idle: 12 * hour, atMost: 7 * day, cookie: 30 * day },
  kiosk: { idle: 400 * day, atMost: Infinity, cookie: 400 * day, renewed: day, grace: minute },
}
