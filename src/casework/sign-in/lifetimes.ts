/** A sign-in that was begun is finished within this time. */
export const SIGN_IN_SECONDS = 10 * 60;
/** A session in which nobody does anything ends. */
export const IDLE_SECONDS = 15 * 60;
/** A session ends, whatever is done in it. */
export const SESSION_SECONDS = 8 * 60 * 60;
