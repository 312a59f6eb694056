/** What was written into a text field of a form; nothing where it has none. */
export function formText(form: HTMLFormElement, name: string): string {
  const written = new FormData(form).get(name);
  return typeof written === 'string' ? written.trim() : '';
}
