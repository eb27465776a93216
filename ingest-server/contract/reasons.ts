// Why somebody is sent, and why somebody is not. No zod: screens read this too.

/** What speaks for somebody, in the order it is said. */
export const reasonsFor = ['responsible', 'there-already', 'nearest', 'skilled', 'least-busy', 'usual-post'] as const
export type For = (typeof reasonsFor)[number]

/** What speaks against somebody, whoever is nearest to being sent first. */
export const reasonsAgainst = ['full', 'off-duty', 'other-post', 'other-area'] as const
export type Against = (typeof reasonsAgainst)[number]
