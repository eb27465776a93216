// An address that came from outside, as a link may carry it: a page of the web, or nothing.
const schemes = new Set(['http:', 'https:', 'tel:'])

/** Undefined leaves the attribute away, and the link leads nowhere: `javascript:` and `data:` would run in our name. */
export function safeHref(address: string | null | undefined, here: string = location.href): string | undefined {
  if (address?.startsWith('/') || address?.startsWith('#')) return address
  if (!address || !URL.canParse(address, here)) return undefined
  return schemes.has(new URL(address, here).protocol) ? address : undefined
}
