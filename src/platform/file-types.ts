/** Bytes of a file of profiles, however it comes. */
export const FILE_LIMIT = 16 * 1024 * 1024;

/**
 * What a file of profiles may be called on its way in; what it is, its bytes say. Not `text/plain`: any page of
 * another site may have a browser send that.
 */
export const FILE_TYPES = [
  'text/csv',
  'application/csv',
  'text/tab-separated-values',
  'application/xml',
  'text/xml',
  'application/octet-stream',
];
