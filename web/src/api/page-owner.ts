const CHANNEL = 'homeward-session';

/** Tells the other pages of this browser who is signed in. */
const channel = new BroadcastChannel(CHANNEL);
let owner: string | null = null;
let said: string | null | undefined;

channel.onmessage = ({ data }: MessageEvent<string | null>) => {
  openAnewUnlessOf(data);
};

/**
 * Whether this page may go on for who is signed in: what was read, typed and queued on it belongs to whoever it was
 * opened for. For anybody else, and for nobody, it is opened anew.
 * @param id null where nobody is signed in
 */
export function isPageOf(id: string | null): boolean {
  if (!openAnewUnlessOf(id)) return false;
  owner = id;
  if (said !== id) channel.postMessage(id);
  said = id;
  return true;
}

function openAnewUnlessOf(id: string | null): boolean {
  const isTheirs = owner === null || owner === id;
  if (!isTheirs) location.reload();
  return isTheirs;
}
