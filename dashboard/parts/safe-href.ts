// An address that came from outside, as a link may carry it: a page of the web, or nothing.
const schemes = new Set(['http:', 'https:', 'tel:'])

/** Undefined leaves the attribute away, and the link leads nowhere: `javascript:` and `data:` would run in our name. */
export function safeHref(address: string | null | undefined, here: string = location.href): string | undefined {
  if (address?.startsWith('/') || address?.startsWith('#')) return address
  return address && schemes.has(schemeOf(address, here)) ? address : undefined
}

/** Tried, not asked first: a browser of 2021 has no `URL.canParse`. */
function schemeOf(address: string, here: string): string {
  try {
    return new URL(address, here).protocol
  } catch {
    return ''
  }
}
