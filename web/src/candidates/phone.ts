/** Where the list is one of cards: as wide as a telephone held upright, or a little more. */
export const PHONE = '(max-width: 48em)';
