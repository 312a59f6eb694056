/** In the order in which a form offers them. */
export const ROLES = ['analyst', 'collection-point', 'police', 'admin'] as const;
