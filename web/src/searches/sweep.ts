import type { paths } from '../api/schema.d.ts';

export type Sweep =
  paths['/v1/sweeps']['get']['responses'][200]['content']['application/json']['sweeps'][number];
