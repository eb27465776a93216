// A resident as may be shown without being asked for: 王**, 138****5678, no address.
import type { Reporter } from '#contract/report'

export function masked(reporter: Reporter): Reporter {
  return {
    ...(reporter.name ? { name: maskedName(reporter.name) } : {}),
    ...(reporter.phone ? { phone: maskedPhone(reporter.phone) } : {}),
  }
}

/** The first character, whatever the length: two stars for 王五 and for 王小明 alike. */
const maskedName = (name: string): string => `${[...name][0]}**`

/** A mobile number keeps three in front and four behind; anything shorter keeps only its last two. */
function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return digits.length >= 7 ? `****${digits.slice(-2)}` : '****'
}
