// A street of a system with many, its district and its city: by the codes the country gives them.
import { z } from 'zod'

/** 4 digits a city, 6 a district, 9 a street: `3101`, `310101`, `310101020`. */
export const StreetId = z
  .string()
  .regex(/^(?:\d{4}|\d{6}|\d{9})$/)
  .brand('StreetId')
export type StreetId = z.infer<typeof StreetId>

export type StreetKind = 'city' | 'district' | 'street'

const kinds: Readonly<Record<number, StreetKind>> = { 4: 'city', 6: 'district', 9: 'street' }
export const streetKindOf = (id: StreetId): StreetKind => kinds[id.length]!
