import type postgres from 'postgres';

/** Longer ones are bulk inserts, whose text changes with the number of rows. */
const LONGEST = 4_000;
/**
 * A statement about more rows than this is planned for them, each time: the plan of a prepared one is kept
 * for small tables while they grow, and reads them whole for every value.
 */
const MOST_VALUES = 100;

type Unsafe = (
  query: string,
  parameters?: postgres.ParameterOrJSON<never>[],
  options?: postgres.UnsafeQueryOptions,
) => postgres.PendingQuery<postgres.Row[]>;
type Begin = (...args: (string | ((tx: postgres.TransactionSql) => unknown))[]) => unknown;

/**
 * The same client, which prepares each statement once a connection. Drizzle hands statements over as
 * text, and the driver would have them parsed, described and planned anew each time: most of what a
 * short statement costs.
 */
export function prepareStatements<Client extends postgres.ISql>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'unsafe') return prepareText(value as Unsafe);
      if (name === 'begin' || name === 'savepoint') return prepareInside(value as Begin);
      return value;
    },
  });
}

function prepareText(unsafe: Unsafe): Unsafe {
  return (query, parameters = [], options = {}) => {
    // Without parameters the text may be several statements, or COPY.
    const prepare = parameters.length > 0 && query.length <= LONGEST && !parameters.some(isBulk);
    // Drizzle says no unless a statement was given a name.
    return unsafe(query, parameters, { ...options, prepare });
  };
}

function isBulk(parameter: unknown): boolean {
  return Array.isArray(parameter) && parameter.length > MOST_VALUES;
}

function prepareInside(begin: Begin): Begin {
  return (...args) =>
    begin(
      ...args.map((arg) =>
        typeof arg === 'string'
          ? arg
          : (tx: postgres.TransactionSql): unknown => arg(prepareStatements(tx)),
      ),
    );
}
