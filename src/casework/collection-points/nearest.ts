import geodesic from 'geographiclib-geodesic';

/** A place on the WGS84 ellipsoid, in degrees north and east. */
export type Position = { readonly latitude: number; readonly longitude: number };

/**
 * The length of the shortest way between two places over the WGS84 ellipsoid, in metres; exact to
 * nanometres (Karney 2013, doi:10.1007/s00190-012-0578-z).
 */
export function distanceMetres(from: Position, to: Position): number {
  const { s12 } = geodesic.Geodesic.WGS84.Inverse(
    from.latitude,
    from.longitude,
    to.latitude,
    to.longitude,
  );
  if (s12 === undefined) throw new Error('the distance was not asked for');
  return s12;
}

/** Those nearest to a place, the nearest first; of equally near ones, in the order given. */
export function findNearest<Place extends { readonly position: Position }>(
  places: readonly Place[],
  from: Position,
  limit: number,
): (Place & { readonly metres: number })[] {
  return places
    .map((place) => ({ ...place, metres: distanceMetres(from, place.position) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit);
}
