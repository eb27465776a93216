// What eyes would stumble over on a sheet of the gallery, measured in the page itself: text that leaves its box, frames with nothing in them.
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** A sheet by its address, drawn and still. Nothing blinks, so that what is measured is what is meant. */
export async function turnTo(page: Page, named: Record<string, string>): Promise<void> {
  const hash = `#${new URLSearchParams(named)}`
  await page.evaluate((next) => {
    delete document.documentElement.dataset.sheet
    location.hash = next
  }, hash)
  await page.waitForFunction(() => document.documentElement.dataset.sheet !== undefined)
  await page.evaluate(() => document.fonts.ready)
}

/**
 * Every text that reaches beyond the block it is written in or beyond its frame, or is cut where nothing says that it may be.
 * What says so: an ellipsis, a number of lines, something to scroll; or a list that shows as many rows as there is room for.
 */
export const strays = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const slack = 1.5
    const rows = '.orders'
    /** A line of text is taller than its letters. */
    const lead = 0.15
    const beyond = (text: DOMRect, box: DOMRect) =>
      text.left < box.left - slack ||
      text.right > box.right + slack ||
      text.top + text.height * lead < box.top - slack ||
      text.bottom - text.height * lead > box.bottom + slack
    // Above and below a piece may use the margin of its page.
    const margin = 24
    const isOut = (text: DOMRect, box: DOMRect) =>
      beyond(text, new DOMRect(box.x, box.y - margin, box.width, box.height + 2 * margin))
    const isDeclared = (element: Element, style: CSSStyleDeclaration) =>
      style.textOverflow === 'ellipsis' ||
      !['none', ''].includes(style.webkitLineClamp) ||
      /auto|scroll/.test(style.overflow) ||
      element.matches(rows)

    /** Why this text may not be read whole; null where it may, or where that is declared. */
    function why(parent: Element, text: DOMRect, frame: Element): string | null {
      let isInBlock = false
      for (let at: Element | null = parent; at; at = at.parentElement) {
        const style = getComputedStyle(at)
        const box = at.getBoundingClientRect()
        if (at.matches('.unseen') || style.clipPath !== 'none') return null
        const clips = style.overflow !== 'visible'
        if (clips && isDeclared(at, style)) return null
        if (clips && beyond(text, box)) return `cut in .${at.className}`
        if (!isInBlock && style.display !== 'inline' && style.display !== 'contents') {
          isInBlock = true
          if (text.left < box.left - slack || text.right > box.right + slack) return `beside .${at.className}`
        }
        if (at === frame) return isOut(text, box) ? 'out of its frame' : null
      }
      return null
    }
    const found: string[] = []
    for (const frame of document.querySelectorAll('[data-state]')) {
      const name = `${frame.closest('[data-part]')?.getAttribute('data-part')} ${frame.getAttribute('data-state')}`
      const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const { currentNode: node } = walker
        const parent = node.parentElement!
        const words = node.textContent?.trim()
        if (!words || parent.closest('svg, option, style, textarea') || !parent.checkVisibility()) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const reason = [...range.getClientRects()].map((rect) => why(parent, rect, frame)).find((one) => one !== null)
        if (reason) found.push(`${name}: ${words.slice(0, 24)} ${reason}`)
      }
    }
    return found
  })

const lateness = 10_000
/** Frames whose picture is one colour. What is empty may be. */
export async function blanks(page: Page): Promise<string[]> {
  const frames = await page.evaluate(() =>
    [...document.querySelectorAll('[data-state]:not([data-state="empty"])')].map((frame) => {
      const { left, top, width, height } = frame.getBoundingClientRect()
      const name = `${frame.closest('[data-part]')?.getAttribute('data-part')} ${frame.getAttribute('data-state')}`
      return { name, left, top: top + scrollY, width, height }
    }),
  )
  const { width, height } = page.viewportSize()!
  const long = await page.evaluate(() => document.documentElement.scrollHeight)
  const left = frames.sort((a, b) => a.top - b.top)
  const found: string[] = left.length === 0 ? ['nothing is shown at all'] : []
  while (left.length > 0) {
    // One picture of the first that is left and all that fit under it.
    const from = Math.max(0, Math.min(left[0]!.top, long - height))
    const here = left.filter(({ top, height: high }, i) => i === 0 || top + high <= from + height)
    // The second frame begins when the first has been drawn: a picture taken before may still be blank.
    await page.evaluate(
      (y) =>
        new Promise<void>((drawn) => {
          scrollTo(0, y)
          requestAnimationFrame(() => requestAnimationFrame(() => drawn()))
        }),
      from,
    )
    const at = await page.evaluate(() => scrollY)
    let blank = await blankOf(here, at)
    // A busy machine draws late: what is blank is looked at again for a while.
    for (const until = Date.now() + lateness; blank.length > 0 && Date.now() < until;) blank = await blankOf(here, at)
    found.push(...blank)
    for (const one of here) left.splice(left.indexOf(one), 1)
  }
  return found

  async function blankOf(here: typeof frames, at: number): Promise<string[]> {
    const picture = await pixelsOf(await page.screenshot({ type: 'jpeg', quality: 90 }))
    return here.flatMap((one) => {
      const box = { left: Math.max(0, Math.floor(one.left)), top: Math.max(0, Math.floor(one.top - at)) }
      const wide = Math.min(Math.ceil(one.width), width - box.left)
      const high = Math.min(Math.ceil(one.height), height - box.top)
      if (wide < 1 || high < 1) return [`${one.name}: no size`]
      return isOneColour(picture, { ...box, width: wide, height: high }) ? [one.name] : []
    })
  }
}

interface Picture {
  pixels: Uint8Array
  width: number
  bands: number
}
async function pixelsOf(shot: Buffer): Promise<Picture> {
  const { data, info } = await sharp(shot).raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, bands: info.channels }
}

interface Box {
  left: number
  top: number
  width: number
  height: number
}
/** More apart than a photograph's own noise. */
const apart = 24
function isOneColour({ pixels, width, bands }: Picture, box: Box): boolean {
  const first = (box.top * width + box.left) * bands
  for (let y = box.top; y < box.top + box.height; y++)
    for (let x = box.left; x < box.left + box.width; x++) {
      const at = (y * width + x) * bands
      for (let band = 0; band < bands; band++)
        if (Math.abs((pixels[at + band] ?? 0) - (pixels[first + band] ?? 0)) > apart) return false
    }
  return true
}
