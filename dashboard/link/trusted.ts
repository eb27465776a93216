// The one gate for text that a browser would take for script or page: nothing passes but what two libraries cannot do without.
/** As much of Trusted Types as is used; browsers before Chrome 83 have none, and everything runs there as it did. */
interface Trusting {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createHTML(text: string): string; createScriptURL(address: string): string },
    ): unknown
  }
  location: Pick<Location, 'href' | 'origin'>
  /** zod's own place for what holds everywhere. */
  __zod_globalConfig?: { jitless?: boolean }
}

const ownScript = /^\/(assets\/[\w.-]+\.js|field-worker\.js)$/

/** Only a file of our own build: MapLibre starts its worker by its address, and the phone registers its own. */
export function ownScriptAddress(address: string, { href, origin }: Pick<Location, 'href' | 'origin'>): string {
  // What is no address at all throws here, as it should.
  const url = new URL(address, href)
  if (url.origin === origin && ownScript.test(url.pathname) && url.search === '') return address
  throw new TypeError('no script of ours')
}

/** ECharts empties its holder by setting its HTML to nothing; whatever else would set HTML is stopped. */
export function onlyNothing(text: string): string {
  if (text === '') return ''
  throw new TypeError('HTML is set nowhere')
}

/** Called first thing by every screen. What is not named here has no way at all: scripts out of text. */
export function guardSinks(page: Trusting): void {
  // It would try whether it may make functions out of text, and each try would be told on.
  page.__zod_globalConfig = { ...page.__zod_globalConfig, jitless: true }
  page.trustedTypes?.createPolicy('default', {
    createHTML: onlyNothing,
    createScriptURL: (address) => ownScriptAddress(address, page.location),
  })
}
