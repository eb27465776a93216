// The two languages every sentence exists in. Chinese is the first.
import { z } from 'zod'

export const Words = z.object({ zh: z.string().min(1), en: z.string().min(1) })
export type Words = z.infer<typeof Words>
export type Language = keyof Words
