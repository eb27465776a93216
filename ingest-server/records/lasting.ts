// How long a session lasts, in milliseconds.
const hour = 3_600_000
const day = 24 * hour

/** A person's slides by half a day and ends after a week at the latest; a wall's renews itself, for as long as a browser keeps a cookie. */
export const lasting = { person: { idle: 12 * hour, atMost: 7 * day }, kiosk: { idle: 400 * day, atMost: Infinity } }
