// Why what a street keeps cannot be opened: told to whoever starts the server, in one sentence.
import type { Words } from '#contract/language'

/** Its message is the sentence in both languages. */
export class NotUsable extends Error {
  override name = 'NotUsable'
  constructor({ zh, en }: Words, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options)
  }
}
