import type { Entry } from './entry.ts';
import type { EntryStore } from './outbox.ts';

const DATABASE = 'homeward-outbox';
const VERSION = 1;
const KEYS = 'keys';
const ENTRIES = 'entries';
const CIPHER = 'AES-GCM';
const KEY_BITS = 256;
const NONCE_BYTES = 12;

type Sealed = { readonly nonce: Uint8Array<ArrayBuffer>; readonly content: ArrayBuffer };
type Part = 'entry' | 'file';

/** What lies in the browser: no more than whose it is and when it came can be read of it. */
type Row = {
  /** Of the database: the order in which they were queued. */
  readonly order?: number;
  readonly id: string;
  readonly owner: string;
  readonly entry: Sealed;
  readonly file: Sealed | null;
};

/**
 * Keeps entries in the browser, sealed by AES-GCM with a key that no script can read out, one for each person. A row
 * that was moved to another place, or to another person, does not open.
 * @param owner the id of who is signed in
 */
export async function openSealedStore(owner: string): Promise<EntryStore> {
  const database = await openDatabase();
  const key = await findKey(database, owner);

  const list = async (): Promise<Row[]> => {
    const rows = await settled(
      database.transaction(ENTRIES).objectStore(ENTRIES).index('owner').getAll(owner) as IDBRequest<
        Row[]
      >,
    );
    return rows.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  };
  const find = async (id: string): Promise<Row | undefined> =>
    (await list()).find((row) => row.id === id);
  const labelOf = (id: string, part: Part): Uint8Array<ArrayBuffer> =>
    new TextEncoder().encode(`${owner} ${id} ${part}`);

  async function seal(id: string, part: Part, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const how = { name: CIPHER, iv: nonce, additionalData: labelOf(id, part) };
    return { nonce, content: await crypto.subtle.encrypt(how, key, bytes) };
  }

  async function open(
    id: string,
    part: Part,
    { nonce, content }: Sealed,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const how = { name: CIPHER, iv: nonce, additionalData: labelOf(id, part) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, content));
  }

  async function openEntry({ id, entry }: Row): Promise<Entry> {
    return JSON.parse(new TextDecoder().decode(await open(id, 'entry', entry))) as Entry;
  }

  return {
    // What does not open was tampered with, or its key is gone: it must not hold up the others.
    list: async () =>
      (await Promise.all((await list()).map((row) => openEntry(row).catch(() => [])))).flat(),

    async put(entry, file) {
      const { id } = entry;
      const before = await find(id);
      const row: Row = {
        ...(before?.order !== undefined && { order: before.order }),
        ...{ id, owner },
        entry: await seal(id, 'entry', new TextEncoder().encode(JSON.stringify(entry))),
        file: file ? await seal(id, 'file', new Uint8Array(file)) : (before?.file ?? null),
      };
      const change = database.transaction(ENTRIES, 'readwrite', { durability: 'strict' });
      change.objectStore(ENTRIES).put(row);
      await completed(change);
    },

    async readFile(id) {
      const row = await find(id);
      return row?.file ? open(id, 'file', row.file) : null;
    },

    async remove(id) {
      const row = await find(id);
      if (row?.order === undefined) return;
      const change = database.transaction(ENTRIES, 'readwrite');
      change.objectStore(ENTRIES).delete(row.order);
      await completed(change);
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS);
    const entries = request.result.createObjectStore(ENTRIES, { keyPath: 'order', autoIncrement: true }); // prettier-ignore
    entries.createIndex('owner', 'owner');
  };
  return settled(request);
}

/** The key of a person in this browser, made where there is none; two pages that make one at once keep the first. */
async function findKey(database: IDBDatabase, owner: string): Promise<CryptoKey> {
  const find = (): Promise<CryptoKey | undefined> =>
    settled(
      database.transaction(KEYS).objectStore(KEYS).get(owner) as IDBRequest<CryptoKey | undefined>,
    );
  const found = await find();
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: KEY_BITS }, false, ['encrypt', 'decrypt']); // prettier-ignore
  const change = database.transaction(KEYS, 'readwrite', { durability: 'strict' });
  const keys = change.objectStore(KEYS);
  const first = keys.count(owner);
  first.onsuccess = () => {
    if (first.result === 0) keys.add(made, owner);
  };
  await completed(change);
  return (await find()) ?? made;
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser keeps nothing'));
    };
  });
}

function completed(change: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => {
      resolve();
    };
    change.onabort = () => {
      reject(change.error ?? new Error('the browser keeps nothing more'));
    };
  });
}
