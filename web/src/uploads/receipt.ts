import type { paths } from '../api/schema.d.ts';

type Post = paths['/v1/batches']['post'];
export type Side = NonNullable<Post['parameters']['query']>['side'];
/** The answer in JSON, which is asked for. */
export type Receipt = Post['responses'][200]['content']['application/json'];
export type RowReport = Receipt['rows'][number];
