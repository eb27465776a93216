// The last look at a log line before it leaves: what looks like a phone, an identity number or a key goes, wherever it came from.

/** A mobile of the mainland, an identity number of 18, our keys and secrets and everybody's bearer, one in an address. */
const personal = [
  /(?<![\w.-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\w-])/g,
  /(?<![\w-])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\w-])/g,
] as const
const secret = [
  /\b(whsec_|sanping_)[\w+/=-]{6,}/g,
  /\b(Bearer |Basic |Digest )[^"\\]+/gi,
  /([?&](?:key|kiosk|token|link|code|state|password)=)[^&"\\\s]+/gi,
  /(\b(?:postgres(?:ql)?|rediss?|mqtts?|https?):\/\/[^\s:/@"\\]*:)[^@\s"\\]+(?=@)/gi,
] as const

export const scrub = (line: string): string =>
  secret.reduce(
    (text, pattern) => text.replace(pattern, '$1…'),
    personal.reduce((text, pattern) => text.replace(pattern, '…'), line),
  )
