// What of a data folder goes into a backup, and how: each name has its own way, and what nobody knows is the site's own and comes along.

/** Made again from the journal. */
const madeAgain = /^archive\.db/
/** Kept apart, and for days: with them old names could be read that were to be forgotten. */
const apart = /\.key(\.|$)|^person-keys\.db/
/** Copied by ways of their own. */
const ownWays = /^(journal\.db|records\.db)/
/** The log of this machine stays with it, and is kept half a year there. */
const logs = 'logs'
const ownFolders = new Set(['evidence', 'checkpoints', 'streets', 'streets.json', logs])
/** Of this machine, or half done. */
const ofHere = /^(moved\.json|lost\+found|\.DS_Store)$|\.(new|lock|part|tmp)$|^before-|-(wal|shm|journal)$/

export const isSiteFile = (name: string): boolean =>
  ![madeAgain, apart, ownWays, ofHere].some((one) => one.test(name)) && !ownFolders.has(name)

/** May lie in a folder that a backup is put back into: the keys, and the list of streets it is one of. */
export const mayLie = (name: string): boolean =>
  apart.test(name) || ['streets', 'streets.json', 'lost+found', logs].includes(name)

export const leftOut = {
  archive: 'archive.db',
  secret: 'secret.key',
  signing: 'checkpoint.key',
  keys: 'person-keys.db',
  parts: 'evidence/part',
} as const

/** Of which every pair of streets has a key of its own. */
export const systemKey = 'streets.key'
