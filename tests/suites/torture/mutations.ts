// A sound message spoilt at random, the same way for the same seed: signs changed, cut, doubled, swapped for what means something.
import fc from 'fast-check'

const meaningful = [
  '"',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '&',
  ',',
  ':',
  '\\',
  '\0',
  '\n',
  '9',
  '-',
  '1e999',
  'null',
  '\ud83d',
  '￿',
  '%',
  '=',
]

/** Up to six changes of a message. */
export const spoiltFrom = (sample: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .array(
      fc.record({
        at: fc.nat(sample.length),
        length: fc.nat(40),
        how: fc.constantFrom('cut', 'double', 'put', 'byte', 'end'),
        sign: fc.constantFrom(...meaningful),
        byte: fc.nat(255),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce<Buffer>((body, { at, length, how, sign, byte }) => {
        const [head, part, tail] = [body.subarray(0, at), body.subarray(at, at + length), body.subarray(at + length)]
        if (how === 'cut') return Buffer.concat([head, tail])
        if (how === 'double') return Buffer.concat([head, part, part, tail])
        if (how === 'put') return Buffer.concat([head, Buffer.from(sign), body.subarray(at)])
        if (how === 'byte') return Buffer.concat([head, Buffer.from([byte]), body.subarray(at + 1)])
        return head
      }, sample),
    )
