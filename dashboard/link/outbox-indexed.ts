// An outbox body on the browser's own IndexedDB: survives a reload and a killed page.
// Plain IndexedDB and not a library over it: the usual one is 33 of the 75 KiB a phone may load, for three tables.
import type { OutboxBody, OutboxChange } from './outbox-port.ts'

const tables = ['items', 'drafts', 'pictures', 'blobs'] as const
type Table = (typeof tables)[number]

/** Rejects where the browser has no IndexedDB, or has it only to refuse it (some webviews, private windows). */
export async function openIndexedBody(factory: IDBFactory, name = 'sanping-outbox'): Promise<OutboxBody> {
  let db = await openTables(factory, name)

  /** Wiped by the browser or its owner while the page is open, the tables are made anew: empty, but there. */
  async function begin(which: readonly Table[], mode: IDBTransactionMode = 'readonly') {
    const started = () => db.transaction(which, mode, { durability: 'strict' })
    try {
      return started()
    } catch {
      db = await openTables(factory, name)
      return started()
    }
  }
  return {
    lasting: true,
    async read() {
      const reading = await begin(tables.filter((table) => table !== 'blobs'))
      const all = (table: Table) => answer(reading.objectStore(table).getAll())
      const [items, drafts, pictures] = await Promise.all([all('items'), all('drafts'), all('pictures')])
      return { items, drafts, pictures }
    },
    async write(change) {
      const writing = await begin(tables, 'readwrite')
      put(writing, change)
      await finished(writing)
    },
    async blob(id) {
      const row = await answer<{ blob: Blob } | undefined>((await begin(['blobs'])).objectStore('blobs').get(id))
      return row?.blob ?? null
    },
  }
}

async function openTables(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const opening = factory.open(name, 1)
  opening.onupgradeneeded = () => {
    for (const table of tables) opening.result.createObjectStore(table, { keyPath: 'id' })
  }
  const db = await answer(opening)
  // Another tab that brings a newer form of the tables must not wait for this one for ever.
  db.onversionchange = () => db.close()
  return db
}

function put(writing: IDBTransaction, change: OutboxChange) {
  const table = (name: Table) => writing.objectStore(name)
  for (const item of change.items ?? []) table('items').put(item)
  for (const draft of change.drafts ?? []) table('drafts').put(draft)
  for (const { blob, ...look } of change.pictures ?? []) {
    table('pictures').put(look)
    if (blob) table('blobs').put({ id: look.id, blob })
  }
  for (const id of change.dropItems ?? []) table('items').delete(id)
  for (const id of change.dropDrafts ?? []) table('drafts').delete(id)
  for (const id of change.dropPictures ?? []) {
    table('pictures').delete(id)
    table('blobs').delete(id)
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Kept only once the transaction is complete; a full disk speaks up as late as here. */
const finished = (writing: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    writing.oncomplete = () => resolve()
    writing.onerror = () => reject(writing.error)
    writing.onabort = () => reject(writing.error)
  })
