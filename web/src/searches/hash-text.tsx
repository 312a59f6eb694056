const SHOWN_DIGITS = 16;

/** Its beginning; the whole stands in the title. */
export function HashText({ value }: { value: string }) {
  return (
    <span className="one-line" title={value}>
      {value.slice(0, SHOWN_DIGITS)}…
    </span>
  );
}
