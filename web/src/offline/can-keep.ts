/** Whether this page may encrypt and keep anything: browsers allow it on HTTPS, and on this machine. */
export function canKeep(): boolean {
  return isSecureContext && 'indexedDB' in globalThis;
}
